package widget

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// Flow is an object whose height depends on its width. Widths and heights are device independent pixels.
type Flow interface {
	fyne.CanvasObject
	// NaturalWidth is the width it takes when there is room.
	NaturalWidth() float32
	// LeastWidth is the width below which it must not be squeezed.
	LeastWidth() float32
	// HeightFor is the height it needs at a width.
	HeightFor(width float32) float32
}

// NaturalWidth returns the width that o takes when there is room.
func NaturalWidth(o fyne.CanvasObject) float32 {
	if f, ok := o.(Flow); ok {
		return f.NaturalWidth()
	}
	return o.MinSize().Width
}

// LeastWidth returns the width below which o must not be squeezed.
func LeastWidth(o fyne.CanvasObject) float32 {
	if f, ok := o.(Flow); ok {
		return f.LeastWidth()
	}
	return o.MinSize().Width
}

// HeightFor returns the height that o needs at a width.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Flow); ok {
		return f.HeightFor(width)
	}
	return o.MinSize().Height
}

// place moves and resizes o, with its corner on whole pixels so that hairlines and text stay crisp.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(round(x), round(y)))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

func round(v float32) float32 { return float32(math.Round(float64(v))) }
func floor(v float32) float32 { return float32(math.Floor(float64(v))) }
func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }

// render is a fyne.WidgetRenderer made of functions; layout and least may be nil.
type render struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	least   func() fyne.Size
	restyle func()
	size    fyne.Size
}

func (r *render) Layout(size fyne.Size) {
	r.size = size
	if r.layout != nil {
		r.layout(size)
	}
}

func (r *render) MinSize() fyne.Size {
	if r.least == nil {
		return fyne.Size{}
	}
	return r.least()
}

// Refresh repaints without laying out again unless restyle does: Layout is called by Fyne on a new size.
func (r *render) Refresh() {
	if r.restyle != nil {
		r.restyle()
	}
	r.Layout(r.size)
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *render) Objects() []fyne.CanvasObject { return r.objects }
func (r *render) Destroy()                     {}

// NewText returns a text object in one of the bundled faces; a Latin-only face gives way where s needs another.
func NewText(s string, face text.Face, size float32, ink color.Color) *canvas.Text {
	t := canvas.NewText("", ink)
	SetText(t, s, face, size)
	return t
}

// SetText gives t its string, face and size without repainting. s must be clean (text.Clean).
func SetText(t *canvas.Text, s string, face text.Face, size float32) {
	t.Text = s
	t.TextSize = size
	t.TextStyle, t.FontSource = theme.Font(face.For(s)).Style()
}

// placeText puts t, of that face and size, with its left end at x, centred in a box that starts at y.
func placeText(t *canvas.Text, x, y, boxHeight float32, face text.Face) {
	size := t.TextSize
	t.Move(fyne.NewPos(round(x), round(y)+text.Centre(boxHeight, face, size)))
	t.Resize(fyne.NewSize(text.Width(t.Text, face.For(t.Text), size), text.MetricsOf(face, size).Height))
}

// lineHeight is the height of one line of text in a paragraph: the mock-ups' 1.45, on whole pixels.
func lineHeight(size float32) float32 { return round(size * 1.45) }

// newBox returns a rectangle with rounded corners; border nil is none.
func newBox(fill, border color.Color, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	r.CornerRadius = radius
	if border != nil {
		r.StrokeColor = border
		r.StrokeWidth = 1
	}
	return r
}
