package widget

import (
	"fyne.io/fyne/v2"
)

func (b *Box) layout(size fyne.Size) {
	if b.back != nil {
		place(b.back, 0, 0, size.Width, size.Height)
	}
	p := b.opts.Padding
	w, h := max(0, size.Width-p.Left-p.Right), max(0, size.Height-p.Top-p.Bottom)
	switch {
	case b.opts.Axis == Column:
		b.layoutColumn(w, h)
	case b.opts.Wrap:
		b.wrapped(w, func(c child, x, y, cw, ch float32) { place(c.CanvasObject, p.Left+x, p.Top+y, cw, ch) })
	default:
		b.layoutRow(w, h)
	}
}

// widths shares inner among the visible children of a row: natural widths, what is left to those that grow; if
// there is too little, those that can be squeezed give in proportion to how much they can. The slice is reused.
func (b *Box) widths(inner float32) []float32 {
	b.sizes = b.sizes[:0]
	var used, shares float32
	n := b.visible(func(_ int, c child) {
		w := ceil(NaturalWidth(c.CanvasObject))
		b.sizes = append(b.sizes, w)
		used += w
		shares += c.grow
	})
	used += b.opts.Gap * float32(max(0, n-1))
	switch room := inner - used; {
	case room > 0 && shares > 0:
		b.visible(func(i int, c child) { b.sizes[i] = floor(b.sizes[i] + room*c.grow/shares) })
	case room < 0:
		b.squeeze(-room)
	}
	return b.sizes
}

func (b *Box) squeeze(over float32) {
	var slack float32
	b.visible(func(i int, c child) { slack += max(0, b.sizes[i]-LeastWidth(c.CanvasObject)) })
	if slack <= 0 {
		return
	}
	k := min(1, over/slack)
	b.visible(func(i int, c child) {
		b.sizes[i] = floor(b.sizes[i] - k*max(0, b.sizes[i]-LeastWidth(c.CanvasObject)))
	})
}

// layoutRow copies the widths: laying out a child may come back here and reuse the slice.
func (b *Box) layoutRow(w, h float32) {
	p := b.opts.Padding
	sizes := append([]float32(nil), b.widths(w)...)
	x := b.justify(w, sizes, b.grows())
	b.visible(func(i int, c child) {
		ch := h
		if b.opts.Align != Stretch {
			ch = min(h, HeightFor(c.CanvasObject, sizes[i]))
		}
		place(c.CanvasObject, p.Left+x, p.Top+offset(b.opts.Align, h-ch), sizes[i], ch)
		x += sizes[i] + b.opts.Gap
	})
}

func (b *Box) layoutColumn(w, h float32) {
	p := b.opts.Padding
	var sizes []float32
	var used, shares float32
	n := b.visible(func(_ int, c child) {
		ch := HeightFor(c.CanvasObject, b.across(c, w))
		sizes = append(sizes, ch)
		used += ch
		shares += c.grow
	})
	used += b.opts.Gap * float32(max(0, n-1))
	if shares > 0 { // also when there is too little: what grows gives way first
		room := h - used
		b.visible(func(i int, c child) { sizes[i] = max(0, sizes[i]+room*c.grow/shares) })
	}
	y := b.justify(h, sizes, shares > 0)
	b.visible(func(i int, c child) {
		cw := b.across(c, w)
		place(c.CanvasObject, p.Left+offset(b.opts.Align, w-cw), p.Top+y, cw, sizes[i])
		y += sizes[i] + b.opts.Gap
	})
}

func (b *Box) grows() bool {
	for _, c := range b.children {
		if c.grow > 0 && c.Visible() {
			return true
		}
	}
	return false
}

// justify returns where the first child starts along the axis.
func (b *Box) justify(room float32, sizes []float32, grows bool) float32 {
	if grows || b.opts.Justify <= Start {
		return 0
	}
	room -= b.opts.Gap * float32(max(0, len(sizes)-1))
	for _, s := range sizes {
		room -= s
	}
	return offset(b.opts.Justify, max(0, room))
}

func offset(a Align, room float32) float32 {
	switch a {
	case Center:
		return room / 2
	case End:
		return room
	}
	return 0
}

// wrapped walks the children of a wrapping row, calls put (unless nil) with each one's place, and returns the height.
func (b *Box) wrapped(inner float32, put func(c child, x, y, w, h float32)) float32 {
	var x, y, tall float32
	b.visible(func(_ int, c child) {
		w := min(inner, ceil(NaturalWidth(c.CanvasObject)))
		h := HeightFor(c.CanvasObject, w)
		if x > 0 && x+w > inner {
			x, y, tall = 0, y+tall+b.opts.Gap, 0
		}
		if put != nil {
			put(c, x, y, w, h)
		}
		x += w + b.opts.Gap
		tall = max(tall, h)
	})
	return y + tall
}
