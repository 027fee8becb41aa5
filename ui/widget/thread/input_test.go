package thread_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/thread"
)

func TestThread_ClicksReachActionsAttachmentsAndChoices(t *testing.T) {
	var hits []thread.Hit
	var menu thread.Hit
	th := openWith(t, thread.Options{OnTap: func(h thread.Hit) { hits = append(hits, h) }, OnMenu: func(h thread.Hit, _ fyne.Position) { menu = h },
		Items: []thread.Item{
			{ID: "file", Kind: thread.Customer, File: &thread.File{Name: "invoice.pdf", Detail: "PDF"}},
			{ID: "bot", Kind: thread.Bot, Text: "Shall I?", Choices: []string{"Yes", "No"}},
			{ID: "mine", Kind: thread.Agent, Text: "Hello", Below: "not sent", Bad: true, Action: "Retry"},
			{ID: "line", Kind: thread.System, Text: "Cancelled"},
		}})
	tap := func(s string) { th.Tapped(&fyne.PointEvent{Position: find(t, th, s).Add(fyne.NewPos(3, 6))}) }
	tap("invoice.pdf")
	tap("No")
	tap("Retry")
	tap("Hello")
	tap("Cancelled")
	want := []thread.Hit{{ID: "file", Part: thread.Attachment}, {ID: "bot", Part: thread.Choice, Index: 1}, {ID: "mine", Part: thread.Action}, {ID: "line", Part: thread.Body}}
	if !slices.Equal(hits, want) {
		t.Errorf("hits: %+v, want %+v", hits, want)
	}
	th.TappedSecondary(&fyne.PointEvent{Position: find(t, th, "Hello").Add(fyne.NewPos(3, 6))})
	if menu.ID != "mine" || menu.Part != thread.Body || th.Marked() != "mine" {
		t.Errorf("menu: %+v, marked %q", menu, th.Marked())
	}
	if h := th.At(fyne.NewPos(690, 2)); h.Part != thread.Nothing {
		t.Errorf("the margin hits %+v", h)
	}
	th.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: find(t, th, "Retry").Add(fyne.NewPos(3, 6))}})
	if th.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a link")
	}
}

func TestThread_KeyboardMarksScrollsAndCopies(t *testing.T) {
	var copied string
	var menu thread.Hit
	th := openWith(t, thread.Options{Items: many(100), OnCopy: func(id, _ string) { copied = id }, OnMenu: func(h thread.Hit, _ fyne.Position) { menu = h }})
	th.FocusGained()
	if th.Marked() != "m99" {
		t.Fatalf("the focus marks %q, want the last", th.Marked())
	}
	for range 30 {
		th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	find(t, th, "69 ")
	th.TypedShortcut(&fyne.ShortcutCopy{})
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if copied != "m69" || menu.ID != "m69" {
		t.Errorf("copied %q, menu of %q, want m69", copied, menu.ID)
	}
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if !th.AtEnd() {
		t.Error("End does not lead to the end")
	}
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	if th.AtEnd() {
		t.Error("Page up does not move")
	}
	th.FocusLost()
	if th.Marked() != "" {
		t.Error("still marked without the focus")
	}
}

func TestThread_JumpToShowsAndMarks(t *testing.T) {
	var ends []bool
	th := openWith(t, thread.Options{Items: many(1000), OnEnd: func(shown bool) { ends = append(ends, shown) }})
	if !th.JumpTo("m500") || th.JumpTo("nobody") {
		t.Error("JumpTo reports wrongly")
	}
	find(t, th, "500 ")
	th.ToEnd()
	if !slices.Equal(ends, []bool{false, true}) {
		t.Errorf("OnEnd: %v", ends)
	}
}

func TestThread_IconsFollowTheThemeAlsoInReusedRows(t *testing.T) {
	items := many(200)
	for i := range items {
		items[i].Kind, items[i].File = thread.Customer, &thread.File{Name: "receipt.pdf"}
	}
	th := open(t, items)
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp}) // leaves spare rows behind
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	th.Refresh()
	want := theme.NewIcon("file", theme.Text, 0).Name()
	for range 5 {
		th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
		for _, o := range test.WidgetRenderer(th).Objects()[0].(*fyne.Container).Objects {
			for _, part := range o.(*fyne.Container).Objects {
				if icon, ok := part.(*widget.Icon); ok {
					if got := test.WidgetRenderer(icon).Objects()[0].(*canvas.Image).Resource.Name(); got != want {
						t.Fatalf("an icon is drawn as %s, want %s", got, want)
					}
				}
			}
		}
	}
}
