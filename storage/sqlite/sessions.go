package sqlite

import (
	"context"
	"fmt"
	"time"

	"deskhand/assist"
)

const sessionColumns = "hash, agent, device, remote, created_at, last_seen, expires_at"

// SaveSession adds a session or replaces the one of the same hash.
func (s *Store) SaveSession(ctx context.Context, x assist.Session) error {
	return s.change(ctx, fmt.Sprintf("save session of agent %d", x.Agent), func(t *tx) error {
		if _, err := t.agent(x.Agent); err != nil {
			return err
		}
		_, err := t.w.exec("INSERT INTO sessions ("+sessionColumns+`) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (hash) DO UPDATE SET agent = excluded.agent, device = excluded.device, remote = excluded.remote,
			created_at = excluded.created_at, last_seen = excluded.last_seen, expires_at = excluded.expires_at`,
			string(x.Hash), int64(x.Agent), x.Device, x.Remote, millis(x.CreatedAt), millis(x.LastSeen), millis(x.ExpiresAt))
		return err
	})
}

// TouchSession sets LastSeen of a session that is there. One that was deleted stays so: assist.ErrNotFound.
func (s *Store) TouchSession(ctx context.Context, hash assist.SessionHash, at time.Time) error {
	return s.change(ctx, "touch session", func(t *tx) error {
		n, err := t.w.exec("UPDATE sessions SET last_seen = ? WHERE hash = ?", millis(at), string(hash))
		if err == nil && n == 0 {
			err = assist.ErrNotFound
		}
		return err
	})
}

// Session is the one of that token hash; assist.ErrNotFound if there is none. It may have expired.
func (s *Store) Session(ctx context.Context, hash assist.SessionHash) (assist.Session, error) {
	list, err := s.sessions(ctx, "WHERE hash = ?", string(hash))
	return firstOr(list, err, "session")
}

// Sessions are the agent's, last used first.
func (s *Store) Sessions(ctx context.Context, agent assist.AgentID) ([]assist.Session, error) {
	list, err := s.sessions(ctx, "WHERE agent = ? ORDER BY last_seen DESC, hash", int64(agent))
	if err != nil {
		return nil, fmt.Errorf("sessions of agent %d: %w", agent, err)
	}
	return list, nil
}

func (s *Store) sessions(ctx context.Context, tail string, args ...any) (out []assist.Session, err error) {
	err = s.query(ctx, "SELECT "+sessionColumns+" FROM sessions "+tail, args, func(r scanner) error {
		var x assist.Session
		var hash string
		var agent, created, seen, expires int64
		err := r.Scan(&hash, &agent, &x.Device, &x.Remote, &created, &seen, &expires)
		x.Hash, x.Agent = assist.SessionHash(hash), assist.AgentID(agent)
		x.CreatedAt, x.LastSeen, x.ExpiresAt = fromMillis(created), fromMillis(seen), fromMillis(expires)
		out = append(out, x)
		return err
	})
	return out, err
}

// DeleteSession ends one session; it is no error if it is gone already.
func (s *Store) DeleteSession(ctx context.Context, hash assist.SessionHash) error {
	return s.change(ctx, "delete session", func(t *tx) error {
		_, err := t.w.exec("DELETE FROM sessions WHERE hash = ?", string(hash))
		return err
	})
}

// DeleteSessions ends all sessions of the agent.
func (s *Store) DeleteSessions(ctx context.Context, agent assist.AgentID) error {
	return s.change(ctx, fmt.Sprintf("delete sessions of agent %d", agent), func(t *tx) error {
		_, err := t.w.exec("DELETE FROM sessions WHERE agent = ?", int64(agent))
		return err
	})
}

// DeleteExpiredSessions removes the sessions that ended at or before the moment.
func (s *Store) DeleteExpiredSessions(ctx context.Context, at time.Time) error {
	return s.change(ctx, "delete expired sessions", func(t *tx) error {
		_, err := t.w.exec("DELETE FROM sessions WHERE expires_at <= ?", millis(at))
		return err
	})
}

// AppendEvents stores facts that belong to no conversation (sign-ins, states of agents) and returns them
// with their Rev. Events about conversations are refused: they go through Commit.
func (s *Store) AppendEvents(ctx context.Context, at time.Time, events []assist.Event) ([]assist.Event, error) {
	out := make([]assist.Event, 0, len(events))
	err := s.change(ctx, "append events", func(t *tx) error {
		t.at = millis(at)
		for i, e := range events {
			switch e.Data.(type) {
			case assist.StateChanged, assist.SignIn, assist.AgentChanged, assist.SettingChanged:
			default:
				return assist.Errorf(assist.CodeBadValue, "event %d (%T) belongs to a conversation or a customer", i, e.Data)
			}
			kept, err := t.recordEvent(e.Actor, e.Data)
			if err != nil {
				return err
			}
			out = append(out, kept)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
