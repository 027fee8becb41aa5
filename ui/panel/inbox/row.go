package inbox

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/list"
)

// rowHeight is that of a conversation with its hairline.
const rowHeight = 79

// chipsMost is how many chips a row can hold; fewer are shown when they don't fit.
const chipsMost = 4

// row is the drawing of one conversation. It is bound again and again, so it holds its parts.
type row struct {
	*widget.Box
	avatar  *widget.Avatar
	name    *widget.Label
	when    *widget.Label
	unread  *widget.Badge
	preview *widget.Label
	chips   [chipsMost]*widget.Chip
}

func newRow() *row {
	r := &row{avatar: widget.NewAvatar("", "", 34), unread: widget.NewBadge(0, widget.Accent)}
	r.name = widget.Line("", text.Bold, theme.SizeText, theme.Text)
	r.when = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Faint}})
	r.preview = widget.Line("", text.Regular, theme.SizeSub, theme.Muted)
	chips := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 4, Padding: widget.Pad(3, 0, 0, 0), MinTall: 20})
	for i := range r.chips {
		r.chips[i] = widget.NewChip(widget.Plain, "", "")
		chips.Add(r.chips[i])
	}
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, MinTall: 20},
		widget.Grow(r.name, 1), r.when, r.unread)
	r.Box = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Padding: widget.Pad(9, 12)},
		widget.NewBox(widget.BoxOptions{}, r.avatar), widget.Grow(widget.NewColumn(1, head, r.preview, chips), 1))
	return r
}

// chipRoom is what the avatar and the paddings leave of a row's width.
const chipRoom = 12 + 34 + 10 + 12

func (r *row) show(it Item, s list.State, width float32) {
	r.avatar.Set(it.Name, it.Name)
	r.name.SetText(it.Name)
	r.when.SetText(it.When)
	ink := [...]theme.Color{theme.Faint, theme.Warn, theme.Bad}[it.Urgency]
	r.when.SetStyle(widget.TextStyle{Size: theme.SizeTiny, Ink: ink})
	r.unread.SetCount(it.Unread)
	face, tone := text.Regular, theme.Muted
	switch {
	case it.Typing:
		face = text.Italic
	case it.Unread > 0:
		tone = theme.Text
	}
	if s.Gone {
		tone = theme.Ghost
	}
	r.preview.SetText(it.Preview)
	r.preview.SetStyle(widget.TextStyle{Face: face, Size: theme.SizeSub, Ink: tone})
	r.showChips(it.Chips, width-chipRoom)
}

// showChips shows as many as there is room for.
func (r *row) showChips(chips []Chip, room float32) {
	for i, chip := range r.chips {
		if i >= len(chips) {
			hide(chip)
			continue
		}
		c := chips[i]
		chip.Set(stage.Tone(c.Color), c.Mark, c.Text)
		room -= chip.NaturalWidth()
		if room < 0 && i > 0 {
			hide(chip)
			room = 0
			continue
		}
		room -= 4
		if !chip.Visible() {
			chip.Show()
		}
	}
}

func hide(o fyne.CanvasObject) {
	if o.Visible() {
		o.Hide()
	}
}
