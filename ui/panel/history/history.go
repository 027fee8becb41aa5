// Package history is the panel of a customer's other conversations; a click opens one.
package history

import (
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Presenter decides what the panel shows.
type Presenter struct {
	desk *panel.Desk
	id   assist.ConversationID
}

// NewPresenter returns a presenter of no conversation.
func NewPresenter(d *panel.Desk) *Presenter { return &Presenter{desk: d} }

// Past are the customer's other conversations, newest first.
func (p *Presenter) Past() []wire.Row {
	if c := p.desk.State.Conversation(p.id); c != nil {
		return c.Past
	}
	return nil
}

// Title is a past conversation's first line, Detail its second: how it ended, and the last words.
func (p *Presenter) Title(r wire.Row) (title, detail, status string) {
	l := p.desk.Lang
	title = "#" + itoa(int64(r.ID)) + " · " + l.Date(r.CreatedAt, p.desk.State.HubNow())
	detail = strings.Join(strings.Fields(r.Last.Text), " ")
	if r.Last.Activity != "" {
		detail = l.ActivityCode(r.Last.Activity)
	}
	status = l.Status(r.Status)
	if r.Disposition != "" {
		status = l.Disposition(r.Disposition)
	}
	return title, detail, status
}

// View is the panel.
type View struct {
	stage   *stage.Stage
	p       *Presenter
	open    func(assist.ConversationID)
	Content fyne.CanvasObject
	sheet   *widget.Box
	scroll  *widget.Scroll
}

// New returns the panel; open is called for a click.
func New(s *stage.Stage, open func(assist.ConversationID)) *View {
	v := &View{stage: s, p: NewPresenter(s.Desk), open: open}
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 8, Padding: widget.Pad(12)})
	v.scroll = widget.NewScroll(v.sheet)
	v.Content = v.scroll
	s.Bind(v.fill)
	return v
}

// Show turns to the customer of a conversation.
func (v *View) Show(id assist.ConversationID) {
	v.p.id = id
	v.fill()
	v.scroll.ToTop()
}

// Count is how many there are.
func (v *View) Count() int { return len(v.p.Past()) }

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Details[v.p.id] {
		v.fill()
	}
}

func (v *View) fill() {
	stage.Cards(v.sheet, v.scroll, v.p.Past(), v.Card,
		widget.EmptyOptions{Icon: "history", Title: v.stage.T("history.none"), Next: v.stage.T("history.none.next")})
}

// Card is one conversation, clickable.
func (v *View) Card(r wire.Row) fyne.CanvasObject {
	title, detail, status := v.p.Title(r)
	tone := widget.Plain
	if r.Status.Open() {
		tone = widget.Accent
	}
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, MinTall: 22},
		widget.Grow(widget.Line(title, text.Bold, theme.SizeSub, theme.Text), 1), widget.NewChip(tone, "", status))
	card := widget.Card(head)
	if detail != "" {
		card.Add(widget.Line(detail, text.Regular, theme.SizeSmall, theme.Muted))
	}
	return widget.NewTap(card, theme.RadiusCard, widget.Tip{}, func() { v.open(r.ID) })
}
