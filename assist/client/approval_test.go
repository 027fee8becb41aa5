package client_test

import (
	"slices"
	"testing"

	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Who may approve hears with each welcome what waits, and in order with the lists that the hub sends by itself.
func TestAgent_AsksWhatWaitsForApproval(t *testing.T) {
	asked := make(chan string, 4)
	hub := fakeHub(t, func(ws *websocket.Conn, _ []byte) {
		tell(ws, wire.AgentWelcome{V: 1, Epoch: "e", Rev: 1, Permissions: []string{"command.approve"}}, wire.AgentRows{Reset: true, Done: true, Rev: 1})
		var h wire.Head
		_, b, _ := ws.ReadMessage()
		if err := wire.DecodeHub(b, &h); err != nil {
			t.Error(err)
		}
		asked <- h.T
		tell(ws, wire.AgentApprovalList{Ref: h.Ref, Commands: []wire.CommandView{{ID: "a"}}}, wire.AgentApprovalList{Commands: []wire.CommandView{{ID: "a"}, {ID: "b"}}})
		untilGone(ws)
	})
	v := newView()
	a, err := client.NewAgent(client.AgentOptions{Hub: hub, Session: "dks_x", Handle: v.agentFrame, Connection: v.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := v.run(a.Run)
	defer stop()
	if got := <-asked; got != wire.TypeApprovals {
		t.Fatalf("the hub was asked for %q", got)
	}
	var counts []int
	v.within(t, "both lists", patience, func() bool {
		counts = nil
		for _, f := range v.frames {
			if l, ok := f.(wire.AgentApprovalList); ok {
				counts = append(counts, len(l.Commands))
			}
		}
		return len(counts) == 2
	})
	if !slices.Equal(counts, []int{1, 2}) {
		t.Errorf("lists of %v", counts)
	}
}

// Commands about changes of the back office are answered to their caller.
func TestAgent_CallsOfCommands(t *testing.T) {
	hub := fakeHub(t, func(ws *websocket.Conn, _ []byte) {
		tell(ws, wire.AgentWelcome{V: 1, Epoch: "e", Rev: 1}, wire.AgentRows{Reset: true, Done: true, Rev: 1})
		for {
			_, b, err := ws.ReadMessage()
			if err != nil {
				return
			}
			var h wire.Head
			if wire.DecodeHub(b, &h) != nil {
				continue
			}
			switch h.T {
			case wire.TypeCommands:
				tell(ws, wire.AgentCommandList{Ref: h.Ref, Conversation: 4, Commands: []wire.CommandView{{ID: "a", State: "done"}}})
			case wire.TypeApprove, wire.TypeDecline:
				tell(ws, wire.Ack{Ref: h.Ref, Conversation: 4})
			}
		}
	})
	v := newView()
	a, err := client.NewAgent(client.AgentOptions{Hub: hub, Session: "dks_x", Handle: v.agentFrame, Connection: v.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := v.run(a.Run)
	defer stop()
	v.live(t)
	f, err := a.Call(t.Context(), wire.AgentCommands{Conversation: 4})
	must(t, err)
	if l, ok := f.(wire.AgentCommandList); !ok || len(l.Commands) != 1 || l.Commands[0].State != "done" {
		t.Errorf("got %+v", f)
	}
	for _, c := range []any{wire.AgentApprove{ID: "a"}, wire.AgentDecline{ID: "a", Note: "no"}} {
		if f, err := a.Call(t.Context(), c); err != nil || f.(wire.Ack).Conversation != 4 {
			t.Errorf("%T: %+v, %v", c, f, err)
		}
	}
}
