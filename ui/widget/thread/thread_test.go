package thread_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/thread"
)

func open(t testing.TB, items []thread.Item) *thread.Thread {
	return openWith(t, thread.Options{Items: items})
}

func openWith(t testing.TB, o thread.Options) *thread.Thread {
	t.Helper()
	test.NewApp().Settings().SetTheme(theme.New(theme.Light))
	t.Cleanup(func() { test.NewApp() })
	th := thread.New(o)
	win := test.NewWindow(widget.NewRoot(th, nil))
	t.Cleanup(win.Close)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(700, 640))
	return th
}

// drawn returns the texts that the thread shows with where they are in the view, from the top down.
func drawn(th *thread.Thread) (texts []string, at map[string]fyne.Position) {
	at = map[string]fyne.Position{}
	var walk func(o fyne.CanvasObject, pos fyne.Position)
	walk = func(o fyne.CanvasObject, pos fyne.Position) {
		if !o.Visible() {
			return
		}
		pos = pos.Add(o.Position())
		switch v := o.(type) {
		case *canvas.Text:
			texts = append(texts, v.Text)
			at[v.Text] = pos
		case *fyne.Container:
			for _, c := range v.Objects {
				walk(c, pos)
			}
		}
	}
	for _, o := range test.WidgetRenderer(th).Objects() {
		walk(o, fyne.Position{})
	}
	return texts, at
}

// find returns where the text that begins with s is.
func find(t *testing.T, th *thread.Thread, s string) fyne.Position {
	t.Helper()
	texts, at := drawn(th)
	for _, d := range texts {
		if strings.HasPrefix(d, s) {
			return at[d]
		}
	}
	t.Fatalf("%q is not shown; shown: %q", s, texts)
	return fyne.Position{}
}

func TestThread_OpensAtTheEndAndHoldsOnlyVisibleRows(t *testing.T) {
	th := open(t, many(10_000))
	if first, last := th.Shown(); last != "m9999" || first == "m0" {
		t.Errorf("shown from %s to %s, want the end", first, last)
	}
	if texts, _ := drawn(th); len(texts) > 60 {
		t.Errorf("%d texts exist for a view of 640 pixels", len(texts))
	}
	if !th.AtEnd() {
		t.Error("AtEnd is false")
	}
}

func TestThread_AppendFollowsTheEndOnlyWhenItIsShown(t *testing.T) {
	th := open(t, many(200))
	th.Append(thread.Item{ID: "new1", Kind: thread.Customer, Text: "hello at the end"})
	find(t, th, "hello at the end")

	th.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 900)})
	_, before := drawn(th)
	th.Append(thread.Item{ID: "new2", Kind: thread.Customer, Text: "not to be seen"})
	_, after := drawn(th)
	if _, seen := after["not to be seen"]; seen || th.AtEnd() {
		t.Error("the view jumped to the end although it was scrolled up")
	}
	for s, pos := range before {
		if after[s] != pos {
			t.Errorf("%q moved from %v to %v", s, pos, after[s])
		}
	}
	th.ToEnd()
	find(t, th, "not to be seen")
}

func TestThread_PrependKeepsWhatIsShownInPlace(t *testing.T) {
	asked := 0
	th := openWith(t, thread.Options{Items: many(100)[50:], OnOlder: func() { asked++ }})
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if asked != 1 {
		t.Fatalf("older items asked for %d times, want once until they come", asked)
	}
	_, before := drawn(th)
	th.Prepend(many(50)...)
	_, after := drawn(th)
	for s, pos := range before {
		if after[s] != pos {
			t.Errorf("%q moved from %v to %v", s, pos, after[s])
		}
	}
	if th.Len() != 100 {
		t.Errorf("%d items, want 100", th.Len())
	}
	th.Prepend(many(50)...)
	if th.Len() != 100 {
		t.Errorf("prepending the same items again made %d", th.Len())
	}
	th.NoOlder()
	th.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if asked != 1 {
		t.Errorf("asked for older items after NoOlder")
	}
	find(t, th, "0 This is the third")
}

func TestThread_ResizeKeepsTheUpperItem(t *testing.T) {
	th := open(t, many(500))
	th.JumpTo("m200")
	first, _ := th.Shown()
	th.Resize(fyne.NewSize(420, 640))
	if now, _ := th.Shown(); now != first {
		t.Errorf("after narrowing the upper item is %s, before %s", now, first)
	}
	th.Resize(fyne.NewSize(700, 640))
	if now, _ := th.Shown(); now != first {
		t.Errorf("after widening the upper item is %s, before %s", now, first)
	}
	th.ToEnd()
	th.Resize(fyne.NewSize(500, 300))
	if _, last := th.Shown(); last != "m499" {
		t.Errorf("a view at the end shows %s as last after a resize", last)
	}
}

func TestThread_UpdateAboveTheViewMovesNothing(t *testing.T) {
	th := open(t, many(300))
	th.JumpTo("m150")
	_, before := drawn(th)
	ok := th.Update(thread.Item{ID: "m10", Kind: thread.Customer, Text: strings.Repeat("a much longer text ", 40)})
	_, after := drawn(th)
	if !ok {
		t.Fatal("m10 is unknown")
	}
	for s, pos := range before {
		if after[s] != pos {
			t.Errorf("%q moved from %v to %v", s, pos, after[s])
		}
	}
	if th.Update(thread.Item{ID: "nobody"}) {
		t.Error("an unknown item was updated")
	}
}

func TestThread_SameIDIsNeverShownTwice(t *testing.T) {
	th := open(t, nil)
	th.Append(thread.Item{ID: "x", Kind: thread.Agent, Text: "My reply", Below: "queued"})
	th.Append(thread.Item{ID: "x", Kind: thread.Agent, Text: "My reply", Below: "14:02 · sent"})
	texts, _ := drawn(th)
	if th.Len() != 1 || slices.Contains(texts, "queued") || !slices.Contains(texts, "14:02 · sent") {
		t.Errorf("%d items, shown %q", th.Len(), texts)
	}
}

func TestThread_TailStaysAtTheEnd(t *testing.T) {
	th := open(t, many(3))
	th.SetTail(thread.Item{ID: "typing", Kind: thread.Line, Text: "Maria is typing…"})
	th.Append(thread.Item{ID: "y", Kind: thread.Customer, Text: "a new message"})
	if find(t, th, "Maria is typing…").Y < find(t, th, "a new message").Y {
		t.Error("the tail is above a message")
	}
	th.SetTail(thread.Item{ID: "typing", Kind: thread.Line, Text: "Maria is still typing…"})
	find(t, th, "Maria is still typing…")
	th.SetTail()
	if texts, _ := drawn(th); slices.Contains(texts, "Maria is still typing…") || th.Len() != 4 {
		t.Errorf("the tail is still there: %q", texts)
	}
}

func TestThread_RemoveAndEditsKeepTheIndexRight(t *testing.T) {
	th := open(t, many(20))
	th.Prepend(thread.Item{ID: "old", Kind: thread.Customer, Text: "older"})
	if !th.Remove("m3") || th.Remove("m3") {
		t.Error("m3 must be removed once")
	}
	th.Append(thread.Item{ID: "new", Kind: thread.Agent, Text: "newer"})
	for _, id := range []string{"old", "m0", "m4", "m19", "new"} {
		if it, ok := th.Item(id); !ok || it.ID != id {
			t.Errorf("%s: got %q, %v", id, it.ID, ok)
		}
	}
}

func TestThread_HostileTextIsShownAsCleanText(t *testing.T) {
	th := open(t, []thread.Item{{ID: "1", Kind: thread.Customer, Text: "a\x1b[31mb\u202Ec **bold** <b>x</b>\x00", Below: "\u202Ebelow"}})
	texts, _ := drawn(th)
	all := strings.Join(texts, "|")
	if strings.ContainsAny(all, "\x1b\x00\u202e") || !strings.Contains(all, "**bold** <b>x</b>") {
		t.Errorf("shown: %q", all)
	}
}

func TestThread_EveryLineFitsItsBubble(t *testing.T) {
	for _, w := range []float32{240, 333, 700, 1200} {
		th := open(t, many(40))
		th.Resize(fyne.NewSize(w, 640))
		texts, at := drawn(th)
		for _, s := range texts {
			if x := at[s].X; x < 20 || x > w-20 {
				t.Errorf("at width %v %q starts at %v", w, s, x)
			}
		}
	}
}

func TestThread_ShortConversationStandsAtTheFoot(t *testing.T) {
	th := open(t, many(1))
	if y := find(t, th, "0 This").Y; y < 500 {
		t.Errorf("the only message is at %v of 640", y)
	}
}

func FuzzThread_EditsNeverLoseOrDoubleAnItem(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 200, 100})
	f.Fuzz(func(t *testing.T, ops []byte) {
		th := open(t, many(5))
		want := map[string]bool{"m0": true, "m1": true, "m2": true, "m3": true, "m4": true}
		for i, op := range ops {
			id := fmt.Sprintf("m%d", op%32)
			it := thread.Item{ID: id, Kind: thread.Kind(op % 8), Text: strings.Repeat("字 word ", int(op%17))}
			switch (int(op) + i) % 6 {
			case 0:
				th.Append(it)
				want[id] = true
			case 1:
				th.Prepend(it)
				want[id] = true
			case 2:
				if th.Remove(id) != want[id] {
					t.Fatalf("remove %s: known %v", id, want[id])
				}
				delete(want, id)
			case 3:
				th.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, float32(op)-100)})
			case 4:
				th.Resize(fyne.NewSize(200+float32(op), 100+float32(op)))
			case 5:
				th.Update(it)
			}
		}
		if th.Len() != len(want) {
			t.Fatalf("%d items, want %d", th.Len(), len(want))
		}
		for id := range want {
			if it, ok := th.Item(id); !ok || it.ID != id {
				t.Fatalf("%s is lost", id)
			}
		}
	})
}
