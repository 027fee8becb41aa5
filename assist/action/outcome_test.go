package action_test

import (
	"context"
	"errors"
	"testing"

	"deskhand/assist"
	"deskhand/assist/action"
)

// lines are what the hub itself has written into the conversation about changes.
func (x *counter) lines(c assist.ConversationID) (out []assist.Message) {
	x.t.Helper()
	all, err := x.store.Messages(context.Background(), assist.MessageFilter{Conversation: c, Limit: 200})
	x.must(err)
	for _, m := range all {
		if m.Activity != nil && m.Activity.Args["command"] != "" {
			out = append(out, m)
		}
	}
	return out
}

// hand gives the conversation to a person, or ends it.
func (x *counter) hand(facts ...assist.Event) {
	x.t.Helper()
	x.write(assist.Write{Conversation: x.conv.ID, Decide: func(assist.Conversation) ([]assist.Event, error) { return facts, nil }})
}

// An outcome that is found out about after a person took over is a note to them, once; the bot says nothing over them.
// Where the conversation is over both sides read it.
func TestOutcome_IsToldToWhoeverHasTheConversation(t *testing.T) {
	away := errors.New("no answer")
	for what, tc := range map[string]struct {
		facts []assist.Event
		kind  assist.MessageKind
	}{
		"a person waits for it": {[]assist.Event{{Actor: assist.BySystem(), Data: assist.Queued{Queue: "q", Reason: "error"}}}, assist.KindNote},
		"a person has it": {[]assist.Event{{Actor: assist.BySystem(), Data: assist.Queued{Queue: "q", Reason: "error"}},
			{Actor: assist.BySystem(), Data: assist.Assigned{Agent: 7, Name: "Li", Cause: "accept"}}}, assist.KindNote},
		"it is over": {[]assist.Event{{Actor: assist.BySystem(), Data: assist.Resolved{Cause: "agent"}}}, assist.KindActivity},
	} {
		t.Run(what, func(t *testing.T) {
			asked := 0
			x := open(t, func(o *action.Options) {
				o.Tell = func(context.Context, action.Command) (bool, error) { asked++; return false, nil }
			})
			c := x.confirmed(x.conv, 12_000)
			x.bank.after = func() error { return away } // it was done, and nobody heard of it
			if got, err := x.desk.Execute(t.Context(), c.ID); err != nil || got.State != action.Unknown {
				t.Fatalf("got %s, %v", got.State, err)
			}
			x.hand(tc.facts...)
			x.bank.after = nil
			for range 4 {
				x.pass(x.long())
				x.desk.Sweep(t.Context())
				x.make() // a hub that was started anew tells it no second time
			}
			got := x.lines(x.conv.ID)
			if len(got) != 1 || asked != 1 {
				t.Fatalf("%d lines, asked %d times", len(got), asked)
			}
			if m := got[0]; m.Kind != tc.kind || m.Activity.Code != assist.ActivityCommandDone || m.From.Kind != assist.ActorSystem || m.Activity.Args["intent"] != c.Intent {
				t.Errorf("got %+v %+v", m, m.Activity)
			}
		})
	}
}

// Who tells it is settled in the transaction that writes it down: a conversation that has just gone back to the bot gets no
// note, and the bot is asked again.
func TestOutcome_ConversationGoesBackMeanwhile(t *testing.T) {
	x := open(t, always)
	c := x.approved()
	queued := assist.Event{Actor: assist.BySystem(), Data: assist.Queued{Queue: "q", Reason: "error"}}
	x.hand(queued)
	tries := 0
	x.options.Tell = func(context.Context, action.Command) (bool, error) {
		if tries++; tries == 1 {
			x.hand(assist.Event{Actor: assist.BySystem(), Data: assist.GivenToBot{}})
			return false, nil
		}
		return true, nil
	}
	x.make()
	for range 4 {
		x.desk.Sweep(t.Context())
		x.pass(x.long())
	}
	if got := x.lines(x.conv.ID); len(got) != 0 || tries != 2 {
		t.Errorf("%d lines, asked %d times", len(got), tries)
	}
	if got := x.state(c.ID); got.State != action.Done || !got.DueAt.IsZero() {
		t.Errorf("got %s, due %s", got.State, got.DueAt)
	}
}

// Somebody takes over while the back office is at work: the bot's turn can't say what it did, so a note does.
func TestOutcome_TakenOverDuringTheChange(t *testing.T) {
	x := open(t)
	c := x.confirmed(x.conv, 12_000)
	x.bank.after = func() error {
		x.hand(assist.Event{Actor: assist.BySystem(), Data: assist.Assigned{Agent: 7, Name: "Li", Cause: "take"}})
		return nil
	}
	if got, err := x.desk.Execute(t.Context(), c.ID); err != nil || got.State != action.Done {
		t.Fatalf("got %s, %v", got.State, err)
	}
	if got := x.lines(x.conv.ID); len(got) != 1 || got[0].Kind != assist.KindNote || got[0].Activity.Code != assist.ActivityCommandDone {
		t.Errorf("got %+v", got)
	}
	other := x.begin("other")
	x.bank.after = nil
	if got, err := x.desk.Execute(t.Context(), x.confirmed(other, 100).ID); err != nil || got.State != action.Done || len(x.lines(other.ID)) != 0 {
		t.Errorf("where the bot tells it itself: %s, %v, %d lines", got.State, err, len(x.lines(other.ID)))
	}
}
