package approvals

import (
	"reflect"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// View is the page.
type View struct {
	stage   *stage.Stage
	p       *Presenter
	open    func(assist.ConversationID)
	Content fyne.CanvasObject
	sheet   *widget.Box
	beside  *widget.Box
	scroll  *widget.Scroll
	count   *widget.Label
	shown   []Item // to leave what is the same, and the keyboard in it, alone
	past    []Decided
	filled  bool
}

// pageWide is how wide the cards are at most, so that lines can be read; besideWide is the column of what was decided, which
// comes below where there is no room.
const pageWide, besideWide = 760, 460

// New returns the page; open shows a conversation.
func New(s *stage.Stage, open func(assist.ConversationID)) *View {
	v := &View{stage: s, open: open}
	v.p = NewPresenter(s.Desk, v.fill)
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 12, Padding: widget.Pad(16, 0, 16, 20), Width: pageWide})
	v.beside = widget.NewBox(widget.BoxOptions{Gap: 10, Padding: widget.Pad(16, 0, 16, 20), Width: besideWide})
	v.scroll = widget.NewScroll(widget.NewBox(widget.BoxOptions{Axis: widget.Row, Wrap: true}, v.sheet, v.beside))
	v.count = stage.Small("")
	head := stage.Head(s.Label("approvals.title", text.Bold, theme.SizeHead, theme.Text), v.count)
	v.Content = widget.NewColumn(0, head, widget.Hairline(), widget.Grow(v.scroll, 1))
	s.Bind(func() { v.filled = false; v.fill() })
	return v
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Approvals {
		v.p.Follow()
	}
	if ch.Approvals || ch.Me || ch.Directory {
		v.fill()
	}
}

// Tick renews how long there is still time to decide.
func (v *View) Tick() { v.fill() }

func (v *View) fill() {
	items, past := v.p.Items(), v.p.Decided()
	if v.filled && reflect.DeepEqual(items, v.shown) && reflect.DeepEqual(past, v.past) {
		return
	}
	v.shown, v.past, v.filled = items, past, true
	words := ""
	if len(items) > 0 {
		words = v.stage.Lang.N("approvals.count", len(items))
	}
	v.count.SetText(words)
	var parts []fyne.CanvasObject
	for _, it := range items {
		parts = append(parts, v.card(it))
	}
	if len(items) == 0 {
		parts = append(parts, widget.Empty(widget.EmptyOptions{Icon: "shield-check", Title: v.stage.T("approvals.none"), Next: v.stage.T("approvals.none.next")}))
	}
	v.sheet.Set(parts...)
	parts = nil
	if len(past) > 0 {
		parts = append(parts, widget.Caption(v.stage.T("approvals.decided")))
	}
	for _, d := range past {
		parts = append(parts, v.outcome(d))
	}
	v.beside.Set(parts...)
	v.scroll.Relayout()
}

// outcome is the card of what was decided, with what came of it.
func (v *View) outcome(d Decided) fyne.CanvasObject {
	s := v.stage
	icon, ink, tone := "clock", theme.Muted, widget.Plain
	switch {
	case d.Good:
		icon, ink, tone = "check", theme.OK, widget.Good
	case d.Bad:
		icon, ink, tone = "triangle-alert", theme.Bad, widget.Danger
	}
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, MinTall: 24},
		widget.NewIcon(icon, ink, 16), widget.Grow(widget.Line(d.Title+" · "+d.Customer, text.Medium, theme.SizeSub, theme.Text), 1), widget.NewChip(tone, "", d.State))
	parts := []fyne.CanvasObject{head}
	if d.Outcome != "" {
		parts = append(parts, widget.Prose(d.Outcome, widget.TextStyle{Size: theme.SizeSub}))
	}
	if d.Reason != "" {
		parts = append(parts, widget.Prose(s.T("approvals.why", "reason", d.Reason), widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}))
	}
	card := widget.NewBox(widget.BoxOptions{Gap: 4, Padding: widget.Pad(10, 14), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard}, parts...)
	return widget.NewTap(card, theme.RadiusCard, s.Tip("approvals.open", ""), func() { v.open(d.Conversation) })
}

func (v *View) card(it Item) fyne.CanvasObject {
	s := v.stage
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, MinTall: 24},
		widget.NewIcon("shield-check", theme.Warn, 18), widget.Grow(widget.Line(it.Sheet.Title, text.Bold, theme.SizeText, theme.Text), 1),
		widget.NewChip(widget.Caution, "", it.Sheet.State))
	foot := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center},
		widget.NewButton(widget.ButtonOptions{Text: s.T("approvals.open"), Icon: "message-square", OnTap: func() { v.open(it.Conversation) }}),
		widget.Spacer())
	if it.Own {
		foot.Add(stage.Small(s.T("approvals.own")))
	} else {
		foot.Add(widget.NewButton(widget.ButtonOptions{Text: s.T("approvals.decline"), Disabled: it.Deciding, OnTap: func() { v.decline(it) }}),
			widget.NewButton(widget.ButtonOptions{Text: s.T("approvals.approve"), Kind: widget.Primary, Disabled: it.Deciding, OnTap: func() { v.approve(it) }}))
	}
	parts := append([]fyne.CanvasObject{head}, stage.Sheet(it.Sheet)...)
	return widget.NewBox(widget.BoxOptions{Gap: 8, Padding: widget.Pad(14, 16), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard},
		append(parts, foot)...)
}

// approve asks once more: a change can't be taken back by the same button.
func (v *View) approve(it Item) {
	s := v.stage
	question := it.Sheet.ReadBack
	if question == "" {
		question = it.Sheet.Title
	}
	widget.Confirm(s.Canvas(), s.T("approvals.confirm", "action", it.Sheet.Title), question, s.T("dialog.cancel"), s.T("approvals.approve"), false,
		func() { v.p.Approve(it) })
}

func (v *View) decline(it Item) {
	s := v.stage.Passing()
	var d *widget.Dialog
	reason := s.Field("approvals.reason", field.Options{Framed: true, Multiline: true, MinLines: 2, MaxLines: 5, Limit: MaxReason, Size: theme.SizeSub})
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("approvals.refuse", "action", it.Sheet.Title), Body: reason, Width: 480, KeepOpen: true, Focus: reason,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }},
			{Text: s.T("approvals.decline"), Kind: widget.Harm, OnTap: func() { v.p.Decline(it, reason.Text(), d.Close) }}}})
}
