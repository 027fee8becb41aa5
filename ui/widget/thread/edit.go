package thread

import "slices"

// Append adds items at the end, before the tail. An item whose ID is there already replaces it in place: nothing is
// shown twice.
func (t *Thread) Append(items ...Item) {
	for _, it := range items {
		if i, ok := t.find(it.ID); ok {
			t.replace(i, it)
			continue
		}
		t.insert(len(t.items)-t.tail, it)
		if !t.stuck {
			t.unseen++
		}
	}
	t.settle()
	t.showLatest()
}

// Prepend adds older items before the first. What is shown stays where it is.
func (t *Thread) Prepend(items ...Item) {
	fresh := make([]Item, 0, len(items))
	for _, it := range items {
		if _, known := t.find(it.ID); !known {
			fresh = append(fresh, it.cleaned())
		}
	}
	t.asked = false
	n := len(fresh)
	if n == 0 {
		return
	}
	anchor, into := t.anchor()
	t.first -= n
	for i, it := range fresh {
		t.index[it.ID] = i + t.first
	}
	t.items = append(fresh, t.items...)
	t.tall = append(make([]int, n), t.tall...)
	t.ends = append(make([]int, n), t.ends...)
	t.measure(0, n)
	if anchor >= 0 {
		t.top = t.start(anchor+n) + into
	}
	t.renew()
}

// NoOlder says that there is nothing before the first item; OnOlder is not called again.
func (t *Thread) NoOlder() { t.asked, t.noOlder = false, true }

// Update replaces the item of the same ID; an unknown ID is reported and nothing changes.
func (t *Thread) Update(it Item) bool {
	i, ok := t.find(it.ID)
	if ok {
		t.replace(i, it)
		t.settle()
	}
	return ok
}

// Item returns the item with that ID.
func (t *Thread) Item(id string) (Item, bool) {
	if i, ok := t.find(id); ok {
		return t.items[i], true
	}
	return Item{}, false
}

// Len returns how many items there are.
func (t *Thread) Len() int { return len(t.items) }

// Remove takes an item away.
func (t *Thread) Remove(id string) bool {
	i, ok := t.find(id)
	if !ok {
		return false
	}
	t.cut(i)
	t.settle()
	return true
}

// SetTail replaces the items that stay at the end whatever is appended, for example who is typing.
func (t *Thread) SetTail(items ...Item) {
	if len(items) == t.tail && t.tail == 1 && items[0].ID == t.items[len(t.items)-1].ID {
		t.replace(len(t.items)-1, items[0])
		t.settle()
		return
	}
	for ; t.tail > 0; t.tail-- {
		t.cut(len(t.items) - 1)
	}
	for _, it := range items {
		t.insert(len(t.items), it)
		t.tail++
	}
	t.settle()
}

func (t *Thread) find(id string) (int, bool) {
	i, ok := t.index[id]
	return i - t.first, ok
}

// insert puts an item at i.
func (t *Thread) insert(i int, it Item) {
	anchor, into := t.anchor()
	t.items = slices.Insert(t.items, i, it.cleaned())
	t.tall = slices.Insert(t.tall, i, 0)
	t.ends = slices.Insert(t.ends, i, 0)
	t.measure(i, i+1)
	t.reindex(i)
	if i < t.hi || i <= anchor {
		t.drop()
	}
	if i <= anchor && i < len(t.items)-1 {
		t.top = t.start(anchor+1) + into
	}
}

// cut takes the item at i away.
func (t *Thread) cut(i int) {
	anchor, into := t.anchor()
	if t.sel.id == t.items[i].ID {
		t.sel, t.comp.selected = selection{}, selection{}
	}
	delete(t.index, t.items[i].ID)
	t.items = slices.Delete(t.items, i, i+1)
	t.tall = slices.Delete(t.tall, i, i+1)
	t.ends = slices.Delete(t.ends, i, i+1)
	t.measure(i, i)
	t.reindex(i)
	t.drop()
	if i < anchor {
		t.top = t.start(anchor-1) + into
	}
}

// replace puts another item in the place of i; if its height differs, what is below moves, or what is above if it
// is above the upper edge.
func (t *Thread) replace(i int, it Item) {
	anchor, into := t.anchor()
	old, it := t.ends[i], it.cleaned()
	if t.sel.id == it.ID && it.Text != t.items[i].Text {
		t.choose(selection{})
	}
	t.items[i] = it
	t.measure(i, i+1)
	if t.ends[i] == old {
		t.repaint(i)
		return
	}
	if i < anchor {
		t.top = t.start(anchor) + into
	}
	if i < t.hi {
		t.drop()
	}
}

// measure finds the heights of items [from, to) and the edges of all from there on.
func (t *Thread) measure(from, to int) {
	if t.comp.width <= 0 {
		return
	}
	for i := from; i < to; i++ {
		t.tall[i] = int(ceil(t.comp.compose(&t.items[i], nil)))
	}
	y := t.start(from)
	for i := from; i < len(t.tall); i++ {
		y += t.tall[i]
		t.ends[i] = y
	}
}

func (t *Thread) reindex(from int) {
	for i := from; i < len(t.items); i++ {
		t.index[t.items[i].ID] = i + t.first
	}
}
