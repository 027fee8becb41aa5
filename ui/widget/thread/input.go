package thread

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/widget"
)

// At returns what is at a position of the view.
func (t *Thread) At(pos fyne.Position) Hit {
	y := pos.Y - t.sheet.Position().Y
	for _, r := range t.rows {
		if p := r.Position(); y >= p.Y && y < p.Y+r.Size().Height {
			if part, index := r.hit(pos.X, y-p.Y); part != Nothing {
				return Hit{ID: t.items[r.at].ID, Part: part, Index: index}
			}
		}
	}
	return Hit{}
}

// Tapped implements fyne.Tappable.
func (t *Thread) Tapped(e *fyne.PointEvent) {
	h := t.At(e.Position)
	if t.marked != "" && h.ID != t.marked {
		t.Mark("")
	}
	if (h.Part > Body || t.isLine(h)) && t.opts.OnTap != nil {
		t.opts.OnTap(h)
	}
}

// isLine tells whether the body of a system line was hit: such a line may stand for something to be looked at.
func (t *Thread) isLine(h Hit) bool {
	i, ok := t.find(h.ID)
	return ok && h.Part == Body && t.items[i].Kind == System
}

// TappedSecondary implements fyne.SecondaryTappable.
func (t *Thread) TappedSecondary(e *fyne.PointEvent) {
	if h := t.At(e.Position); h.Part != Nothing && t.opts.OnMenu != nil {
		t.Mark(h.ID)
		t.opts.OnMenu(h, e.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (t *Thread) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (t *Thread) MouseMoved(e *desktop.MouseEvent) {
	t.over, t.onText = t.At(e.Position).Part, t.overText(e.Position)
}

// MouseOut implements desktop.Hoverable.
func (t *Thread) MouseOut() { t.over, t.onText = Nothing, false }

// Cursor implements desktop.Cursorable.
func (t *Thread) Cursor() desktop.Cursor {
	if t.over > Body {
		return desktop.PointerCursor
	}
	if t.onText {
		return desktop.TextCursor
	}
	return desktop.DefaultCursor
}

// FocusGained implements fyne.Focusable: something is marked so that the focus can be seen.
func (t *Thread) FocusGained() {
	if _, ok := t.find(t.marked); !ok && t.hi > t.lo && !t.quiet {
		t.step(t.hi, -1)
	}
}

// FocusLost implements fyne.Focusable.
func (t *Thread) FocusLost() {
	t.Mark("")
	t.choose(selection{})
}

// TypedRune implements fyne.Focusable.
func (t *Thread) TypedRune(r rune) { widget.PassRune(t, r) }

// TypedKey implements fyne.Focusable: Up and Down mark the neighbour, the others scroll, Enter and the menu key open
// the menu of the marked item.
func (t *Thread) TypedKey(e *fyne.KeyEvent) {
	page := t.viewTall() * 9 / 10
	at, ok := t.find(t.marked)
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown:
		step := 1
		if e.Name == fyne.KeyUp {
			step = -1
		}
		if !ok {
			at = t.hi
		}
		t.step(at, step)
	case fyne.KeyPageUp:
		t.scrollTo(t.top - page)
	case fyne.KeyPageDown:
		t.scrollTo(t.top + page)
	case fyne.KeyHome:
		t.scrollTo(0)
	case fyne.KeyEnd:
		t.ToEnd()
	case fyne.KeyReturn, fyne.KeyEnter, desktop.KeyMenu:
		if ok {
			t.menuOf(at)
		}
	default:
		widget.PassKey(t, e)
	}
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+C copies what is selected, else the marked item; what is not ours goes to the canvas.
func (t *Thread) TypedShortcut(s fyne.Shortcut) {
	if _, copying := s.(*fyne.ShortcutCopy); copying {
		if t.opts.OnCopy == nil {
			return
		}
		if s := t.Selected(t.sel.id); s != "" {
			t.opts.OnCopy(t.sel.id, s)
		} else if t.marked != "" {
			t.opts.OnCopy(t.marked, "")
		}
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(t).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// step marks the next item with a body from at on and scrolls it into view.
func (t *Thread) step(at, by int) {
	for i := at + by; i >= 0 && i < len(t.items); i += by {
		if k := t.items[i].Kind; k == Day || k == Unread {
			continue
		}
		t.Mark(t.items[i].ID)
		switch upper := t.top - t.lift(); {
		case t.start(i) < upper:
			t.scrollTo(t.start(i))
		case t.ends[i] > upper+t.viewTall():
			t.scrollTo(t.ends[i] + endRoom - t.viewTall())
		}
		return
	}
}

func (t *Thread) menuOf(i int) {
	if t.opts.OnMenu == nil || i < t.lo || i >= t.hi {
		return
	}
	r := t.rows[i-t.lo]
	for _, g := range r.regions {
		if g.part == Body {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
			at = at.Add(fyne.NewPos(g.x+12, g.y+g.h+r.Position().Y+t.sheet.Position().Y))
			t.opts.OnMenu(Hit{ID: t.items[i].ID, Part: Body}, at)
			return
		}
	}
}
