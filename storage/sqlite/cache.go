package sqlite

import (
	"container/list"

	"deskhand/assist"
)

// conversationCache keeps the rows that were written or read last, as they stand committed in the
// database. Only the writing side uses it, under its lock.
type conversationCache struct {
	max   int
	order *list.List // of *assist.Conversation, last used first
	byID  map[assist.ConversationID]*list.Element
}

func newConversationCache(max int) *conversationCache {
	return &conversationCache{max: max, order: list.New(), byID: map[assist.ConversationID]*list.Element{}}
}

func (c *conversationCache) get(id assist.ConversationID) (assist.Conversation, bool) {
	e, ok := c.byID[id]
	if !ok {
		return assist.Conversation{}, false
	}
	c.order.MoveToFront(e)
	return *e.Value.(*assist.Conversation), true
}

func (c *conversationCache) put(v assist.Conversation) {
	if e, ok := c.byID[v.ID]; ok {
		*e.Value.(*assist.Conversation) = v
		c.order.MoveToFront(e)
		return
	}
	c.byID[v.ID] = c.order.PushFront(&v)
	if c.order.Len() > c.max {
		last := c.order.Back()
		delete(c.byID, last.Value.(*assist.Conversation).ID)
		c.order.Remove(last)
	}
}

// clear forgets everything, after something else than Commit changed rows.
func (c *conversationCache) clear() {
	c.order.Init()
	clear(c.byID)
}
