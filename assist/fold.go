package assist

import (
	"slices"
	"time"
)

// Apply is the conversation after the fact e: the one place that says what each event changes. The
// store uses it to keep its rows, and anything that folds events gets the same result.
func (c Conversation) Apply(e Event) Conversation {
	c.Rev = e.Rev
	switch d := e.Data.(type) {
	case Started:
		c.Inbox, c.Customer, c.Language = d.Inbox, d.Customer, d.Language
		c.Status, c.CreatedAt, c.BotGeneration = StatusBot, e.At, 1
	case Appended:
		c = c.applyMessage(d.Message, e.At)
	case HandedOff:
		c.Status, c.Queue, c.Team, c.Assignee = StatusWaiting, d.Queue, d.Team, 0
		h := d.Handoff
		h.At = e.At
		c.Handoff, c.WaitingSince, c.LeftMessage = &h, e.At, false
	case Queued:
		c = c.applyQueued(d, e.At)
	case Assigned:
		c.Status, c.Assignee, c.SnoozedUntil, c.LeftMessage = StatusHuman, d.Agent, time.Time{}, false
		c.ResolvedAt = time.Time{}
	case GivenToBot:
		c.Status, c.Assignee, c.WaitingSince = StatusBot, 0, time.Time{}
		c.SnoozedUntil, c.LeftMessage = time.Time{}, false
		c.BotGeneration++
	case Snoozed:
		c.Status, c.SnoozedUntil = StatusSnoozed, d.Until
	case Woken:
		c.Status, c.SnoozedUntil = StatusHuman, time.Time{}
	case WrapUp:
		c.Status, c.WaitingSince, c.ResolvedAt = StatusWrapUp, time.Time{}, e.At
		c.SnoozedUntil = time.Time{}
	case Resolved:
		c.Status, c.ResolvedAt, c.WaitingSince, c.SnoozedUntil = StatusResolved, e.At, time.Time{}, time.Time{}
		c.Disposition, c.LeftMessage = d.Disposition, false
	case Reopened:
		c.Status, c.ResolvedAt, c.Assignee, c.Handoff = StatusBot, time.Time{}, 0, nil
		c.Disposition, c.CSAT = "", 0
		c.BotGeneration++
	case Tagged:
		c.Tags = mergeTags(c.Tags, d)
	case Prioritized:
		c.Priority = d.Priority
	case LanguageSet:
		c.Language = d.Language
	case Rated:
		c.CSAT = d.Score
	}
	return c
}

func (c Conversation) applyMessage(m Message, at time.Time) Conversation {
	if m.Kind == KindNote {
		return c
	}
	c.Seq = m.Seq
	if c.Previews(m) {
		c.Last = Preview{Text: firstRunes(m.Text, PreviewRunes), From: m.From.Kind, Kind: m.Kind, At: at}
		if m.Activity != nil {
			c.Last.Activity = m.Activity.Code
		}
	}
	switch m.From.Kind {
	case ActorCustomer:
		c.CustomerRead = max(c.CustomerRead, m.Seq) // who writes has read what stands above
		c.CustomerDelivered = max(c.CustomerDelivered, m.Seq)
		if c.WaitingSince.IsZero() && c.Status != StatusBot {
			c.WaitingSince = at
		}
	case ActorAgent:
		c.AgentRead = max(c.AgentRead, m.Seq)
		c.WaitingSince = time.Time{}
	case ActorBot:
		c.AgentRead = max(c.AgentRead, m.Seq)
	case ActorSystem:
		if c.AgentRead == m.Seq-1 { // a system line alone makes nothing unread
			c.AgentRead = m.Seq
		}
	}
	return c
}

// Previews tells whether lists show the message as the last one: what was said counts, system lines only while
// nothing has been.
func (c Conversation) Previews(m Message) bool {
	return m.Public() && (m.Kind == KindText || c.Last.Kind != KindText)
}

func (c Conversation) applyQueued(d Queued, at time.Time) Conversation {
	if c.WaitingSince.IsZero() {
		c.WaitingSince = at
	}
	c.Status, c.Queue, c.Team, c.Assignee = StatusWaiting, d.Queue, d.Team, 0
	c.SnoozedUntil, c.LeftMessage = time.Time{}, d.Alone
	return c
}

func mergeTags(tags []string, d Tagged) []string {
	out := make([]string, 0, len(tags)+len(d.Added))
	for _, t := range slices.Concat(tags, d.Added) {
		if !slices.Contains(d.Removed, t) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}

func firstRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count == n {
			return s[:i]
		}
		count++
	}
	return s
}
