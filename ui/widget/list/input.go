package list

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/widget"
)

func (l *List[T, R]) indexAt(y float32) int {
	i := int((y + l.top) / l.opts.RowHeight)
	if y < 0 || i >= len(l.items) {
		return -1
	}
	return i
}

// pick selects row i as a person does.
func (l *List[T, R]) pick(i int) {
	if i < 0 || i >= len(l.items) || l.gone[l.opts.Key(l.items[i])] {
		return
	}
	key := l.opts.Key(l.items[i])
	if key == l.selected {
		return
	}
	l.Select(key)
	if l.opts.OnSelect != nil {
		l.opts.OnSelect(l.items[i])
	}
}

// Tapped implements fyne.Tappable: selects, and activates what was selected already.
func (l *List[T, R]) Tapped(e *fyne.PointEvent) {
	i := l.indexAt(e.Position.Y)
	if i < 0 {
		return
	}
	if l.opts.Key(l.items[i]) == l.selected {
		l.activate()
		return
	}
	l.pick(i)
}

// TappedSecondary implements fyne.SecondaryTappable.
func (l *List[T, R]) TappedSecondary(e *fyne.PointEvent) {
	if i := l.indexAt(e.Position.Y); i >= 0 && l.opts.OnMenu != nil {
		l.opts.OnMenu(l.items[i], e.AbsolutePosition)
	}
}

func (l *List[T, R]) activate() {
	if i, ok := l.at[l.selected]; ok && l.opts.OnActivate != nil {
		l.opts.OnActivate(l.items[i])
	}
}

// MouseDown implements desktop.Mouseable.
func (l *List[T, R]) MouseDown(*desktop.MouseEvent) { l.byClick = true }

// MouseUp implements desktop.Mouseable.
func (l *List[T, R]) MouseUp(*desktop.MouseEvent) {}

// MouseIn implements desktop.Hoverable.
func (l *List[T, R]) MouseIn(e *desktop.MouseEvent) {
	l.inside = true
	l.MouseMoved(e)
}

// MouseMoved implements desktop.Hoverable.
func (l *List[T, R]) MouseMoved(e *desktop.MouseEvent) {
	if i := l.indexAt(e.Position.Y); i != l.hovered {
		l.hovered = i
		l.mark()
	}
}

// MouseOut implements desktop.Hoverable: the order that waited comes.
func (l *List[T, R]) MouseOut() {
	l.inside, l.hovered = false, -1
	l.mark()
	l.Apply()
}

// Cursor implements desktop.Cursorable.
func (l *List[T, R]) Cursor() desktop.Cursor {
	if l.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Scrolled implements fyne.Scrollable.
func (l *List[T, R]) Scrolled(e *fyne.ScrollEvent) {
	l.scrollTo(l.top - e.Scrolled.DY)
	if l.inside {
		l.hovered = l.indexAt(e.Position.Y)
		l.mark()
	}
}

// FocusGained implements fyne.Focusable.
func (l *List[T, R]) FocusGained() {
	l.focused = true
	if _, ok := l.at[l.selected]; !ok {
		l.pick(0)
	}
	l.mark()
}

// FocusLost implements fyne.Focusable.
func (l *List[T, R]) FocusLost() {
	l.focused, l.byClick = false, false
	l.mark()
}

// TypedRune implements fyne.Focusable.
func (l *List[T, R]) TypedRune(r rune) { widget.PassRune(l, r) }

// TypedKey implements fyne.Focusable: the arrows, Page, Home and End select, Enter and Space activate.
func (l *List[T, R]) TypedKey(e *fyne.KeyEvent) {
	l.byClick = false
	page := max(1, int(l.Size().Height/l.opts.RowHeight)-1)
	i, ok := l.at[l.selected]
	if !ok {
		i = -1
	}
	last := len(l.items) - 1
	switch e.Name {
	case fyne.KeyUp:
		l.pick(max(0, i-1))
	case fyne.KeyDown:
		l.pick(min(last, i+1))
	case fyne.KeyPageUp:
		l.pick(max(0, i-page))
	case fyne.KeyPageDown:
		l.pick(min(last, i+page))
	case fyne.KeyHome:
		l.pick(0)
	case fyne.KeyEnd:
		l.pick(last)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.activate()
	case desktop.KeyMenu:
		if ok && l.opts.OnMenu != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
			l.opts.OnMenu(l.items[i], at.Add(fyne.NewPos(24, float32(i+1)*l.opts.RowHeight-l.top)))
		}
	default:
		widget.PassKey(l, e)
	}
	l.mark()
}

// Step selects the neighbour of the selected row, calling back, for the global keys "next" (1) and "previous" (-1).
func (l *List[T, R]) Step(by int) {
	i, ok := l.at[l.selected]
	if !ok {
		i = -1
		if by < 0 {
			i = len(l.items)
		}
	}
	l.pick(i + by)
}
