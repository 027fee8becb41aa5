// Package webchat is the channel of the customer's chat page: sections 1 to 3 of wire/PROTOCOL.md. Each
// connection is a session with one reading goroutine; Run drives heartbeats and queue positions.
package webchat

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/hub"
	"deskhand/assist/quota"
	"deskhand/assist/socket"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Store is what the channel reads.
type Store interface {
	Epoch(ctx context.Context) (assist.Epoch, error)
	CustomerByIdentity(ctx context.Context, inbox assist.InboxID, kind assist.IdentityKind, source string) (assist.Customer, error)
	ConversationOf(ctx context.Context, inbox assist.InboxID, customer assist.CustomerID) (assist.Conversation, error)
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error)
}

// Ledger takes what customers write.
type Ledger interface {
	Submit(w assist.Write, done func(assist.Written))
}

// Identities checks who customers say they are.
type Identities interface {
	SignedIdentity(inbox assist.Inbox, c access.Claim) (assist.Identity, assist.Customer, error)
}

// Files looks up uploaded files; only those of the given owner that no message has yet may be attached.
type Files interface {
	Claim(ctx context.Context, ids []assist.AttachmentID, owner string) ([]assist.Attachment, error)
}

// Codes judges one-time codes that customers type, and hides them.
type Codes interface {
	// Take gives the text as it may be stored. On an error nothing of it may be.
	Take(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, text string) (string, error)
	// Preview gives the text as agents may see it being typed.
	Preview(conversation assist.ConversationID, text string) string
}

// Floor tells what the queue and the people look like.
type Floor interface {
	// Place is where the conversation stands in its queue (from 1; 0: unknown) and the estimated wait.
	Place(c assist.Conversation) (position int, wait time.Duration)
	// AgentName is how customers read an agent's name.
	AgentName(id assist.AgentID) string
	// Connected tells whether a desktop of the agent is connected.
	Connected(id assist.AgentID) bool
	// TeamOf is the team that serves the queue.
	TeamOf(q assist.QueueID) assist.TeamID
}

// Options configure a Server. Those without a default are needed.
type Options struct {
	Store      Store
	Ledger     Ledger
	Hub        *hub.Hub
	Identities Identities
	Files      Files
	Floor      Floor
	Codes      Codes // nil: nobody sends any
	// Brief is what the bot knows of a conversation, for who takes it over; what comes beside an error counts all the same.
	// nil: what the transcript tells.
	Brief   func(ctx context.Context, c assist.ConversationID, reason string) (assist.Handoff, error)
	Inboxes []assist.Inbox
	Log     *slog.Logger
	Now     func() time.Time // default time.Now

	ReopenWithin    time.Duration // a conversation resolved longer ago is not reopened; default 7 days
	FramesPerSecond float64       // of one connection; default 20
	FramesBurst     int           // default 60
	// MessagesPerMinute bounds what one customer may send, over however many connections; default 60.
	MessagesPerMinute int
	// AddressMessagesPerMinute bounds what all customers who aren't signed in may send from one network address
	// (of IPv6: from one /64); default 1200.
	AddressMessagesPerMinute int
	// Remote is the network address of a request, e.g. behind a trusted proxy; default: the connection's.
	Remote func(r *http.Request) string

	MaxConnections int   // default 20000
	PerAddress     int   // connections from one network address (of IPv6: from one /64); 0: no bound
	PerIdentity    int   // connections of one visitor; the oldest goes; default 10
	MaxBuffer      int   // bytes, see socket.Options
	MaxFrame       int   // bytes of a frame that a client sends; default and most: wire.MaxFrame
	MaxFile        int64 // bytes, told to clients; default 20 MB
}

func (o *Options) fill() error {
	if o.Store == nil || o.Ledger == nil || o.Hub == nil || o.Identities == nil || o.Files == nil || o.Floor == nil || o.Log == nil {
		return errors.New("webchat: an option without default is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Remote == nil {
		o.Remote = func(r *http.Request) string { return r.RemoteAddr }
	}
	setDefault(&o.ReopenWithin, 7*24*time.Hour)
	setDefault(&o.FramesPerSecond, 20)
	setDefault(&o.FramesBurst, 60)
	setDefault(&o.MessagesPerMinute, 60)
	setDefault(&o.AddressMessagesPerMinute, 1200)
	setDefault(&o.MaxConnections, 20000)
	setDefault(&o.PerIdentity, 10)
	setDefault(&o.MaxFile, 20<<20)
	setDefault(&o.MaxFrame, wire.MaxFrame)
	o.Log = o.Log.With("component", "webchat")
	return nil
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Server accepts customers.
type Server struct {
	opts     Options
	inboxes  map[assist.InboxID]assist.Inbox
	upgrader websocket.Upgrader
	departed departed
	sessions socket.Set[*session]
	words    *quota.Quota[assist.Identity] // messages, by who writes them; Customer is 0 in the keys
	crowds   *quota.Quota[netip.Prefix]    // messages of who isn't signed in, by where they come from

	mu        sync.Mutex                     // guards the fields below
	byPerson  map[assist.Identity][]*session // oldest first; Customer is 0 in the keys
	byVisitor map[assist.Identity][]*session
}

// New checks the options.
func New(o Options) (*Server, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	s := &Server{opts: o, inboxes: map[assist.InboxID]assist.Inbox{}, byPerson: map[assist.Identity][]*session{}, byVisitor: map[assist.Identity][]*session{}}
	for _, i := range o.Inboxes {
		s.inboxes[i.ID] = i
	}
	s.words = quota.New[assist.Identity](quota.PerMinute(s.opts.MessagesPerMinute, wire.MaxUnacked, s.opts.Now))
	s.crowds = quota.New[netip.Prefix](quota.PerMinute(s.opts.AddressMessagesPerMinute, wire.MaxUnacked, s.opts.Now))
	s.upgrader = socket.NewUpgrader(s.anyInboxAllows)
	return s, nil
}

// anyInboxAllows is the first of two checks of the origin: which inbox it is for stands in hello only.
func (s *Server) anyInboxAllows(r *http.Request) bool {
	for _, i := range s.inboxes {
		if socket.Origins(i.Origins).Allow(r) {
			return true
		}
	}
	return false
}

// ServeHTTP upgrades the request and serves the connection on a goroutine of its own, so that what net/http
// holds for the request is freed.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	network, room := quota.Network(s.opts.Remote(r)), socket.Room{All: s.opts.MaxConnections, PerNetwork: s.opts.PerAddress}
	if !s.sessions.Enter(network, room) {
		socket.Full(w)
		return
	}
	ws, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.sessions.Leave(network)
		return // the upgrader has answered
	}
	allowed := map[assist.InboxID]bool{}
	for id, i := range s.inboxes {
		allowed[id] = socket.Origins(i.Origins).Allow(r)
	}
	c := newSession(s, socket.New(socket.Options{WS: ws, Now: s.opts.Now, MaxBuffer: s.opts.MaxBuffer, MaxFrame: s.opts.MaxFrame}), allowed, network)
	if !s.sessions.Add(c) {
		c.conn.Kill()
		return
	}
	go c.serve()
}

// remove forgets a session whose connection has ended.
func (s *Server) remove(c *session) {
	s.mu.Lock()
	if c.ready {
		drop(s.byPerson, c.person(), c)
		drop(s.byVisitor, c.visitor, c)
	}
	s.mu.Unlock()
	s.sessions.Remove(c)
}

func drop(m map[assist.Identity][]*session, id assist.Identity, c *session) {
	m[id] = slices.DeleteFunc(m[id], func(o *session) bool { return o == c })
	if len(m[id]) == 0 {
		delete(m, id)
	}
}

// Connections counts the open connections.
func (s *Server) Connections() int { return s.sessions.Len() }

// Run sends heartbeats and queue positions every second until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			for _, c := range s.sessions.All() {
				c.beat()
			}
			s.sweepDeparted()
		}
	}
}

// Drain asks everybody to come back after the wait, closes all connections and waits for them to end, at
// most until ctx ends.
func (s *Server) Drain(ctx context.Context, after time.Duration) { s.sessions.Drain(ctx, after) }
