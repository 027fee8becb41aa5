package access

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"deskhand/assist"
)

// Store keeps people and their sessions. Every method is one transaction; SaveAgent and SetPasswordHash
// also store the event of the change. A thing that is not there is assist.ErrNotFound; a login that is taken
// is an *assist.Error with CodeExists.
type Store interface {
	SaveAgent(ctx context.Context, by assist.Actor, a assist.Agent) (assist.Agent, error) // new if its ID is 0
	Agent(ctx context.Context, id assist.AgentID) (assist.Agent, error)
	Agents(ctx context.Context) ([]assist.Agent, error)
	AgentByLogin(ctx context.Context, login string) (assist.Agent, error)
	SetPasswordHash(ctx context.Context, by assist.Actor, id assist.AgentID, hash string) error
	PasswordHash(ctx context.Context, id assist.AgentID) (string, error) // "" or ErrNotFound: none set
	SessionStore
	// AppendEvents stores facts that belong to no conversation.
	AppendEvents(ctx context.Context, at time.Time, events []assist.Event) ([]assist.Event, error)
}

// SessionStore is the part of a Store that keeps sessions.
type SessionStore interface {
	SaveSession(ctx context.Context, s assist.Session) error // adds or replaces by Hash
	// TouchSession sets LastSeen of a session that is there and never brings back one that was deleted:
	// then it is ErrNotFound.
	TouchSession(ctx context.Context, hash assist.SessionHash, at time.Time) error
	Session(ctx context.Context, hash assist.SessionHash) (assist.Session, error)
	Sessions(ctx context.Context, id assist.AgentID) ([]assist.Session, error)
	DeleteSession(ctx context.Context, hash assist.SessionHash) error
}

// Options are what a Service is made of. Store is required; the rest have defaults.
type Options struct {
	Store          Store
	Log            *slog.Logger     // default: none
	Now            func() time.Time // default: time.Now
	SessionIdle    time.Duration    // unused for so long: signed out; default 7 days
	SessionLife    time.Duration    // signed out in any case; default 30 days
	IdentityMaxAge time.Duration    // of customers' signed identities; default 24 hours
	Passwords      Params           // default: DefaultParams
	HashesAtOnce   int              // default: the number of processors, at most 4
}

// Service signs agents in and out and keeps their accounts. It is safe for concurrent use.
type Service struct {
	store    Store
	log      *slog.Logger
	opts     Options
	hasher   *hasher
	throttle *throttle
	tickets  *tickets
	watches  watches
}

// New makes a Service. It fails if the store is missing or the password parameters are out of range.
func New(o Options) (*Service, error) {
	if o.Store == nil {
		return nil, errors.New("access: no store given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	orElse(&o.SessionIdle, 7*24*time.Hour)
	orElse(&o.SessionLife, 30*24*time.Hour)
	orElse(&o.IdentityMaxAge, 24*time.Hour)
	orElse(&o.Passwords, DefaultParams())
	orElse(&o.HashesAtOnce, min(4, runtime.GOMAXPROCS(0)))
	h, err := newHasher(o.Passwords, o.HashesAtOnce)
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	s := &Service{store: o.Store, log: o.Log.With("component", "access"), opts: o, hasher: h}
	s.throttle, s.tickets = newThrottle(s.clock), newTickets(s.clock)
	s.watches.live = make(map[assist.SessionHash]map[*watch]struct{})
	return s, nil
}

func orElse[T comparable](v *T, fallback T) {
	var zero T
	if *v == zero {
		*v = fallback
	}
}

// clock is now in UTC and whole milliseconds, as everything is stored.
func (s *Service) clock() time.Time { return s.opts.Now().UTC().Truncate(time.Millisecond) }

// Credentials are what somebody signs in with.
type Credentials struct {
	Login    string
	Password string
	Remote   string // network address without port, for the throttle and the record
	Device   string // as the program names itself
}

// LogValue implements slog.LogValuer: neither password nor login belongs in a log.
func (c Credentials) LogValue() slog.Value { return slog.StringValue("[credentials]") }

// SignIn checks a login and password and opens a session. The token is told this once. It fails with
// CodeUnauthenticated for a wrong password and an unknown login alike (and after the same time), with
// CodeForbidden for a disabled login whose password is right, with CodeLocked and RetryAfter after too many
// failures, and with CodeBusy when too many sign in at once.
func (s *Service) SignIn(ctx context.Context, c Credentials) (token string, agent assist.Agent, session assist.Session, err error) {
	c.Login = normalLogin(c.Login)
	if wait, first := s.throttle.begin(c.Login, c.Remote); wait > 0 {
		if first {
			s.refused(ctx, assist.Agent{}, c, "locked")
		}
		return "", agent, session, &assist.Error{Code: assist.CodeLocked, Detail: "too many failed sign-ins", RetryAfter: wait}
	}
	agent, outdated, err := s.prove(ctx, c)
	if err != nil {
		return "", assist.Agent{}, session, err
	}
	s.throttle.succeed(c.Login, c.Remote)
	if outdated {
		s.rehash(ctx, agent, c.Password)
	}
	token, session, err = s.open(ctx, agent, c)
	if err != nil {
		return "", assist.Agent{}, session, err
	}
	s.record(ctx, assist.ByAgent(agent), assist.SignIn{Agent: agent.ID, Remote: clip(c.Remote)})
	return token, agent, session, nil
}

// prove finds the agent and checks the password, spending the same time whether or not there is one.
func (s *Service) prove(ctx context.Context, c Credentials) (agent assist.Agent, outdated bool, err error) {
	agent, stored, err := s.lookUp(ctx, c.Login)
	if err != nil {
		return agent, false, err
	}
	if len(c.Password) > MaxPassword {
		c.Password, stored = "", "" // nobody has such a password, and hashing megabytes is work for an attacker
	}
	match, outdated, err := s.hasher.verify(ctx, c.Password, stored)
	switch {
	case err != nil:
		return agent, false, fmt.Errorf("check the password of agent %d: %w", agent.ID, err)
	case !match:
		s.refused(ctx, agent, c, "password")
		return agent, false, assist.Errorf(assist.CodeUnauthenticated, "login or password is wrong")
	case agent.Disabled:
		s.refused(ctx, agent, c, "disabled")
		return agent, false, assist.Errorf(assist.CodeForbidden, "agent %d is disabled", agent.ID)
	}
	return agent, outdated, nil
}

// lookUp is the agent and the stored hash of a login; both empty if there is none.
func (s *Service) lookUp(ctx context.Context, login string) (assist.Agent, string, error) {
	agent, err := s.store.AgentByLogin(ctx, login)
	if errors.Is(err, assist.ErrNotFound) {
		return assist.Agent{}, "", nil
	}
	if err != nil {
		return assist.Agent{}, "", fmt.Errorf("find a login: %w", err)
	}
	stored, err := s.store.PasswordHash(ctx, agent.ID)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return assist.Agent{}, "", fmt.Errorf("password of agent %d: %w", agent.ID, err)
	}
	return agent, stored, nil
}

// rehash stores the password under today's parameters. A failure is no reason to refuse the sign-in.
func (s *Service) rehash(ctx context.Context, agent assist.Agent, password string) {
	hash, err := s.hasher.hash(ctx, password)
	if err == nil {
		err = s.store.SetPasswordHash(ctx, assist.BySystem(), agent.ID, hash)
	}
	if err != nil {
		s.log.Warn("password hash not renewed", "agent_id", agent.ID, "err", err)
	}
}

func (s *Service) refused(ctx context.Context, a assist.Agent, c Credentials, reason string) {
	s.record(ctx, assist.BySystem(), assist.SignIn{Agent: a.ID, Remote: clip(c.Remote), Reason: reason})
}

// record stores a fact about a sign-in. Nobody is locked out because it could not be written.
func (s *Service) record(ctx context.Context, by assist.Actor, d assist.EventData) {
	if _, err := s.store.AppendEvents(ctx, s.clock(), []assist.Event{{Actor: by, Data: d}}); err != nil {
		s.log.Error("sign-in not recorded", "event", d.EventType(), "err", err)
	}
}

// normalLogin is the one spelling under which a login is stored and looked for.
func normalLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }
