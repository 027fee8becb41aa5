package widget_test

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

func typed(win fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := win.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
}

// fills returns the fill of the first rectangle of o that is not a ring.
func fill(o fyne.Widget) color.Color {
	for _, c := range test.WidgetRenderer(o).Objects() {
		if r, ok := c.(*canvas.Rectangle); ok && r.StrokeColor != theme.Focus {
			return r.FillColor
		}
	}
	return nil
}

func ringShown(o fyne.Widget) bool {
	for _, c := range test.WidgetRenderer(o).Objects() {
		if r, ok := c.(*canvas.Rectangle); ok && r.StrokeColor == theme.Focus {
			return r.Visible()
		}
	}
	return false
}

func TestButton_ClickEnterAndSpaceAct(t *testing.T) {
	n := 0
	b := widget.NewButton(widget.ButtonOptions{Text: "Resolve", Kind: widget.Primary, OnTap: func() { n++ }})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, b) }, 200, 40)
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 20))
	win.Canvas().Focus(b)
	typed(win, fyne.KeyReturn, fyne.KeySpace, fyne.KeyA)
	if n != 3 {
		t.Errorf("acted %d times, want 3", n)
	}
	b.SetDisabled(true)
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 20))
	typed(win, fyne.KeyReturn)
	if n != 3 || b.Cursor() != desktop.DefaultCursor || fill(b) != theme.Bubble {
		t.Errorf("disabled: acted %d times, fill %v", n, fill(b))
	}
}

func TestButton_HoverPressAndRing(t *testing.T) {
	b := widget.NewButton(widget.ButtonOptions{Text: "Resolve", Kind: widget.Primary})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, b) }, 200, 40)
	test.MoveMouse(win.Canvas(), fyne.NewPos(20, 20))
	if fill(b) != theme.PrimaryOver {
		t.Errorf("under the pointer: %v", fill(b))
	}
	b.MouseDown(&desktop.MouseEvent{})
	if fill(b) != theme.PrimaryDown {
		t.Errorf("pressed: %v", fill(b))
	}
	win.Canvas().Focus(b)
	if ringShown(b) {
		t.Error("a click draws the ring")
	}
	b.MouseUp(&desktop.MouseEvent{})
	test.MoveMouse(win.Canvas(), fyne.NewPos(190, 20))
	if fill(b) != theme.Primary {
		t.Errorf("pointer gone: %v", fill(b))
	}
	win.Canvas().Unfocus()
	win.Canvas().FocusNext()
	if !ringShown(b) {
		t.Error("the keyboard's focus draws no ring")
	}
	win.Canvas().Unfocus()
	if ringShown(b) {
		t.Error("the ring stays without the focus")
	}
}

func TestTabs_ChooseByPointerAndArrows(t *testing.T) {
	var chosen []string
	tabs := widget.NewTabs(func(id string) { chosen = append(chosen, id) }, widget.TabItem{ID: "a", Text: "Mine", Count: 4},
		widget.TabItem{ID: "b", Text: "Queue"}, widget.TabItem{ID: "c", Text: "All"})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, tabs) }, 300, 40)
	test.TapCanvas(win.Canvas(), fyne.NewPos(85, 20))
	test.TapCanvas(win.Canvas(), fyne.NewPos(85, 20))
	win.Canvas().FocusNext()
	typed(win, fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome)
	if want := []string{"b", "c", "b", "a"}; !slices.Equal(chosen, want) {
		t.Errorf("chosen %q, want %q", chosen, want)
	}
	tabs.SetCount("a", 12)
	if got := shownTexts(tabs); got[0] != "Mine 12" {
		t.Errorf("drawn %q", got)
	}
	tabs.Choose("c")
	tabs.SetItems(widget.TabItem{ID: "c", Text: "全部"}, widget.TabItem{ID: "d", Text: "Bot"})
	if tabs.Chosen() != "c" || len(chosen) != 4 || !slices.Equal(shownTexts(tabs), []string{"全部", "Bot"}) {
		t.Errorf("chosen %q, told %q, drawn %q", tabs.Chosen(), chosen, shownTexts(tabs))
	}
}

func TestToggle_FlipsAndTells(t *testing.T) {
	var told []bool
	for _, sw := range []bool{false, true} {
		o := widget.NewToggle(widget.ToggleOptions{Text: "Sound", Switch: sw, OnChange: func(on bool) { told = append(told, on) }})
		win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewColumn(0, o) }, 200, 40)
		test.TapCanvas(win.Canvas(), fyne.NewPos(100, 12))
		win.Canvas().FocusNext()
		typed(win, fyne.KeySpace)
		o.SetOn(true)
		if !o.On() {
			t.Error("SetOn does nothing")
		}
	}
	if !slices.Equal(told, []bool{true, false, true, false}) {
		t.Errorf("told %v", told)
	}
}

func TestSelect_OpensAndChoosesByKeyboard(t *testing.T) {
	var told []string
	s := widget.NewSelect(widget.SelectOptions{Items: []widget.SelectItem{{"en", "English"}, {"zh", "简体中文"}}, Hint: "Language", OnChange: func(id string) { told = append(told, id) }})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, s) }, 300, 200)
	if got := shownTexts(s); got[0] != "Language" {
		t.Errorf("drawn %q", got)
	}
	win.Canvas().FocusNext()
	typed(win, fyne.KeyDown)
	if win.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu opened")
	}
	typed(win, fyne.KeyDown, fyne.KeyReturn)
	if s.Chosen() != "zh" || !slices.Equal(told, []string{"zh"}) || shownTexts(s)[0] != "简体中文" {
		t.Errorf("chosen %q, told %q, drawn %q", s.Chosen(), told, shownTexts(s))
	}
	if win.Canvas().Overlays().Top() != nil || win.Canvas().Focused() != fyne.Focusable(s) {
		t.Error("the menu did not give the focus back")
	}
	s.SetItems([]widget.SelectItem{{"de", "Deutsch"}})
	if s.Chosen() != "" {
		t.Errorf("%q is chosen and not there", s.Chosen())
	}
}

func TestMenu_KeyboardSkipsWhatCannotBeTaken(t *testing.T) {
	var taken []string
	item := func(s string) widget.MenuItem {
		return widget.MenuItem{Text: s, OnTap: func() { taken = append(taken, s) }}
	}
	off := item("Disabled")
	off.Disabled = true
	items := []widget.MenuItem{off, item("Copy"), {}, item("Reply"), item("Translate")}
	anchor := widget.NewButton(widget.ButtonOptions{Text: "More"})
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, anchor) }, 400, 300)
	closed := 0
	for _, keys := range [][]fyne.KeyName{{fyne.KeyReturn}, {fyne.KeyDown, fyne.KeyReturn}, {fyne.KeyUp, fyne.KeySpace}, {fyne.KeyEnd, fyne.KeyDown, fyne.KeyEnter}, {fyne.KeyEscape}} {
		widget.ShowMenu(anchor, items, func() { closed++ })
		typed(win, keys...)
	}
	m := widget.ShowMenu(anchor, items, nil)
	win.Canvas().Focused().TypedRune('r')
	typed(win, fyne.KeyReturn)
	if want := []string{"Copy", "Reply", "Translate", "Copy", "Reply"}; !slices.Equal(taken, want) {
		t.Errorf("taken %q, want %q", taken, want)
	}
	if closed != 5 || m.Open() || win.Canvas().Overlays().Top() != nil {
		t.Errorf("closed %d times, open %v", closed, m.Open())
	}
}

func TestMenu_PointerTakesAndAClickBesideCloses(t *testing.T) {
	taken := 0
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return block(1, 1) }, 400, 300)
	items := []widget.MenuItem{{Text: "Copy", Icon: "copy", Keys: "Ctrl C", OnTap: func() { taken++ }}, {Text: "Delete", Harm: true}}
	m := widget.ShowMenuAt(win.Canvas(), fyne.NewPos(390, 290), items, nil)
	shoot(t, win, "menu")
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 20))
	if m.Open() || taken != 0 {
		t.Errorf("open %v, taken %d after a click beside", m.Open(), taken)
	}
	m = widget.ShowMenuAt(win.Canvas(), fyne.NewPos(100, 100), items, nil)
	test.TapCanvas(win.Canvas(), fyne.NewPos(130, 122))
	if m.Open() || taken != 1 {
		t.Errorf("open %v, taken %d after a click on the first row", m.Open(), taken)
	}
}

func TestProgressAndSparkline_StayInsideTheirBounds(t *testing.T) {
	p := widget.NewProgress(7, widget.Accent)
	s := widget.NewSparkline(widget.Good)
	show(t, theme.Light, func() fyne.CanvasObject { return widget.NewColumn(4, p, s) }, 100, 60)
	p.Set(-1, widget.Danger)
	s.Set(widget.Danger, 0, 5, -3, 10)
	for _, w := range []fyne.Widget{p, s} {
		for _, o := range test.WidgetRenderer(w).Objects() {
			if o.Position().X+o.Size().Width > 100.5 || o.Position().Y+o.Size().Height > w.Size().Height+0.5 {
				t.Errorf("%T: part at %v, %v", w, o.Position(), o.Size())
			}
		}
	}
	s.Set(widget.Good)
	if n := len(test.WidgetRenderer(s).Objects()); n != 0 {
		t.Errorf("%d bars without values", n)
	}
}

func TestScrollBar_DragsAndPages(t *testing.T) {
	var asked float32
	b := widget.NewScrollBar(func(top float32) { asked = top })
	b.Resize(fyne.NewSize(widget.BarWidth, 100))
	b.Set(1000, 100, 0)
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 90)})
	if asked != 90 {
		t.Errorf("a click below asks for %v, want a page", asked)
	}
	b.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 38)})
	b.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 1000)})
	b.DragEnd()
	if asked != 900 {
		t.Errorf("dragging to the end asks for %v, want 900", asked)
	}
}

func TestIcon_IsRenewedWithTheTheme(t *testing.T) {
	i := widget.NewIcon("send", theme.Text, 18)
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, i) }, 40, 40)
	img := test.WidgetRenderer(i).Objects()[0].(*canvas.Image)
	light := img.Resource.Name()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	win.Canvas().Content().Refresh()
	if img.Resource.Name() == light {
		t.Errorf("still %s in the dark theme", light)
	}
}

func TestTap_MakesContentClickable(t *testing.T) {
	n := 0
	card := widget.NewTap(widget.Card(block(10, 10)), theme.RadiusCard, widget.Tip{Text: "Open"}, func() { n++ })
	win, _ := show(t, theme.Light, func() fyne.CanvasObject { return widget.NewColumn(0, card) }, 200, 100)
	test.TapCanvas(win.Canvas(), fyne.NewPos(100, 15))
	win.Canvas().FocusNext()
	typed(win, fyne.KeySpace)
	if n != 2 || !ringShown(card) {
		t.Errorf("acted %d times, ring %v", n, ringShown(card))
	}
	if card.Size() != fyne.NewSize(200, 32) {
		t.Errorf("size %v", card.Size())
	}
}

func TestButton_ClickLeavesTheCaretWhereItWas(t *testing.T) {
	input := field.New(field.Options{})
	var focused fyne.Focusable
	var win fyne.Window
	b := widget.NewButton(widget.ButtonOptions{Text: "Emoji", OnTap: func() { focused = win.Canvas().Focused() }})
	win, _ = show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, widget.Grow(input, 1), b) }, 300, 40)
	win.Canvas().Focus(input)
	b.MouseDown(&desktop.MouseEvent{})
	win.Canvas().Unfocus() // as the desktop driver does on a press
	b.MouseUp(&desktop.MouseEvent{})
	b.Tapped(&fyne.PointEvent{})
	if focused != fyne.Focusable(input) {
		t.Errorf("when the button acts the focus is at %T, want the field", focused)
	}
}
