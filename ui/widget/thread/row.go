package thread

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// row is the canvas objects of one visible item. Rows are pooled and so are the objects in them.
type row struct {
	*fyne.Container
	at      int // index of the item, -1 none
	regions []region
	lines   []drawnLine // of the item's text
	boxes   pool[*canvas.Rectangle]
	texts   pool[*canvas.Text]
	icons   pool[*widget.Icon]
	images  pool[*canvas.Image]
	ring    *canvas.Rectangle // around the marked item
}

// region is what a click inside of it hits, in the row's coordinates.
type region struct {
	part       Part
	index      int
	x, y, w, h float32
}

// pool hands out objects and takes all back at once.
type pool[T fyne.CanvasObject] struct {
	all  []T
	used int
}

func (p *pool[T]) next(make func() T) T {
	if p.used == len(p.all) {
		p.all = append(p.all, make())
	}
	p.used++
	return p.all[p.used-1]
}

func newRow() *row {
	r := &row{Container: &fyne.Container{}, at: -1, ring: canvas.NewRectangle(theme.None)}
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.Focus, 2, theme.RadiusBubble+2
	return r
}

// clear takes all objects back before the row is composed anew.
func (r *row) clear() {
	r.Objects, r.regions, r.lines = r.Objects[:0], r.regions[:0], r.lines[:0]
	r.boxes.used, r.texts.used, r.icons.used, r.images.used = 0, 0, 0, 0
}

func (r *row) region(part Part, index int, x, y, w, h float32) {
	r.regions = append(r.regions, region{part, index, x, y, w, h})
}

// hit returns what is at a position of the row; the last region drawn is on top.
func (r *row) hit(x, y float32) (Part, int) {
	for i := len(r.regions) - 1; i >= 0; i-- {
		if g := r.regions[i]; x >= g.x && x < g.x+g.w && y >= g.y && y < g.y+g.h {
			return g.part, g.index
		}
	}
	return Nothing, 0
}

// mark draws the ring around the body, or takes it away.
func (r *row) mark(on bool) {
	if !on {
		return
	}
	for _, g := range r.regions {
		if g.part == Body {
			put(r.ring, g.x-3, g.y-3, g.w+6, g.h+6)
			r.Objects = append(r.Objects, r.ring)
			return
		}
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(round(x), round(y)))
	o.Resize(fyne.NewSize(w, h))
}

func (r *row) box(x, y, w, h float32, fill, border color.Color, radius float32) {
	b := r.boxes.next(func() *canvas.Rectangle { return canvas.NewRectangle(nil) })
	b.FillColor, b.StrokeColor, b.StrokeWidth, b.CornerRadius = fill, border, 0, radius
	if border != nil {
		b.StrokeWidth = 1
	}
	put(b, x, y, w, h)
	r.Objects = append(r.Objects, b)
}

// text draws s, which is w wide, on a line of the given height at y.
func (r *row) text(s string, face text.Face, size float32, ink color.Color, x, y, w, line float32) {
	if s == "" {
		return
	}
	t := r.texts.next(func() *canvas.Text { return &canvas.Text{} })
	t.Color = ink
	widget.SetText(t, s, face, size)
	put(t, x, y+text.Centre(line, face, size), w, text.MetricsOf(face, size).Height)
	r.Objects = append(r.Objects, t)
}

func (r *row) icon(name string, ink theme.Color, x, y, side float32) {
	i := r.icons.next(func() *widget.Icon { return widget.NewIcon(name, ink, side) })
	i.Set(name, ink)
	i.Refresh() // the theme may have changed while it was in the pool
	put(i, x, y, side, side)
	r.Objects = append(r.Objects, i)
}

func (r *row) picture(img image.Image, x, y, w, h float32) {
	p := r.images.next(func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} })
	put(p, x, y, w, h)
	if p.Image != img {
		p.Image = img
		p.Refresh()
	}
	r.Objects = append(r.Objects, p)
}
