package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/theme"
)

// Tap makes any content clickable: a card, a row of facts, an avatar. It acts on click, Enter and Space, and shows
// hover and focus. It implements Flow. The content should hold nothing clickable of its own.
type Tap struct {
	press
	content fyne.CanvasObject
	veil    *canvas.Rectangle
}

// NewTap returns content that calls onTap; radius is that of the content's corners.
func NewTap(content fyne.CanvasObject, radius float32, tip Tip, onTap func()) *Tap {
	t := &Tap{content: content, veil: newBox(theme.None, nil, radius)}
	t.act, t.look, t.tip = onTap, t.paint, tip
	t.ring = focusRing(radius)
	t.init(t)
	return t
}

func (t *Tap) paint() {
	t.veil.FillColor = theme.None
	switch {
	case t.off:
	case t.down:
		t.veil.FillColor = theme.Down
	case t.over:
		t.veil.FillColor = theme.Over
	}
	t.veil.Refresh()
}

// NaturalWidth implements Flow.
func (t *Tap) NaturalWidth() float32 { return NaturalWidth(t.content) }

// LeastWidth implements Flow.
func (t *Tap) LeastWidth() float32 { return LeastWidth(t.content) }

// HeightFor implements Flow.
func (t *Tap) HeightFor(width float32) float32 { return HeightFor(t.content, width) }

// CreateRenderer implements fyne.Widget.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{t.ring, t.content, t.veil}, size: t.Size(),
		least: func() fyne.Size {
			w := t.Size().Width
			if w <= 0 {
				w = t.NaturalWidth()
			}
			return fyne.NewSize(t.LeastWidth(), t.HeightFor(w))
		},
		layout: func(s fyne.Size) {
			t.placeRing(s)
			place(t.content, 0, 0, s.Width, s.Height)
			place(t.veil, 0, 0, s.Width, s.Height)
		}}
}
