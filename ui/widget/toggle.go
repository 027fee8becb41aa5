package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// ToggleOptions describe a Toggle.
type ToggleOptions struct {
	Text     string
	On       bool
	Switch   bool // drawn as a switch, for what acts at once; else as a box to tick
	Disabled bool
	Tip      Tip
	OnChange func(on bool)
}

// Toggle is a box to tick or a switch, with its label. It implements Flow.
type Toggle struct {
	press
	opts  ToggleOptions
	box   *canvas.Rectangle
	knob  *canvas.Rectangle
	check *Icon
	label *Paragraph
}

// NewToggle returns a toggle.
func NewToggle(o ToggleOptions) *Toggle {
	t := &Toggle{opts: o, knob: newBox(theme.Surface, nil, 7), check: NewIcon("check", theme.OnPrimary, 14)}
	radius := theme.RadiusSmall
	if o.Switch {
		radius = 9
	}
	t.box = newBox(theme.Surface, theme.Ghost, radius)
	t.label = Prose(o.Text, TextStyle{Face: text.Regular, Size: theme.SizeSub})
	t.act, t.look, t.tip, t.off = t.flip, t.paint, o.Tip, o.Disabled
	t.ring = focusRing(radius)
	t.init(t)
	return t
}

// On reports the state.
func (t *Toggle) On() bool { return t.opts.On }

// SetOn changes the state without calling back.
func (t *Toggle) SetOn(on bool) {
	if t.opts.On != on {
		t.opts.On = on
		t.restyle()
		t.Refresh()
	}
}

func (t *Toggle) flip() {
	t.SetOn(!t.opts.On)
	if t.opts.OnChange != nil {
		t.opts.OnChange(t.opts.On)
	}
}

func (t *Toggle) paint() {
	fill, border := theme.Surface, theme.Ghost
	switch {
	case t.opts.On && t.off:
		fill, border = theme.Ghost, theme.Ghost
	case t.opts.On:
		fill, border = theme.Primary, theme.Primary
	case t.off:
		fill = theme.Bubble
	case t.over:
		border = theme.Primary
	case t.opts.Switch:
		fill = theme.Bubble
	}
	t.box.FillColor, t.box.StrokeColor = fill, border
	t.box.Refresh()
	t.check.Hidden = !t.opts.On || t.opts.Switch
	t.knob.Hidden = !t.opts.Switch
	t.knob.FillColor = theme.Ghost
	if t.opts.On {
		t.knob.FillColor = theme.OnPrimary
	}
	t.knob.Refresh()
}

func (t *Toggle) boxWidth() float32 {
	if t.opts.Switch {
		return 32
	}
	return 18
}

// lead is the width of the box and what keeps the label from it; one without a label ends with its box.
func (t *Toggle) lead() float32 {
	if t.opts.Text == "" {
		return t.boxWidth()
	}
	return t.boxWidth() + 8
}

// NaturalWidth implements Flow.
func (t *Toggle) NaturalWidth() float32 { return t.lead() + t.label.NaturalWidth() }

// LeastWidth implements Flow.
func (t *Toggle) LeastWidth() float32 { return t.lead() + t.label.LeastWidth() }

// HeightFor implements Flow.
func (t *Toggle) HeightFor(w float32) float32 {
	return max(24, t.label.HeightFor(max(0, w-t.lead())))
}

// CreateRenderer implements fyne.Widget.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{t.ring, t.box, t.knob, t.check, t.label}, size: t.Size(), layout: t.layout,
		least: func() fyne.Size {
			w := t.Size().Width
			if w <= 0 {
				w = t.NaturalWidth()
			}
			return fyne.NewSize(t.LeastWidth(), t.HeightFor(w))
		}}
}

func (t *Toggle) layout(s fyne.Size) {
	w := t.boxWidth()
	place(t.box, 0, 3, w, 18)
	place(t.ring, -2, 1, w+4, 22)
	place(t.check, 2, 5, 14, 14)
	x := float32(3)
	if t.opts.On {
		x = w - 15
	}
	place(t.knob, x, 6, 12, 12)
	t.knob.CornerRadius = 6
	rest := max(0, s.Width-t.lead())
	place(t.label, t.lead(), max(0, (24-lineHeight(theme.SizeSub))/2), rest, t.label.HeightFor(rest))
}
