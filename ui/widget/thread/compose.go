package thread

import (
	"image/color"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Measures of the mock-ups, in pixels.
const (
	sideRoom  = 20 // left and right of everything
	gap       = 9  // between items
	tinyLine  = 16 // height of a line of SizeTiny
	tinyGap   = 3  // between a bubble and its small lines
	textLine  = 20 // height of a line of SizeText
	noteLine  = 19 // height of a line of SizeSub
	mostShare = 0.66
	thumbWide = 240
	thumbTall = 180
	chipTall  = 28
)

// look is how a kind of bubble is drawn.
type look struct {
	fill, border, ink, second color.Color
	right                     bool
	size, line                float32
	padX, padY, radius        float32
}

func lookOf(k Kind) look {
	l := look{fill: theme.Bubble, ink: theme.Text, second: theme.Muted, size: theme.SizeText, line: textLine,
		padX: 12, padY: 8, radius: theme.RadiusBubble}
	switch k {
	case Agent:
		l.fill, l.ink, l.second, l.right = theme.Primary, theme.OnPrimary, theme.OnPrimary, true
	case Bot:
		l.fill, l.border, l.right = theme.AISoft, theme.AIBorder, true
	case Note:
		l.fill, l.right = theme.WarnSoft, true
		l.size, l.line, l.padX, l.padY, l.radius = theme.SizeSub, noteLine, 11, 7, theme.RadiusCard
	}
	return l
}

// composer turns an item into rectangles and texts at a width, or with a nil row only finds out its height: one
// piece of code for both, so that they cannot disagree.
type composer struct {
	width    float32 // of the view
	lines    []text.Line
	selected selection
}

// compose draws it into r, unless r is nil, and returns the height with the gap below.
func (c *composer) compose(it *Item, r *row) float32 {
	switch it.Kind {
	case System:
		return c.system(it, r)
	case Line:
		return c.plain(it, r)
	case Day, Unread:
		return c.divider(it, r)
	}
	return c.bubble(it, r)
}

func (c *composer) inner() float32 { return max(60, c.width-2*sideRoom) }

func (c *composer) bubble(it *Item, r *row) float32 {
	l := lookOf(it.Kind)
	y := c.small(it.Above, l.right, 0, r)
	if y > 0 {
		y += tinyGap
	}
	if it.Text != "" || len(it.Spans) > 0 || it.File != nil || it.Second != "" {
		y = c.body(it, l, y, r)
	}
	if len(it.Choices) > 0 {
		y = c.choices(it, l.right, y+tinyGap+2, r)
	}
	if len(it.Under) > 0 {
		y = c.under(it, l.right, y+tinyGap, r)
	}
	if it.Below != "" || it.Action != "" {
		y = c.foot(it, l.right, y+tinyGap, r)
	}
	return y + gap
}

// body draws the bubble from y on and returns its lower edge.
func (c *composer) body(it *Item, l look, y float32, r *row) float32 {
	most := float32(int(c.inner()*mostShare)) - 2*l.padX
	wide, tall := c.measureBody(it, l, most)
	w := ceil(wide) + 2*l.padX
	x := float32(sideRoom)
	if l.right {
		x = c.width - sideRoom - w
	}
	bottom := y + tall + 2*l.padY
	if r == nil {
		return bottom
	}
	r.box(x, y, w, bottom-y, l.fill, l.border, l.radius)
	r.region(Body, 0, x, y, w, bottom-y)
	at := c.fileAt(it, l, x+l.padX, y+l.padY, most, r)
	at = c.textAt(it, it.Text, it.Spans, l, l.ink, x+l.padX, at, most, r)
	if it.Second != "" {
		r.box(x+l.padX, at+4, w-2*l.padX, 1, fade(l.second), nil, 0)
		c.textAt(&Item{}, it.Second, nil, l, l.second, x+l.padX, at+9, most, r)
	}
	return bottom
}

func fade(ink color.Color) color.Color {
	if t, ok := ink.(theme.Color); ok {
		return t.Fade(0.3)
	}
	return ink
}

// measureBody returns the extent of what is inside a bubble.
func (c *composer) measureBody(it *Item, l look, most float32) (wide, tall float32) {
	if it.File != nil {
		w, h := fileSize(it.File, most)
		wide, tall = w, h
		if it.Text != "" || len(it.Spans) > 0 {
			tall += 6
		}
	}
	if len(it.Spans) > 0 {
		for _, line := range widget.WrapSpans(it.Spans, l.size, l.ink, most) {
			if n := len(line); n > 0 {
				wide = max(wide, line[n-1].X+line[n-1].W)
			}
			tall += l.line
		}
	} else if it.Text != "" {
		wide, tall = c.extent(it.Text, l, most, wide, tall)
	}
	if it.Second != "" {
		wide, tall = c.extent(it.Second, l, most, wide, tall+9)
	}
	return wide, tall
}

func (c *composer) extent(s string, l look, most, wide, tall float32) (float32, float32) {
	c.lines = text.AppendWrap(c.lines[:0], s, text.Regular, l.size, most)
	for _, line := range c.lines {
		wide = max(wide, line.Width)
	}
	return wide, tall + float32(len(c.lines))*l.line
}

// textAt draws a text from y on and returns its lower edge.
func (c *composer) textAt(it *Item, s string, spans []widget.Span, l look, ink color.Color, x, y, most float32, r *row) float32 {
	if len(spans) > 0 {
		for _, line := range widget.WrapSpans(spans, l.size, ink, most) {
			for _, p := range line {
				r.text(p.Text, p.Face, l.size, p.Ink, x+p.X, y, p.W, l.line)
			}
			y += l.line
		}
		return y
	}
	if s == "" {
		return y
	}
	c.lines = text.AppendWrap(c.lines[:0], s, text.Regular, l.size, most)
	for _, line := range c.lines {
		if s == it.Text {
			c.selectable(it, line, l, x, y, r)
		}
		r.text(s[line.Start:line.End], text.Regular, l.size, ink, x, y, line.Width, l.line)
		y += l.line
	}
	return y
}

// small draws a line of small spans from y on and returns its lower edge; nothing for none.
func (c *composer) small(spans []widget.Span, right bool, y float32, r *row) float32 {
	if len(spans) == 0 {
		return y
	}
	for _, line := range widget.WrapSpans(spans, theme.SizeTiny, theme.Faint, c.inner()) {
		if r != nil && len(line) > 0 {
			x := float32(sideRoom)
			if last := line[len(line)-1]; right {
				x = c.width - sideRoom - last.X - last.W
			}
			for _, p := range line {
				r.text(p.Text, p.Face, theme.SizeTiny, p.Ink, x+p.X, y, p.W, tinyLine)
			}
		}
		y += tinyLine
	}
	return y
}

// foot draws the line below a bubble and the link behind it.
func (c *composer) foot(it *Item, right bool, y float32, r *row) float32 {
	if r == nil {
		return y + tinyLine
	}
	ink := theme.Faint
	if it.Bad {
		ink = theme.Bad
	}
	below := text.Ellipsis(it.Below, text.Regular, theme.SizeTiny, c.inner())
	w := text.Width(below, text.Regular, theme.SizeTiny)
	aw := text.Width(it.Action, text.Medium, theme.SizeTiny)
	all := w
	if aw > 0 {
		all += aw + 8
	}
	x := float32(sideRoom)
	if right {
		x = c.width - sideRoom - all
	}
	r.text(below, text.Regular, theme.SizeTiny, ink, x, y, w, tinyLine)
	if aw > 0 {
		x += w + 8
		r.text(it.Action, text.Medium, theme.SizeTiny, theme.Primary, x, y, aw, tinyLine)
		r.region(Action, 0, x-4, y-2, aw+8, tinyLine+4)
	}
	return y + tinyLine
}
