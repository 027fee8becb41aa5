package state

import (
	"cmp"
	"slices"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// List is one of the lists of the inbox.
type List string

// The lists.
const (
	Mine  List = "mine"  // one's own that are not resolved
	Queue List = "queue" // waiting for an agent
	Bot   List = "bot"   // the bot has them
	All   List = "all"   // every open one that the agent may see
)

// Lists are all lists in the order in which they are shown.
func Lists() []List { return []List{Mine, Queue, Bot, All} }

func (d *Desk) applyRows(f wire.AgentRows, ch *Change) {
	if f.Reset {
		d.renewing = map[assist.ConversationID]bool{}
	}
	for _, r := range f.Rows {
		if d.renewing != nil {
			d.renewing[r.ID] = true
		}
		d.setRow(r, ch)
	}
	if !f.Done {
		return
	}
	if d.renewing != nil { // what the new list doesn't hold is gone or resolved
		for id := range d.rows {
			if !d.renewing[id] {
				delete(d.rows, id)
			}
		}
		d.renewing = nil
	}
	d.loaded, ch.Lists = true, true
}

// setRow keeps the newer of two rows.
func (d *Desk) setRow(r wire.Row, ch *Change) {
	if c := d.open[r.ID]; c != nil && r.Rev > c.Row.Rev {
		r.Marks = r.Marks.Raise(c.Row.Marks)
		c.Row = r
		ch.thread(r.ID)
		ch.detail(r.ID)
	}
	old, had := d.rows[r.ID]
	if had && old.Rev > r.Rev {
		return
	}
	if !r.Status.Open() {
		if had {
			delete(d.rows, r.ID)
			ch.Lists = true
		}
		return
	}
	if r.CustomerName == "" && had {
		r.CustomerName = old.CustomerName
	}
	d.rows[r.ID] = r
	ch.Lists = true
	ch.row(r.ID)
}

func (d *Desk) gone(id assist.ConversationID, ch *Change) {
	if _, had := d.rows[id]; had {
		delete(d.rows, id)
		ch.Lists = true
	}
	if c := d.open[id]; c != nil {
		c.Gone = true
		ch.detail(id)
	}
}

// Row is what a list shows of a conversation; false if no list and no open conversation has it.
func (d *Desk) Row(id assist.ConversationID) (wire.Row, bool) {
	if c := d.open[id]; c != nil && c.Loaded {
		return c.Row, true
	}
	r, ok := d.rows[id]
	return r, ok
}

// in tells whether a row belongs to the list.
func (d *Desk) in(l List, r wire.Row) bool {
	switch l {
	case Mine:
		return r.Assignee == d.you.ID && d.you.ID != 0 &&
			(r.Status == assist.StatusHuman || r.Status == assist.StatusSnoozed || r.Status == assist.StatusWrapUp)
	case Queue:
		return r.Status == assist.StatusWaiting
	case Bot:
		return r.Status == assist.StatusBot
	}
	return r.Status.Open()
}

// List is the rows of a list in the order to be shown. Queue: by priority, then who has waited longest. Mine: whom
// an answer is owed, longest first, then by the last message, what is put off last. The others: newest first.
func (d *Desk) List(l List) []wire.Row {
	var out []wire.Row
	for _, r := range d.rows {
		if d.in(l, r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b wire.Row) int {
		var c int
		switch l {
		case Queue:
			c = cmp.Or(cmp.Compare(b.Priority, a.Priority), a.WaitingSince.Compare(b.WaitingSince))
		case Mine:
			c = compareMine(a, b)
		default:
			c = b.Last.At.Compare(a.Last.At)
		}
		return cmp.Or(c, cmp.Compare(a.ID, b.ID))
	})
	return out
}

func compareMine(a, b wire.Row) int {
	rank := func(r wire.Row) int {
		switch {
		case r.Status == assist.StatusSnoozed:
			return 3
		case r.Status == assist.StatusWrapUp:
			return 2
		case !r.WaitingSince.IsZero():
			return 0
		}
		return 1
	}
	c := cmp.Compare(rank(a), rank(b))
	if c == 0 && rank(a) == 0 {
		c = cmp.Or(cmp.Compare(b.Priority, a.Priority), a.WaitingSince.Compare(b.WaitingSince))
	}
	return cmp.Or(c, b.Last.At.Compare(a.Last.At))
}

// Counts are the numbers beside the lists.
func (d *Desk) Counts() assist.Counts {
	var c assist.Counts
	for _, r := range d.rows {
		c.All++
		switch {
		case d.in(Mine, r):
			c.Mine++
		case d.in(Queue, r):
			c.Queue++
		case d.in(Bot, r):
			c.Bot++
		}
	}
	return c
}

// Waiting is how many of the agent's own conversations hold something unread, for the badge on the rail and the
// tray.
func (d *Desk) Waiting() int {
	n := 0
	for _, r := range d.rows {
		if d.in(Mine, r) && r.Unread() > 0 {
			n++
		}
	}
	return n
}

// Load is how many conversations the agent has in hand now.
func (d *Desk) Load() int {
	n := 0
	for _, r := range d.rows {
		if r.Assignee == d.you.ID && r.Status == assist.StatusHuman {
			n++
		}
	}
	return n
}
