package thread

import (
	"math"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }
func round(v float32) float32 { return float32(math.Round(float64(v))) }

// spansOf returns the item's spans, or its text as one.
func spansOf(it *Item) []widget.Span {
	if len(it.Spans) > 0 {
		return it.Spans
	}
	return []widget.Span{{Text: it.Text}}
}

// system draws a framed line in the middle.
func (c *composer) system(it *Item, r *row) float32 {
	const padX, padY, line = 12, 4, 18
	lines := widget.WrapSpans(spansOf(it), theme.SizeSmall, theme.Muted, c.inner()-2*padX)
	tall := float32(len(lines))*line + 2*padY
	if r == nil {
		return tall + gap
	}
	wide := float32(0)
	for _, l := range lines {
		if n := len(l); n > 0 {
			wide = max(wide, l[n-1].X+l[n-1].W)
		}
	}
	w := ceil(wide) + 2*padX
	x := round((c.width - w) / 2)
	r.box(x, 0, w, tall, theme.Raised, theme.Border, theme.RadiusCard)
	r.region(Body, 0, x, 0, w, tall)
	for i, l := range lines {
		if len(l) == 0 {
			continue
		}
		shift := (wide - l[len(l)-1].X - l[len(l)-1].W) / 2
		for _, p := range l {
			r.text(p.Text, p.Face, theme.SizeSmall, p.Ink, x+padX+shift+p.X, padY+float32(i)*line, p.W, line)
		}
	}
	return tall + gap
}

// plain draws small text at the left.
func (c *composer) plain(it *Item, r *row) float32 {
	y := c.small(spansOf(it), false, 0, r)
	if r != nil {
		r.region(Body, 0, sideRoom, 0, c.inner(), y)
	}
	return y + gap
}

// divider draws a word between two hairlines.
func (c *composer) divider(it *Item, r *row) float32 {
	if r == nil {
		return 24 + gap
	}
	ink, line := theme.Faint, theme.Line
	if it.Kind == Unread {
		ink, line = theme.Primary, theme.Primary
	}
	s := text.Ellipsis(it.Text, text.Medium, theme.SizeTiny, c.inner()-80)
	w := text.Width(s, text.Medium, theme.SizeTiny)
	x := round((c.width - w) / 2)
	r.text(s, text.Medium, theme.SizeTiny, ink, x, 4, w, tinyLine)
	r.box(sideRoom, 12, x-12-sideRoom, 1, line, nil, 0)
	r.box(x+w+12, 12, c.width-sideRoom-x-w-12, 1, line, nil, 0)
	return 24 + gap
}

// fileSize returns the extent of an attachment's tile.
func fileSize(f *File, most float32) (w, h float32) {
	nameW := text.Width(f.Name, text.Medium, theme.SizeSub)
	detailW := text.Width(f.Detail, text.Regular, theme.SizeTiny)
	if f.Image == nil {
		return min(most, 40+max(nameW, detailW)), 38
	}
	w, h = thumb(f, most)
	h += 4 + tinyLine
	return min(most, max(w, text.Width(caption(f), text.Regular, theme.SizeTiny))), h
}

func caption(f *File) string {
	if f.Detail == "" {
		return f.Name
	}
	return f.Name + " · " + f.Detail
}

// thumb returns the extent of the picture: as it is, but no larger than the bounds.
func thumb(f *File, most float32) (w, h float32) {
	b := f.Image.Bounds()
	w, h = max(1, float32(b.Dx())), max(1, float32(b.Dy()))
	k := min(1, min(thumbWide, most)/w, thumbTall/h)
	return max(1, round(w*k)), max(1, round(h*k))
}

// fileAt draws an attachment from y on and returns where the text begins.
func (c *composer) fileAt(it *Item, l look, x, y, most float32, r *row) float32 {
	f := it.File
	if f == nil {
		return y
	}
	w, h := fileSize(f, most)
	r.region(Attachment, 0, x, y, w, h)
	if f.Image != nil {
		tw, th := thumb(f, most)
		r.picture(f.Image, x, y, tw, th)
		s := text.Ellipsis(caption(f), text.Regular, theme.SizeTiny, w)
		r.text(s, text.Regular, theme.SizeTiny, l.second, x, y+th+4, text.Width(s, text.Regular, theme.SizeTiny), tinyLine)
	} else {
		ink, ok := l.ink.(theme.Color)
		if !ok {
			ink = theme.Text
		}
		r.icon(f.Icon, ink, x, y+5, 28)
		name := text.Ellipsis(f.Name, text.Medium, theme.SizeSub, w-40)
		r.text(name, text.Medium, theme.SizeSub, l.ink, x+40, y, text.Width(name, text.Medium, theme.SizeSub), noteLine)
		detail := text.Ellipsis(f.Detail, text.Regular, theme.SizeTiny, w-40)
		r.text(detail, text.Regular, theme.SizeTiny, l.second, x+40, y+noteLine, text.Width(detail, text.Regular, theme.SizeTiny), tinyLine)
	}
	if it.Text != "" || len(it.Spans) > 0 {
		h += 6
	}
	return y + h
}

// choices draws what the bot offered as pills in rows, and returns the lower edge.
func (c *composer) choices(it *Item, right bool, y float32, r *row) float32 {
	const pad, between = 12, 6
	room := c.inner() * mostShare
	for from := 0; from < len(it.Choices); {
		to, wide := from, float32(0)
		for ; to < len(it.Choices); to++ {
			w := pillWidth(it.Choices[to], room, pad)
			if to > from && wide+between+w > room {
				break
			}
			if to > from {
				wide += between
			}
			wide += w
		}
		x := float32(sideRoom)
		if right {
			x = c.width - sideRoom - wide
		}
		for ; from < to; from++ {
			w := pillWidth(it.Choices[from], room, pad)
			if r != nil {
				c.pill(it, from, x, y, w, pad, r)
			}
			x += w + between
		}
		y += chipTall + between
	}
	return y - between
}

func pillWidth(s string, room, pad float32) float32 {
	return min(room, ceil(text.Width(s, text.Medium, theme.SizeSub))+2*pad)
}

// pill draws the i-th choice.
func (c *composer) pill(it *Item, i int, x, y, w, pad float32, r *row) {
	fill, ink := theme.Surface, theme.Primary
	if it.Chosen == i+1 {
		fill = theme.PrimarySoft
	} else if it.Chosen > 0 {
		ink = theme.Muted
	}
	s := text.Ellipsis(it.Choices[i], text.Medium, theme.SizeSub, w-2*pad)
	r.box(x, y, w, chipTall, fill, ink.Fade(0.6), chipTall/2)
	r.text(s, text.Medium, theme.SizeSub, ink, x+pad, y, text.Width(s, text.Medium, theme.SizeSub), chipTall)
	r.region(Choice, i, x, y, w, chipTall)
}
