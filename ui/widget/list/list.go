// Package list is a view of many rows of one height, of which only the visible ones exist.
//
// A change of one item touches the canvas objects of its row only, and nothing if the row is not visible. While the
// pointer is over the list no row moves: items are updated in place, what is new is put at the end, what is gone
// stays, faded, and the new order comes when the pointer leaves.
//
// A List belongs to Fyne's main goroutine. The package starts no goroutine.
package list

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// State is how a row stands when it is bound.
type State struct {
	Selected bool
	Gone     bool // no longer in the items; shown until the pointer leaves the list
}

// Options describe a List of items T shown in rows R. NewRow, Bind, Key and RowHeight are required.
type Options[T any, R fyne.CanvasObject] struct {
	RowHeight float32
	NewRow    func() R
	// Bind shows an item in a row. It is called whenever the item, or the row's state, may have changed. Rows should
	// hold nothing hoverable: the pointer over it would not count as over the list.
	Bind func(row R, item T, s State)
	Key  func(item T) string // identity, unique

	OnSelect   func(item T)                   // another row was selected by a person
	OnActivate func(item T)                   // Enter, or a click on the selected row
	OnMenu     func(item T, at fyne.Position) // second button or menu key; absolute position
	OnPending  func(waiting bool)             // a new order waits for the pointer to leave, or no longer
	OnNearEnd  func()                         // the end came into view, once for each Set
	Hairlines  bool                           // a line under each row
	Inset      float32                        // selection and hover are rounded and this far from the edges; 0: full width with a bar at the left
}

// List is the view. Make it with New.
type List[T any, R fyne.CanvasObject] struct {
	fynewidget.BaseWidget
	opts  Options[T, R]
	items []T
	at    map[string]int // key to index
	gone  map[string]bool

	pending []T // the order that waits, nil if none
	waiting bool

	selected string
	hovered  int // index, -1 none
	inside   bool
	focused  bool
	asked    bool
	byClick  bool

	top    float32
	lo, hi int
	rows   []R // visible
	spare  []R
	lines  []*canvas.Rectangle
	sheet  *fyne.Container
	bar    *widget.ScrollBar
	sel    *canvas.Rectangle // fill of the selected row
	edge   *canvas.Rectangle // bar at its left
	veil   *canvas.Rectangle // on the hovered row
	ring   *canvas.Rectangle // of the keyboard's focus
}

// New returns a list. It panics when a required option is missing.
func New[T any, R fyne.CanvasObject](o Options[T, R], items ...T) *List[T, R] {
	if o.RowHeight <= 0 || o.NewRow == nil || o.Bind == nil || o.Key == nil {
		panic("ui/widget/list: RowHeight, NewRow, Bind and Key are required")
	}
	l := &List[T, R]{opts: o, hovered: -1, sheet: &fyne.Container{}, gone: map[string]bool{}}
	l.bar = widget.NewScrollBar(l.scrollTo)
	l.sel, l.veil = canvas.NewRectangle(theme.PrimarySoft), canvas.NewRectangle(theme.Over)
	l.edge = canvas.NewRectangle(theme.Primary)
	l.ring = canvas.NewRectangle(theme.None)
	l.ring.StrokeColor, l.ring.StrokeWidth = theme.Focus, 2
	if o.Inset > 0 {
		l.sel.CornerRadius, l.veil.CornerRadius, l.ring.CornerRadius = theme.RadiusButton, theme.RadiusButton, theme.RadiusButton
	}
	for _, r := range []*canvas.Rectangle{l.sel, l.veil, l.edge, l.ring} {
		r.Hide()
	}
	l.ExtendBaseWidget(l)
	l.take(items)
	return l
}

// Set replaces the items and their order; while the pointer is over the list the order waits.
func (l *List[T, R]) Set(items []T) {
	l.asked = false
	if l.inside && len(l.items) > 0 && !l.sameOrder(items) {
		l.mix(items)
		return
	}
	l.wait(nil)
	if l.sameOrder(items) {
		copy(l.items, items)
		l.bindAll()
		return
	}
	l.take(items)
}

// Apply shows the order that waits at once, for changes that the person made.
func (l *List[T, R]) Apply() {
	if l.waiting {
		items := l.pending
		l.wait(nil)
		l.take(items)
	}
}

// Update replaces the item of the same key in place and reports whether there is one.
func (l *List[T, R]) Update(item T) bool {
	key := l.opts.Key(item)
	if l.waiting {
		for i := range l.pending {
			if l.opts.Key(l.pending[i]) == key {
				l.pending[i] = item
			}
		}
	}
	i, ok := l.at[key]
	if !ok {
		return false
	}
	l.items[i] = item
	l.bind(i)
	return true
}

// Items returns the items as they are shown. The slice is the list's own.
func (l *List[T, R]) Items() []T { return l.items }

// Select selects the item of that key without calling back, and scrolls it into view; "" selects none. A key that is
// not there yet is selected when it comes.
func (l *List[T, R]) Select(key string) {
	if key == l.selected {
		return
	}
	old := l.selected
	l.selected = key
	for _, k := range []string{old, key} {
		if i, ok := l.at[k]; ok {
			l.bind(i)
		}
	}
	l.reveal()
	l.mark()
}

// Selected returns the key of the selected item, "" if none.
func (l *List[T, R]) Selected() string { return l.selected }

// wait keeps items until the pointer leaves; nil ends waiting.
func (l *List[T, R]) wait(items []T) {
	waiting := items != nil
	l.pending = items
	if waiting != l.waiting {
		l.waiting = waiting
		if l.opts.OnPending != nil {
			l.opts.OnPending(waiting)
		}
	}
}

func (l *List[T, R]) sameOrder(items []T) bool {
	if len(items) != len(l.items) || len(l.gone) > 0 {
		return false
	}
	for i := range items {
		if l.opts.Key(items[i]) != l.opts.Key(l.items[i]) {
			return false
		}
	}
	return true
}

// take shows items in their order.
func (l *List[T, R]) take(items []T) {
	l.items = append(l.items[:0:0], items...)
	l.at = make(map[string]int, len(items))
	for i := range items {
		l.at[l.opts.Key(items[i])] = i
	}
	clear(l.gone)
	l.rebuild()
}

// mix updates in place, appends what is new and marks what is gone, and keeps the order for later.
func (l *List[T, R]) mix(items []T) {
	there := make(map[string]bool, len(items))
	for _, it := range items {
		key := l.opts.Key(it)
		there[key] = true
		if i, ok := l.at[key]; ok {
			l.items[i] = it
			continue
		}
		l.at[key] = len(l.items)
		l.items = append(l.items, it)
	}
	clear(l.gone)
	for _, it := range l.items {
		if key := l.opts.Key(it); !there[key] {
			l.gone[key] = true
		}
	}
	l.wait(append([]T{}, items...))
	l.bindAll()
	l.show()
}

func (l *List[T, R]) bindAll() {
	for i := l.lo; i < l.hi; i++ {
		l.bind(i)
	}
}

// bind shows item i in its row, if it has one.
func (l *List[T, R]) bind(i int) {
	if i < l.lo || i >= l.hi {
		return
	}
	key := l.opts.Key(l.items[i])
	l.opts.Bind(l.rows[i-l.lo], l.items[i], State{Selected: key == l.selected, Gone: l.gone[key]})
}
