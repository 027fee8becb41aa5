package thread

import (
	"reflect"

	bubbles "deskhand/ui/widget/thread"
)

// update shows what has changed in the messages, leaving what is the same alone.
func (v *View) update() {
	c := v.stage.State.Conversation(v.p.ID())
	if c != nil && c.Loaded && v.settled.holds(c.Messages) && v.inPlace(v.p.EntriesFrom(v.settled.until), false) {
		v.settled = v.settledNow()
		v.showMiddle()
		v.markRead()
		return
	}
	entries := v.p.Entries()
	if len(entries) == 0 || len(v.entries) == 0 {
		v.rebuild()
		return
	}
	first := 0
	for first < len(entries) && !v.known(entries[first].ID) {
		first++
	}
	if first == len(entries) {
		v.rebuild()
		return
	}
	older, rest := entries[:first], entries[first:]
	if !v.inPlace(rest, true) {
		v.rebuild()
		return
	}
	if len(older) > 0 {
		items := make([]bubbles.Item, len(older))
		for i, e := range older {
			v.entries[e.ID] = e
			items[i] = v.item(e)
		}
		v.thread.Prepend(items...)
		v.bounds()
	}
	v.settled = settled{}
	v.settled = v.settledNow()
	v.showMiddle()
	v.markRead()
}

func (v *View) known(id string) bool { _, ok := v.entries[id]; return ok }

// inPlace updates known entries and appends new ones; false if the order is another one than that allows. With all the
// entries are every one there is; else they are those behind what is settled, of which only what was not sent yet can
// go away.
func (v *View) inPlace(entries []Entry, all bool) bool {
	appended := false
	seen := make(map[string]bool, len(entries))
	for _, e := range entries {
		seen[e.ID] = true
		old, ok := v.entries[e.ID]
		switch {
		case !ok:
			appended = true
			v.entries[e.ID] = e
			v.thread.Append(v.item(e))
		case appended: // something new stands before something old
			return false
		case !reflect.DeepEqual(old, e):
			v.entries[e.ID] = e
			v.thread.Update(v.item(e))
		}
	}
	v.drop(seen, all)
	return true
}

// drop takes away what is no longer there.
func (v *View) drop(seen map[string]bool, all bool) {
	remove := func(id string) {
		delete(v.entries, id)
		v.thread.Remove(id)
	}
	if all {
		for id := range v.entries {
			if !seen[id] {
				remove(id)
			}
		}
	} else {
		for id := range v.unsent {
			if !seen[id] {
				remove(id)
			}
		}
	}
	clear(v.unsent)
	for id := range seen {
		if v.entries[id].Message != "" {
			v.unsent[id] = true
		}
	}
}
