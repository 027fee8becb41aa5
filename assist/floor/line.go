package floor

import (
	"cmp"
	"slices"
	"time"

	"deskhand/assist"
)

// line is what waits in one queue, in the order of service. It is kept sorted, for every waiting page asks for
// its position every second.
type line []stand

// stand is what decides where a conversation stands in its line.
type stand struct {
	priority assist.Priority
	since    time.Time
	id       assist.ConversationID
}

func standOf(c assist.Conversation) stand { return stand{c.Priority, c.WaitingSince, c.ID} }

func (s stand) compare(o stand) int {
	return cmp.Or(-cmp.Compare(s.priority, o.priority), s.since.Compare(o.since), cmp.Compare(s.id, o.id))
}

// before counts those who are served before the conversation.
func (l line) before(c assist.Conversation) int {
	i, _ := slices.BinarySearchFunc(l, standOf(c), stand.compare)
	return i
}

func (l line) with(c assist.Conversation) line { return slices.Insert(l, l.before(c), standOf(c)) }

func (l line) without(c assist.Conversation) line {
	if i, there := slices.BinarySearchFunc(l, standOf(c), stand.compare); there {
		return slices.Delete(l, i, i+1)
	}
	return l
}

// Line tells how many wait in the queue of an inbox, and how long somebody new will wait there if it goes on at its pace;
// 0 where that isn't known.
func (f *Floor) Line(id assist.InboxID) (before int, wait time.Duration) {
	q := f.QueueOf(id).ID
	f.mu.RLock()
	defer f.mu.RUnlock()
	before = len(f.lines[q])
	p := f.pace[q]
	if p == nil || len(p.left) < 2 {
		return before, 0
	}
	return before, time.Duration(before+1) * f.now().Sub(p.left[0]) / time.Duration(len(p.left))
}
