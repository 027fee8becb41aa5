package e2e

import (
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page/pagetest"
	"deskhand/assist/wire"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
)

// The main job: a customer in a browser, an agent with the desktop's client, the real hub between them, which
// is killed in the middle.
func TestConversation_BrowserToAgentAndBack(t *testing.T) {
	h := newHub(t)
	a := newAgent(t, h)
	browser, err := pagetest.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	tab := browser.Visitor(t)
	tab.Open(h.url() + "/chat/chat?lang=en")
	tab.Connected()

	tab.Send("my parcel never came 包裹没收到")
	tab.Sent()
	tab.Until("the bot answers", `$$(".m").length > 1`)
	pagetest.Eval[bool](tab, `($(".bar .btn").click(), true)`) // talk to a person
	id := a.waiting()
	a.do(wire.DoAccept, id)
	a.Open(id)
	a.sees("my parcel never came 包裹没收到")
	tab.Until("the customer reads who joined", `/Li Wei/.test($(".log").textContent)`)

	a.reply(id, "Hello, I am looking into it. 您好")
	tab.See("Hello, I am looking into it. 您好")
	a.until("the agent sees that it was read", func() bool { return a.marks.CustomerRead >= a.rows[id].Seq })

	t.Run("reload in mid-sentence keeps the draft", func(t *testing.T) {
		tab.Focus()
		tab.Type("it should have come on")
		a.until("the agent sees it being typed", func() bool { return a.typing != "" })
		tab.Until("the draft is kept", `$(".comp textarea").value === "it should have come on"`)
		tab.Reload()
		tab.Connected()
		tab.Until("the draft is back", `$(".comp textarea").value === "it should have come on"`)
		tab.Focus()
		tab.Press("\r")
		a.sees("it should have come on")
	})
	t.Run("the hub is killed and nothing is lost or doubled", func(t *testing.T) {
		h.kill()
		tab.Until("the page notices", `$(".net")?.dataset.state !== "ready"`)
		tab.Send("are you still there?")
		a.reply(id, "one moment, my connection")
		h.start()
		a.Reconnect()
		tab.See("one moment, my connection")
		a.sees("are you still there?")
		a.sees("one moment, my connection")
		tab.Connected()
		tab.Sent()
	})
	for i, seq := range a.seqs() {
		if seq != assist.Seq(i+1) {
			t.Fatalf("message %d has seq %d: %v", i, seq, a.seqs())
		}
	}
	a.call(wire.AgentDo{Do: wire.DoResolve, Conversation: id, Disposition: "delivered"})
	tab.Until("the customer is asked for a rating", `$(".rate input[value='5']")`)
	pagetest.Eval[bool](tab, `($(".rate input[value='5']").click(), $(".rate [type=submit]").click(), true)`)
	a.until("the agent sees the rating", func() bool { return a.rows[id].CSAT == 5 })
	tab.Shot(t.ArtifactDir(), "customer.png")
	h.stop()
}

// A client that knows PROTOCOL.md only sends a message twice, before and after the hub is killed: it is stored
// once, and the same receipt comes back.
func TestConversation_DoubledSend(t *testing.T) {
	h := newHub(t)
	send := wire.CustomerSend{Head: wire.Head{T: wire.TypeSend}, ClientID: assist.ClientID(uuid.Must(uuid.NewV7()).String()), Text: "only once, please"}
	hello := wire.CustomerHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Inbox: "chat"}
	ws := dial(t, h)
	write(t, ws, hello)
	hello.Token = read[wire.CustomerWelcome](t, ws, "welcome").Token
	write(t, ws, send)
	first := read[wire.Ack](t, ws, "ack")
	write(t, ws, send)
	again := read[wire.Ack](t, ws, "ack")
	h.kill()
	h.start()
	ws = dial(t, h)
	write(t, ws, hello)
	read[wire.CustomerWelcome](t, ws, "welcome")
	history := read[wire.CustomerMessages](t, ws, "history")
	write(t, ws, send)
	last := read[wire.Ack](t, ws, "ack")
	for _, got := range []wire.Ack{again, last} {
		if !got.Duplicate || got.Seq != first.Seq || !got.At.Equal(first.At) || got.Conversation != first.Conversation {
			t.Errorf("ack of a repeat %+v, the first was %+v", got, first)
		}
	}
	n := 0
	for _, m := range history.Messages {
		if m.ClientID == send.ClientID {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the message is there %d times: %+v", n, history.Messages)
	}
}

// socket is a bare connection; frames that came in one message are kept for the next read.
type socket struct {
	*websocket.Conn
	frames [][]byte
}

func dial(t *testing.T, h *hub) *socket {
	t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws://"+h.address+"/ws/customer", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	return &socket{Conn: ws}
}

func write(t *testing.T, ws *socket, command any) {
	t.Helper()
	b, err := wire.EncodeCommand(command)
	if err == nil {
		err = ws.WriteMessage(websocket.TextMessage, b)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// next is the next frame of the hub.
func (ws *socket) next(t *testing.T, waitingFor string) []byte {
	t.Helper()
	if err := ws.SetReadDeadline(time.Now().Add(within)); err != nil {
		t.Fatal(err)
	}
	for len(ws.frames) == 0 {
		_, data, err := ws.ReadMessage()
		if err == nil {
			ws.frames, err = wire.Split(data)
		}
		if err != nil {
			t.Fatalf("waiting for %s: %v", waitingFor, err)
		}
	}
	f := ws.frames[0]
	ws.frames = ws.frames[1:]
	return f
}

// read waits for a frame of the type and passes over others.
func read[T any](t *testing.T, ws *socket, kind string) T {
	t.Helper()
	for {
		f := ws.next(t, kind)
		var head wire.Head
		if err := wire.DecodeHub(f, &head); err != nil {
			t.Fatal(err)
		}
		if head.T != kind {
			continue
		}
		var v T
		if err := wire.DecodeHub(f, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
}
