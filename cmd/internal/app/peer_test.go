package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/wire"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

// frame is one frame of the hub.
type frame map[string]any

// at walks down the fields of a frame; nil if one is missing.
func (f frame) at(path ...string) any {
	var v any = map[string]any(f)
	for _, p := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[p]
	}
	return v
}

func (f frame) num(path ...string) int {
	n, _ := f.at(path...).(float64)
	return int(n)
}

func (f frame) text(path ...string) string {
	s, _ := f.at(path...).(string)
	return s
}

// peer is one end of a socket as written by somebody who has only PROTOCOL.md.
type peer struct {
	t     *testing.T
	desk  *desk
	ws    *websocket.Conn
	token string // a visitor's
	conv  int    // a customer's conversation
	done  chan struct{}

	write sync.Mutex // guards writing to ws

	mu      sync.Mutex // guards what follows
	changed chan struct{}
	raw     []string
	frames  []frame
	read    int // frames that a test has looked at
	code    int
}

// dial opens a socket and reads it until it ends.
func (d *desk) dial(path string, header http.Header) *peer {
	d.t.Helper()
	p, status, err := d.tryDial(path, header)
	if err != nil {
		d.t.Fatalf("dial %s: %d %v", path, status, err)
	}
	return p
}

func (d *desk) tryDial(path string, header http.Header) (*peer, int, error) {
	ws, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(d.app.URL(), "http")+path, header)
	if err != nil {
		if res != nil {
			_ = res.Body.Close()
			return nil, res.StatusCode, err
		}
		return nil, 0, err
	}
	p := &peer{t: d.t, desk: d, ws: ws, done: make(chan struct{}), changed: make(chan struct{})}
	go p.listen()
	d.t.Cleanup(p.hangUp)
	return p, 101, nil
}

// finer is a time that PROTOCOL.md doesn't allow.
var finer = regexp.MustCompile(`"[a-z_]+":"\d{4}-\d\d-\d\dT[0-9:]+\.\d{4,}[^"]*"`)

func (p *peer) listen() {
	defer close(p.done)
	for {
		_, b, err := p.ws.ReadMessage()
		if err != nil {
			p.mu.Lock()
			var ce *websocket.CloseError
			p.code = -1
			if errors.As(err, &ce) {
				p.code = ce.Code
			}
			p.signal()
			p.mu.Unlock()
			return
		}
		parts, err := wire.Split(b)
		if err != nil {
			p.t.Errorf("the hub sent %q: %v", b, err)
			return
		}
		if long := finer.Find(b); long != nil {
			p.t.Errorf("the hub sent a time finer than milliseconds: %s", long)
		}
		p.mu.Lock()
		for _, part := range parts {
			var f frame
			if err := json.Unmarshal(part, &f); err != nil {
				p.t.Errorf("the hub sent %q: %v", part, err)
			}
			p.raw, p.frames = append(p.raw, string(part)), append(p.frames, f)
			if f["t"] == "ping" {
				p.pong()
			}
		}
		p.signal()
		p.mu.Unlock()
	}
}

// pong answers a heartbeat, for a test may take long on a busy machine. Whoever holds the writing writes something
// else, which is a sign of life as good, or wants none to be given.
func (p *peer) pong() {
	if p.write.TryLock() {
		defer p.write.Unlock()
		_ = p.ws.WriteMessage(websocket.TextMessage, []byte(`{"t":"pong"}`)) // the hub may have closed: the reader sees how
	}
}

// signal wakes whoever waits. The lock is held.
func (p *peer) signal() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// hangUp breaks the connection as a lost network does, and waits for the reader.
func (p *peer) hangUp() {
	_ = p.ws.Close()
	<-p.done
}

func (p *peer) try(text string) {
	p.write.Lock()
	defer p.write.Unlock()
	_ = p.ws.WriteMessage(websocket.TextMessage, []byte(text)) // the hub may have closed: the reader sees how
}

// send writes a frame.
func (p *peer) send(f frame) {
	b, err := json.Marshal(f)
	if err != nil {
		p.t.Fatal(err)
	}
	p.try(string(b))
}

// await gives the first frame not looked at yet that fits, and passes over all before it.
func (p *peer) await(what string, fits func(frame) bool) frame {
	p.t.Helper()
	late := time.NewTimer(within)
	defer late.Stop()
	from := -1
	for {
		p.mu.Lock()
		if from < 0 {
			from = p.read
		}
		for i := from; i < len(p.frames); i++ {
			if fits(p.frames[i]) {
				p.read = i + 1
				f := p.frames[i]
				p.mu.Unlock()
				return f
			}
		}
		from = len(p.frames)
		changed, code := p.changed, p.code
		p.mu.Unlock()
		if code != 0 {
			p.t.Fatalf("%s: the connection ended with %d; got %s", what, code, p.tail())
		}
		select {
		case <-changed:
		case <-late.C:
			p.t.Fatalf("%s: nothing came; got %s", what, p.tail())
		}
	}
}

func (p *peer) tail() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.raw[max(0, len(p.raw)-12):], "\n")
}

// everything is all that the hub has sent so far.
func (p *peer) everything() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.raw, "\n")
}

// next is the next frame of the type.
func (p *peer) next(kind string) frame {
	p.t.Helper()
	return p.await(kind, func(f frame) bool { return f["t"] == kind })
}

// ask sends a frame and gives the answer to it, wherever it comes.
func (p *peer) ask(f frame) frame {
	p.t.Helper()
	ref := uuid.NewString()
	f["ref"] = ref
	p.send(f)
	return p.await(fmt.Sprintf("answer to %v", f), func(f frame) bool { return f["ref"] == ref })
}

// must is ask for what has to succeed.
func (p *peer) must(f frame) frame {
	p.t.Helper()
	a := p.ask(f)
	if a["t"] == "error" {
		p.t.Fatalf("%v was refused: %v", f, a)
	}
	return a
}

// code is the number with which the hub refuses the frame, 0 if it takes it.
func (p *peer) codeOf(f frame) int {
	p.t.Helper()
	return p.ask(f).num("code")
}

// closed waits for the connection's end and gives the close code, -1 if there was none.
func (p *peer) closed() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(within):
		p.t.Fatalf("the hub did not close; got %s", p.tail())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.code
}

// heartbeat makes the hub hear of the peer at this moment.
func (p *peer) heartbeat() {
	p.t.Helper()
	p.send(frame{"t": "ping"})
	p.next("pong")
}

// rewind lets await begin with the very first frame again.
func (p *peer) rewind() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read = 0
}
