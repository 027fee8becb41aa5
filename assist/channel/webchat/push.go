package webchat

import (
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/wire"
)

// Changed implements hub.Sink: shows the page what was stored in its conversation.
func (c *session) Changed(u hub.Update) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if u.Conversation.ID != c.conversation.ID {
		return
	}
	if u.Conversation.Rev > c.conversation.Rev {
		c.conversation = u.Conversation
	}
	for _, e := range u.Events {
		if d, ok := e.Data.(assist.Appended); ok && d.Message.Public() {
			c.hear(d.Message)
		}
	}
	c.skip = ""
	if !c.loading {
		c.tellStatus(u.Conversation)
		c.tellMarks(u.Conversation)
	}
}

// hear shows a message or holds it back. The lock is held.
func (c *session) hear(m assist.Message) {
	if !c.loading {
		c.tell(m)
		return
	}
	if len(c.held) >= maxHeld {
		c.conn.Close(wire.CloseSlow, "too much to catch up with")
		return
	}
	c.held = append(c.held, m)
}

// tell shows a message that the page hasn't got. Its own message it knows from the ack. The lock is held.
func (c *session) tell(m assist.Message) {
	if m.Seq <= c.sent {
		return
	}
	c.sent = m.Seq
	if m.ClientID != "" && m.ClientID == c.skip {
		return
	}
	c.conn.Send(wire.MustEncode(wire.CustomerMessageNew{Conversation: c.conversation.ID, Message: wire.ForCustomer(m)}))
}

// showStatus sends the status if it differs from the one last sent.
func (c *session) showStatus(conversation assist.Conversation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.loading && conversation.ID == c.conversation.ID {
		c.tellStatus(c.conversation)
	}
}

// showMarks sends the marks if they differ from those last sent, e.g. because the agent has come back.
func (c *session) showMarks() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.loading {
		c.tellMarks(c.conversation)
	}
}

func (c *session) tellStatus(conversation assist.Conversation) {
	s := c.statusOf(conversation)
	if s != c.status {
		c.status = s
		c.conn.SendLast("status", wire.MustEncode(s))
	}
}

func (c *session) statusOf(conversation assist.Conversation) wire.CustomerStatus {
	s := wire.CustomerStatus{
		Conversation: conversation.ID, Status: conversation.Status, Rated: conversation.CSAT,
		LeaveMessage: conversation.LeftMessage,
	}
	settled := conversation.Status == assist.StatusResolved || conversation.Status == assist.StatusWrapUp
	s.AskRating = c.inbox.CSAT && settled && conversation.CSAT == 0
	if conversation.Assignee != 0 {
		s.Agent = c.server.opts.Floor.AgentName(conversation.Assignee)
	}
	if conversation.Status == assist.StatusWaiting && !conversation.LeftMessage {
		position, wait := c.server.opts.Floor.Place(conversation)
		s.Position, s.WaitS = position, estimate(wait)
	}
	return s
}

func (c *session) tellMarks(conversation assist.Conversation) {
	m := wire.CustomerMarks{Delivered: c.delivered(conversation), Read: conversation.AgentRead}
	m.Delivered = max(m.Delivered, m.Read, c.marks.Delivered)
	if m != c.marks {
		c.marks = m
		c.conn.SendLast("marks", wire.MustEncode(m))
	}
}

// delivered is up to where the customer's messages are on the screen of whoever has the conversation.
func (c *session) delivered(conversation assist.Conversation) assist.Seq {
	if conversation.Assignee != 0 && conversation.Status == assist.StatusHuman && c.server.opts.Floor.Connected(conversation.Assignee) {
		return conversation.Seq
	}
	return 0
}

// Typed implements hub.Sink: shows that an agent types.
func (c *session) Typed(t hub.Typing) {
	c.mu.Lock()
	theirs := t.From.Kind == assist.ActorBot || (c.conversation.Assignee != 0 && t.From.IsAgent(c.conversation.Assignee))
	c.mu.Unlock()
	if !theirs { // a colleague who looks on, or the customer
		return
	}
	c.conn.SendMoment("typing", wire.MustEncode(wire.CustomerPeerTyping{Name: t.From.Name, Off: t.Off}))
}

// estimate is a wait in seconds, rounded up to half minutes: an estimate is no better than that, and one that
// changed every second would be sent every second.
func estimate(wait time.Duration) int {
	const step = 30 * time.Second
	return int((wait + step - 1) / step * step / time.Second)
}
