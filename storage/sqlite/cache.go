package sqlite

import (
	"container/list"

	"deskhand/assist"
)

// conversationCache keeps the rows that were written or read last, as they stand committed in the
// database. Only the writing side uses it, under its lock.
type conversationCache struct {
	max   int
	order *list.List // of *cached, last used first
	byID  map[assist.ConversationID]*list.Element
}

// cached is a conversation with what its row says beyond it.
type cached struct {
	assist.Conversation
	last assist.Rev // of the message that lists show
}

func newConversationCache(max int) *conversationCache {
	return &conversationCache{max: max, order: list.New(), byID: map[assist.ConversationID]*list.Element{}}
}

func (c *conversationCache) get(id assist.ConversationID) (cached, bool) {
	e, ok := c.byID[id]
	if !ok {
		return cached{}, false
	}
	c.order.MoveToFront(e)
	return *e.Value.(*cached), true
}

func (c *conversationCache) put(v cached) {
	if e, ok := c.byID[v.ID]; ok {
		*e.Value.(*cached) = v
		c.order.MoveToFront(e)
		return
	}
	c.byID[v.ID] = c.order.PushFront(&v)
	if c.order.Len() > c.max {
		last := c.order.Back()
		delete(c.byID, last.Value.(*cached).ID)
		c.order.Remove(last)
	}
}

// clear forgets everything, after something else than Commit changed rows.
func (c *conversationCache) clear() {
	c.order.Init()
	clear(c.byID)
}
