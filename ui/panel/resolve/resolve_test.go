package resolve_test

import (
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/resolve"
)

func TestSuggested(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	say := func(k assist.ActorKind, ago time.Duration) assist.Message {
		return assist.Message{Kind: assist.KindText, From: assist.Actor{Kind: k}, At: now.Add(-ago)}
	}
	note := assist.Message{Kind: assist.KindNote, From: assist.Actor{Kind: assist.ActorAgent}, At: now}
	for name, v := range map[string]struct {
		messages []assist.Message
		want     string
	}{
		"nothing":               {nil, "solved"},
		"customer thanked":      {[]assist.Message{say(assist.ActorAgent, time.Hour), say(assist.ActorCustomer, time.Minute)}, "solved"},
		"just answered":         {[]assist.Message{say(assist.ActorAgent, time.Minute)}, "solved"},
		"silent, notes or not":  {[]assist.Message{say(assist.ActorAgent, time.Hour), note}, "no_answer"},
		"customer waits so far": {[]assist.Message{say(assist.ActorCustomer, time.Hour)}, "solved"},
	} {
		if got := resolve.Suggested(v.messages, now); got != v.want {
			t.Errorf("%s: got %s, want %s", name, got, v.want)
		}
	}
}

func TestSettle_TagsFirstAndNotAtAllIfThatFails(t *testing.T) {
	f := paneltest.New(t)
	done := 0
	resolve.Settle(f.Desk, 4, "refunded", []string{"refund"}, func() { done++ })
	if len(f.Fake.Calls) != 2 || f.Fake.Calls[0].(wire.AgentDo).Do != wire.DoTag || f.Fake.Calls[1].(wire.AgentDo).Disposition != "refunded" || done != 1 {
		t.Errorf("calls %+v, done %d", f.Fake.Calls, done)
	}
	f.Fake.Calls = nil
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeForbidden, "no") }
	resolve.Settle(f.Desk, 4, "refunded", []string{"refund"}, func() { done++ })
	if len(f.Fake.Calls) != 1 || done != 1 {
		t.Errorf("after a refused tag: %+v, done %d", f.Fake.Calls, done)
	}
}
