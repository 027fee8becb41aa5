package gateway

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/hub"
	"deskhand/assist/socket"
	"deskhand/assist/wire"
)

// session is one connection of an agent's desktop. Frames are handled on its reading goroutine; the hub calls
// its sink methods from the ledger's writer.
type session struct {
	server  *Server
	conn    *socket.Conn
	gate    *socket.Gate
	network netip.Prefix // where the connection comes from
	unwatch func()       // ends the watch on the session; the reading goroutine's own

	mu      sync.Mutex // guards the fields below
	agent   assist.AgentID
	welcome bool                                          // was sent
	late    map[assist.ConversationID]assist.Conversation // changed while the first rows were read; nil once they are sent
	left    bool                                          // signed out or revoked: nobody waits for this connection to come back
	open    map[assist.ConversationID]assist.CustomerID   // with their customers
	shown   map[assist.ConversationID]assist.AgentID      // conversations in the desktop's lists, with their agents
}

func newSession(s *Server, conn *socket.Conn, network netip.Prefix) *session {
	c := &session{
		server: s, conn: conn, network: network,
		open: map[assist.ConversationID]assist.CustomerID{}, shown: map[assist.ConversationID]assist.AgentID{},
		late: map[assist.ConversationID]assist.Conversation{},
	}
	c.gate = socket.NewGate(socket.GateOptions{
		Conn: conn, FramesPerSecond: s.opts.FramesPerSecond, FramesBurst: s.opts.FramesBurst, Now: s.opts.Now,
		Take: c.dispatch, Internal: c.report,
	})
	return c
}

// report logs what is our fault.
func (c *session) report(h wire.Head, err error) {
	c.server.opts.Log.Error("frame of an agent", "type", h.T, "agent_id", c.agentID(), "err", err)
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

// Network implements socket.Member.
func (c *session) Network() netip.Prefix { return c.network }

func (c *session) serve() {
	defer c.server.sessions.Remove(c)
	defer c.leave()
	_ = c.gate.Serve()
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

func (c *session) beat() { c.gate.Beat(c.agentID() != 0) }

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
