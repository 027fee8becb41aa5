package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Axis is the direction in which a Box puts its children.
type Axis uint8

// The axes.
const (
	Column Axis = iota
	Row
)

// Align is where children stand across the axis.
type Align uint8

// The alignments. Stretch gives a child the whole breadth.
const (
	Stretch Align = iota
	Start
	Center
	End
)

// Insets are distances from the edges.
type Insets struct{ Top, Right, Bottom, Left float32 }

// Pad returns insets as CSS's padding does: one value for all sides, two for vertical and horizontal, four for
// top, right, bottom, left.
func Pad(v ...float32) Insets {
	switch len(v) {
	case 1:
		return Insets{v[0], v[0], v[0], v[0]}
	case 2:
		return Insets{v[0], v[1], v[0], v[1]}
	case 4:
		return Insets{v[0], v[1], v[2], v[3]}
	}
	panic("ui/widget: Pad takes one, two or four values")
}

// BoxOptions describe a Box. The zero value is a bare column.
type BoxOptions struct {
	Axis    Axis
	Gap     float32 // between children
	Padding Insets
	Align   Align // across the axis; a row that is to centre its children says so
	Justify Align // along the axis when nobody grows: Start (also Stretch), Center, End
	Wrap    bool  // a row goes on in the next line when it is full

	Fill     color.Color // nil: none, which costs least to paint
	Border   color.Color // nil: none; a rounded box with a border needs a Fill too
	Radius   float32
	MinWidth float32 // of the whole box
	Width    float32 // of the whole box, however wide its text would like to be; 0: as its children
	MinTall  float32 // least height of the whole box
}

// Box lays out children like a CSS flex box. It implements Flow.
type Box struct {
	fynewidget.BaseWidget
	member
	opts     BoxOptions
	children []child
	back     *canvas.Rectangle
	drawn    *render
	sizes    []float32 // scratch of the layout
	told     extent    // what the parent was told last
}

type child struct {
	fyne.CanvasObject
	grow float32
}

type grower struct {
	fyne.CanvasObject
	share float32
}

// Grow marks o to take a share of the room that is left along the axis.
func Grow(o fyne.CanvasObject, share float32) fyne.CanvasObject { return grower{o, share} }

// Spacer takes the room that is left, as an empty child.
func Spacer() fyne.CanvasObject { return Grow(canvas.NewRectangle(color.Transparent), 1) }

// NewBox returns a box of children.
func NewBox(o BoxOptions, children ...fyne.CanvasObject) *Box {
	b := &Box{opts: o}
	if o.Fill != nil || o.Border != nil {
		b.back = newBox(o.Fill, o.Border, o.Radius)
	}
	b.adopt(children)
	b.ExtendBaseWidget(b)
	return b
}

// NewRow returns a row with its children centred across.
func NewRow(gap float32, children ...fyne.CanvasObject) *Box {
	return NewBox(BoxOptions{Axis: Row, Gap: gap, Align: Center}, children...)
}

// NewColumn returns a column whose children have its width.
func NewColumn(gap float32, children ...fyne.CanvasObject) *Box {
	return NewBox(BoxOptions{Gap: gap}, children...)
}

// Set replaces the children and lays out.
func (b *Box) Set(children ...fyne.CanvasObject) {
	b.adopt(children)
	if b.drawn != nil {
		b.drawn.objects = b.objects()
	}
	b.Refresh()
	b.resized()
}

// Add appends children and lays out.
func (b *Box) Add(children ...fyne.CanvasObject) {
	kept := b.children
	b.adopt(children)
	b.children = append(kept, b.children...)
	if b.drawn != nil {
		b.drawn.objects = b.objects()
	}
	b.Refresh()
	b.resized()
}

// Restyle changes fill and border of a box that was made with either.
func (b *Box) Restyle(fill, border color.Color) {
	if b.back == nil {
		return
	}
	b.back.FillColor, b.back.StrokeColor = fill, border
	b.back.StrokeWidth = 0
	if border != nil {
		b.back.StrokeWidth = 1
	}
	b.back.Refresh()
}

func (b *Box) adopt(children []fyne.CanvasObject) {
	b.children = make([]child, 0, len(children))
	for _, o := range children {
		if g, ok := o.(grower); ok {
			b.children = append(b.children, child{g.CanvasObject, g.share})
			o = g.CanvasObject
		} else if o != nil {
			b.children = append(b.children, child{o, 0})
		}
		if m, ok := o.(interface{ join(*Box) }); ok {
			m.join(b)
		}
	}
}

func (b *Box) objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(b.children)+1)
	if b.back != nil {
		out = append(out, b.back)
	}
	for _, c := range b.children {
		out = append(out, c.CanvasObject)
	}
	return out
}

// Relayout lays the children out again after one of them has changed its natural size.
func (b *Box) Relayout() {
	if b.drawn != nil {
		b.drawn.Layout(b.Size())
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	b.drawn = &render{objects: b.objects(), layout: b.layout, least: b.least, size: b.Size()}
	return b.drawn
}

func (b *Box) least() fyne.Size {
	w := b.Size().Width
	if w <= 0 {
		w = b.NaturalWidth()
	}
	return fyne.NewSize(ceil(b.LeastWidth()), ceil(b.HeightFor(w)))
}

// visible calls f for each child shown, with how many came before.
func (b *Box) visible(f func(n int, c child)) (count int) {
	for _, c := range b.children {
		if c.Visible() {
			f(count, c)
			count++
		}
	}
	return count
}

// NaturalWidth implements Flow.
func (b *Box) NaturalWidth() float32 { return b.measure(NaturalWidth) }

// LeastWidth implements Flow.
func (b *Box) LeastWidth() float32 {
	return b.measure(func(o fyne.CanvasObject) float32 { return LeastWidth(o) })
}

func (b *Box) measure(of func(fyne.CanvasObject) float32) float32 {
	var sum, widest float32
	n := b.visible(func(_ int, c child) {
		w := of(c.CanvasObject)
		sum += w
		widest = max(widest, w)
	})
	w := widest
	if b.opts.Axis == Row && !b.opts.Wrap {
		w = sum + b.opts.Gap*float32(max(0, n-1))
	}
	if b.opts.Width > 0 {
		return b.opts.Width
	}
	return max(b.opts.MinWidth, w+b.opts.Padding.Left+b.opts.Padding.Right)
}

// HeightFor implements Flow.
func (b *Box) HeightFor(width float32) float32 {
	p := b.opts.Padding
	inner := max(0, width-p.Left-p.Right)
	var h float32
	switch {
	case b.opts.Axis == Column:
		n := b.visible(func(_ int, c child) { h += HeightFor(c.CanvasObject, b.across(c, inner)) })
		h += b.opts.Gap * float32(max(0, n-1))
	case b.opts.Wrap:
		h = b.wrapped(inner, nil)
	default:
		widths := b.widths(inner)
		b.visible(func(n int, c child) { h = max(h, HeightFor(c.CanvasObject, widths[n])) })
	}
	return max(b.opts.MinTall, h+p.Top+p.Bottom)
}

// across is the width of a column's child.
func (b *Box) across(c child, inner float32) float32 {
	if b.opts.Align == Stretch {
		return inner
	}
	return min(inner, ceil(NaturalWidth(c.CanvasObject)))
}
