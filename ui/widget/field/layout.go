package field

import (
	"sort"
	"strings"

	"deskhand/ui/text"
)

const bullet = "•"

// view is the text as it is shown: with the composition of the input method spliced in at the caret, or every
// character a bullet. It maps offsets between both.
type view struct {
	shown   string
	lines   []text.Line
	caret   int // in shown
	preFrom int // the composition is shown[preFrom:preTo]
	preTo   int
	secret  bool
	source  string
}

func (v *view) build(b *buffer, pre string, preCaret int, secret bool) {
	v.secret, v.source = secret, b.text
	v.preFrom, v.preTo = b.caret, b.caret
	switch {
	case secret:
		v.shown = strings.Repeat(bullet, clusters(b.text))
		v.caret = v.toShown(b.caret)
		v.preFrom, v.preTo = v.caret, v.caret
	case pre != "":
		v.shown = b.text[:b.caret] + pre + b.text[b.caret:]
		v.preTo = v.preFrom + len(pre)
		v.caret = v.preFrom + preCaret
	default:
		v.shown, v.caret = b.text, b.caret
	}
}

// toShown maps an offset of the text to one of what is shown.
func (v *view) toShown(i int) int {
	switch {
	case v.secret:
		return clusters(v.source[:i]) * len(bullet)
	case i > v.preFrom:
		return i + v.preTo - v.preFrom
	}
	return i
}

// toText maps an offset of what is shown to one of the text; inside a composition that is where it stands.
func (v *view) toText(i int) int {
	switch {
	case v.secret:
		at := 0
		for n := i / len(bullet); n > 0; n-- {
			at = text.Next(v.source, at)
		}
		return at
	case i <= v.preFrom:
		return i
	case i <= v.preTo:
		return v.preFrom
	}
	return i - (v.preTo - v.preFrom)
}

func clusters(s string) int {
	n := 0
	for i := 0; i < len(s); i = text.Next(s, i) {
		n++
	}
	return n
}

// lineOf returns the line that the offset lies in. Where a line wraps with nothing between, the offset belongs to both:
// upper asks for the end of the upper one.
func (v *view) lineOf(i int, upper bool) int {
	n := max(0, sort.Search(len(v.lines), func(n int) bool { return v.lines[n].Start > i })-1)
	if upper && n > 0 && v.lines[n].Start == i && v.lines[n-1].End == i {
		return n - 1
	}
	return n
}

// x returns where the offset is on the line. Spaces at a line's end hang over the edge; the caret does not.
func (v *view) x(i, line int, size, width float32) float32 {
	l := v.lines[line]
	return min(text.Width(v.shown[l.Start:max(l.Start, min(i, l.Next))], text.Regular, size), max(width, l.Width))
}

// at returns the offset in shown nearest to x on the line, and whether it is the end of a line that wraps there.
func (v *view) at(line int, x, size float32) (i int, upper bool) {
	line = min(max(line, 0), len(v.lines)-1)
	l := v.lines[line]
	end := l.Next
	if line < len(v.lines)-1 && l.End < l.Next {
		end = text.Prev(v.shown, l.Next) // the break, or the last of the spaces, stays behind the caret
	}
	i = l.Start + text.Offset(v.shown[l.Start:end], text.Regular, size, x)
	return i, line < len(v.lines)-1 && i == l.Next
}
