package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"deskhand/assist"
)

const (
	// maxSessions is how many devices one agent may be signed in on; the least recently used one is signed
	// out first.
	maxSessions = 20
	// touchEvery is how old LastSeen may get before it is stored again: idle life is counted in days, and a
	// database write on every request would be waste.
	touchEvery = 5 * time.Minute
)

// Authenticate gives the agent and the session of a session token. It fails with CodeUnauthenticated for an
// unknown or revoked session, with CodeSessionExpired for one past its idle or absolute life, and with
// CodeForbidden if the agent is disabled.
func (s *Service) Authenticate(ctx context.Context, token string) (assist.Agent, assist.Session, error) {
	if !wellFormed(sessionPrefix, token) {
		return assist.Agent{}, assist.Session{}, assist.Errorf(assist.CodeUnauthenticated, "not a session token")
	}
	return s.check(ctx, assist.SessionHash(hashToken(token)))
}

// check reads the session and its agent from the store, every time: nothing is cached, so a right that was
// taken away is gone at the next request.
func (s *Service) check(ctx context.Context, hash assist.SessionHash) (assist.Agent, assist.Session, error) {
	none := assist.Agent{}
	session, err := s.store.Session(ctx, hash)
	if errors.Is(err, assist.ErrNotFound) {
		return none, session, assist.Errorf(assist.CodeUnauthenticated, "the session is unknown or was signed out")
	}
	if err != nil {
		return none, session, fmt.Errorf("session: %w", err)
	}
	now := s.clock()
	if s.expired(session, now) {
		s.dropExpired(ctx, session)
		return none, session, assist.Errorf(assist.CodeSessionExpired, "the session of agent %d has expired", session.Agent)
	}
	agent, err := s.store.Agent(ctx, session.Agent)
	if err != nil {
		return none, session, fmt.Errorf("agent %d of a session: %w", session.Agent, err)
	}
	if agent.Disabled {
		return none, session, assist.Errorf(assist.CodeForbidden, "agent %d is disabled", agent.ID)
	}
	return agent, s.touch(ctx, session, now), nil
}

func (s *Service) expired(session assist.Session, now time.Time) bool {
	return !session.ExpiresAt.After(now) || now.Sub(session.LastSeen) >= s.opts.SessionIdle
}

// touch stores that the session is in use. A failure does not end the session: the next request tries again.
func (s *Service) touch(ctx context.Context, session assist.Session, now time.Time) assist.Session {
	if now.Sub(session.LastSeen) < touchEvery {
		return session
	}
	session.LastSeen = now
	err := s.store.TouchSession(ctx, session.Hash, now)
	if err != nil && !errors.Is(err, assist.ErrNotFound) { // not found: revoked this very moment
		s.log.Warn("session not touched", "agent_id", session.Agent, "err", err)
	}
	return session
}

func (s *Service) dropExpired(ctx context.Context, session assist.Session) {
	if err := s.store.DeleteSession(ctx, session.Hash); err != nil && !errors.Is(err, assist.ErrNotFound) {
		s.log.Warn("expired session not deleted", "agent_id", session.Agent, "err", err)
	}
	s.watches.end(session.Hash)
}

func (s *Service) dropAllExpired(ctx context.Context, id assist.AgentID, now time.Time) error {
	all, err := s.store.Sessions(ctx, id)
	if err != nil {
		return fmt.Errorf("sessions of agent %d: %w", id, err)
	}
	for _, session := range all {
		if s.expired(session, now) {
			s.dropExpired(ctx, session)
		}
	}
	return nil
}

// open makes and stores a session, signing the agent's least recently used devices out beyond maxSessions. Expired
// sessions of devices that never came back go as well.
func (s *Service) open(ctx context.Context, agent assist.Agent, c Credentials) (string, assist.Session, error) {
	now, token := s.clock(), newToken(sessionPrefix)
	session := assist.Session{
		Hash: assist.SessionHash(hashToken(token)), Agent: agent.ID, Device: clip(c.Device), Remote: clip(c.Remote),
		CreatedAt: now, LastSeen: now, ExpiresAt: now.Add(s.opts.SessionLife),
	}
	old, err := s.Sessions(ctx, agent.ID)
	if err != nil {
		return "", session, err
	}
	if err := s.dropAllExpired(ctx, agent.ID, now); err != nil {
		return "", session, err
	}
	for _, extra := range old[:max(0, len(old)-maxSessions+1)] {
		if err := s.revoke(ctx, extra); err != nil {
			return "", session, err
		}
	}
	if err := s.store.SaveSession(ctx, session); err != nil {
		return "", session, fmt.Errorf("save session of agent %d: %w", agent.ID, err)
	}
	return token, session, nil
}

// Sessions lists where the agent is signed in, least recently used first; expired ones are left out.
func (s *Service) Sessions(ctx context.Context, id assist.AgentID) ([]assist.Session, error) {
	all, err := s.store.Sessions(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("sessions of agent %d: %w", id, err)
	}
	now := s.clock()
	good := slices.DeleteFunc(slices.Clone(all), func(x assist.Session) bool { return s.expired(x, now) })
	slices.SortFunc(good, func(a, b assist.Session) int {
		return cmp.Or(a.LastSeen.Compare(b.LastSeen), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Hash, b.Hash))
	})
	return good, nil
}

// SignOut ends the session of a token. Signing out twice is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	if !wellFormed(sessionPrefix, token) {
		return assist.Errorf(assist.CodeUnauthenticated, "not a session token")
	}
	return s.revoke(ctx, assist.Session{Hash: assist.SessionHash(hashToken(token))})
}

// Revoke ends one session of an agent, named by its hash as Sessions lists it. It fails with CodeNotFound if
// the agent has no such session.
func (s *Service) Revoke(ctx context.Context, id assist.AgentID, hash assist.SessionHash) error {
	session, err := s.store.Session(ctx, hash)
	if err != nil {
		return fmt.Errorf("revoke session of agent %d: %w", id, err)
	}
	if session.Agent != id {
		return fmt.Errorf("revoke session of agent %d: %w", id, assist.ErrNotFound)
	}
	return s.revoke(ctx, session)
}

// revokeAll ends every session of an agent.
func (s *Service) revokeAll(ctx context.Context, id assist.AgentID) error {
	all, err := s.store.Sessions(ctx, id)
	if err != nil {
		return fmt.Errorf("sessions of agent %d: %w", id, err)
	}
	for _, session := range all {
		if err := s.revoke(ctx, session); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) revoke(ctx context.Context, session assist.Session) error {
	if err := s.store.DeleteSession(ctx, session.Hash); err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("delete a session of agent %d: %w", session.Agent, err)
	}
	s.watches.end(session.Hash)
	return nil
}

// clip shortens what a client says about itself to what is worth keeping, without cutting a character.
func clip(s string) string {
	const most = 120
	n := 0
	for i := range s {
		if n == most {
			return s[:i]
		}
		n++
	}
	return s
}
