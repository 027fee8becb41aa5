package thread_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/widget/thread"
)

// mouse presses, drags and lets go as the driver does.
type mouse struct {
	th  *thread.Thread
	now time.Time
}

func (m *mouse) press(at fyne.Position) {
	m.th.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
}

func (m *mouse) drag(to fyne.Position) {
	m.th.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}})
}

func openSelecting(t *testing.T) (*mouse, *string) {
	t.Helper()
	copied := new(string)
	m := &mouse{now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	m.th = openWith(t, thread.Options{Now: func() time.Time { return m.now }, OnCopy: func(_, s string) { *copied = s }, Items: []thread.Item{
		{ID: "a", Kind: thread.Customer, Text: "order 您好 A-20391\nsecond 👨‍👩‍👧 line"},
		{ID: "b", Kind: thread.Agent, Text: "mine to read", Second: "我的"},
	}})
	return m, copied
}

func TestSelect_ByDragWithinOneMessage(t *testing.T) {
	m, copied := openSelecting(t)
	first, second, below := find(t, m.th, "order"), find(t, m.th, "second"), find(t, m.th, "mine")
	m.press(first.Add(fyne.NewPos(0, 5)))
	m.drag(second.Add(fyne.NewPos(0, 5)))
	if got := m.th.Selected("a"); got != "order 您好 A-20391\n" {
		t.Errorf("dragged over the first line: %q", got)
	}
	m.drag(below)
	m.th.TypedShortcut(&fyne.ShortcutCopy{})
	if *copied != "order 您好 A-20391\nsecond 👨‍👩‍👧 line" || m.th.Selected("b") != "" {
		t.Errorf("dragged into the next message: %q, and of that %q", *copied, m.th.Selected("b"))
	}
	m.press(second.Add(fyne.NewPos(0, 5)))
	m.drag(first.Add(fyne.NewPos(0, 5))) // backwards
	if got := m.th.Selected("a"); got != "order 您好 A-20391\n" {
		t.Errorf("dragged back: %q", got)
	}
}

func TestSelect_DoubleClickTakesTheWordAndDragsByWords(t *testing.T) {
	m, copied := openSelecting(t)
	at := find(t, m.th, "order").Add(fyne.NewPos(12, 5))
	m.press(at)
	m.now = m.now.Add(200 * time.Millisecond)
	m.press(at)
	m.th.TypedShortcut(&fyne.ShortcutCopy{})
	if *copied != "order" {
		t.Errorf("double click: %q", *copied)
	}
	m.drag(at.Add(fyne.NewPos(40, 0)))
	if got := m.th.Selected("a"); got != "order 您好" {
		t.Errorf("dragged on: %q", got)
	}
	m.now = m.now.Add(time.Second)
	m.press(at)
	if got := m.th.Selected("a"); got != "" {
		t.Errorf("a single click later: %q", got)
	}
}

func TestSelect_GoesWithItsTextAndTheFocus(t *testing.T) {
	m, copied := openSelecting(t)
	choose := func() {
		m.press(find(t, m.th, "mine"))
		m.drag(find(t, m.th, "mine").Add(fyne.NewPos(500, 5)))
		if got := m.th.Selected("b"); got != "mine to read" {
			t.Fatalf("selected %q", got)
		}
		if m.th.Marked() != "" {
			t.Errorf("the mouse marked %s", m.th.Marked())
		}
	}
	choose()
	m.th.Update(thread.Item{ID: "b", Kind: thread.Agent, Text: "mine to read", Below: "14:02 · read"})
	if m.th.Selected("b") == "" {
		t.Error("a new status has undone the selection")
	}
	m.th.Update(thread.Item{ID: "b", Kind: thread.Agent, Text: "mine"})
	m.th.TypedShortcut(&fyne.ShortcutCopy{})
	if m.th.Selected("b") != "" || *copied != "" {
		t.Errorf("of a text that is gone %q is selected", m.th.Selected("b"))
	}
	m.th.Update(thread.Item{ID: "b", Kind: thread.Agent, Text: "mine to read"})
	choose()
	m.th.FocusLost()
	if m.th.Selected("b") != "" {
		t.Error("selected without the focus")
	}
	choose()
	m.th.Remove("b")
	m.th.Append(thread.Item{ID: "b", Kind: thread.Agent, Text: "x"})
	if m.th.Selected("b") != "" {
		t.Error("selected in another message")
	}
	m.press(fyne.NewPos(690, 2)) // the margin
	m.drag(find(t, m.th, "order"))
}

func TestSelect_TextHasTheCursorOfText(t *testing.T) {
	m, _ := openSelecting(t)
	m.th.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: find(t, m.th, "order").Add(fyne.NewPos(5, 5))}})
	if m.th.Cursor() != desktop.TextCursor {
		t.Error("no text cursor over text")
	}
	m.th.MouseOut()
	if m.th.Cursor() != desktop.DefaultCursor {
		t.Error("the cursor stays")
	}
}
