package gateway

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/hub"
	"deskhand/assist/socket"
	"deskhand/assist/wire"

	"golang.org/x/time/rate"
)

// session is one connection of an agent's desktop. Frames are handled on its reading goroutine; the hub calls
// its sink methods from the ledger's writer.
type session struct {
	server  *Server
	conn    *socket.Conn
	rate    *rate.Limiter
	every   time.Duration // between pings, with this connection's jitter
	opened  time.Time
	refused int    // frames that could not be taken; the reading goroutine's own
	tooFast int    // frames above the rate; the reading goroutine's own
	unwatch func() // ends the watch on the session; the reading goroutine's own

	mu      sync.Mutex // guards the fields below
	agent   assist.AgentID
	welcome bool                                          // was sent
	late    map[assist.ConversationID]assist.Conversation // changed while the first rows were read; nil once they are sent
	left    bool                                          // signed out or revoked: nobody waits for this connection to come back
	open    map[assist.ConversationID]assist.CustomerID   // with their customers
	shown   map[assist.ConversationID]assist.AgentID      // conversations in the desktop's lists, with their agents
}

func newSession(s *Server, conn *socket.Conn) *session {
	jitter := time.Duration(rand.Int64N(int64(2*wire.PingJitter))) - wire.PingJitter
	return &session{
		server: s, conn: conn, opened: s.opts.Now(), every: wire.PingEvery + jitter,
		rate: rate.NewLimiter(rate.Limit(s.opts.FramesPerSecond), s.opts.FramesBurst),
		open: map[assist.ConversationID]assist.CustomerID{}, shown: map[assist.ConversationID]assist.AgentID{},
		late: map[assist.ConversationID]assist.Conversation{},
	}
}

func (c *session) agentID() assist.AgentID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.agent
}

func (c *session) isGreeted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.welcome
}

// Conn implements socket.Member.
func (c *session) Conn() *socket.Conn { return c.conn }

func (c *session) serve() {
	defer c.server.sessions.Remove(c)
	defer c.leave()
	_ = c.conn.Serve(c.handle)
}

func (c *session) leave() {
	c.mu.Lock()
	id, left, open := c.agent, c.left, c.open
	c.open = map[assist.ConversationID]assist.CustomerID{}
	c.mu.Unlock()
	if id == 0 {
		return
	}
	for conversation := range open {
		c.server.opts.Hub.Unfollow(conversation, c)
		c.server.tellViewers(conversation)
	}
	c.unwatch()
	c.server.opts.Presence.Disconnect(id, left)
}

func (c *session) beat() {
	if c.agentID() == 0 && c.server.opts.Now().Sub(c.opened) > wire.HelloWithin {
		c.conn.Close(wire.CloseProtocol, "no hello")
		return
	}
	c.conn.Beat(c.every, wire.PongWithin)
}

// by is the agent as the directory knows them at this moment: a right that was taken away is gone.
func (c *session) by() (desk.By, error) {
	id := c.agentID()
	agent, ok := c.server.opts.Floor.Agent(id)
	if !ok || agent.Disabled {
		return desk.By{}, assist.Errorf(assist.CodeForbidden, "agent %d is disabled", id)
	}
	return desk.By{Agent: agent, Visible: access.VisibilityOf(agent, c.server.opts.Policy)}, nil
}

// lists tells whether the conversation belongs into the desktop's lists now. One that just left the agent's
// sight is taken off; an open one comes as events instead.
func (c *session) lists(by desk.By, v assist.Conversation) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.late != nil {
		c.late[v.ID] = v
		return false
	}
	if by.Visible.Sees(v) {
		c.shown[v.ID] = v.Assignee
		if v.Status == assist.StatusResolved && c.open[v.ID] == 0 {
			delete(c.shown, v.ID)
		}
		return c.open[v.ID] == 0
	}
	if _, was := c.shown[v.ID]; was {
		delete(c.shown, v.ID)
		c.conn.Send(wire.MustEncode(wire.AgentGone{Conversations: []assist.ConversationID{v.ID}}))
	}
	return false
}

// caresFor tells whether the desktop shows typing in the conversation.
func (c *session) caresFor(id assist.ConversationID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open[id] != 0 || (c.agent != 0 && c.shown[id] == c.agent)
}

// Changed implements hub.Sink: the facts of an open conversation.
func (c *session) Changed(u hub.Update) {
	by, err := c.by()
	if err != nil || !by.Visible.Sees(u.Conversation) {
		c.forget(u.Conversation.ID)
		return
	}
	for _, e := range u.Events {
		c.conn.Send(wire.MustEncode(wire.AgentEvent{Event: e}))
	}
	if u.MarksMoved {
		c.conn.SendLast("marks:"+itoa(int64(u.Conversation.ID)),
			wire.MustEncode(wire.AgentMarks{Conversation: u.Conversation.ID, Marks: u.Conversation.Marks}))
	}
}

// customerChanged shows the customer's new profile in the customer's open conversations. The fact belongs to no
// conversation; on the wire it names the open one, since that is where the desktop looks.
func (c *session) customerChanged(e assist.Event, id assist.CustomerID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conversation, customer := range c.open {
		if customer == id {
			e.Conversation = conversation
			c.conn.Send(wire.MustEncode(wire.AgentEvent{Event: e}))
		}
	}
}

// forget closes a conversation that has left the agent's sight.
func (c *session) forget(id assist.ConversationID) {
	c.mu.Lock()
	delete(c.open, id)
	delete(c.shown, id)
	c.mu.Unlock()
	c.server.opts.Hub.Unfollow(id, c)
	c.conn.Send(wire.MustEncode(wire.AgentGone{Conversations: []assist.ConversationID{id}}))
	c.server.tellViewers(id)
}

// Typed implements hub.Sink; the lists tell typing, for open and listed conversations alike.
func (c *session) Typed(hub.Typing) {}

// queryWithin bounds every read of the store for a desktop.
const queryWithin = 5 * time.Second

func (c *session) query() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), queryWithin)
}
