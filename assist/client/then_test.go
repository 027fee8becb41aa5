package client_test

import (
	"context"
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// breaking is an outbox during whose next change something happens.
type breaking struct {
	*client.Memory
	stored func() // before an action that was done is taken off
}

func (b *breaking) Stored(ctx context.Context, id assist.ClientID, left []assist.MacroAction) error {
	if b.stored != nil {
		b.stored()
	}
	return b.Memory.Stored(ctx, id, left)
}

func macro(actions ...assist.MacroAction) client.Draft {
	return client.Draft{Text: "Your refund is on its way.", Then: actions}
}

// resolved waits until the conversation was resolved and returns its facts.
func (p *pair) resolved(t *testing.T) (c assist.Conversation, events []assist.Event) {
	t.Helper()
	p.serves.within(t, "the end of the conversation", patience, func() bool {
		var err error
		c, err = p.desk.store.Conversation(t.Context(), p.conversation)
		return err == nil && !c.Status.Open()
	})
	events, err := p.desk.store.Events(t.Context(), assist.EventFilter{Conversation: p.conversation, Limit: 1000})
	must(t, err)
	return c, events
}

func notes(events []assist.Event) (texts []string) {
	for _, e := range events {
		if d, ok := e.Data.(assist.Appended); ok && d.Message.Kind == assist.KindNote {
			texts = append(texts, d.Message.Text)
		}
	}
	return texts
}

// What a macro does behind its words outlives the program that sent them, and a lost answer.
func TestThen_IsDoneOnceAfterARestart(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer func() { p.stop() }()
	p.stops[1]()
	p.stops = p.stops[:1]
	box := &breaking{Memory: p.agBox}
	start := func() {
		a, err := client.NewAgent(client.AgentOptions{Hub: d.url(), Session: p.session, Outbox: box, Handle: p.serves.agentFrame,
			Connection: p.serves.connection, Log: quiet, Timing: hasty})
		must(t, err)
		p.agent = a
		p.stops = append(p.stops, p.serves.run(a.Run))
	}
	draft := macro(assist.MacroAction{Do: "tag", Value: "refund"}, assist.MacroAction{Do: "note", Value: "paid by card"},
		assist.MacroAction{Do: "priority", Value: "high"}, assist.MacroAction{Do: "resolve", Value: "refunded"})
	draft.Conversation = p.conversation

	d.network.fail(true)
	start()
	var cuts []int // how many actions were left when the network broke
	box.stored = func() {
		if all, err := p.agBox.Pending(t.Context()); err == nil {
			cuts = append(cuts, len(all[0].Then))
		}
		d.network.cut() // after the hub has done it, before this side has noted so
	}
	p.serves.post(t, draft.Text, func() (assist.ClientID, error) { return p.agent.Post(t.Context(), draft) })
	p.stops[1]() // the program ends before the hub has the message
	p.stops = p.stops[:1]
	d.network.fail(false)
	start()
	c, events := p.resolved(t)
	if !slices.Equal(c.Tags, []string{"refund"}) || c.Priority != assist.PriorityHigh || c.Disposition != "refunded" {
		t.Errorf("conversation %+v", c)
	}
	if got := notes(events); !slices.Equal(got, []string{"paid by card"}) {
		t.Errorf("notes %q, want the one", got)
	}
	p.serves.within(t, "an empty outbox", patience, func() bool {
		all, err := p.agBox.Pending(t.Context())
		return err == nil && len(all) == 0
	})
	p.serves.mu.Lock()
	defer p.serves.mu.Unlock()
	for _, f := range p.serves.frames {
		if u, ok := f.(client.Undone); ok {
			t.Errorf("told as not done: %+v", u)
		}
	}
	if !slices.Equal(cuts, []int{4, 4, 3, 2}) {
		t.Errorf("the network broke with %v left, want after the message and after each action but the last", cuts)
	}
}

// One action that the hub refuses is told, and the others are done.
func TestThen_RefusedActionIsToldAndTheRestDone(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	draft := macro(assist.MacroAction{Do: "somersault"}, assist.MacroAction{Do: "resolve", Value: "refunded"})
	draft.Conversation = p.conversation
	p.serves.post(t, draft.Text, func() (assist.ClientID, error) { return p.agent.Post(t.Context(), draft) })
	p.resolved(t)
	p.serves.within(t, "the refusal", patience, func() bool {
		return slices.ContainsFunc(p.serves.frames, func(f wire.Frame) bool {
			u, ok := f.(client.Undone)
			return ok && u.Conversation == p.conversation && u.Action.Do == "somersault" && u.Code != 0
		})
	})
}

// Actions without words are an entry of the outbox without a message.
func TestThen_Alone(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	before := p.customer.Resume().Seq
	_, err := p.agent.Post(t.Context(), client.Draft{Conversation: p.conversation, Then: []assist.MacroAction{{Do: "snooze", Value: "2h"}}})
	must(t, err)
	if left := p.agent.Waiting(); len(left) != 0 {
		t.Errorf("waiting messages: %+v", left)
	}
	p.serves.within(t, "the snoozed conversation", patience, func() bool {
		c, err := d.store.Conversation(t.Context(), p.conversation)
		return err == nil && c.Status == assist.StatusSnoozed
	})
	stored, err := d.store.Messages(t.Context(), assist.MessageFilter{Conversation: p.conversation, Public: true, Limit: 100})
	must(t, err)
	for _, m := range stored {
		if m.Seq > before && m.Kind == assist.KindText {
			t.Errorf("a message %+v", m)
		}
	}
}
