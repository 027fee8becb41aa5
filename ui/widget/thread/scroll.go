package thread

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Scrolled implements fyne.Scrollable.
func (t *Thread) Scrolled(e *fyne.ScrollEvent) { t.scrollTo(t.top - int(e.Scrolled.DY)) }

// scrollTo moves to y of the content, keeps to the end if that is the end, and shows what is visible there.
func (t *Thread) scrollTo(y int) {
	most := max(0, t.total()-t.viewTall())
	y = max(0, min(y, most))
	stuck := y >= most
	if y == t.top && stuck == t.stuck {
		return
	}
	t.top = y
	t.stick(stuck)
	t.show()
	t.askOlder()
}

func (t *Thread) stick(stuck bool) {
	if stuck == t.stuck {
		return
	}
	t.stuck = stuck
	if stuck {
		t.unseen = 0
	}
	t.showLatest()
	if t.opts.OnEnd != nil {
		t.opts.OnEnd(stuck)
	}
}

// showLatest shows the way back to the end, with how much is new there.
func (t *Thread) showLatest() {
	if t.stuck {
		if t.latest.Visible() {
			t.latest.Hide()
		}
		return
	}
	t.latest.SetCount(t.unseen)
	if !t.latest.Visible() {
		t.latest.Show()
		canvas.Refresh(t.bar) // the button itself is on no canvas yet, for all that Fyne knows
	}
}

func (t *Thread) askOlder() {
	near := float32(t.top) < olderWithin*t.Size().Height
	if !near || t.asked || t.noOlder || t.opts.OnOlder == nil || len(t.items) == 0 || t.comp.width <= 0 {
		return
	}
	t.asked = true
	t.opts.OnOlder()
}

// ToEnd shows the end and keeps to it.
func (t *Thread) ToEnd() {
	t.scrollTo(t.total())
}

// AtEnd reports whether the view keeps to the end.
func (t *Thread) AtEnd() bool { return t.stuck }

// JumpTo brings an item into the upper third of the view and marks it; it reports whether there is such an item.
func (t *Thread) JumpTo(id string) bool {
	i, ok := t.find(id)
	if !ok {
		return false
	}
	t.Mark(id)
	t.scrollTo(t.start(i) - t.viewTall()/3)
	return true
}

// Mark draws a ring around an item, and around no other; "" marks none.
func (t *Thread) Mark(id string) {
	old, had := t.find(t.marked)
	t.marked = id
	if had {
		t.repaint(old)
	}
	if i, ok := t.find(id); ok {
		t.repaint(i)
	}
}

// Marked returns the ID of the marked item, "" if none.
func (t *Thread) Marked() string { return t.marked }

// Shown returns the IDs of the first and the last item of which anything is visible; both "" if there is none.
func (t *Thread) Shown() (first, last string) {
	if t.lo >= t.hi {
		return "", ""
	}
	return t.items[t.lo].ID, t.items[t.hi-1].ID
}
