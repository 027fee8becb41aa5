package gateway

import (
	"context"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/wire"
)

// visible is the conversation, if it is there and the agent may see it; else the same "not found" for both.
func (c *session) visible(ctx context.Context, by desk.By, id assist.ConversationID) (assist.Conversation, error) {
	v, err := c.server.opts.Store.Conversation(ctx, id)
	if err != nil && assist.CodeOf(err) != assist.CodeNotFound {
		return v, fmt.Errorf("conversation %d: %w", id, err)
	}
	if err != nil || !by.Visible.Sees(v) {
		return assist.Conversation{}, assist.Errorf(assist.CodeNotFound, "conversation %d", id)
	}
	return v, access.Require(by.Agent, access.ConversationRead)
}

// openConversation shows a conversation and follows it. It is followed before it is read: an event that comes
// twice (in the answer and by itself) has a rev that the desktop knows already.
func (c *session) openConversation(by desk.By, f wire.AgentOpen) error {
	ctx, cancel := c.query()
	defer cancel()
	v, err := c.visible(ctx, by, f.Conversation)
	if err != nil {
		return err
	}
	if err := c.follow(v); err != nil {
		return err
	}
	if v, err = c.visible(ctx, by, f.Conversation); err != nil {
		return err
	}
	opened := wire.AgentOpened{Ref: f.Ref, Row: c.server.lists.row(ctx, v), Marks: v.Marks, Viewers: c.server.viewers(v.ID)}
	if err := c.fillMessages(ctx, f, &opened); err != nil {
		return err
	}
	if opened.Customer, err = c.server.opts.Store.Customer(ctx, v.Customer); err != nil {
		return fmt.Errorf("customer %d: %w", v.Customer, err)
	}
	if opened.Past, err = c.past(ctx, by, v); err != nil {
		return err
	}
	c.conn.SendWait(wire.MustEncode(opened))
	c.server.tellViewers(v.ID)
	return nil
}

func (c *session) follow(v assist.Conversation) error {
	c.mu.Lock()
	if c.open[v.ID] == 0 && len(c.open) >= wire.MaxOpen {
		c.mu.Unlock()
		return assist.Errorf(assist.CodeFull, "at most %d conversations are open at once", wire.MaxOpen)
	}
	c.open[v.ID] = v.Customer
	c.mu.Unlock()
	c.server.opts.Hub.Follow(v.ID, c)
	return nil
}

// fillMessages reads the newest messages, or after a lost connection those that the desktop lacks.
func (c *session) fillMessages(ctx context.Context, f wire.AgentOpen, o *wire.AgentOpened) error {
	limit := pageOf(f.Limit)
	filter := assist.MessageFilter{Conversation: f.Conversation, AfterRev: f.AfterRev, Limit: limit + 1}
	if f.AfterRev > 0 {
		filter.Limit = wire.HistoryMax + 1
	}
	messages, err := c.server.opts.Store.Messages(ctx, filter)
	if err != nil {
		return fmt.Errorf("messages of conversation %d: %w", f.Conversation, err)
	}
	if f.AfterRev > 0 && len(messages) > wire.HistoryMax {
		o.Reset = true
	}
	if o.Reset || (f.AfterRev == 0 && len(messages) > limit) {
		messages, o.More = messages[len(messages)-limit:], true
	}
	o.Messages = messages
	return nil
}

func pageOf(limit int) int {
	if limit <= 0 {
		return wire.HistoryPage
	}
	return min(limit, wire.HistoryMax)
}

// past is the customer's other conversations that the agent may see, newest first.
func (c *session) past(ctx context.Context, by desk.By, v assist.Conversation) ([]wire.Row, error) {
	all, err := c.server.opts.Store.Conversations(ctx, assist.ConversationFilter{Customer: v.Customer, Visible: &by.Visible, Limit: 21})
	if err != nil {
		return nil, fmt.Errorf("past conversations of customer %d: %w", v.Customer, err)
	}
	var out []wire.Row
	for _, o := range all {
		if o.ID != v.ID {
			out = append(out, c.server.lists.row(ctx, o))
		}
	}
	return out, nil
}

// closeConversation stops following.
func (c *session) closeConversation(_ desk.By, f wire.AgentClose) error {
	c.mu.Lock()
	was := c.open[f.Conversation] != 0
	delete(c.open, f.Conversation)
	c.mu.Unlock()
	if was {
		c.server.opts.Hub.Unfollow(f.Conversation, c)
		c.server.tellViewers(f.Conversation)
	}
	return nil
}

// history gives older messages.
func (c *session) history(by desk.By, f wire.AgentHistory) error {
	ctx, cancel := c.query()
	defer cancel()
	if _, err := c.visible(ctx, by, f.Conversation); err != nil {
		return err
	}
	limit := pageOf(f.Limit)
	messages, err := c.server.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: f.Conversation, BeforeRev: f.BeforeRev, Limit: limit + 1})
	if err != nil {
		return fmt.Errorf("history of conversation %d: %w", f.Conversation, err)
	}
	page := wire.AgentMessages{Ref: f.Ref, Conversation: f.Conversation, Messages: messages}
	if len(messages) > limit {
		page.Messages, page.More = messages[1:], true
	}
	c.conn.SendWait(wire.MustEncode(page))
	return nil
}
