// Package gateway serves agents' desktops: sign-in over HTTP and section 4 of wire/PROTOCOL.md over a
// WebSocket. Each connection is a session with one reading goroutine; Run drives heartbeats, lists and the
// directory. Rights are checked on every command, by desk inside the storing transaction or here for reads.
package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/floor"
	"deskhand/assist/hub"
	"deskhand/assist/quota"
	"deskhand/assist/socket"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Store is what agents read, and the settings they edit.
type Store interface {
	Epoch(ctx context.Context) (assist.Epoch, error)
	Rev(ctx context.Context) (assist.Rev, error)
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	Conversations(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error)
	Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error)
	Customer(ctx context.Context, id assist.CustomerID) (assist.Customer, error)
	Customers(ctx context.Context, f assist.CustomerFilter) ([]assist.Customer, error)
	Identities(ctx context.Context, id assist.CustomerID) ([]assist.Identity, error)
	Search(ctx context.Context, text string, f assist.SearchFilter) ([]assist.Hit, error)
	Macros(ctx context.Context) ([]assist.Macro, error)
	SaveMacro(ctx context.Context, by assist.Actor, m assist.Macro) (assist.Macro, error)
	DeleteMacro(ctx context.Context, by assist.Actor, id assist.MacroID) error
	Tags(ctx context.Context) ([]assist.Tag, error)
	SaveTag(ctx context.Context, by assist.Actor, t assist.Tag) error
	DeleteTag(ctx context.Context, by assist.Actor, name string) error
}

// Ledger takes what agents write.
type Ledger interface {
	Submit(w assist.Write, done func(assist.Written))
}

// Access says who is who.
type Access interface {
	SignIn(ctx context.Context, c access.Credentials) (token string, agent assist.Agent, session assist.Session, err error)
	Authenticate(ctx context.Context, token string) (assist.Agent, assist.Session, error)
	Ticket(session assist.Session) (string, error)
	RedeemTicket(ctx context.Context, ticket string) (assist.Agent, assist.Session, error)
	SignOut(ctx context.Context, token string) error
	Watch(hash assist.SessionHash) (ended <-chan struct{}, stop func())
}

// Files looks up uploaded files; only those of the given owner that no message has yet may be attached.
type Files interface {
	Claim(ctx context.Context, ids []assist.AttachmentID, owner string) ([]assist.Attachment, error)
}

// Options configure a Server. Those without a default are needed.
type Options struct {
	Store    Store
	Ledger   Ledger
	Hub      *hub.Hub
	Floor    *floor.Floor
	Presence *hub.Presence
	Access   Access
	Files    Files
	Commands Commands // nil: nothing is ever asked of a back office
	Policy   access.Policy
	Inboxes  []assist.Inbox
	Origins  []string // of web pages that may connect; desktops send none
	Bot      bool     // one works here: conversations may be given to it
	Log      *slog.Logger
	Now      func() time.Time // default time.Now

	AwayAfter       time.Duration // of no sign of a person; 0: never
	Grace           time.Duration // a lost connection is waited for; default 30 s
	FramesPerSecond float64       // of one connection; default 50
	FramesBurst     int           // default 200
	// MessagesPerMinute bounds what one agent may send, over however many connections; default 600.
	MessagesPerMinute int
	MaxConnections    int   // default 20000
	PerAddress        int   // connections from one network address (of IPv6: from one /64); 0: no bound
	PerAgent          int   // connections of one agent; the oldest goes; default 8
	MaxBuffer         int   // bytes, see socket.Options
	MaxFrame          int   // bytes of a frame that a client sends; default and most: wire.MaxFrame
	MaxFile           int64 // bytes, told to clients; default 20 MB
	// Remote is the network address of a request, e.g. behind a trusted proxy; default: the connection's.
	Remote func(r *http.Request) string
}

func (o *Options) fill() error {
	if o.Store == nil || o.Ledger == nil || o.Hub == nil || o.Floor == nil || o.Presence == nil || o.Access == nil || o.Files == nil || o.Log == nil {
		return errors.New("gateway: an option without default is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Remote == nil {
		o.Remote = func(r *http.Request) string { return r.RemoteAddr }
	}
	setDefault(&o.Grace, 30*time.Second)
	setDefault(&o.FramesPerSecond, 50)
	setDefault(&o.FramesBurst, 200)
	setDefault(&o.MessagesPerMinute, 600)
	setDefault(&o.MaxConnections, 20000)
	setDefault(&o.PerAgent, 8)
	setDefault(&o.MaxFile, 20<<20)
	setDefault(&o.MaxFrame, wire.MaxFrame)
	o.Log = o.Log.With("component", "gateway")
	return nil
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Server accepts agents.
type Server struct {
	opts     Options
	upgrader websocket.Upgrader
	lists    *lists
	shared   shared
	sessions socket.Set[*session]
	words    *quota.Quota[assist.AgentID] // messages
}

// New checks the options.
func New(o Options) (*Server, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	s := &Server{opts: o}
	s.lists = newLists(s)
	s.words = quota.New[assist.AgentID](quota.PerMinute(s.opts.MessagesPerMinute, wire.MaxUnacked, s.opts.Now))
	s.upgrader = socket.NewUpgrader(socket.Origins(o.Origins).Allow)
	return s, nil
}

// ServeHTTP upgrades the request and serves the connection on a goroutine of its own.
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
	c := newSession(s, socket.New(socket.Options{WS: ws, Now: s.opts.Now, MaxBuffer: s.opts.MaxBuffer, MaxFrame: s.opts.MaxFrame}), network)
	if !s.sessions.Add(c) {
		c.conn.Kill()
		return
	}
	go c.serve()
}

// greeted lists the sessions that have had their welcome: nothing comes before it.
func (s *Server) greeted() []*session {
	all := s.sessions.All()
	out := all[:0]
	for _, c := range all {
		if c.isGreeted() {
			out = append(out, c)
		}
	}
	return out
}

// limitConnections closes the oldest connections of an agent who has too many. Those that were closed before
// but haven't ended count, so that no burst gets past the limit.
func (s *Server) limitConnections(id assist.AgentID) {
	own := slices.DeleteFunc(s.sessions.All(), func(c *session) bool { return c.agentID() != id })
	slices.SortFunc(own, func(a, b *session) int { return a.gate.Opened().Compare(b.gate.Opened()) })
	for len(own) > s.opts.PerAgent {
		own[0].conn.Close(wire.CloseReplaced, "too many connections")
		own = own[1:]
	}
}

// Connections counts the open connections.
func (s *Server) Connections() int { return s.sessions.Len() }

// How often Run does what.
const (
	flushEvery     = 100 * time.Millisecond
	beatEvery      = time.Second
	directoryEvery = 2 * time.Second
)

// Run sends lists, heartbeats and the directory until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	flush, beat, directory := time.NewTicker(flushEvery), time.NewTicker(beatEvery), time.NewTicker(directoryEvery)
	defer flush.Stop()
	defer beat.Stop()
	defer directory.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-flush.C:
			s.lists.flush(ctx)
		case <-beat.C:
			for _, c := range s.sessions.All() {
				c.beat()
			}
			s.opts.Presence.Sweep(s.opts.AwayAfter, s.opts.Grace)
		case <-directory.C:
			s.refresh(ctx)
		}
	}
}

// Drain asks everybody to come back after the wait, closes all connections and waits for them to end, at
// most until ctx ends.
func (s *Server) Drain(ctx context.Context, after time.Duration) { s.sessions.Drain(ctx, after) }
