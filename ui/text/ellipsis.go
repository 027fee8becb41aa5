package text

import "strings"

const ellipsis = "…"

// Ellipsis returns s if it fits into width on one line, else the longest beginning that does with "…" behind it.
// A line break ends the text. Where not even "…" fits the result is empty.
func Ellipsis(s string, face Face, size, width float32) string {
	whole := s
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		whole = s[:i]
	}
	p := newPen(face, size)
	limit := toPx(width)
	dots := p.cluster(ellipsis, '…', 0, len(ellipsis), len(ellipsis))
	cut, x, prev := -1, px(0), rune(0)
	if dots <= limit {
		cut = 0
	}
	for i := 0; i < len(whole); {
		r, first, end := next(whole, i)
		if prev != 0 {
			x += p.kern(prev, r)
		}
		x += p.cluster(whole, r, i, first, end)
		if x > limit {
			return shortened(whole, cut)
		}
		if x+p.kern(r, '…')+dots <= limit {
			cut = end
		}
		prev, i = r, end
	}
	if len(whole) < len(s) {
		return shortened(whole, cut)
	}
	return s
}

func shortened(s string, cut int) string {
	if cut < 0 {
		return ""
	}
	return strings.TrimRight(s[:cut], " \t") + ellipsis
}
