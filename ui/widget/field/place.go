package field

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/text"
)

const (
	padFramedX = 10
	padFramedY = 7
	caretWidth = 1.5
	endless    = 1 << 20 // width of a single line
)

func (f *Field) pad() (x, y float32) {
	if f.opt.Framed {
		return padFramedX, padFramedY
	}
	return 0, 0
}

// inner is the size of the part that text is drawn in.
func (f *Field) inner() fyne.Size {
	x, y := f.pad()
	s := f.Size()
	return fyne.NewSize(max(0, s.Width-2*x), max(0, s.Height-2*y))
}

// MinSize is as high as the lines, between MinLines and MaxLines, and hardly wide.
func (f *Field) MinSize() fyne.Size {
	f.ExtendBaseWidget(f)
	x, y := f.pad()
	return fyne.NewSize(40+2*x, f.lineHeight()*float32(f.rows)+2*y)
}

// Resize lays the text out for the new width.
func (f *Field) Resize(s fyne.Size) {
	old := f.Size()
	f.BaseWidget.Resize(s)
	if s.Width != old.Width {
		f.relayout()
		f.showCaret()
	} else if s != old {
		f.showCaret()
	}
}

// relayout wraps the text again.
func (f *Field) relayout() {
	f.laidFor = 0
	f.rebuild()
}

// rebuild brings what is shown up to date and wraps it again where it changed.
func (f *Field) rebuild() {
	old := f.v.shown
	f.v.build(&f.buf, f.pre, f.preCaret, f.opt.Password)
	width := f.inner().Width
	if !f.opt.Multiline {
		width = endless
	}
	if width <= 0 {
		width = endless // not on screen yet; one paragraph a line
	}
	if f.laidFor == width && f.v.shown == old && len(f.v.lines) > 0 {
		return
	}
	f.laidFor = width
	f.v.lines = text.AppendWrap(f.v.lines[:0], f.v.shown, text.Regular, f.opt.Size, width)
	if rows := min(max(len(f.v.lines), f.opt.MinLines), f.opt.MaxLines); rows != f.rows {
		f.rows = rows
		if f.opt.OnResize != nil {
			f.opt.OnResize()
		}
	}
}

// caretRect returns where the caret is drawn, relative to the field.
func (f *Field) caretRect() (fyne.Position, fyne.Size) {
	px, py := f.pad()
	if len(f.v.lines) == 0 {
		f.relayout()
	}
	line := f.v.lineOf(f.v.caret, f.upper)
	h := f.lineHeight()
	x := f.v.x(f.v.caret, line, f.opt.Size, f.wrapWidth())
	return fyne.NewPos(px+x-f.scrollX, py+float32(line)*h-f.scrollY), fyne.NewSize(caretWidth, h)
}

func (f *Field) wrapWidth() float32 {
	if !f.opt.Multiline {
		return endless
	}
	return f.inner().Width
}

// CaretPosition returns where the caret stands, absolute on the canvas, and how high it is: where a popup goes.
func (f *Field) CaretPosition() (at fyne.Position, height float32) {
	pos, size := f.caretRect()
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Add(pos), size.Height
}

// showCaret scrolls so that the caret is seen, makes it visible and tells who follows it.
func (f *Field) showCaret() {
	f.caretOff = false
	in := f.inner()
	px, py := f.pad()
	pos, size := f.caretRect()
	if in.Width > 0 && in.Height > 0 {
		f.scrollY = scrolled(f.scrollY, pos.Y-py, size.Height, in.Height, float32(len(f.v.lines))*f.lineHeight())
		if !f.opt.Multiline {
			end := max(f.v.lines[0].Width, pos.X-px+f.scrollX) // the caret stands behind spaces too
			f.scrollX = scrolled(f.scrollX, pos.X-px, caretWidth, in.Width, end+caretWidth)
		}
	}
	f.Refresh()
	f.tellCaret()
	if f.opt.OnCaret != nil {
		f.opt.OnCaret()
	}
}

// scrolled returns the scroll offset at which what stands at pos (as drawn now), size long, is inside view.
func scrolled(now, pos, size, view, content float32) float32 {
	switch {
	case pos < 0:
		now += pos
	case pos+size > view:
		now += pos + size - view
	}
	return max(0, min(now, max(0, content-view)))
}

// offsetAt returns the byte offset of the text that the point, relative to the field, is nearest to.
func (f *Field) offsetAt(p fyne.Position) (i int, upper bool) {
	px, py := f.pad()
	if len(f.v.lines) == 0 {
		f.relayout()
	}
	line := int((p.Y - py + f.scrollY) / f.lineHeight())
	if p.Y-py+f.scrollY < 0 {
		line = 0
	}
	i, upper = f.v.at(line, p.X-px+f.scrollX, f.opt.Size)
	return f.v.toText(i), upper
}

// vertical moves the caret by whole lines and keeps its column.
func (f *Field) vertical(lines int, keep bool) {
	from := f.v.lineOf(f.v.caret, f.upper)
	want := f.wantX
	if want < 0 {
		want = f.v.x(f.v.caret, from, f.opt.Size, f.wrapWidth())
	}
	to := from + lines
	switch {
	case to < 0:
		f.move(0, keep)
	case to >= len(f.v.lines):
		f.move(len(f.buf.text), keep)
	default:
		i, upper := f.v.at(to, want, f.opt.Size)
		f.buf.moveTo(f.v.toText(i), keep)
		f.upper = upper
		f.moved()
	}
	f.wantX = want
}

func (f *Field) lineStart() int {
	return f.v.toText(f.v.lines[f.v.lineOf(f.v.caret, f.upper)].Start)
}

// toLineEnd moves behind the last character of the line on screen.
func (f *Field) toLineEnd(keep bool) {
	i, upper := f.v.at(f.v.lineOf(f.v.caret, f.upper), endless, f.opt.Size)
	f.buf.moveTo(f.v.toText(i), keep)
	f.wantX, f.upper = -1, upper
	f.moved()
}

func (f *Field) page() int { return max(1, int(f.inner().Height/f.lineHeight())-1) }
