package inbox

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
	"deskhand/ui/widget/list"
)

// Options are what a View needs of its surroundings.
type Options struct {
	OnOpen   func(assist.ConversationID)
	OnList   func()                                     // another list was chosen
	OnEnter  func(assist.ConversationID)                // Enter on a row, or a second click: go and write
	OnMenu   func(assist.ConversationID, fyne.Position) // second button
	OnState  func(anchor fyne.CanvasObject)             // the own state was clicked
	OnSearch func()
}

// View is the column.
type View struct {
	stage *stage.Stage
	opts  Options
	p     *Presenter

	Content fyne.CanvasObject

	tabs    *widget.Tabs
	list    *list.List[wire.Row, *row]
	filter  *field.Field
	bar     *widget.Box // holds the filter, hidden until wanted
	chip    *widget.Chip
	foot    *widget.Label
	link    *widget.Paragraph
	top     *widget.Box
	dot     *widget.Label
	retry   *widget.Button
	strip   *widget.Box
	middle  *fyne.Container // the list, or what an empty one says
	empty   string          // what middle says now
	bad     bool            // the line is a warning
	counted bool            // a visible row shows a running time
}

// New returns the column.
func New(s *stage.Stage, o Options) *View {
	v := &View{stage: s, opts: o, p: NewPresenter(s.Desk)}
	v.list = list.New(list.Options[wire.Row, *row]{
		RowHeight: rowHeight, NewRow: newRow, Hairlines: true,
		Bind:       func(r *row, c wire.Row, st list.State) { r.show(v.p.Item(c), st, v.list.Size().Width) },
		Key:        func(c wire.Row) string { return Key(c.ID) },
		OnSelect:   func(c wire.Row) { o.OnOpen(c.ID) },
		OnActivate: func(c wire.Row) { o.OnEnter(c.ID) },
		OnMenu:     func(c wire.Row, at fyne.Position) { o.OnMenu(c.ID, at) },
	})
	v.middle = container.NewStack(v.list)
	v.Content = widget.NewColumn(0, v.head(), widget.Hairline(), v.lists(), widget.Hairline(), v.filterBar(),
		widget.Grow(v.middle, 1), widget.Hairline(), v.line())
	return v
}

func (v *View) head() fyne.CanvasObject {
	s := v.stage
	v.chip = widget.NewChip(widget.Plain, "●", "")
	mine := widget.NewTap(v.chip, 9, widget.Tip{}, func() { v.opts.OnState(v.chip) })
	keys := widget.NewKbd("")
	s.Bind(func() {
		keys.SetKeys(s.Keys("palette"))
		mine.SetTip(s.Tip("state.tip", ""))
		v.showState()
	})
	search := widget.NewTap(widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(4, 6)},
		widget.NewIcon("search", theme.Muted, 16), keys), theme.RadiusButton, widget.Tip{}, v.opts.OnSearch)
	s.Bind(func() { search.SetTip(s.Tip("palette.open", "palette")) })
	v.top = stage.Head(s.Label("inbox.title", text.Bold, theme.SizeHead, theme.Text), mine, widget.Spacer(),
		s.IconButton("inbox.filter", "filter", widget.IconButtonOptions{Icon: "list-filter", Side: 28, IconSide: 16, OnTap: v.ToggleFilter}),
		search)
	return v.top
}

func (v *View) lists() fyne.CanvasObject {
	v.tabs = widget.NewTabs(func(id string) {
		v.Show(state.List(id))
		v.opts.OnList()
	})
	v.stage.Bind(func() {
		items := make([]widget.TabItem, 0, 4)
		for _, l := range state.Lists() {
			items = append(items, widget.TabItem{ID: string(l), Text: v.stage.T("inbox.tab." + string(l)), Count: v.count(l)})
		}
		v.tabs.SetItems(items...)
	})
	return widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10)}, v.tabs)
}

func (v *View) count(l state.List) int {
	c := v.stage.State.Counts()
	switch l {
	case state.Mine:
		return c.Mine
	case state.Queue:
		return c.Queue
	case state.Bot:
		return c.Bot
	}
	return 0 // the sum of all says nothing
}

func (v *View) filterBar() fyne.CanvasObject {
	v.filter = v.stage.Field("inbox.filter.hint", field.Options{Framed: true, Size: theme.SizeSub, Limit: 200,
		OnChanged: func(s string) { v.p.Filter(s); v.fill() },
		OnKey: func(e *fyne.KeyEvent) bool {
			if e.Name == fyne.KeyEscape {
				v.ToggleFilter()
				return true
			}
			return false
		}})
	v.bar = widget.NewColumn(0, widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10)}, v.filter), widget.Hairline())
	v.bar.Hide()
	return v.bar
}

func (v *View) line() fyne.CanvasObject {
	s := v.stage
	v.dot = widget.NewLabel(widget.LabelOptions{Text: "●", Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Live}})
	v.link = widget.NewParagraph(widget.ParagraphOptions{Style: widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}, MaxLines: 2})
	v.foot = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}})
	v.retry = s.Button("link.retry", "", widget.ButtonOptions{Tiny: true, OnTap: s.Hub.Reconnect})
	v.retry.Hide()
	v.strip = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 7, Padding: widget.Pad(0, 14), Align: widget.Center, MinTall: 44, Fill: theme.None},
		v.dot, widget.Grow(v.link, 1), v.retry, v.foot)
	s.Bind(v.showLine)
	return v.strip
}

func (v *View) showState() {
	tone := map[assist.AgentState]widget.Tone{assist.StateAvailable: widget.Good, assist.StateBusy: widget.Caution, assist.StateAway: widget.Plain}
	st := v.stage.State.MyState()
	if st == "" {
		hide(v.chip)
		return
	}
	v.chip.Set(tone[st], "●", v.stage.Lang.State(st))
	v.chip.Show()
	if v.top != nil {
		v.top.Relayout()
	}
}

func (v *View) showLine() {
	words, bad := v.p.Line()
	ink, dot, fill := theme.Muted, theme.Live, theme.None
	if bad {
		ink, dot, fill = theme.Warn, theme.Warn, theme.WarnSoft
		v.retry.Show()
		v.foot.SetText("")
	} else {
		v.retry.Hide()
		v.foot.SetText(v.p.Foot())
		if !v.stage.State.Link().Live {
			dot = theme.Ghost
		}
	}
	v.link.SetSpans(widget.Span{Text: words, Ink: ink})
	v.dot.SetStyle(widget.TextStyle{Size: theme.SizeTiny, Ink: dot})
	v.strip.Restyle(fill, nil)
	v.strip.Relayout()
	if bad != v.bad && v.Content != nil { // the button and a second line need other room
		v.bad = bad
		v.Content.Refresh()
	}
}

// fill shows the list as it is now.
func (v *View) fill() {
	rows := v.p.Rows()
	v.list.Set(rows)
	for _, l := range state.Lists() {
		v.tabs.SetCount(string(l), v.count(l))
	}
	v.counted = false
	for _, r := range rows {
		v.counted = v.counted || v.p.Counting(r)
	}
	v.showEmpty(len(rows) == 0)
}

func (v *View) showEmpty(empty bool) {
	key := ""
	if empty {
		key = v.p.Empty() + "/" + v.stage.Lang.Tag()
	}
	if key == v.empty {
		return
	}
	v.empty = key
	objects := []fyne.CanvasObject{v.list}
	if empty {
		k := v.p.Empty()
		objects = append(objects, widget.Empty(widget.EmptyOptions{Icon: "inbox", Title: v.stage.T(k), Next: v.stage.T(k + ".next")}))
	}
	v.middle.Objects = objects
	v.middle.Refresh()
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Lists || ch.Me || ch.Directory {
		v.fill()
	} else {
		for id := range ch.Rows {
			if r, ok := v.stage.State.Row(id); ok {
				v.list.Update(r)
			}
		}
	}
	if ch.Me {
		v.showState()
	}
	if ch.Connection || ch.Me || ch.Lists {
		v.showLine()
	}
}

// Tick renews running times; it is called once a second and paints only if one is shown.
func (v *View) Tick(minute bool) {
	if v.counted || minute {
		v.list.Rebind()
	}
}

// Speak shows everything in another language.
func (v *View) Speak() {
	v.empty = ""
	v.fill()
	v.list.Rebind()
	canvas.Refresh(v.middle)
}

// Show shows a list.
func (v *View) Show(l state.List) {
	v.p.Choose(l)
	v.tabs.Choose(string(l))
	v.list.ToTop()
	v.fill()
	v.list.Apply()
}

// List is the list shown.
func (v *View) List() state.List { return v.p.List() }

// Select marks a conversation without opening it.
func (v *View) Select(id assist.ConversationID) { v.list.Select(Key(id)) }

// Step opens the next (1) or the previous (-1) conversation.
func (v *View) Step(by int) { v.list.Step(by) }

// ToggleFilter shows the filter and goes there, or clears and hides it.
func (v *View) ToggleFilter() {
	c := v.stage.Canvas()
	if v.bar.Visible() {
		v.bar.Hide()
		v.filter.SetText("")
		v.p.Filter("")
		v.fill()
		c.Focus(v.list)
		return
	}
	v.bar.Show()
	c.Focus(v.filter)
	c.Content().Refresh()
}
