package list

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// rebuild gives all rows back and shows what is visible.
func (l *List[T, R]) rebuild() {
	l.spare = append(l.spare, l.rows...)
	l.rows, l.lo, l.hi = l.rows[:0], 0, 0
	l.collect() // show finds nothing to fill when no items are left
	l.show()
}

func (l *List[T, R]) total() float32 { return float32(len(l.items)) * l.opts.RowHeight }

// show makes rows for the visible items and places them.
func (l *List[T, R]) show() {
	size := l.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	l.top = max(0, min(l.top, l.total()-size.Height))
	lo := min(len(l.items), int(l.top/l.opts.RowHeight))
	hi := min(len(l.items), int((l.top+size.Height)/l.opts.RowHeight)+1)
	if lo != l.lo || hi != l.hi || len(l.rows) != hi-lo {
		l.fill(lo, hi)
	}
	l.sheet.Move(fyne.NewPos(0, -l.top))
	l.bar.Set(l.total(), size.Height, l.top)
	l.mark()
	if hi == len(l.items) && hi > 0 && !l.asked && l.opts.OnNearEnd != nil {
		l.asked = true
		l.opts.OnNearEnd()
	}
}

// fill makes the rows show items [lo, hi), keeping those that already do.
func (l *List[T, R]) fill(lo, hi int) {
	kept, has := make([]R, hi-lo), make([]bool, hi-lo)
	for k, r := range l.rows {
		if i := l.lo + k; i >= lo && i < hi {
			kept[i-lo], has[i-lo] = r, true
		} else {
			l.spare = append(l.spare, r)
		}
	}
	fresh := make([]int, 0, hi-lo)
	for k := range kept {
		if has[k] {
			continue
		}
		if n := len(l.spare); n > 0 {
			kept[k], l.spare = l.spare[n-1], l.spare[:n-1]
		} else {
			kept[k] = l.opts.NewRow()
		}
		fresh = append(fresh, k)
	}
	l.rows, l.lo, l.hi = kept, lo, hi
	for _, k := range fresh {
		l.bind(lo + k)
		l.placeRow(k)
	}
	l.collect()
}

func (l *List[T, R]) placeRow(k int) {
	r := l.rows[k]
	r.Move(fyne.NewPos(0, float32(l.lo+k)*l.opts.RowHeight))
	r.Resize(fyne.NewSize(l.Size().Width, l.rowTall()))
}

// rowTall is the height of a row without its hairline.
func (l *List[T, R]) rowTall() float32 {
	if l.opts.Hairlines {
		return l.opts.RowHeight - 1
	}
	return l.opts.RowHeight
}

// collect renews the list of objects that are painted: marks below, rows, hairlines above.
func (l *List[T, R]) collect() {
	objects := append(l.sheet.Objects[:0], l.sel, l.veil, l.edge)
	for _, r := range l.rows {
		objects = append(objects, r)
	}
	if l.opts.Hairlines {
		for k := range l.rows {
			if k == len(l.lines) {
				l.lines = append(l.lines, canvas.NewRectangle(theme.Line))
			}
			l.lines[k].Move(fyne.NewPos(0, float32(l.lo+k+1)*l.opts.RowHeight-1))
			l.lines[k].Resize(fyne.NewSize(l.Size().Width, 1))
			objects = append(objects, l.lines[k])
		}
	}
	l.sheet.Objects = append(objects, l.ring)
}

// mark places the fills of the selected and the hovered row.
func (l *List[T, R]) mark() {
	i, ok := l.at[l.selected]
	l.cover(l.sel, i, ok)
	l.cover(l.ring, i, ok && l.focused && !l.byClick)
	l.cover(l.veil, l.hovered, l.hovered >= 0 && l.hovered < len(l.items) && !(ok && l.hovered == i))
	if show := ok && l.opts.Inset == 0; show {
		l.edge.Move(fyne.NewPos(0, float32(i)*l.opts.RowHeight))
		l.edge.Resize(fyne.NewSize(3, l.rowTall()))
		l.edge.Show()
	} else if l.edge.Visible() {
		l.edge.Hide()
	}
	// A rectangle that was never painted can't ask for a repaint, Fyne does not know its canvas yet. The bar can.
	canvas.Refresh(l.bar)
}

func (l *List[T, R]) cover(r *canvas.Rectangle, i int, show bool) {
	if !show {
		if r.Visible() {
			r.Hide()
		}
		return
	}
	in := l.opts.Inset
	r.Move(fyne.NewPos(in, float32(i)*l.opts.RowHeight))
	r.Resize(fyne.NewSize(l.Size().Width-2*in, l.rowTall()))
	if !r.Visible() {
		r.Show()
	}
}

// reveal scrolls the selected row into view.
func (l *List[T, R]) reveal() {
	i, ok := l.at[l.selected]
	if !ok || l.Size().Height <= 0 {
		return
	}
	y := float32(i) * l.opts.RowHeight
	switch {
	case y < l.top:
		l.scrollTo(y)
	case y+l.opts.RowHeight > l.top+l.Size().Height:
		l.scrollTo(y + l.opts.RowHeight - l.Size().Height)
	}
}

func (l *List[T, R]) scrollTo(y float32) {
	l.top = float32(int(y))
	l.show()
}

// ToTop shows the first row.
func (l *List[T, R]) ToTop() { l.scrollTo(0) }

// Rebind binds all visible rows again, for what Bind takes from elsewhere: the language, the clock.
func (l *List[T, R]) Rebind() { l.bindAll() }

// CreateRenderer implements fyne.Widget.
func (l *List[T, R]) CreateRenderer() fyne.WidgetRenderer { return &drawing[T, R]{l} }

// drawing is the renderer. It clips to the view, see IsClip.
type drawing[T any, R fyne.CanvasObject] struct{ l *List[T, R] }

// IsClip tells Fyne's painters to clip what is drawn to the widget's bounds.
func (d *drawing[T, R]) IsClip() {}

func (d *drawing[T, R]) Layout(s fyne.Size) {
	d.l.bar.Move(fyne.NewPos(s.Width-widget.BarWidth, 0))
	d.l.bar.Resize(fyne.NewSize(widget.BarWidth, s.Height))
	d.l.show()
	for k := range d.l.rows {
		d.l.placeRow(k)
	}
	d.l.collect()
}

func (d *drawing[T, R]) MinSize() fyne.Size { return fyne.NewSize(80, d.l.opts.RowHeight) }

func (d *drawing[T, R]) Refresh() {
	d.l.spare = nil // pictures in spare rows would keep the colours of the former theme
	for _, r := range d.l.rows {
		r.Refresh()
	}
	d.l.bar.Refresh()
}

func (d *drawing[T, R]) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.l.sheet, d.l.bar}
}

func (d *drawing[T, R]) Destroy() {}
