package customer

import (
	"image/color"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// View is the panel.
type View struct {
	stage   *stage.Stage
	p       *Presenter
	Content fyne.CanvasObject
	sheet   *widget.Box
	scroll  *widget.Scroll
}

// New returns the panel.
func New(s *stage.Stage) *View {
	v := &View{stage: s, p: NewPresenter(s.Desk)}
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 10, Padding: widget.Pad(12)})
	v.scroll = widget.NewScroll(v.sheet)
	v.Content = v.scroll
	s.Bind(v.fill)
	return v
}

// Show turns to the customer of a conversation.
func (v *View) Show(id assist.ConversationID) {
	v.p.Show(id)
	v.fill()
	v.scroll.ToTop()
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Details[v.p.id] {
		v.fill()
	}
}

func (v *View) fill() {
	c, ok := v.p.Customer()
	if !ok {
		v.sheet.Set(widget.Empty(widget.EmptyOptions{Icon: "user", Title: v.stage.T("customer.none"), Next: v.stage.T("customer.none.next")}))
		v.scroll.Relayout()
		return
	}
	parts := []fyne.CanvasObject{v.head(c), v.profile()}
	if fields := v.p.Fields(); len(fields) > 0 {
		parts = append(parts, card(v.stage.T("customer.page"), fields))
	}
	if c.Notes != "" {
		parts = append(parts, widget.Card(widget.Caption(v.stage.T("customer.notes")), widget.Prose(c.Notes, widget.TextStyle{Size: theme.SizeSub})))
	}
	v.sheet.Set(parts...)
	v.scroll.Relayout()
}

func (v *View) head(c assist.Customer) fyne.CanvasObject {
	name := widget.Line(v.p.Name(), text.Bold, theme.SizeHead, theme.Text)
	second := widget.NewRow(5)
	if words, sure := v.p.Verified(); words != "" {
		tone, mark := widget.Plain, ""
		if sure {
			tone, mark = widget.Good, "●"
		}
		second.Add(widget.NewChip(tone, mark, words))
	}
	if c.Tier != "" {
		second.Add(widget.NewChip(widget.Accent, "", c.Tier))
	}
	if n := v.p.Past(); n > 0 {
		second.Add(widget.NewChip(widget.Plain, "", v.stage.Lang.N("customer.past", n)))
	}
	row := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Center},
		widget.NewAvatar(v.p.Name(), v.p.Name(), 40), widget.Grow(widget.NewColumn(3, name, second), 1))
	if v.p.CanEdit() {
		row.Add(widget.NewIconButton(widget.IconButtonOptions{Icon: "pencil", Side: 28, IconSide: 16,
			Tip: v.stage.Tip("customer.edit", ""), OnTap: v.edit}))
	}
	return row
}

func (v *View) profile() fyne.CanvasObject {
	facts := v.p.Facts()
	if len(facts) == 0 {
		return widget.Card(widget.Caption(v.stage.T("customer.profile")), line(v.stage.T("customer.unknown"), theme.Muted))
	}
	return card(v.stage.T("customer.profile"), facts)
}

func card(title string, facts []Fact) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Caption(title)}
	for _, f := range facts {
		parts = append(parts, widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Align: widget.Center, MinTall: 22},
			widget.NewLabel(widget.LabelOptions{Text: f.Name, Style: widget.TextStyle{Size: theme.SizeSub, Ink: theme.Muted}}),
			widget.Grow(widget.NewLabel(widget.LabelOptions{Text: f.Value, Style: widget.TextStyle{Size: theme.SizeSub}, Shrink: true, Align: fyne.TextAlignTrailing}), 1)))
	}
	return widget.Card(parts...)
}

func line(s string, ink color.Color) *widget.Label {
	return widget.Line(s, text.Regular, theme.SizeSub, ink)
}

// edit opens the form.
func (v *View) edit() {
	c, ok := v.p.Customer()
	if !ok {
		return
	}
	entry := func(value string, multi bool) *field.Field {
		o := field.Options{Text: value, Framed: true, Size: theme.SizeSub, Limit: 200}
		if multi {
			o.Multiline, o.MinLines, o.MaxLines, o.Limit = true, 3, 6, 4000
		}
		return v.stage.Field("", o)
	}
	name, mail, phone, tier, notes := entry(c.Name, false), entry(c.Email, false), entry(c.Phone, false), entry(c.Tier, false), entry(c.Notes, true)
	body := widget.NewColumn(4)
	for _, row := range []struct {
		key string
		f   *field.Field
	}{{"customer.name", name}, {"customer.email", mail}, {"customer.phone", phone}, {"customer.tier", tier}, {"customer.notes", notes}} {
		body.Add(line(v.stage.T(row.key), theme.Muted), row.f)
	}
	var d *widget.Dialog
	save := func() {
		c.Name, c.Email, c.Phone, c.Tier, c.Notes = name.Text(), mail.Text(), phone.Text(), tier.Text(), notes.Text()
		v.p.Save(c, func() { d.Close() })
	}
	d = widget.ShowDialog(v.stage.Canvas(), widget.DialogOptions{Title: v.stage.T("customer.edit"), Body: body, KeepOpen: true, Focus: name,
		Buttons: []widget.ButtonOptions{{Text: v.stage.T("dialog.cancel"), OnTap: func() { d.Close() }},
			{Text: v.stage.T("dialog.save"), Kind: widget.Primary, OnTap: save}}})
}
