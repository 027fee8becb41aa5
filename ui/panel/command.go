package panel

import (
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// Allowed is what somebody may do with a conversation now; the hub checks again when it is done.
type Allowed struct {
	Reply    bool // write to the customer
	Note     bool
	Accept   bool // take it from the queue
	Take     bool // take it over from the bot or a colleague
	Reopen   bool
	Transfer bool
	ToBot    bool
	Snooze   bool
	Wake     bool
	Tag      bool
	Priority bool
	Resolve  bool
}

// Allowed tells what the agent may do with a conversation as it stands.
func (d *Desk) Allowed(r wire.Row) Allowed {
	can := d.State.Can
	mine := r.Assignee == d.State.You().ID && r.Assignee != 0
	over := mine || can("conversation.take") // as the hub has it: who may take over may also act
	s := r.Status
	held := s == assist.StatusHuman || s == assist.StatusSnoozed
	free := s == assist.StatusBot || s == assist.StatusWaiting
	return Allowed{
		Reply:    can("conversation.reply") && mine && (held || s == assist.StatusWrapUp),
		Note:     can("conversation.note"),
		Accept:   can("conversation.accept") && s == assist.StatusWaiting,
		Take:     can("conversation.accept") && (s == assist.StatusBot || held && !mine && can("conversation.take")),
		Reopen:   can("conversation.resolve") && can("conversation.reply") && (s == assist.StatusResolved || s == assist.StatusWrapUp && over),
		Transfer: can("conversation.transfer") && (free || held && over),
		ToBot:    can("conversation.to_bot") && (s == assist.StatusWaiting || held && over),
		Snooze:   can("conversation.snooze") && s == assist.StatusHuman && over,
		Wake:     can("conversation.snooze") && s == assist.StatusSnoozed && over,
		Tag:      can("conversation.tag"),
		Priority: can("conversation.priority") && s.Open(),
		Resolve:  can("conversation.resolve") && (free || (held || s == assist.StatusWrapUp) && over),
	}
}

// SnoozeTime is a moment that snoozing offers.
type SnoozeTime struct {
	Key string // of its words
	At  time.Time
}

// SnoozeTimes are the moments that snoozing offers: in an hour, tomorrow at nine, Monday at nine.
func SnoozeTimes(now time.Time, where *time.Location) []SnoozeTime {
	n := now.In(where)
	nine := time.Date(n.Year(), n.Month(), n.Day(), 9, 0, 0, 0, where)
	toMonday := (int(time.Monday) - int(n.Weekday()) + 7) % 7
	if toMonday == 0 {
		toMonday = 7
	}
	times := []SnoozeTime{{"snooze.hour", now.Add(time.Hour)}, {"snooze.tomorrow", nine.AddDate(0, 0, 1)}}
	if toMonday > 1 {
		times = append(times, SnoozeTime{"snooze.monday", nine.AddDate(0, 0, toMonday)})
	}
	return times
}
