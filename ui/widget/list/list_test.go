package list_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/list"
)

// chat is an item as an inbox would have it.
type chat struct {
	id, name, last, when string
	unread               int
}

// entry is a row as an inbox would have it.
type entry struct {
	*widget.Box
	avatar           *widget.Avatar
	name, last, when *widget.Label
	mood             *widget.Chip
	unread           *widget.Badge
	head             *widget.Box
	binds            int
	state            list.State
}

func newEntry() *entry {
	e := &entry{avatar: widget.NewAvatar("", "", 0), mood: widget.NewChip(widget.Good, "●", "calm"), unread: widget.NewBadge(0, widget.Accent)}
	e.name = widget.Line("", text.Bold, theme.SizeText, theme.Text)
	e.last = widget.Line("", text.Regular, theme.SizeSub, theme.Muted)
	e.when = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Faint}})
	e.head = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, MinTall: 20}, widget.Grow(e.name, 1), e.when, e.unread)
	body := widget.NewColumn(1, e.head, e.last, widget.NewBox(widget.BoxOptions{Axis: widget.Row}, e.mood))
	e.Box = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Padding: widget.Pad(9, 12)}, widget.NewBox(widget.BoxOptions{}, e.avatar), widget.Grow(body, 1))
	return e
}

func (e *entry) bind(c chat, s list.State) {
	e.binds, e.state = e.binds+1, s
	e.avatar.Set(c.name, c.id)
	e.name.SetText(c.name)
	e.last.SetText(c.last)
	e.when.SetText(c.when)
	e.unread.SetCount(c.unread)
}

func chats(n int) []chat {
	out := make([]chat, n)
	for i := range out {
		out[i] = chat{id: fmt.Sprintf("c%d", i), name: fmt.Sprintf("Customer %d", i), last: "宽带从昨晚开始一直断线,能派人来看看吗? or not", when: "2m"}
	}
	return out
}

type inbox = list.List[chat, *entry]

func open(t testing.TB, o list.Options[chat, *entry], items ...chat) (*inbox, *[]*entry) {
	t.Helper()
	test.NewApp().Settings().SetTheme(theme.New(theme.Light))
	t.Cleanup(func() { test.NewApp() })
	var made []*entry
	o.RowHeight, o.Hairlines = 78, true
	o.NewRow = func() *entry { made = append(made, newEntry()); return made[len(made)-1] }
	o.Bind = func(e *entry, c chat, s list.State) { e.bind(c, s) }
	o.Key = func(c chat) string { return c.id }
	l := list.New(o, items...)
	win := test.NewWindow(widget.NewRoot(l, nil))
	t.Cleanup(win.Close)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(304, 780))
	return l, &made
}

// names returns the names shown from the top down.
func names(l *inbox) (out []string) {
	sheet := test.WidgetRenderer(l).Objects()[0].(*fyne.Container)
	var rows []*entry
	for _, o := range sheet.Objects {
		if e, ok := o.(*entry); ok {
			rows = append(rows, e)
		}
	}
	slices.SortFunc(rows, func(a, b *entry) int { return int(a.Position().Y - b.Position().Y) })
	for _, e := range rows {
		out = append(out, e.name.Text())
	}
	return out
}

func at(y float32) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, y)}}
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestList_OnlyVisibleRowsExist(t *testing.T) {
	l, made := open(t, list.Options[chat, *entry]{}, chats(500)...)
	if len(*made) > 12 {
		t.Errorf("%d rows exist, 10 are visible", len(*made))
	}
	for range 200 {
		l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -130)})
	}
	if len(*made) > 14 {
		t.Errorf("after scrolling %d rows exist", len(*made))
	}
	l.TypedKey(key(fyne.KeyEnd))
	if got := names(l); got[len(got)-1] != "Customer 499" {
		t.Errorf("at the end: %q", got)
	}
}

func TestList_UpdateTouchesItsRowOnly(t *testing.T) {
	l, made := open(t, list.Options[chat, *entry]{}, chats(500)...)
	before := 0
	for _, e := range *made {
		before += e.binds
	}
	l.Update(chat{id: "c3", name: "Changed"})
	l.Update(chat{id: "c400", name: "Out of sight"})
	after := 0
	for _, e := range *made {
		after += e.binds
	}
	if after != before+1 || names(l)[3] != "Changed" {
		t.Errorf("%d rows bound for one visible change; shown %q", after-before, names(l))
	}
	if l.Update(chat{id: "nobody"}) {
		t.Error("an unknown item was updated")
	}
}

func TestList_UnderThePointerTheOrderWaits(t *testing.T) {
	var waits []bool
	l, made := open(t, list.Options[chat, *entry]{OnPending: func(w bool) { waits = append(waits, w) }}, chats(4)...)
	l.MouseIn(at(100))
	items := chats(5)
	next := []chat{items[4], items[2], items[0], items[3]} // 1 is gone, 4 is new, the order is another
	next[1].name = "Renamed"
	l.Set(next)
	want := []string{"Customer 0", "Customer 1", "Renamed", "Customer 3", "Customer 4"}
	if got := names(l); !slices.Equal(got, want) {
		t.Errorf("under the pointer: %q, want %q", got, want)
	}
	gone := 0
	for _, e := range *made {
		if e.state.Gone {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("%d rows say that they are gone, want 1", gone)
	}
	l.Update(chat{id: "c3", name: "Late change"})
	l.MouseOut()
	want = []string{"Customer 4", "Renamed", "Customer 0", "Late change"}
	if got := names(l); !slices.Equal(got, want) {
		t.Errorf("after the pointer left: %q, want %q", got, want)
	}
	if !slices.Equal(waits, []bool{true, false}) {
		t.Errorf("OnPending: %v", waits)
	}
}

func TestList_ApplyShowsTheOrderAtOnce(t *testing.T) {
	l, _ := open(t, list.Options[chat, *entry]{}, chats(3)...)
	l.MouseIn(at(10))
	c := chats(3)
	l.Set([]chat{c[2], c[1]})
	l.Apply()
	if got := names(l); !slices.Equal(got, []string{"Customer 2", "Customer 1"}) {
		t.Errorf("got %q", got)
	}
}

func TestList_KeyboardSelectsAndActivates(t *testing.T) {
	var selected, activated []string
	l, _ := open(t, list.Options[chat, *entry]{OnSelect: func(c chat) { selected = append(selected, c.id) },
		OnActivate: func(c chat) { activated = append(activated, c.id) }}, chats(100)...)
	l.FocusGained()
	l.TypedKey(key(fyne.KeyDown))
	l.TypedKey(key(fyne.KeyPageDown))
	l.TypedKey(key(fyne.KeyUp))
	l.TypedKey(key(fyne.KeyReturn))
	l.TypedKey(key(fyne.KeyHome))
	l.TypedKey(key(fyne.KeyUp))
	l.Step(1)
	l.Step(-1)
	if want := []string{"c0", "c1", "c10", "c9", "c0", "c1", "c0"}; !slices.Equal(selected, want) {
		t.Errorf("selected %q, want %q", selected, want)
	}
	if !slices.Equal(activated, []string{"c9"}) {
		t.Errorf("activated %q", activated)
	}
	l.TypedKey(key(fyne.KeyEnd))
	if got := names(l); !slices.Contains(got, "Customer 99") {
		t.Errorf("the selected row is not in view: %q", got)
	}
}

func TestList_ClicksSelectAndOpenMenus(t *testing.T) {
	var selected, menu string
	activated := 0
	l, _ := open(t, list.Options[chat, *entry]{OnSelect: func(c chat) { selected = c.id }, OnActivate: func(chat) { activated++ },
		OnMenu: func(c chat, _ fyne.Position) { menu = c.id }}, chats(5)...)
	l.Tapped(&at(90).PointEvent)
	l.Tapped(&at(700).PointEvent) // below the last row
	l.TappedSecondary(&at(170).PointEvent)
	if selected != "c1" || menu != "c2" || activated != 0 {
		t.Errorf("selected %q, menu %q, activated %d", selected, menu, activated)
	}
	l.Tapped(&at(90).PointEvent)
	if activated != 1 {
		t.Error("a click on the selected row does not activate it")
	}
}

func TestList_SelectionSurvivesAnotherOrder(t *testing.T) {
	l, _ := open(t, list.Options[chat, *entry]{}, chats(50)...)
	l.Select("c7")
	items := chats(50)
	slices.Reverse(items)
	l.Set(items)
	if l.Selected() != "c7" || l.Items()[42].id != "c7" {
		t.Errorf("selected %q", l.Selected())
	}
	fill := test.WidgetRenderer(l).Objects()[0].(*fyne.Container).Objects[0].(*canvas.Rectangle)
	if !fill.Visible() || fill.Position().Y != 42*78 {
		t.Errorf("the selection is drawn at %v", fill.Position())
	}
	l.Select("later")
	l.Set(append(chats(2), chat{id: "later"}))
	if fill.Position().Y != 2*78 || !fill.Visible() {
		t.Errorf("a selected row that came later is drawn at %v", fill.Position())
	}
}

func TestList_NearEndIsToldOnceForEachSet(t *testing.T) {
	told := 0
	l, _ := open(t, list.Options[chat, *entry]{OnNearEnd: func() { told++ }}, chats(50)...)
	if told != 0 {
		t.Fatalf("told %d times at the beginning", told)
	}
	l.TypedKey(key(fyne.KeyEnd))
	l.TypedKey(key(fyne.KeyHome))
	l.TypedKey(key(fyne.KeyEnd))
	if told != 1 {
		t.Errorf("told %d times, want once", told)
	}
	l.Set(chats(80))
	l.TypedKey(key(fyne.KeyEnd))
	if told != 2 {
		t.Errorf("told %d times after more came, want 2", told)
	}
}

func TestList_EmptiedListDrawsNoRow(t *testing.T) {
	l, _ := open(t, list.Options[chat, *entry]{}, chats(5)...)
	l.Set(nil)
	if got := names(l); len(got) > 0 {
		t.Errorf("still drawn: %q", got)
	}
}

func TestNew_MissingOptionPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	list.New(list.Options[chat, *entry]{})
}
