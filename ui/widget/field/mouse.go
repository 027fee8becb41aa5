package field

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/text"
)

const (
	clickWithin = 400 * time.Millisecond // from one click of a double or triple click to the next
	clickNear   = 4                      // and how far apart at most
)

// clicks counts clicks, because Fyne's own double tap delays each single one.
type clicks struct {
	n        int
	at       time.Time
	pos      fyne.Position
	pressing bool
	from, to int // what the first press of a drag selected
}

func (c *clicks) press(now time.Time, pos fyne.Position) int {
	d := pos.Subtract(c.pos)
	near := d.X < clickNear && d.X > -clickNear && d.Y < clickNear && d.Y > -clickNear
	if !near || now.Sub(c.at) > clickWithin || c.n == 3 {
		c.n = 0
	}
	c.n++
	c.at, c.pos = now, pos
	return c.n
}

// MouseDown implements desktop.Mouseable: it places the caret and takes the focus; a second and third click take the
// word and the paragraph; with Shift it extends the selection.
func (f *Field) MouseDown(e *desktop.MouseEvent) {
	if f.disabled {
		return
	}
	f.clicks.pressing = true
	f.dropComposition()
	if c := f.canvas(); c != nil && c.Focused() != fyne.Focusable(f) {
		c.Focus(f)
	}
	f.ring = false
	i, upper := f.offsetAt(e.Position)
	if e.Button == desktop.MouseButtonSecondary {
		if from, to := f.buf.selection(); i < from || i > to {
			f.move(i, false)
		}
		return
	}
	switch f.clicks.press(f.opt.Now(), e.Position) {
	case 1:
		f.buf.moveTo(i, e.Modifier&fyne.KeyModifierShift != 0)
	case 2:
		f.buf.selectRange(text.Word(f.buf.text, i))
		upper = false
	default:
		f.buf.selectRange(paragraphAround(f.buf.text, i))
		upper = false
	}
	f.clicks.from, f.clicks.to = f.buf.selection()
	f.wantX, f.upper = -1, upper
	f.moved()
}

// MouseUp implements desktop.Mouseable.
func (f *Field) MouseUp(*desktop.MouseEvent) { f.clicks.pressing = false }

// Dragged implements fyne.Draggable: it draws the selection along, by words after a double click.
func (f *Field) Dragged(e *fyne.DragEvent) {
	if f.disabled {
		return
	}
	i, upper := f.offsetAt(e.Position)
	if f.clicks.n >= 2 {
		from, to := text.Word(f.buf.text, i)
		if f.clicks.n == 3 {
			from, to = paragraphAround(f.buf.text, i)
		}
		if from < f.clicks.from {
			f.buf.selectRange(f.clicks.to, from)
		} else {
			f.buf.selectRange(f.clicks.from, max(to, f.clicks.to))
		}
		upper = false
	} else {
		f.buf.moveTo(i, true)
	}
	f.wantX, f.upper = -1, upper
	f.moved()
}

// DragEnd implements fyne.Draggable.
func (f *Field) DragEnd() { f.clicks.pressing = false }

// Tapped implements fyne.Tappable, so that a tap without a mouse places the caret and takes the focus too.
func (f *Field) Tapped(e *fyne.PointEvent) {
	if c := f.canvas(); c != nil && !f.focused && !f.disabled {
		c.Focus(f)
		i, _ := f.offsetAt(e.Position)
		f.move(i, false)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (f *Field) TappedSecondary(e *fyne.PointEvent) {
	if f.opt.Menu != nil && !f.disabled {
		f.opt.Menu(f, e.AbsolutePosition)
	}
}

// scroll moves text higher than the field.
func (f *Field) scroll(e *fyne.ScrollEvent) {
	content, view := float32(len(f.v.lines))*f.lineHeight(), f.inner().Height
	f.scrollY = max(0, min(f.scrollY-e.Scrolled.DY, max(0, content-view)))
	f.Refresh()
	f.tellCaret()
}

// MouseIn implements desktop.Hoverable.
func (f *Field) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (f *Field) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *Field) MouseOut() {}

// Cursor implements desktop.Cursorable.
func (f *Field) Cursor() desktop.Cursor {
	if f.disabled {
		return desktop.DefaultCursor
	}
	return desktop.TextCursor
}
