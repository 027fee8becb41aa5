package assist

import (
	"encoding/json"
	"testing"
	"time"
)

func TestApply_HandoffAcceptReplyResolve(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_000).UTC()
	li := Agent{ID: 7, Name: "Li Wei"}
	c := Conversation{ID: 1}
	steps := []struct {
		e    Event
		want Status
	}{
		{Event{Data: Started{Inbox: "shop", Customer: 3, Language: "en"}}, StatusBot},
		{Say(ByCustomer(3), Message{Kind: KindText, Text: "hi", Seq: 1}), StatusBot},
		{Event{Data: HandedOff{Handoff: Handoff{Reason: "customer_asked"}, Queue: "support", Team: "support"}}, StatusWaiting},
		{Event{Data: Assigned{Agent: li.ID, Cause: "accept"}}, StatusHuman},
		{Say(ByAgent(li), Message{Kind: KindText, Text: "hello", Seq: 2}), StatusHuman},
		{Event{Data: WrapUp{}}, StatusWrapUp},
		{Event{Data: Resolved{Disposition: "solved"}}, StatusResolved},
		{Event{Data: Reopened{Cause: "customer"}}, StatusBot},
	}
	for i, s := range steps {
		s.e.Rev, s.e.At = Rev(i+1), at.Add(time.Duration(i)*time.Second)
		before := c.Status
		c = c.Apply(s.e)
		if c.Status != s.want {
			t.Fatalf("step %d (%s): status %q, want %q", i, s.e.Data.EventType(), c.Status, s.want)
		}
		if before != "" && before != c.Status && !before.CanBecome(c.Status) {
			t.Fatalf("step %d: %s to %s is no edge", i, before, c.Status)
		}
	}
	if c.BotGeneration != 2 {
		t.Errorf("bot generation %d after reopening, want 2", c.BotGeneration)
	}
	if c.Handoff != nil || c.Disposition != "" {
		t.Errorf("reopened conversation keeps the old handoff or disposition: %+v", c)
	}
}

func TestApply_CustomerWaitsUntilAnAgentReplies(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_000).UTC()
	c := Conversation{Status: StatusHuman, Assignee: 7}
	m := Say(ByCustomer(3), Message{Kind: KindText, Text: "still there?", Seq: 1})
	m.At = at
	c = c.Apply(m)
	if !c.WaitingSince.Equal(at) {
		t.Fatalf("waiting since %v, want %v", c.WaitingSince, at)
	}
	again := m
	again.At = at.Add(time.Minute)
	if c = c.Apply(again); !c.WaitingSince.Equal(at) {
		t.Fatalf("a second message moved waiting since to %v", c.WaitingSince)
	}
	if c = c.Apply(Say(ByAgent(Agent{ID: 7}), Message{Kind: KindText, Text: "yes", Seq: 2})); !c.WaitingSince.IsZero() {
		t.Fatalf("waiting since %v after the reply, want none", c.WaitingSince)
	}
}

func TestApply_NoteChangesNothingTheCustomerSees(t *testing.T) {
	c := Conversation{Status: StatusHuman, Seq: 4, Last: Preview{Text: "hi"}}
	got := c.Apply(Say(ByAgent(Agent{ID: 7}), Message{Kind: KindNote, Text: "secret"}))
	if got.Seq != 4 || got.Last.Text != "hi" {
		t.Fatalf("note moved seq to %d and preview to %q", got.Seq, got.Last.Text)
	}
}

func TestApply_SystemLineLeavesTheLastWordsInThePreview(t *testing.T) {
	c := Conversation{}.Apply(Line(ActivityWaiting, nil))
	if c.Last.Activity != ActivityWaiting {
		t.Fatalf("with nothing said the preview is %+v, want the system line", c.Last)
	}
	c = c.Apply(Say(ByCustomer(3), Message{Kind: KindText, Text: "hi", Seq: 2})).Apply(Line(ActivityJoined, nil))
	if c.Last.Text != "hi" || c.Last.From != ActorCustomer {
		t.Fatalf("preview %+v, want the customer's words", c.Last)
	}
}

func TestEvent_JSONRoundTrip(t *testing.T) {
	for typ := range decoders {
		raw := []byte(`{"rev":5,"conversation":2,"type":"` + string(typ) + `","at":"2026-01-02T03:04:05.006Z","actor":{"kind":"system"},"data":{"reason":"x"}}`)
		var e Event
		if err := json.Unmarshal(raw, &e); err != nil {
			t.Errorf("%s: %v", typ, err)
			continue
		}
		if typ != SignedIn && e.Data.EventType() != typ {
			t.Errorf("%s read back as %s", typ, e.Data.EventType())
		}
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%s: %v", typ, err)
		}
	}
}

func TestParseClientID(t *testing.T) {
	id, err := ParseClientID("018F5E6A-7B3C-7DDD-8EEE-0123456789AB")
	if err != nil {
		t.Fatal(err)
	}
	if got := ClientIDFromBytes(id.Bytes()); got != id {
		t.Errorf("bytes round trip: got %s, want %s", got, id)
	}
	for _, bad := range []string{"", "x", "018f5e6a7b3c7ddd8eee0123456789ab", "018f5e6a-7b3c-7ddd-8eee-0123456789ag", "018f5e6a-7b3c-7ddd-8eee-0123456789abc"} {
		if _, err := ParseClientID(bad); err == nil {
			t.Errorf("%q was taken for a UUID", bad)
		}
	}
}

func TestVisibility(t *testing.T) {
	v := Visibility{Agent: 7, Teams: []TeamID{"a"}, Unassigned: true}
	for _, tc := range []struct {
		c    Conversation
		want bool
	}{
		{Conversation{Assignee: 7, Team: "b"}, true},
		{Conversation{Assignee: 8, Team: "a"}, true},
		{Conversation{Assignee: 8, Team: "b"}, false},
		{Conversation{}, true},
		{Conversation{Assignee: 8}, false},
		{Conversation{Team: "b"}, false},
	} {
		if got := v.Sees(tc.c); got != tc.want {
			t.Errorf("%+v: sees %v, want %v", tc.c, got, tc.want)
		}
	}
}
