package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/theme"
)

// TapOptions describe a Tap.
type TapOptions struct {
	Content fyne.CanvasObject
	Radius  float32 // of the focus ring and the veil under the pointer
	Plain   bool    // no veil under the pointer
	Tip     Tip
	OnTap   func()
}

// Tap makes something that only shows clickable, and reachable by the keyboard. Its content gets no pointer. It
// implements Flow.
type Tap struct {
	press
	opts TapOptions
	veil *canvas.Rectangle
}

// NewTap returns a tap.
func NewTap(o TapOptions) *Tap {
	t := &Tap{opts: o, veil: newBox(theme.None, nil, o.Radius)}
	t.act, t.look, t.tip = t.tap, t.paint, o.Tip
	t.ring = focusRing(o.Radius)
	t.init(t)
	return t
}

func (t *Tap) tap() {
	if t.opts.OnTap != nil {
		t.opts.OnTap()
	}
}

func (t *Tap) paint() {
	fill := theme.None
	switch {
	case t.opts.Plain || t.off:
	case t.down:
		fill = theme.Down
	case t.over:
		fill = theme.Over
	}
	if t.veil.FillColor != fill {
		t.veil.FillColor = fill
		t.veil.Refresh()
	}
}

// NaturalWidth implements Flow.
func (t *Tap) NaturalWidth() float32 { return NaturalWidth(t.opts.Content) }

// LeastWidth implements Flow.
func (t *Tap) LeastWidth() float32 { return LeastWidth(t.opts.Content) }

// HeightFor implements Flow.
func (t *Tap) HeightFor(width float32) float32 { return HeightFor(t.opts.Content, width) }

// CreateRenderer implements fyne.Widget.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{t.ring, t.opts.Content, t.veil}, size: t.Size(),
		least: func() fyne.Size { return t.opts.Content.MinSize() },
		layout: func(s fyne.Size) {
			t.placeRing(s)
			place(t.opts.Content, 0, 0, s.Width, s.Height)
			place(t.veil, 0, 0, s.Width, s.Height)
		}}
}

// ToneNamed is the tone that data calls by name: ok, warn, bad, primary, ai; Plain for any other.
func ToneNamed(name string) Tone {
	switch name {
	case "ok":
		return Good
	case "warn":
		return Caution
	case "bad":
		return Danger
	case "primary":
		return Accent
	case "ai":
		return Machine
	}
	return Plain
}
