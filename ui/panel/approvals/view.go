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
	scroll  *widget.Scroll
	shown   []Item // to leave what is the same, and the keyboard in it, alone
	filled  bool
}

// pageWide is how wide the cards are at most, so that lines can be read.
const pageWide = 760

// New returns the page; open shows a conversation.
func New(s *stage.Stage, open func(assist.ConversationID)) *View {
	v := &View{stage: s, open: open}
	v.p = NewPresenter(s.Desk, v.fill)
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 12, Padding: widget.Pad(16, 20), Width: pageWide})
	v.scroll = widget.NewScroll(widget.NewBox(widget.BoxOptions{Align: widget.Start}, v.sheet))
	head := stage.Head(s.Label("approvals.title", text.Bold, theme.SizeHead, theme.Text))
	v.Content = widget.NewColumn(0, head, widget.Hairline(), widget.Grow(v.scroll, 1))
	s.Bind(func() { v.filled = false; v.fill() })
	return v
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Approvals || ch.Me || ch.Directory {
		v.fill()
	}
}

func (v *View) fill() {
	items := v.p.Items()
	if v.filled && reflect.DeepEqual(items, v.shown) {
		return
	}
	v.shown, v.filled = items, true
	stage.Cards(v.sheet, v.scroll, items, v.card,
		widget.EmptyOptions{Icon: "shield-check", Title: v.stage.T("approvals.none"), Next: v.stage.T("approvals.none.next")})
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
