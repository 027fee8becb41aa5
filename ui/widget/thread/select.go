package thread

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/text"
)

// selection is a stretch of one item's text, chosen with the mouse. from is where it began: it may lie behind to.
type selection struct {
	id       string
	from, to int // bytes of the cleaned text
	word     [2]int
	words    bool // grows by words, after a double click
}

func (s *selection) bounds() (from, to int) { return min(s.from, s.to), max(s.from, s.to) }

// drawnLine is where a line of an item's text is drawn, in the row's coordinates.
type drawnLine struct {
	text.Line
	x, y, tall, size float32
}

// A second press within these of the first is a double click. Fyne's own double tap would delay each single one.
const (
	clickWithin = 400 * time.Millisecond
	clickNear   = 4
)

// Selected returns the text that is selected of an item, "" if none is.
func (t *Thread) Selected(id string) string {
	i, ok := t.find(t.sel.id)
	if !ok || t.sel.id != id {
		return ""
	}
	from, to := t.sel.bounds()
	return t.items[i].Text[from:to]
}

// MouseDown implements desktop.Mouseable: it begins a selection in the text under the pointer, the second press of a
// double click takes the word.
func (t *Thread) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	now := t.opts.Now()
	d := e.Position.Subtract(t.pressedAt)
	again := now.Sub(t.pressed) <= clickWithin && d.X*d.X+d.Y*d.Y <= clickNear*clickNear
	t.pressed, t.pressedAt = now, e.Position
	h := t.At(e.Position)
	r := t.rowOf(h.ID)
	if h.Part != Body || r == nil || len(r.lines) == 0 {
		t.choose(selection{})
		return
	}
	at := t.offset(r, e.Position)
	s := selection{id: h.ID, from: at, to: at}
	if again {
		s.from, s.to = text.Word(t.items[r.at].Text, at)
		s.word, s.words = [2]int{s.from, s.to}, true
	}
	t.choose(s)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && c.Focused() != fyne.Focusable(t) {
		t.quiet = true // the keyboard is for Ctrl+C, nothing is to be marked
		c.Focus(t)
		t.quiet = false
	}
}

// MouseUp implements desktop.Mouseable.
func (t *Thread) MouseUp(*desktop.MouseEvent) {}

// Dragged implements fyne.Draggable: it draws the selection along, within its item.
func (t *Thread) Dragged(e *fyne.DragEvent) {
	r := t.rowOf(t.sel.id)
	if r == nil {
		return
	}
	s := t.sel
	s.to = t.offset(r, e.Position)
	if s.words {
		from, to := text.Word(t.items[r.at].Text, s.to)
		if s.from, s.to = s.word[0], max(to, s.word[1]); from < s.word[0] {
			s.from, s.to = s.word[1], from
		}
	}
	t.choose(s)
}

// DragEnd implements fyne.Draggable.
func (t *Thread) DragEnd() {}

// choose shows a selection in the place of the former one.
func (t *Thread) choose(s selection) {
	if s == t.sel {
		return
	}
	old := t.sel.id
	t.sel, t.comp.selected = s, s
	for _, id := range []string{old, s.id} {
		if i, ok := t.find(id); ok {
			t.repaint(i)
		}
		if old == s.id {
			return
		}
	}
}

// rowOf returns the row that shows an item, nil if none does.
func (t *Thread) rowOf(id string) *row {
	if i, ok := t.find(id); ok && i >= t.lo && i < t.hi {
		return t.rows[i-t.lo]
	}
	return nil
}

// offset returns the place in the row's text that is nearest to a position of the view.
func (t *Thread) offset(r *row, pos fyne.Position) int {
	s := t.items[r.at].Text
	y := pos.Y - t.sheet.Position().Y - r.Position().Y
	switch first, last := r.lines[0], r.lines[len(r.lines)-1]; {
	case y < first.y:
		return 0
	case y >= last.y+last.tall:
		return len(s)
	}
	for _, l := range r.lines {
		if y < l.y+l.tall {
			return l.Start + text.Offset(s[l.Start:l.End], text.Regular, l.size, pos.X-l.x)
		}
	}
	return len(s)
}

// overText tells whether a position is upon text that can be selected.
func (t *Thread) overText(pos fyne.Position) bool {
	h := t.At(pos)
	r := t.rowOf(h.ID)
	if h.Part != Body || r == nil {
		return false
	}
	y := pos.Y - t.sheet.Position().Y - r.Position().Y
	for _, l := range r.lines {
		if y >= l.y && y < l.y+l.tall && pos.X >= l.x && pos.X <= l.x+l.Width {
			return true
		}
	}
	return false
}

// selectable draws what is selected of a line behind it, and remembers where the line is.
func (c *composer) selectable(it *Item, l text.Line, k look, x, y float32, r *row) {
	r.lines = append(r.lines, drawnLine{l, x, y, k.line, k.size})
	if c.selected.id != it.ID {
		return
	}
	from, to := c.selected.bounds()
	if from, to = max(from, l.Start), min(to, l.End); from < to {
		left := text.Width(it.Text[l.Start:from], text.Regular, k.size)
		r.box(x+left, y, text.Width(it.Text[from:to], text.Regular, k.size), k.line, fade(k.ink), nil, 0)
	}
}
