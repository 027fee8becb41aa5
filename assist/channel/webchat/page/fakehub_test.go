package page_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// fakeHub is a hub for tests of the page alone: sections 1 to 3, 6 and 7 of PROTOCOL.md to the letter, in memory, for
// one customer with one conversation. It is written from that page only, and so checks that the page is enough.
type fakeHub struct {
	t      *testing.T
	server *httptest.Server

	mu       sync.Mutex // guards all below
	epoch    assist.Epoch
	token    string
	inbox    wire.InboxView
	messages []wire.CustomerMessage
	status   wire.CustomerStatus
	conns    map[*fakeConn]bool
	files    map[string]fakeFile
	got      []map[string]any // every frame that came in, decoded
	down     bool             // refuse connections
	deaf     bool             // store nothing and acknowledge nothing
	quota    time.Duration    // above 0: uploads are used up for so long
	forget   int              // store that many messages without acknowledging them, then cut the line
	refuse   map[string]wire.Failure
	limits   wire.LimitsView
	badSeen  []string // frames that broke the protocol
}

type fakeFile struct {
	kind    string
	name    string
	content []byte
}

type fakeConn struct {
	hub   *fakeHub
	ws    *websocket.Conn
	write sync.Mutex
}

func newFakeHub(t *testing.T, pageOptions page.Options) *fakeHub {
	t.Helper()
	h := &fakeHub{t: t, epoch: "e1", conns: map[*fakeConn]bool{}, files: map[string]fakeFile{}, refuse: map[string]wire.Failure{},
		inbox:  wire.InboxView{ID: "northwind", Name: "Northwind Audio", NameZH: "北风数码", Preview: true, CSAT: true, Bot: true},
		limits: wire.LimitsView{Text: assist.MaxText, Attachments: assist.MaxAttachments, File: 20 << 20, Frame: wire.MaxFrame, Unacked: wire.MaxUnacked}}
	pages, err := page.Handler(pageOptions)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.HandleFunc("/ws/customer", h.socket)
	mux.HandleFunc("POST /api/v1/files", h.upload)
	mux.HandleFunc("GET /api/v1/files/{id}", h.download)
	mux.HandleFunc("GET /strict", func(w http.ResponseWriter, _ *http.Request) {
		socket := strings.Replace(h.server.URL, "http", "ws", 1)
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; require-trusted-types-for 'script'; script-src "+h.server.URL+"; connect-src "+h.server.URL+" "+socket+"; img-src blob:")
		_, _ = io.WriteString(w, `<!doctype html><title>Strict</title><body><script src="`+h.server.URL+`/widget.js" data-inbox="northwind" data-language="en" async></script></body>`)
	})
	mux.HandleFunc("OPTIONS /api/v1/files", func(w http.ResponseWriter, r *http.Request) { h.cross(w, r) })
	mux.HandleFunc("OPTIONS /api/v1/files/{id}", func(w http.ResponseWriter, r *http.Request) { h.cross(w, r) })
	mux.HandleFunc("GET /hostile", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, hostilePage)
	})
	h.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		h.Kick(wire.CloseGoingAway)
		h.server.Close()
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, bad := range h.badSeen {
			t.Errorf("the page broke the protocol: %s", bad)
		}
	})
	return h
}

func (h *fakeHub) socket(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	down := h.down
	h.mu.Unlock()
	if down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &fakeConn{hub: h, ws: ws}
	defer ws.Close()
	defer func() {
		h.mu.Lock()
		delete(h.conns, c)
		h.mu.Unlock()
	}()
	for welcomed := false; ; {
		kind, data, err := ws.ReadMessage()
		if err != nil {
			return
		}
		head, err := wire.Peek(data)
		if err == nil && kind != websocket.TextMessage {
			err = errors.New("not a text message")
		}
		if err == nil && (head.T == "hello") == welcomed {
			err = fmt.Errorf("%s at the wrong time", head.T)
		}
		if err == nil {
			err = c.handle(head, data)
		}
		if err != nil {
			h.mu.Lock()
			h.badSeen = append(h.badSeen, fmt.Sprintf("%.200s: %v", data, err))
			h.mu.Unlock()
			return
		}
		welcomed = true
	}
}

func decode[T any](data []byte) (T, error) {
	var v T
	err := wire.Decode(data, &v)
	return v, err
}

func (c *fakeConn) handle(head wire.Head, data []byte) error {
	var plain map[string]any
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	h := c.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	h.got = append(h.got, plain)
	switch head.T {
	case "hello":
		f, err := decode[wire.CustomerHello](data)
		if err != nil {
			return err
		}
		c.welcome(f)
	case "send":
		f, err := decode[wire.CustomerSend](data)
		if err != nil {
			return err
		}
		return c.store(f)
	case "history":
		f, err := decode[wire.CustomerHistory](data)
		if err != nil {
			return err
		}
		c.older(f)
	case "rate":
		f, err := decode[wire.CustomerRate](data)
		if err != nil {
			return err
		}
		h.status.Rated = f.Score
		c.send(wire.Ack{Ref: f.Ref, At: time.Now().UTC()})
	case "human", "language":
		c.send(wire.Ack{Ref: head.Ref, Conversation: 7, At: time.Now().UTC()})
	case "typing":
		_, err := decode[wire.CustomerTyping](data)
		return err
	case "mark":
		_, err := decode[wire.CustomerMark](data)
		return err
	case "ping":
		c.send(wire.Pong{})
	case "pong":
	default:
		return fmt.Errorf("no frame of a customer")
	}
	return nil
}

func (c *fakeConn) welcome(f wire.CustomerHello) {
	h := c.hub
	welcome := wire.CustomerWelcome{V: 1, Epoch: h.epoch, Inbox: h.inbox, Language: f.Language, Time: time.Now().UTC(), Limits: h.limits}
	if h.token == "" || f.Token != h.token {
		raw := make([]byte, 32)
		_, _ = rand.Read(raw) // never fails (crypto/rand)
		h.token = base64.RawURLEncoding.EncodeToString(raw)
		welcome.Token = h.token
	}
	h.conns[c] = true
	if len(h.messages) == 0 {
		c.send(welcome)
		return
	}
	welcome.Conversation, welcome.Seq = 7, assist.Seq(len(h.messages))
	history := wire.CustomerMessages{Conversation: 7, Messages: []wire.CustomerMessage{}}
	if f.Resume != nil && f.Resume.Conversation == 7 && f.Resume.Epoch == h.epoch && int(f.Resume.Seq) <= len(h.messages) {
		history.Messages = h.messages[f.Resume.Seq:]
	} else {
		from := max(0, len(h.messages)-wire.HistoryPage)
		history.Messages, history.Reset, history.More = h.messages[from:], true, from > 0
	}
	c.send(welcome, history, h.status)
}

func (c *fakeConn) store(f wire.CustomerSend) error {
	h := c.hub
	if refusal, ok := h.refuse[f.Text]; ok {
		refusal.ClientID = f.ClientID
		c.send(refusal)
		return nil
	}
	if h.deaf {
		return nil
	}
	for _, m := range h.messages {
		if m.ClientID == f.ClientID {
			c.send(wire.Ack{ClientID: f.ClientID, Conversation: 7, Seq: m.Seq, At: m.At, Duplicate: true})
			return nil
		}
	}
	m := wire.CustomerMessage{ClientID: f.ClientID, Kind: assist.KindText, From: assist.ActorCustomer, Text: f.Text}
	for _, id := range f.Attachments {
		file, ok := h.files[string(id)]
		if !ok {
			return fmt.Errorf("file %s was never uploaded", id)
		}
		m.Attachments = append(m.Attachments, assist.Attachment{ID: id, Name: file.name, Type: file.kind, Size: int64(len(file.content))})
	}
	m = h.add(m)
	if h.forget > 0 {
		if h.forget--; h.forget == 0 {
			_ = c.ws.Close()
		}
		return nil
	}
	c.send(wire.Ack{ClientID: m.ClientID, Conversation: 7, Seq: m.Seq, At: m.At})
	h.toAll(wire.CustomerMessageNew{Conversation: 7, Message: m})
	return nil
}

func (c *fakeConn) older(f wire.CustomerHistory) {
	h, limit := c.hub, f.Limit
	if limit == 0 {
		limit = wire.HistoryPage
	}
	to := min(int(f.Before)-1, len(h.messages))
	from := max(0, to-limit)
	c.send(wire.CustomerMessages{Ref: f.Ref, Conversation: 7, Messages: h.messages[from:to], More: from > 0})
}

// send writes frames as one array if there are several, as a busy hub does.
func (c *fakeConn) send(frames ...wire.Frame) {
	var raw [][]byte
	for _, f := range frames {
		raw = append(raw, wire.MustEncode(f))
	}
	data := raw[0]
	if len(raw) > 1 {
		data = wire.Join(raw)
	}
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.ws.WriteMessage(websocket.TextMessage, data) // a closed line shows in the reader
}

func (h *fakeHub) add(m wire.CustomerMessage) wire.CustomerMessage {
	m.Seq, m.At = assist.Seq(len(h.messages)+1), time.Now().UTC().Truncate(time.Millisecond)
	h.messages = append(h.messages, m)
	if h.status.Conversation == 0 {
		h.status = wire.CustomerStatus{Conversation: 7, Status: assist.StatusBot}
	}
	return m
}

func (h *fakeHub) toAll(f wire.Frame) {
	for c := range h.conns {
		c.send(f)
	}
}
