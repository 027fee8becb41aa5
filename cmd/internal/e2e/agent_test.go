package e2e

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// agent is the desktop's own client with the little memory that the tests need.
type agent struct {
	*client.Agent
	t       *testing.T
	changed chan struct{}

	mu       sync.Mutex // guards the fields below
	rows     map[assist.ConversationID]wire.Row
	messages []assist.Message
	marks    assist.Marks
	typing   string
}

func newAgent(t *testing.T, h *hub) *agent {
	t.Helper()
	session, _, _, err := client.SignIn(t.Context(), h.url(), "li", password, "e2e")
	if err != nil {
		t.Fatal(err)
	}
	a := &agent{t: t, changed: make(chan struct{}, 1), rows: map[assist.ConversationID]wire.Row{}}
	a.Agent, err = client.NewAgent(client.AgentOptions{Hub: h.url(), Session: session, Handle: a.handle, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	return a
}

func (a *agent) handle(f wire.Frame) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch f := f.(type) {
	case wire.AgentRows:
		for _, r := range f.Rows {
			a.rows[r.ID] = r
		}
	case wire.AgentOpened:
		a.rows[f.Row.ID], a.marks = f.Row, f.Marks
		if f.Reset {
			a.messages = nil
		}
		for _, m := range f.Messages {
			a.add(m)
		}
	case wire.AgentEvent:
		r := a.rows[f.Event.Conversation]
		r.Conversation = r.Apply(f.Event)
		a.rows[f.Event.Conversation] = r
		if d, ok := f.Event.Data.(assist.Appended); ok {
			a.add(d.Message)
		}
	case wire.AgentMarks:
		a.marks = f.Marks
	case wire.AgentPeerTyping:
		a.typing = f.Text
	}
	select {
	case a.changed <- struct{}{}:
	default:
	}
}

func (a *agent) add(m assist.Message) {
	if !slices.ContainsFunc(a.messages, func(o assist.Message) bool { return o.Rev == m.Rev }) {
		a.messages = append(a.messages, m)
		slices.SortFunc(a.messages, func(x, y assist.Message) int { return int(x.Rev - y.Rev) })
	}
}

func (a *agent) until(what string, condition func() bool) {
	a.t.Helper()
	eventually(a.t, what, a.changed, func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return condition()
	})
}

// waiting is the conversation that waits for somebody.
func (a *agent) waiting() assist.ConversationID {
	a.t.Helper()
	var id assist.ConversationID
	a.until("a conversation that waits", func() bool {
		for _, r := range a.rows {
			if r.Status == assist.StatusWaiting {
				id = r.ID
			}
		}
		return id != 0
	})
	return id
}

func (a *agent) call(command any) wire.Frame {
	a.t.Helper()
	f, err := a.Call(a.t.Context(), command)
	if err != nil {
		a.t.Fatalf("%T: %v", command, err)
	}
	return f
}

func (a *agent) do(what string, id assist.ConversationID) {
	a.t.Helper()
	a.call(wire.AgentDo{Do: what, Conversation: id})
}

func (a *agent) reply(id assist.ConversationID, text string) {
	a.t.Helper()
	if _, err := a.Post(a.t.Context(), client.Draft{Conversation: id, Text: text}); err != nil {
		a.t.Fatalf("post: %v", err)
	}
}

// sees waits for a message with that text and fails if it is there more than once.
func (a *agent) sees(text string) {
	a.t.Helper()
	a.until("the agent sees "+text, func() bool { return a.count(text) > 0 })
	a.mu.Lock()
	defer a.mu.Unlock()
	if n := a.count(text); n != 1 {
		a.t.Fatalf("%q is there %d times", text, n)
	}
}

func (a *agent) count(text string) int {
	n := 0
	for _, m := range a.messages {
		if m.Text == text {
			n++
		}
	}
	return n
}

// seqs are the numbers of the shared messages, in order.
func (a *agent) seqs() []assist.Seq {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []assist.Seq
	for _, m := range a.messages {
		if m.Seq != 0 {
			out = append(out, m.Seq)
		}
	}
	return out
}
