package search

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deskhand/assist"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
	"deskhand/ui/widget/list"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Options are what a View needs of its surroundings.
type Options struct {
	OnOpen     func(assist.Message)
	OnCustomer func(assist.CustomerID)
	After      widget.After // for asking when typing rests; nil is the wall clock
}

// restFor is how long typing rests before the hub is asked.
const restFor = 250 * time.Millisecond

// View is the page.
type View struct {
	stage   *stage.Stage
	opts    Options
	p       *Presenter
	Content fyne.CanvasObject
	field   *field.Field
	list    *list.List[Entry, *row]
	middle  *fyne.Container
	cancel  func()
}

type row struct {
	*widget.Box
	avatar             *widget.Avatar
	icon               *widget.Icon
	title, words, when *widget.Label
}

func newRow() *row {
	r := &row{avatar: widget.NewAvatar("", "", 30), icon: widget.NewIcon("message-square", theme.Muted, 18)}
	r.title = widget.Line("", text.Bold, theme.SizeText, theme.Text)
	r.words = widget.Line("", text.Regular, theme.SizeSub, theme.Muted)
	r.when = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Faint}})
	r.Box = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Align: widget.Center, Padding: widget.Pad(6, 16)},
		r.avatar, widget.Grow(widget.NewColumn(1, r.title, r.words), 1), r.when)
	return r
}

func (r *row) show(e Entry) {
	r.avatar.Set(e.Name, e.Name)
	r.title.SetText(e.Title)
	r.words.SetText(e.Detail)
	r.when.SetText(e.When)
}

// New returns the page.
func New(s *stage.Stage, o Options) *View {
	if o.After == nil {
		o.After = widget.RealAfter
	}
	v := &View{stage: s, opts: o, cancel: func() {}}
	v.p = NewPresenter(s.Desk, v.fill)
	v.field = s.Field("search.hint", field.Options{Framed: true, Limit: 200, OnChanged: v.typed,
		OnSubmit: func(q string) { v.cancel(); v.p.Find(q) }, OnKey: v.key})
	v.list = list.New(list.Options[Entry, *row]{RowHeight: 58, Hairlines: true, NewRow: newRow, Key: keyOf,
		Bind: func(r *row, e Entry, _ list.State) { r.show(e) }, OnSelect: v.open, OnActivate: v.open, OnNearEnd: func() { v.p.FindMore() }})
	v.middle = container.NewStack()
	head := stage.Head(s.Label("search.title", text.Bold, theme.SizeHead, theme.Text), widget.Grow(v.field, 1))
	v.Content = widget.NewColumn(0, head, widget.Hairline(), widget.Grow(v.middle, 1))
	v.fill()
	return v
}

func keyOf(e Entry) string {
	if e.Customer != nil {
		return "c" + itoa(int64(e.Customer.ID))
	}
	return "m" + itoa(int64(e.Hit.Message.Rev))
}

func (v *View) key(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyDown {
		v.stage.Canvas().Focus(v.list)
		v.list.TypedKey(e)
		return true
	}
	return false
}

func (v *View) typed(q string) {
	v.cancel()
	v.cancel = v.opts.After(restFor, func() { v.p.Find(q) })
}

func (v *View) open(e Entry) {
	if e.Customer != nil {
		v.opts.OnCustomer(e.Customer.ID)
		return
	}
	v.opts.OnOpen(e.Hit.Message)
}

func (v *View) fill() {
	entries := v.p.Entries()
	v.list.Set(entries)
	var o fyne.CanvasObject = v.list
	switch {
	case len(entries) > 0:
	case v.p.Query() == "":
		o = v.empty("search.start")
	case v.p.Busy:
		o = v.empty("search.busy")
	default:
		o = v.empty("search.none")
	}
	v.middle.Objects = []fyne.CanvasObject{o}
	v.middle.Refresh()
}

func (v *View) empty(key string) fyne.CanvasObject {
	return widget.Empty(widget.EmptyOptions{Icon: "search", Title: v.stage.T(key), Next: v.stage.T(key + ".next")})
}

// Speak shows the page in another language.
func (v *View) Speak() { v.fill() }

// Focus goes to the field.
func (v *View) Focus() {
	v.stage.Canvas().Focus(v.field)
	v.field.SelectAll()
}

// Find asks for a text as if it had been typed.
func (v *View) Find(q string) {
	v.field.SetText(q)
	v.p.Find(q)
}
