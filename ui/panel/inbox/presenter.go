// Package inbox is the column of conversations: Mine, Queue, Bot, All, with a filter, the agent's own state and the
// line that says how the connection stands.
package inbox

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/match"
	"deskhand/ui/panel"
	"deskhand/ui/state"
)

// Chip is a small coloured word of a row. Color is a tag's: ok, warn, bad, primary, ai or none.
type Chip struct{ Color, Mark, Text string }

// Item is one row as it reads.
type Item struct {
	ID      assist.ConversationID
	Name    string
	Preview string
	Typing  bool   // Preview is what is being typed
	When    string // how long ago, or how long the customer waits
	Urgency int    // of When: 0 none, 1 waits, 2 waits long
	Unread  int
	Chips   []Chip
}

// outOfScope is the intent of what the bot does not know: no news in a list.
const outOfScope = "out_of_scope"

// waitsLong is after how long a waiting customer is shown as urgent.
const (
	waitsSome = time.Minute
	waitsLong = 3 * time.Minute
)

// Presenter decides what the inbox shows.
type Presenter struct {
	desk   *panel.Desk
	list   state.List
	filter string
}

// NewPresenter returns a presenter that shows Mine.
func NewPresenter(d *panel.Desk) *Presenter { return &Presenter{desk: d, list: state.Mine} }

// List is the list shown.
func (p *Presenter) List() state.List { return p.list }

// Choose shows another list.
func (p *Presenter) Choose(l state.List) { p.list = l }

// Filter narrows the list to rows that hold s in name, last line, tags, queue or number; pinyin initials count.
func (p *Presenter) Filter(s string) { p.filter = strings.TrimSpace(s) }

// Filtered tells whether a filter hides rows.
func (p *Presenter) Filtered() bool { return p.filter != "" }

// Rows are the conversations of the list in order.
func (p *Presenter) Rows() []wire.Row {
	rows := p.desk.State.List(p.list)
	if p.filter == "" {
		return rows
	}
	return slices.DeleteFunc(rows, func(r wire.Row) bool { return !p.holds(r) })
}

func (p *Presenter) holds(r wire.Row) bool {
	fields := append([]string{p.desk.CustomerName(r.CustomerName, r.Customer), r.Last.Text, string(r.Queue),
		"#" + itoa(int64(r.ID)), p.desk.State.Inbox(r.Inbox).Name}, r.Tags...)
	return slices.ContainsFunc(fields, func(f string) bool { return match.Holds(f, p.filter) })
}

// Item is a row in words.
func (p *Presenter) Item(r wire.Row) Item {
	it := Item{ID: r.ID, Name: p.desk.CustomerName(r.CustomerName, r.Customer), Chips: p.chips(r)}
	it.Preview = p.preview(r)
	if t, ok := p.desk.State.Typing(r.ID); ok && t.From.Kind == assist.ActorCustomer {
		it.Typing = true
		it.Preview = p.desk.Lang.T("inbox.typing")
		if t.Text != "" {
			it.Preview = p.desk.Lang.T("inbox.typing.text", "text", oneLine(t.Text))
		}
	}
	if r.Assignee == p.desk.State.You().ID || r.Status == assist.StatusWaiting {
		it.Unread = r.Unread()
	}
	it.When, it.Urgency = p.when(r)
	return it
}

func (p *Presenter) preview(r wire.Row) string {
	switch {
	case r.Last.Activity != "" && r.Handoff != nil && r.Handoff.Summary != "":
		return oneLine(r.Handoff.Summary) // what it is about says more than that it waits
	case r.Last.Activity != "":
		return p.desk.Lang.ActivityCode(r.Last.Activity)
	case strings.TrimSpace(r.Last.Text) == "" && !r.Last.At.IsZero():
		return p.desk.Lang.T("inbox.file")
	case r.Last.From == assist.ActorAgent && r.Assignee == p.desk.State.You().ID:
		return p.desk.Lang.T("inbox.you", "text", oneLine(r.Last.Text))
	}
	return oneLine(r.Last.Text)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (p *Presenter) when(r wire.Row) (string, int) {
	now := p.desk.State.HubNow()
	if !p.Counting(r) {
		return p.desk.Lang.Ago(r.Last.At, now), 0
	}
	d := now.Sub(r.WaitingSince)
	switch {
	case d >= time.Hour: // seconds no longer matter
		return p.desk.Lang.Ago(r.WaitingSince, now), 2
	case d >= waitsLong:
		return p.desk.Lang.Wait(d), 2
	case d >= waitsSome:
		return p.desk.Lang.Wait(d), 1
	}
	return p.desk.Lang.Wait(d), 0
}

// Counting tells whether a row shows a running time.
func (p *Presenter) Counting(r wire.Row) bool {
	return !r.WaitingSince.IsZero() && (r.Status == assist.StatusWaiting || r.Status == assist.StatusHuman)
}

func (p *Presenter) chips(r wire.Row) []Chip {
	var out []Chip
	l := p.desk.Lang
	switch {
	case r.Priority >= assist.PriorityUrgent:
		out = append(out, Chip{"bad", "▲", l.Priority(r.Priority)})
	case r.Priority == assist.PriorityHigh:
		out = append(out, Chip{"warn", "▲", l.Priority(r.Priority)})
	}
	out = append(out, p.statusChips(r)...)
	if r.Handoff != nil && r.Handoff.Intent != "" && r.Handoff.Intent != outOfScope {
		out = append(out, Chip{"", "", l.Intent(r.Handoff.Intent)})
	}
	for _, t := range r.Tags {
		out = append(out, Chip{p.desk.State.Tag(t).Color, "", t})
	}
	inbox := p.desk.State.Inbox(r.Inbox)
	return append(out, Chip{"", "", inbox.DisplayName(shortLanguage(l.Tag()))})
}

func (p *Presenter) statusChips(r wire.Row) []Chip {
	l := p.desk.Lang
	switch {
	case r.Status == assist.StatusSnoozed:
		return []Chip{{"", "◷", l.T("inbox.until", "time", l.Moment(r.SnoozedUntil, p.desk.State.HubNow()))}}
	case r.Status == assist.StatusWrapUp:
		return []Chip{{"ok", "", l.Status(r.Status)}}
	case r.LeftMessage:
		return []Chip{{"warn", "", l.T("inbox.left")}}
	case p.list != state.All:
		return nil
	case r.Status == assist.StatusBot:
		return []Chip{{"ai", "✦", l.Status(r.Status)}}
	case r.Status == assist.StatusWaiting:
		return []Chip{{"warn", "●", l.Status(r.Status)}}
	case r.Assignee != 0:
		return []Chip{{"primary", "", p.desk.AgentName(r.Assignee)}}
	}
	return nil
}

// Foot is the line at the foot of the column.
func (p *Presenter) Foot() string {
	you := p.desk.State.You()
	if !p.desk.State.Loaded() {
		return ""
	}
	return p.desk.Lang.T("inbox.load", "n", p.desk.State.Load(), "most", you.Capacity)
}

// Line is what the connection line says, and whether it is a warning.
func (p *Presenter) Line() (words string, bad bool) {
	l, link := p.desk.Lang, p.desk.State.Link()
	if link.Live {
		if link.Queued > 0 {
			return l.N("link.sending", link.Queued), false
		}
		return l.T("link.live"), false
	}
	words = l.T("link.connecting")
	if !link.Since.IsZero() && p.desk.State.Welcomed() {
		words = l.T("link.lost", "time", l.Clock(link.Since))
	}
	if link.Ended {
		words = l.T("link.offline")
	}
	if link.Queued > 0 {
		words += " · " + l.N("link.queued", link.Queued)
	}
	return words, p.desk.State.Welcomed() || link.Ended
}
