package client_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// fakeHub is a hub of which serve is all that there is: it has each connection for itself, after the first frame.
func fakeHub(t *testing.T, serve func(ws *websocket.Conn, hello []byte)) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v1/ticket" {
			_, _ = w.Write([]byte(`{"ticket":"dkt_x","expires_in_s":30}`))
			return
		}
		var u websocket.Upgrader
		ws, err := u.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		if _, b, err := ws.ReadMessage(); err == nil {
			serve(ws, b)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// tell writes frames in one message.
func tell(ws *websocket.Conn, frames ...wire.Frame) {
	var all [][]byte
	for _, f := range frames {
		all = append(all, wire.MustEncode(f))
	}
	_ = ws.WriteMessage(websocket.TextMessage, wire.Join(all)) // who has gone hears nothing
}

func untilGone(ws *websocket.Conn) {
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			return
		}
	}
}

// A hub that says nothing more is left, and a new connection tried.
func TestCustomer_SilenceEndsTheConnection(t *testing.T) {
	hellos := make(chan wire.CustomerHello, 16)
	hub := fakeHub(t, func(ws *websocket.Conn, hello []byte) {
		var h wire.CustomerHello
		if wire.Decode(hello, &h) == nil {
			hellos <- h
		}
		tell(ws, wire.CustomerWelcome{V: 1, Epoch: "e", Token: "dkv_x", Conversation: 7, Seq: 0})
		untilGone(ws)
	})
	v := newView()
	timing := hasty
	timing.Silence = 60 * time.Millisecond
	c, err := client.NewCustomer(client.CustomerOptions{Hub: hub, Inbox: inboxID, Handle: v.customerFrame, Connection: v.connection, Log: quiet, Timing: timing})
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
	hub := fakeHub(t, func(ws *websocket.Conn, _ []byte) {
		_ = ws.WriteMessage(websocket.TextMessage, wire.Join([][]byte{wire.MustEncode(wire.CustomerWelcome{V: 1, Epoch: "e"}),
			[]byte(`{"t":"something_new","x":1}`), wire.MustEncode(wire.Ping{})}))
		_, b, _ := ws.ReadMessage()
		answered <- string(b)
		untilGone(ws)
	})
	v := newView()
	c, err := client.NewCustomer(client.CustomerOptions{Hub: hub, Inbox: inboxID, Handle: v.customerFrame, Connection: v.connection, Log: quiet, Timing: hasty})
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
		hub := fakeHub(t, func(ws *websocket.Conn, _ []byte) {
			_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "go"), time.Now().Add(time.Second))
			untilGone(ws)
		})
		c, err := client.NewCustomer(client.CustomerOptions{Hub: hub, Inbox: inboxID, Handle: func(wire.Frame) {}, Log: quiet, Timing: hasty})
		must(t, err)
		if err := c.Run(t.Context()); assist.CodeOf(err) != want {
			t.Errorf("close code %d: got %v, want code %v", code, err, want)
		}
	}
}

// A desktop that is cut off in the middle of a list says how far it came.
func TestAgent_RemembersEveryPage(t *testing.T) {
	hellos := make(chan wire.AgentHello, 16)
	hub := fakeHub(t, func(ws *websocket.Conn, hello []byte) {
		var h wire.AgentHello
		if wire.Decode(hello, &h) == nil {
			hellos <- h
		}
		welcome := wire.AgentWelcome{V: 1, Epoch: "e", Rev: 90}
		switch {
		case h.Resume == nil:
			tell(ws, welcome, wire.AgentRows{Reset: true, Done: true, Rev: 40}) // and the connection breaks
		case h.Resume.Rev == 40:
			tell(ws, welcome, wire.AgentRows{Rev: 60})
		default:
			tell(ws, welcome, wire.AgentRows{Done: true, Rev: 90})
			untilGone(ws)
		}
	})
	v := newView()
	a, err := client.NewAgent(client.AgentOptions{Hub: hub, Session: "dks_x", Handle: v.agentFrame, Connection: v.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := v.run(a.Run)
	defer stop()
	for _, want := range []*wire.AgentResume{nil, {Epoch: "e", Rev: 40}, {Epoch: "e", Rev: 60}} {
		if got := (<-hellos).Resume; (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("resumed %+v, want %+v", got, want)
		}
	}
}

// A conversation that the hub was too busy to open is asked for again.
func TestAgent_OpensAgainWhatABusyHubPassedOver(t *testing.T) {
	for name, refusal := range map[string]wire.Failure{
		"refused":       {Ref: "open:7", Code: assist.CodeBusy, RetryAfterMS: 1},
		"not looked at": {Code: assist.CodeRateLimited, RetryAfterMS: 1},
	} {
		t.Run(name, func(t *testing.T) {
			hub := fakeHub(t, func(ws *websocket.Conn, _ []byte) {
				tell(ws, wire.AgentWelcome{V: 1, Epoch: "e", Rev: 9}, wire.AgentRows{Reset: true, Done: true, Rev: 9})
				_, _, _ = ws.ReadMessage()
				tell(ws, refusal)
				_, _, _ = ws.ReadMessage()
				tell(ws, wire.AgentOpened{Ref: "open:7", Row: wire.Row{Conversation: assist.Conversation{ID: 7, Rev: 5, Seq: 1}}, Reset: true})
				untilGone(ws)
			})
			v := newView()
			a, err := client.NewAgent(client.AgentOptions{Hub: hub, Session: "dks_x", Handle: v.agentFrame, Connection: v.connection, Log: quiet, Timing: hasty})
			must(t, err)
			stop := v.run(a.Run)
			defer stop()
			v.live(t)
			a.Open(7)
			v.within(t, "the opened conversation", patience, func() bool {
				return slices.ContainsFunc(v.frames, func(f wire.Frame) bool { _, ok := f.(wire.AgentOpened); return ok })
			})
		})
	}
}
