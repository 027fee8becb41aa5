package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

func TestAgent_RevocationEndsRun(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	must(t, client.SignOut(t.Context(), d.url(), p.session))
	p.serves.within(t, "the end of Run", 5*time.Second, func() bool { return p.serves.over })
	if code := assist.CodeOf(p.serves.ended); code != assist.CodeSessionExpired && code != assist.CodeUnauthenticated {
		t.Errorf("Run ended with %v", p.serves.ended)
	}
	if c := p.agent.Connection(); c.State != client.Offline || !c.RetryAt.IsZero() {
		t.Errorf("connection is %+v, want offline for good", c)
	}
}

func TestSignIn_Refused(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	_, _, _, err := client.SignIn(t.Context(), d.url(), "li", "wrong password", "test")
	if assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Errorf("got %v, want %v", err, assist.CodeUnauthenticated)
	}
	a, err := client.NewAgent(client.AgentOptions{Hub: d.url(), Session: "nonsense", Handle: func(wire.Frame) {}, Log: quiet, Timing: hasty})
	must(t, err)
	if err := a.Run(t.Context()); assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Errorf("Run with a bad session: got %v", err)
	}
}

func TestAgent_ComesBackAfterADrain(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	must(t, d.close(50*time.Millisecond))
	p.serves.within(t, "being offline", patience, func() bool { return p.serves.link.State != client.Live })
	p.reply(t, "written while the hub was away")
	p.serves.within(t, "the true number of queued messages", patience, func() bool { return p.serves.link.Queued == 1 })
	if _, err := p.agent.Call(t.Context(), wire.AgentList{}); !errors.Is(err, client.ErrOffline) {
		t.Errorf("a call without a hub: got %v, want %v", err, client.ErrOffline)
	}
	must(t, d.start())
	p.settle(t)
}

func TestAgent_RefusedMessageStaysAndIsSentAgain(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	do := func(what string) {
		t.Helper()
		_, err := p.agent.Call(t.Context(), wire.AgentDo{Do: what, Conversation: p.conversation, Queue: "support"})
		must(t, err)
	}
	do(wire.DoTransfer)
	p.reply(t, "too late")
	p.serves.within(t, "the refusal", patience, func() bool {
		for _, f := range p.serves.frames {
			if e, ok := f.(wire.Failure); ok && e.ClientID != "" && e.Code == assist.CodeNotOwner {
				return true
			}
		}
		return false
	})
	kept := p.agent.Waiting()
	if len(kept) != 1 || kept[0].Refused != assist.CodeNotOwner || kept[0].Text != "too late" {
		t.Fatalf("outbox %+v", kept)
	}
	do(wire.DoAccept)
	must(t, p.agent.Retry(t.Context(), kept[0].ClientID))
	p.settle(t)
	if left := p.agent.Waiting(); len(left) != 0 {
		t.Errorf("left in the outbox: %+v", left)
	}
}

// A screen that does not keep up is cut off by the hub and misses nothing.
func TestAgent_SlowReaderIsClosedAndResumes(t *testing.T) {
	d := &desk{dir: t.TempDir(), address: "127.0.0.1:0", most: 64 << 10}
	d = startDeskWith(t, d)
	defer d.end(t)
	p := startPair(t, d)
	defer func() { p.stop() }()
	p.stop()
	p.inFlight = 16 // so that the hub's patience with one write does not end before the customer has written
	p.startCustomer(t)

	gate, ends := make(chan struct{}), make(ended, 64)
	var hangs atomic.Bool
	hangs.Store(true)
	var narrow atomic.Pointer[net.TCPConn] // the connection that hangs
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if tcp, ok := c.(*net.TCPConn); ok && hangs.Load() {
			err = errors.Join(err, tcp.SetReadBuffer(4096))
			narrow.Store(tcp)
		}
		return c, err
	}}
	shut := false
	a, err := client.NewAgent(client.AgentOptions{Hub: "http://" + d.address, Session: p.session, Log: slog.New(ends), Timing: hasty,
		HTTP: &http.Client{Transport: transport, Timeout: time.Minute},
		Handle: func(f wire.Frame) {
			if _, ok := f.(wire.AgentEvent); ok && !shut {
				shut = true
				<-gate // the screen hangs at the first event
			}
			p.serves.agentFrame(f)
		},
		Connection: p.serves.connection})
	must(t, err)
	p.agent = a
	p.serves.change(func() { p.serves.lines, p.serves.frames = nil, nil })
	p.stops = append(p.stops, p.serves.run(a.Run))
	p.serves.live(t)
	a.Open(p.conversation)
	p.serves.within(t, "the opened conversation", patience, func() bool { return len(p.serves.lines) > 0 })
	long := strings.Repeat("慢", 7900)
	for i := range 300 { // 7 MB, more than sockets hold
		p.say(t, fmt.Sprint(i, long))
	}
	p.sees.within(t, "acks while the agent hangs", patience, func() bool { return len(p.sees.mine) == 0 })
	hangs.Store(false)
	// Megabytes through a window of four kilobytes take a delayed acknowledgement each: let the rest come at once.
	must(t, narrow.Load().SetReadBuffer(4<<20))
	close(gate)
	if code := ends.closeCode(t); code != wire.CloseSlow {
		t.Errorf("closed with %d, want %d", code, wire.CloseSlow)
	}
	p.settleReset(t)
}

// ended is a log that keeps why connections ended: the listener of Connection may miss one that is mended at once.
type ended chan error

func (ended) Enabled(context.Context, slog.Level) bool { return true }
func (e ended) WithAttrs([]slog.Attr) slog.Handler     { return e }
func (e ended) WithGroup(string) slog.Handler          { return e }

// Handle implements slog.Handler.
func (e ended) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok {
			e <- err
		}
		return true
	})
	return nil
}

// closeCode is the code with which the next connection was closed.
func (e ended) closeCode(t *testing.T) int {
	t.Helper()
	select {
	case err := <-e:
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			t.Fatalf("the connection ended with %v", err)
		}
		return closed.Code
	case <-time.After(4 * patience): // megabytes have to come through before the close frame
		t.Fatal("the hub did not close the connection")
	}
	return 0
}

// settleReset is settle for a screen that was reset: it has the newest messages only.
func (p *pair) settleReset(t *testing.T) {
	t.Helper()
	p.serves.within(t, "the last message", patience, func() bool {
		n := len(p.serves.lines)
		return n > 0 && strings.HasPrefix(p.serves.lines[n-1].text, "299")
	})
	stored, err := p.desk.store.Messages(t.Context(), assist.MessageFilter{Conversation: p.conversation, Public: true, Limit: 1000})
	must(t, err)
	p.serves.mu.Lock()
	defer p.serves.mu.Unlock()
	newest := stored[len(stored)-len(p.serves.lines):]
	for i, l := range p.serves.lines {
		if l.seq != newest[i].Seq {
			t.Fatalf("line %d has seq %d, want %d", i, l.seq, newest[i].Seq)
		}
	}
}

// A hub that says nothing more is left, and a new connection tried.
func TestCustomer_SilenceEndsTheConnection(t *testing.T) {
	hellos := make(chan wire.CustomerHello, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var u websocket.Upgrader
		ws, err := u.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		_, b, err := ws.ReadMessage()
		if err != nil {
			return
		}
		var h wire.CustomerHello
		if wire.Decode(b, &h) == nil {
			hellos <- h
		}
		_ = ws.WriteMessage(websocket.TextMessage, wire.MustEncode(wire.CustomerWelcome{V: 1, Epoch: "e", Token: "dkv_x", Conversation: 7, Seq: 0}))
		_, _, _ = ws.ReadMessage() // until the client goes
	}))
	defer server.Close()
	v := newView()
	timing := hasty
	timing.Silence = 60 * time.Millisecond
	c, err := client.NewCustomer(client.CustomerOptions{Hub: server.URL, Inbox: inboxID, Handle: v.customerFrame, Connection: v.connection, Log: quiet, Timing: timing})
	must(t, err)
	stop := v.run(c.Run)
	defer stop()
	first, second := <-hellos, <-hellos
	if first.Token != "" || first.Resume != nil {
		t.Errorf("first hello: %+v", first)
	}
	if second.Token != "dkv_x" || second.Resume == nil || second.Resume.Conversation != 7 {
		t.Errorf("second hello: %+v", second)
	}
}

func TestCustomer_AnswersPings(t *testing.T) {
	answered := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var u websocket.Upgrader
		ws, err := u.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		_, _, _ = ws.ReadMessage()
		_ = ws.WriteMessage(websocket.TextMessage, wire.Join([][]byte{wire.MustEncode(wire.CustomerWelcome{V: 1, Epoch: "e"}),
			[]byte(`{"t":"something_new","x":1}`), wire.MustEncode(wire.Ping{})}))
		_, b, _ := ws.ReadMessage()
		answered <- string(b)
		_, _, _ = ws.ReadMessage()
	}))
	defer server.Close()
	v := newView()
	c, err := client.NewCustomer(client.CustomerOptions{Hub: server.URL, Inbox: inboxID, Handle: v.customerFrame, Connection: v.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := v.run(c.Run)
	defer stop()
	if got := <-answered; got != `{"t":"pong"}` {
		t.Errorf("answered %s", got)
	}
	v.live(t)
}

// Close codes after which nobody should come back by himself end Run.
func TestCustomer_FinalCloseCodes(t *testing.T) {
	for code, want := range map[int]assist.Code{wire.CloseProtocol: assist.CodeBadJSON, wire.CloseAuth: assist.CodeUnauthenticated,
		wire.CloseRevoked: assist.CodeSessionExpired, wire.CloseReplaced: assist.CodeTaken} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var u websocket.Upgrader
			ws, err := u.Upgrade(w, r, nil)
			if err != nil {
				return
			}
			defer ws.Close()
			_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "go"), time.Now().Add(time.Second))
			_, _, _ = ws.ReadMessage()
		}))
		c, err := client.NewCustomer(client.CustomerOptions{Hub: server.URL, Inbox: inboxID, Handle: func(wire.Frame) {}, Log: quiet, Timing: hasty})
		must(t, err)
		if err := c.Run(t.Context()); assist.CodeOf(err) != want {
			t.Errorf("close code %d: got %v, want code %v", code, err, want)
		}
		server.Close()
	}
}

// What colleagues took while the desktop was away leaves its lists.
func TestAgent_ResumeTakesOffWhatOthersHave(t *testing.T) {
	d := startDeskWith(t, &desk{dir: t.TempDir(), address: "127.0.0.1:0", sees: access.ScopeOwn})
	defer d.end(t)
	boss, err := d.access.AddUser(t.Context(), assist.BySystem(), access.NewUser{Login: "sam", Role: assist.RoleSupervisor, Password: password})
	must(t, err)
	p := startPair(t, d)
	defer func() { p.stop() }()
	direct := "http://" + d.address
	session, _, _, err := client.SignIn(t.Context(), direct, "sam", password, "test")
	must(t, err)
	sees := newView()
	a, err := client.NewAgent(client.AgentOptions{Hub: direct, Session: session, Handle: sees.agentFrame, Connection: sees.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := sees.run(a.Run)
	defer stop()
	sees.live(t)
	d.network.fail(true)
	p.serves.within(t, "being offline", patience, func() bool { return p.serves.link.State != client.Live })
	_, err = a.Call(t.Context(), wire.AgentDo{Do: wire.DoAssign, Conversation: p.conversation, Agent: boss.ID})
	must(t, err)
	d.network.fail(false)
	p.serves.within(t, "the conversation to go", patience, func() bool {
		for _, f := range p.serves.frames {
			if g, ok := f.(wire.AgentGone); ok && g.Conversations[0] == p.conversation {
				return true
			}
		}
		return false
	})
}
