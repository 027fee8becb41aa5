package thread

import (
	"reflect"

	"deskhand/assist"
)

// settled is the part of a conversation whose lines can't change any more, so that one more message among thousands
// costs what one message costs.
type settled struct {
	first, last assist.Rev // of the messages when the lines were built
	count       int        // of the messages then
	until       int        // messages below this index are settled
}

// loose is how many messages at the end are never settled: what stands below one depends on the next.
const loose = 2

// settledNow looks at the messages as they were just built into lines.
func (v *View) settledNow() settled {
	c := v.stage.State.Conversation(v.p.ID())
	if c == nil || !c.Loaded || len(c.Messages) == 0 {
		return settled{}
	}
	n := len(c.Messages)
	s := settled{first: c.Messages[0].Rev, last: c.Messages[n-1].Rev, count: n, until: max(0, n-loose)}
	for i := n - 1; i >= 0; i-- {
		if c.Messages[i].From.Kind == assist.ActorCustomer {
			s.until = min(s.until, i) // the bot may still answer it, which shows what it understood
			break
		}
	}
	for i := max(0, min(v.settled.until, s.until)); i < s.until; i++ {
		m := c.Messages[i]
		if m.From.Kind == assist.ActorAgent && m.Kind == assist.KindText && c.DeliveryOf(m) != "read" {
			s.until = i // it may still be delivered and read
			break
		}
	}
	return s
}

// holds tells whether the messages are those that the lines were built of, with nothing but new ones behind them.
func (s settled) holds(messages []assist.Message) bool {
	return s.until > 0 && len(messages) >= s.count && messages[0].Rev == s.first && messages[s.count-1].Rev == s.last
}

// Stale says how what is shown differs from the state, "" if it does not: for tests, which can't look inside.
func (v *View) Stale() string {
	entries := v.p.Entries()
	for _, e := range entries {
		shown, ok := v.entries[e.ID]
		item, there := v.thread.Item(e.ID)
		switch {
		case !ok || !there:
			return "missing " + e.ID
		case !reflect.DeepEqual(shown, e) || item.Below != e.Below:
			return "other " + e.ID + ": " + shown.Below + " instead of " + e.Below
		}
	}
	if len(v.entries) != len(entries) {
		return "too many entries"
	}
	return ""
}
