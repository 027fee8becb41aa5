package field_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget/field"
)

func TestMouse(t *testing.T) {
	now := time.Unix(0, 0)
	f, w := open(t, field.Options{Multiline: true, Text: "hello brave world\nnext", Now: func() time.Time { return now }}, 400)
	w.Canvas().Unfocus()
	click := func(x float32) {
		f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 5)}, Button: desktop.MouseButtonPrimary})
		f.MouseUp(nil)
	}
	x := text.Width("hello br", text.Regular, 14)
	click(x)
	if wantCaret(t, f, 8); !f.Focused() {
		t.Error("a click must take the focus")
	}
	now = now.Add(100 * time.Millisecond)
	click(x)
	if got := f.SelectedText(); got != "brave" {
		t.Errorf("a double click selects %q", got)
	}
	now = now.Add(100 * time.Millisecond)
	click(x)
	if got := f.SelectedText(); got != "hello brave world" {
		t.Errorf("a triple click selects %q", got)
	}
	now = now.Add(time.Second)
	click(0)
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(text.Width("hello", text.Regular, 14), 5)}})
	f.DragEnd()
	if got := f.SelectedText(); got != "hello" {
		t.Errorf("dragging selects %q", got)
	}
}

func TestKeys_GoWhereTheyBelong(t *testing.T) {
	var seen []fyne.KeyName
	var local []string
	f, _ := open(t, field.Options{
		OnKey: func(e *fyne.KeyEvent) bool {
			seen = append(seen, e.Name)
			return e.Name == fyne.KeyUp
		},
		OnShortcut: func(s fyne.Shortcut) bool {
			local = append(local, s.ShortcutName())
			return true
		},
	}, 200)
	typed(f, "ab")
	press(f, fyne.KeyUp) // used up: the caret stays at the end
	wantCaret(t, f, 2)
	if len(seen) != 1 || seen[0] != fyne.KeyUp {
		t.Errorf("OnKey saw %v", seen)
	}
	j := &desktop.CustomShortcut{KeyName: fyne.KeyJ, Modifier: fyne.KeyModifierAlt}
	f.TypedShortcut(j)
	ctrl(f, fyne.KeyLeft)
	if len(local) != 1 || local[0] != j.ShortcutName() {
		t.Errorf("OnShortcut saw %v, want only what is no editing", local)
	}
}

func TestTab_MovesTheFocus(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	first, second := field.New(field.Options{}), field.New(field.Options{})
	w := test.NewTempWindow(t, container.NewVBox(first, second))
	w.Canvas().Focus(first)
	press(first, fyne.KeyTab)
	if !second.Focused() {
		t.Fatal("Tab did not move on")
	}
	withShift(second, fyne.KeyTab)
	if !first.Focused() {
		t.Error("Shift+Tab did not move back")
	}
}

func TestKeys_WithoutMeaningReachTheCanvas(t *testing.T) {
	var seen []fyne.KeyName
	f, w := open(t, field.Options{Text: "some text"}, 200)
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { seen = append(seen, e.Name) })
	f.SelectAll()
	press(f, fyne.KeyEscape, fyne.KeyEscape, fyne.KeyF1, fyne.KeyLeft)
	if len(seen) != 2 || seen[0] != fyne.KeyEscape || seen[1] != fyne.KeyF1 {
		t.Errorf("the canvas saw %v, want the second Escape and F1", seen)
	}
}
