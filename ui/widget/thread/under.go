package thread

import (
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Measures of what stands under a bubble.
const (
	underMark = 14 // the arrow that opens it, with the room before it
	openLine  = 18
	openPadX  = 10
	openPadY  = 6
)

// under draws what stands right under a bubble, a line or all of it, and returns the lower edge.
func (c *composer) under(it *Item, right bool, y float32, r *row) float32 {
	if len(it.Open) > 0 {
		return c.opened(it, right, y, r)
	}
	if r == nil {
		return y + tinyLine
	}
	line := widget.CutSpans(it.Under, theme.SizeTiny, theme.Faint, c.inner()-underMark)
	wide := widthOf(line)
	x := float32(sideRoom)
	if right {
		x = c.width - sideRoom - wide - underMark
	}
	for _, p := range line {
		r.text(p.Text, p.Face, theme.SizeTiny, p.Ink, x+p.X, y, p.W, tinyLine)
	}
	r.icon("chevron-down", theme.Faint, x+wide+3, y+2, 12)
	r.region(Understood, 0, x-4, y-2, wide+underMark+8, tinyLine+4)
	return y + tinyLine
}

// opened draws all that is known, in a box.
func (c *composer) opened(it *Item, right bool, y float32, r *row) float32 {
	lines := widget.WrapSpans(it.Open, theme.SizeSmall, theme.Muted, c.inner()*mostShare-2*openPadX-underMark)
	tall := float32(len(lines))*openLine + 2*openPadY
	if r == nil {
		return y + tall
	}
	wide := float32(0)
	for _, l := range lines {
		wide = max(wide, widthOf(l))
	}
	wide += 2*openPadX + underMark
	x := float32(sideRoom)
	if right {
		x = c.width - sideRoom - wide
	}
	r.box(x, y, wide, tall, theme.Raised, theme.Border, theme.RadiusCard)
	for i, l := range lines {
		for _, p := range l {
			r.text(p.Text, p.Face, theme.SizeSmall, p.Ink, x+openPadX+p.X, y+openPadY+float32(i)*openLine, p.W, openLine)
		}
	}
	r.icon("chevron-up", theme.Faint, x+wide-openPadX-10, y+openPadY+3, 12)
	r.region(Understood, 0, x, y, wide, tall)
	return y + tall
}

// widthOf is how wide a line is.
func widthOf(line []widget.Piece) float32 {
	if n := len(line); n > 0 {
		return ceil(line[n-1].X + line[n-1].W)
	}
	return 0
}
