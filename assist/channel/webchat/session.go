package webchat

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/intake"
	"deskhand/assist/socket"
	"deskhand/assist/wire"
)

// session is one connection of a customer. Frames are handled on its reading goroutine; the hub calls its
// sink methods from the ledger's writer.
type session struct {
	server  *Server
	conn    *socket.Conn
	gate    *socket.Gate
	allowed map[assist.InboxID]bool // by the origin
	network netip.Prefix            // where the connection comes from

	// The identity is set by hello and not changed after; ready says so.
	ready    bool
	inbox    assist.Inbox
	visitor  assist.Identity
	signed   *assist.Identity
	profile  assist.Customer
	language string
	page     string

	mu           sync.Mutex // guards the fields below
	left         bool       // the connection has ended
	conversation assist.Conversation
	sent         assist.Seq // of the last message that was queued to the page
	loading      bool       // the history is being read: hold back what comes meanwhile
	held         []assist.Message
	skip         assist.ClientID     // of the page's own message in the update that comes next
	status       wire.CustomerStatus // as last sent
	marks        wire.CustomerMarks  // as last sent
}

// maxHeld is how many messages are held back while the history is read, before the page is closed as slow.
const maxHeld = 1000

func newSession(s *Server, conn *socket.Conn, allowed map[assist.InboxID]bool, network netip.Prefix) *session {
	c := &session{server: s, conn: conn, allowed: allowed, network: network}
	c.gate = socket.NewGate(socket.GateOptions{
		Conn: conn, FramesPerSecond: s.opts.FramesPerSecond, FramesBurst: s.opts.FramesBurst, Now: s.opts.Now,
		Take: c.dispatch, Internal: c.report,
	})
	return c
}

// report logs what is our fault.
func (c *session) report(h wire.Head, err error) {
	c.server.opts.Log.Error("frame of a customer", "type", h.T, "inbox", c.inbox.ID, "err", err)
}

// person is who the conversation belongs to: the signed-in customer, else whoever holds the visitor token. The
// two are kept apart, so that after a sign-out nobody on the same browser reads the customer's conversation.
func (c *session) person() assist.Identity {
	if c.signed != nil {
		return *c.signed
	}
	return c.visitor
}

// Conn implements socket.Member.
func (c *session) Conn() *socket.Conn { return c.conn }

// Network implements socket.Member.
func (c *session) Network() netip.Prefix { return c.network }

func (c *session) serve() {
	defer c.server.remove(c)
	defer c.leave()
	_ = c.gate.Serve()
}

func (c *session) leave() {
	c.mu.Lock()
	c.left = true
	conversation := c.conversation
	c.mu.Unlock()
	if id := conversation.ID; id != 0 {
		c.server.opts.Hub.Unfollow(id, c)
		if conversation.Status == assist.StatusWaiting && c.server.opts.Hub.FollowedBy(id, isPage) == 0 {
			c.server.departed.note(conversation, c.server.opts.Now())
		}
		c.server.opts.Hub.Type(hub.Typing{Conversation: id, Inbox: c.inbox.ID, From: assist.Actor{Kind: assist.ActorCustomer}, Off: true})
	}
}

func (c *session) beat() {
	c.gate.Beat(c.greeted())
	c.mu.Lock()
	conversation := c.conversation
	c.mu.Unlock()
	switch conversation.Status {
	case assist.StatusWaiting:
		c.showStatus(conversation)
	case assist.StatusHuman:
		c.showMarks()
	}
}

func (c *session) greeted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ready
}

// dispatch takes one frame of the page.
func (c *session) dispatch(h wire.Head, data []byte) error {
	if h.T == wire.TypeHello {
		return socket.Take(data, c.hello)
	}
	if !c.ready {
		return assist.Errorf(assist.CodeHelloFirst, "the first frame must be hello")
	}
	switch h.T {
	case wire.TypeSend:
		return socket.Take(data, c.send)
	case wire.TypeTyping:
		return socket.Take(data, c.typing)
	case wire.TypeMark:
		return socket.Take(data, c.mark)
	case wire.TypeHistory:
		return socket.Take(data, c.history)
	case wire.TypeHuman:
		return socket.Take(data, c.human)
	case wire.TypeRate:
		return socket.Take(data, c.rating)
	case wire.TypeLanguage:
		return socket.Take(data, c.speak)
	}
	return assist.Errorf(assist.CodeUnknownType, "unknown frame type")
}

// queryWithin bounds every read of the store for a page.
const queryWithin = 5 * time.Second

func (c *session) query() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), queryWithin)
}

// submit writes what the customer did to their conversation, which may have to be found or begun.
func (c *session) submit(id assist.ClientID, decide assist.Decision, done func(assist.Written)) {
	w := assist.Write{ClientID: id, Decide: decide}
	c.mu.Lock()
	w.Conversation = c.conversation.ID
	resolved := c.conversation.Status == assist.StatusResolved
	c.mu.Unlock()
	if w.Conversation == 0 || resolved { // a resolved one may be too old to reopen: let the store decide
		w.Conversation, w.Start = 0, c.start()
	}
	c.server.opts.Ledger.Submit(w, func(r assist.Written) {
		if r.Err == nil && r.Conversation.ID != 0 {
			for _, s := range c.server.siblings(c) {
				s.join(r.Conversation)
			}
		}
		done(r)
	})
}

func (c *session) start() *assist.Start {
	s := &assist.Start{
		Inbox: c.inbox.ID, Identity: c.person(), Customer: c.profile,
		ReopenAfter: c.server.opts.Now().Add(-c.server.opts.ReopenWithin),
	}
	s.Customer.Language = c.language
	return s
}

// join follows a conversation that has just been found or begun.
func (c *session) join(conversation assist.Conversation) {
	c.mu.Lock()
	defer c.mu.Unlock() // the hub never takes this lock while it holds its own
	before := c.conversation.ID
	if c.left || before == conversation.ID { // left: it ended while its message was being stored
		return
	}
	c.conversation, c.sent = conversation, 0
	c.status, c.marks = wire.CustomerStatus{}, wire.CustomerMarks{}
	if before != 0 {
		c.server.opts.Hub.Unfollow(before, c)
	}
	c.server.opts.Hub.Follow(conversation.ID, c)
	c.server.departed.back(conversation.ID)
}

// isPage tells customers' pages from other followers of a conversation.
func isPage(s hub.Sink) bool {
	_, ok := s.(*session)
	return ok
}

func (c *session) context() intake.Context {
	return intake.Context{
		Inbox: c.inbox, Team: c.server.opts.Floor.TeamOf(c.inbox.Queue), Language: c.language, Page: c.page,
	}
}
