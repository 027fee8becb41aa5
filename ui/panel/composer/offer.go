package composer

import (
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// offerList shows macros or colleagues above the field while their word is being typed.
type offerList struct {
	Content  *widget.Box
	rows     *widget.Box
	offers   []Offer
	at       int // the marked one
	from, to int // bytes that a taken one replaces
	dismiss  string
	take     func(Offer, int, int)
}

func newOfferList(take func(o Offer, from, to int)) *offerList {
	l := &offerList{take: take, rows: widget.NewBox(widget.BoxOptions{Padding: widget.Pad(4), Fill: theme.Surface, Border: theme.Border,
		Radius: theme.RadiusCard})}
	l.Content = widget.NewBox(widget.BoxOptions{Padding: widget.Pad(0, 0, 8, 0)}, l.rows)
	l.Content.Hide()
	return l
}

// show shows the offers and reports whether the room they take has changed.
func (l *offerList) show(offers []Offer, from, to int) bool {
	if len(offers) == 0 {
		return l.close()
	}
	was := len(l.offers)
	if !l.Content.Visible() {
		l.at, was = 0, -1
	}
	l.offers, l.from, l.to = offers, from, to
	l.at = min(l.at, len(offers)-1)
	l.draw()
	show(l.Content, true)
	return was != len(offers)
}

func (l *offerList) draw() {
	rows := make([]fyne.CanvasObject, len(l.offers))
	for i, o := range l.offers {
		fill := theme.None
		if i == l.at {
			fill = theme.PrimarySoft
		}
		row := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Center, Padding: widget.Pad(4, 8), MinTall: 28, Fill: fill, Radius: 6},
			widget.NewLabel(widget.LabelOptions{Text: o.Title, Style: widget.TextStyle{Face: text.Bold, Size: theme.SizeSub}}),
			widget.Grow(widget.Line(o.Detail, text.Regular, theme.SizeSmall, theme.Muted), 1))
		rows[i] = widget.NewTap(row, 6, widget.Tip{}, func() { l.take(o, l.from, l.to) })
	}
	l.rows.Set(rows...)
}

// close reports whether the list was open.
func (l *offerList) close() bool {
	l.offers = nil
	return show(l.Content, false)
}

// key moves the mark or takes it; false for a key that is none of the list's.
func (l *offerList) key(name fyne.KeyName) bool {
	if len(l.offers) == 0 {
		return false
	}
	switch name {
	case fyne.KeyDown:
		l.at = (l.at + 1) % len(l.offers)
	case fyne.KeyUp:
		l.at = (l.at + len(l.offers) - 1) % len(l.offers)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		l.take(l.offers[l.at], l.from, l.to)
		return true
	default:
		return false
	}
	l.draw()
	return true
}

func (v *View) key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyEscape && len(v.offers.offers) > 0 {
		v.offers.dismiss = v.field.Text()
		v.offers.close()
		v.Content.Refresh()
		refreshParent(v.stage)
		return true
	}
	return v.offers.key(e.Name)
}

func (v *View) typed(s string) {
	v.p.Typed(s)
	v.offer()
}

// caret follows the caret: an offer stands for the word before it.
func (v *View) caret() {
	if len(v.offers.offers) > 0 {
		v.offer()
	}
}

func (v *View) offer() {
	s := v.field.Text()
	if s == v.offers.dismiss && s != "" {
		return
	}
	v.offers.dismiss = ""
	offers, from, to := v.p.Offers(s, min(v.field.Caret(), len(s)))
	if v.offers.show(offers, from, to) {
		v.Content.Refresh()
		refreshParent(v.stage)
	}
}

func (v *View) take(o Offer, from, to int) {
	v.offers.close()
	v.field.ReplaceRange(from, to, v.p.Take(o))
	v.stage.Canvas().Focus(v.field)
	v.Content.Refresh()
	refreshParent(v.stage)
}

// slash begins a macro as if "/" had been typed.
func (v *View) slash() {
	s, c := v.field.Text(), v.field.Caret()
	v.Focus()
	if c > 0 && !strings.ContainsAny(s[c-1:c], " \n\t") {
		v.field.InsertAtCaret(" ")
	}
	v.field.InsertAtCaret("/")
}

func quoted(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return "> " + strings.Join(lines, "\n> ") + "\n"
}
