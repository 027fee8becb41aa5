package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

func TestDialog_TrapsTheFocusAndGivesItBack(t *testing.T) {
	outside := widget.NewButton(widget.ButtonOptions{Text: "Outside"})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, outside) }, 600, 400)
	win.Canvas().Focus(outside)
	closed, yes := 0, 0
	open := func() *widget.Dialog {
		return widget.ShowDialog(win.Canvas(), widget.DialogOptions{Title: "Resolve?", Body: widget.Prose("The customer is told.", widget.TextStyle{}),
			Buttons: []widget.ButtonOptions{{Text: "Cancel"}, {Text: "Resolve", Kind: widget.Primary, OnTap: func() { yes++ }}}, OnClose: func() { closed++ }})
	}
	d := open()
	shoot(t, win, "dialog")
	for range 7 {
		win.Canvas().FocusNext()
		if win.Canvas().Focused() == fyne.Focusable(outside) {
			t.Fatal("Tab leaves the dialog")
		}
	}
	typed(win, fyne.KeyEscape)
	if d.Open() || closed != 1 || win.Canvas().Focused() != fyne.Focusable(outside) {
		t.Errorf("after Escape: open %v, closed %d, focus %T", d.Open(), closed, win.Canvas().Focused())
	}
	open()
	typed(win, fyne.KeyReturn)
	if yes != 1 || closed != 2 {
		t.Errorf("Enter: yes %d, closed %d", yes, closed)
	}
	d = open()
	test.TapCanvas(win.Canvas(), fyne.NewPos(5, 5))
	if d.Open() {
		t.Error("a click beside leaves it open")
	}
	d.Close()
	if closed != 3 {
		t.Errorf("closed %d times, want 3", closed)
	}
}

func TestDialog_StickyAndKeepOpen(t *testing.T) {
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return block(1, 1) }, 600, 400)
	d := widget.ShowDialog(win.Canvas(), widget.DialogOptions{Title: "Sign in", Sticky: true, KeepOpen: true, Buttons: []widget.ButtonOptions{{Text: "Go"}}})
	test.TapCanvas(win.Canvas(), fyne.NewPos(5, 5))
	typed(win, fyne.KeyEscape, fyne.KeyReturn)
	if !d.Open() {
		t.Error("a sticky dialog was closed")
	}
	d.Button(0).SetDisabled(true)
	d.Close()
	if win.Canvas().Overlays().Top() != nil {
		t.Error("still there after Close")
	}
}

func TestConfirm_NeitherEscapeNorEnterDoesHarm(t *testing.T) {
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return block(1, 1) }, 600, 400)
	n := 0
	widget.Confirm(win.Canvas(), "Delete?", "This cannot be undone.", "Keep", "Delete", true, func() { n++ })
	typed(win, fyne.KeyEscape)
	widget.Confirm(win.Canvas(), "Delete?", "This cannot be undone.", "Keep", "Delete", true, func() { n++ })
	typed(win, fyne.KeyReturn)
	if n != 0 || win.Canvas().Overlays().Top() != nil {
		t.Errorf("confirmed %d times without a choice", n)
	}
	widget.Confirm(win.Canvas(), "Resolve?", "The customer is told.", "Not yet", "Resolve", false, func() { n++ })
	typed(win, fyne.KeyReturn)
	if n != 1 {
		t.Errorf("Enter confirmed %d times, want 1", n)
	}
}

func TestPopover_OpensBelowAndStaysInTheWindow(t *testing.T) {
	anchor := widget.NewButton(widget.ButtonOptions{Text: "Filter"})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, widget.Spacer(), anchor) }, 300, 300)
	content := block(100, 80)
	p := widget.ShowPopover(anchor, content, 200, nil, nil)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(content)
	below := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor).Y + anchor.Size().Height
	if at.X+content.Size().Width > 300 || at.Y < below && at.Y+80 > below-anchor.Size().Height {
		t.Errorf("content at %v, %v; the anchor ends at %v", at, content.Size(), below)
	}
	p.Close()
	if win.Canvas().Overlays().Top() != nil {
		t.Error("still there after Close")
	}
}

// finder is a palette over some choices, with a real field.
type finder struct {
	*widget.Palette
	input *field.Field
	win   fyne.Window
	taken string
}

func (f *finder) open() {
	choices := []widget.Choice{{Icon: "message-square", Text: "Transfer conversation", Matched: [][2]int{{2, 4}}, Kind: "Action", Keys: "Ctrl T"},
		{Icon: "bot", Text: "Hand to bot", Matched: [][2]int{{1, 3}}, Kind: "Action"}, {Icon: "users", Text: "Anna Kowalski", Matched: [][2]int{{0, 2}}, Kind: "Customer · transfer"},
		{Icon: "tag", Text: "/tracking link", Matched: [][2]int{{3, 4}, {7, 8}}, Kind: "Macro"}}
	query := func(q string) (out []widget.Choice) {
		for _, c := range choices {
			c.OnTake = func() { f.taken = c.Text }
			if strings.Contains(strings.ToLower(c.Text), q) {
				out = append(out, c)
			}
		}
		return out
	}
	f.input = field.New(field.Options{Placeholder: "Type", OnChanged: func(s string) { f.SetQuery(s) }, OnKey: func(e *fyne.KeyEvent) bool { return f.Key(e.Name) }})
	f.Palette = widget.ShowPalette(f.win.Canvas(), widget.PaletteOptions{Field: f.input, Query: query, Choose: "choose", Run: "run",
		Hint: "pinyin: kddx → 宽带断线", Nothing: "Nothing found"})
}

func TestPalette_FiltersMovesAndTakes(t *testing.T) {
	each(t, func(t *testing.T, mode theme.Mode, name string) {
		win, _ := show(t, mode, func() fyne.CanvasObject { return agentPage(demoThread()) }, 1440, 900)
		f := &finder{win: win}
		f.open()
		f.input.TypedRune('a')
		f.input.TypedRune('n')
		shoot(t, win, "palette-"+name)
		typed(win, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp)
		if c, ok := f.Marked(); !ok || c.Text != "Anna Kowalski" {
			t.Errorf("marked %q, want the last of three", c.Text)
		}
		typed(win, fyne.KeyReturn)
		if f.taken != "Anna Kowalski" || f.Open() {
			t.Errorf("taken %q, open %v", f.taken, f.Open())
		}
		f.open()
		f.SetQuery("zzz")
		if _, ok := f.Marked(); ok || f.Key(fyne.KeyA) {
			t.Error("something is marked without rows, or a letter was eaten")
		}
		f.Key(fyne.KeyReturn)
		f.Key(fyne.KeyEscape)
		if f.Open() || f.taken != "Anna Kowalski" {
			t.Error("Escape leaves the palette open")
		}
	})
}

func TestTooltip_ComesAfterARestAndGoes(t *testing.T) {
	b := widget.NewButton(widget.ButtonOptions{Text: "Resolve", Tip: widget.Tip{Text: "Resolve the conversation", Keys: "Alt E"}})
	win, clock := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, widget.Spacer(), b) }, 260, 120)
	texts := func() string { return strings.Join(shownTexts(win.Canvas().Content()), "|") }
	test.MoveMouse(win.Canvas(), fyne.NewPos(240, 60))
	if strings.Contains(texts(), "Alt E") {
		t.Error("shown at once")
	}
	clock.fire()
	shoot(t, win, "tip")
	if !strings.Contains(texts(), "Resolve the conversation|Alt E") {
		t.Errorf("after a rest: %q", texts())
	}
	test.MoveMouse(win.Canvas(), fyne.NewPos(10, 30))
	if strings.Contains(texts(), "Alt E") {
		t.Error("still shown when the pointer has left")
	}
	test.MoveMouse(win.Canvas(), fyne.NewPos(240, 60))
	test.MoveMouse(win.Canvas(), fyne.NewPos(10, 30))
	clock.fire()
	if strings.Contains(texts(), "Alt E") {
		t.Error("shown although the pointer left before the time")
	}
}

func TestNotices_AreBoundedTimedAndActed(t *testing.T) {
	win, clock := show(t, theme.Light, func() fyne.CanvasObject { return block(1, 1) }, 600, 500)
	root := win.Canvas().Content().(*widget.Root)
	texts := func() string { return strings.Join(shownTexts(root), "|") }
	undone := 0
	for _, s := range []string{"one", "two", "three", "four", "five"} {
		root.Notify(widget.Notice{Text: s, Action: "Undo " + s, OnAct: func() { undone++ }})
	}
	if got := texts(); strings.Contains(got, "one") || !strings.Contains(got, "five") {
		t.Errorf("shown %q, want the last four", got)
	}
	remove := root.Notify(widget.Notice{Text: "stays", For: -1})
	clock.fire()
	if got := texts(); strings.Contains(got, "five") || !strings.Contains(got, "stays") {
		t.Errorf("after the time: %q", got)
	}
	remove()
	remove()
	if got := texts(); strings.Contains(got, "stays") {
		t.Errorf("after removal: %q", got)
	}
}
