package thread

import (
	"sort"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/widget"
)

// olderWithin is how near to the beginning, in views, older items are asked for.
const olderWithin = 1.5

// topRoom and endRoom are left free above the first and below the last item.
const topRoom, endRoom = 16, 8

// Thread is the view. Make it with New.
type Thread struct {
	fynewidget.BaseWidget
	opts Options
	comp composer

	items []Item
	tall  []int          // heights, whole pixels
	ends  []int          // ends[i] is the lower edge of item i
	index map[string]int // ID to position plus first
	first int            // grows negative with what is prepended, so that the index need not be rewritten
	tail  int            // how many items at the end stay there (who types)

	top     int  // y of the content at the upper edge of the view
	stuck   bool // the view shows the end and keeps to it
	unseen  int  // appended while not stuck
	asked   bool // OnOlder was called and not answered
	noOlder bool
	marked  string // ID of the marked item

	sel       selection
	pressed   time.Time // the mouse, last
	pressedAt fyne.Position
	quiet     bool // the focus comes by the mouse

	rows   []*row // visible, in order
	spare  []*row
	lo, hi int // items that rows show: [lo, hi)
	sheet  *fyne.Container
	bar    *widget.ScrollBar
	latest *widget.IconButton
	over   Part // part under the pointer
	onText bool // the pointer is upon text
}

// New returns a thread that shows the end of its items.
func New(o Options) *Thread {
	if o.Now == nil {
		o.Now = time.Now
	}
	t := &Thread{opts: o, index: make(map[string]int, len(o.Items)), stuck: true, sheet: &fyne.Container{}}
	t.bar = widget.NewScrollBar(func(top float32) { t.scrollTo(int(top)) })
	t.latest = widget.NewIconButton(widget.IconButtonOptions{Icon: "arrow-down", Side: 32, Tip: o.LatestTip, OnTap: t.ToEnd, Floating: true})
	t.latest.Hide()
	t.ExtendBaseWidget(t)
	t.SetItems(o.Items)
	return t
}

// SetItems replaces everything and shows the end.
func (t *Thread) SetItems(items []Item) {
	t.items = make([]Item, len(items))
	t.tall, t.ends = make([]int, len(items)), make([]int, len(items))
	t.first, t.tail, t.unseen, t.asked, t.noOlder, t.marked = 0, 0, 0, false, false, ""
	t.sel, t.comp.selected = selection{}, selection{}
	clear(t.index)
	for i, it := range items {
		t.items[i] = it.cleaned()
		t.index[it.ID] = i
	}
	t.stuck = true
	t.remeasure()
}

// remeasure finds all heights at the present width.
func (t *Thread) remeasure() {
	if t.comp.width <= 0 {
		return
	}
	t.measure(0, len(t.items))
	t.renew()
}

// renew paints every visible row again.
func (t *Thread) renew() {
	t.drop()
	t.settle()
}

func (t *Thread) drop() {
	for _, r := range t.rows {
		r.at = -1
	}
	t.spare = append(t.spare, t.rows...)
	t.rows, t.lo, t.hi = t.rows[:0], 0, 0
}

func (t *Thread) start(i int) int {
	if i == 0 {
		return topRoom
	}
	return t.ends[i-1]
}

// total is the height of the content.
func (t *Thread) total() int {
	if len(t.ends) == 0 {
		return 0
	}
	return t.ends[len(t.ends)-1] + endRoom
}

func (t *Thread) viewTall() int { return int(t.Size().Height) }

// lift is how far content that is lower than the view hangs down: a short conversation stands at the end.
func (t *Thread) lift() int { return max(0, t.viewTall()-t.total()) }

// settle brings top into its bounds and shows what is visible.
func (t *Thread) settle() {
	most := max(0, t.total()-t.viewTall())
	if t.stuck {
		t.top = most
	}
	t.top = max(0, min(t.top, most))
	t.show()
	t.askOlder()
}

// show makes rows for the visible items and places them.
func (t *Thread) show() {
	if t.comp.width <= 0 || t.viewTall() <= 0 {
		return
	}
	upper := t.top - t.lift()
	lo := sort.Search(len(t.ends), func(i int) bool { return t.ends[i] > upper })
	hi := lo
	for hi < len(t.ends) && t.start(hi) < upper+t.viewTall() {
		hi++
	}
	if lo != t.lo || hi != t.hi || len(t.rows) != hi-lo {
		t.fill(lo, hi)
	}
	t.sheet.Move(fyne.NewPos(0, float32(-upper)))
	t.bar.Set(float32(t.total()), float32(t.viewTall()), float32(t.top))
}

// fill makes the rows show items [lo, hi), keeping those that already do.
func (t *Thread) fill(lo, hi int) {
	kept := make([]*row, hi-lo)
	for _, r := range t.rows {
		if r.at >= lo && r.at < hi {
			kept[r.at-lo] = r
		} else {
			r.at = -1
			t.spare = append(t.spare, r)
		}
	}
	objects := t.sheet.Objects[:0]
	for i, r := range kept {
		if r == nil {
			r = t.take()
			kept[i] = r
			t.paint(r, lo+i)
		}
		objects = append(objects, r.Container)
	}
	t.rows, t.lo, t.hi, t.sheet.Objects = kept, lo, hi, objects
}

func (t *Thread) take() *row {
	if n := len(t.spare); n > 0 {
		r := t.spare[n-1]
		t.spare = t.spare[:n-1]
		return r
	}
	return newRow()
}

// paint composes item i into r.
func (t *Thread) paint(r *row, i int) {
	r.clear()
	r.at = i
	t.comp.compose(&t.items[i], r)
	r.mark(t.marked != "" && t.items[i].ID == t.marked)
	y := t.start(i)
	put(r.Container, 0, float32(y), t.comp.width, float32(t.ends[i]-y))
}

// repaint composes the row of item i again if it is visible.
func (t *Thread) repaint(i int) {
	if i >= t.lo && i < t.hi {
		t.paint(t.rows[i-t.lo], i)
		canvas.Refresh(t.rows[i-t.lo].Container)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Thread) CreateRenderer() fyne.WidgetRenderer { return &drawing{t} }

// drawing is the renderer. It clips to the view, see IsClip.
type drawing struct{ t *Thread }

// IsClip tells Fyne's painters to clip what is drawn to the widget's bounds.
func (d *drawing) IsClip() {}

func (d *drawing) Layout(s fyne.Size) { d.t.resize(s) }

func (d *drawing) MinSize() fyne.Size { return fyne.NewSize(200, 80) }

func (d *drawing) Refresh() {
	d.t.spare = nil // pictures in spare rows would keep the colours of the former theme
	for _, r := range d.t.rows {
		r.Refresh()
	}
	d.t.bar.Refresh()
	d.t.latest.Refresh()
}

func (d *drawing) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.t.sheet, d.t.latest, d.t.bar}
}

func (d *drawing) Destroy() {}

// resize keeps the item at the upper edge where it is.
func (t *Thread) resize(s fyne.Size) {
	put(t.bar, s.Width-widget.BarWidth, 0, widget.BarWidth, s.Height)
	put(t.latest, s.Width-52, s.Height-44, 32, 32)
	if s.Width == t.comp.width {
		t.settle()
		return
	}
	anchor, into := t.anchor()
	t.comp.width = s.Width
	t.measure(0, len(t.items))
	if anchor >= 0 {
		t.top = t.start(anchor) + into
	}
	t.renew()
}

// anchor returns the item at the upper edge and how far the edge is below its start; -1 if there is none.
func (t *Thread) anchor() (i, into int) {
	if len(t.ends) == 0 || t.comp.width <= 0 {
		return -1, 0
	}
	i = min(len(t.ends)-1, sort.Search(len(t.ends), func(i int) bool { return t.ends[i] > t.top }))
	return i, t.top - t.start(i)
}
