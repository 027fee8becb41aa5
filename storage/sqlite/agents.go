package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"deskhand/assist"
)

// SaveAgent makes a person with a login (ID 0) or changes one, together with the fact, and returns it with its ID.
// Logins are unique whatever their letter case: assist.CodeExists otherwise. The password is not touched.
func (s *Store) SaveAgent(ctx context.Context, actor assist.Actor, a assist.Agent) (assist.Agent, error) {
	err := s.change(ctx, fmt.Sprintf("save agent %d", a.ID), func(t *tx) error {
		if strings.TrimSpace(a.Login) == "" || !a.Role.Valid() {
			return assist.Errorf(assist.CodeBadValue, "an agent needs a login and a role (%q)", a.Role)
		}
		change, err := t.putAgent(&a)
		if isConstraint(err) {
			return assist.Errorf(assist.CodeExists, "login %q is there already", a.Login)
		}
		if err != nil {
			return err
		}
		return t.record(actor, assist.AgentChanged{Agent: a, Change: change})
	})
	return a, err
}

// putAgent writes the row and names the change.
func (t *tx) putAgent(a *assist.Agent) (change string, err error) {
	if a.ID == 0 {
		last, err := t.w.int64("SELECT max(id) FROM agents")
		if err != nil {
			return "", err
		}
		a.ID, a.CreatedAt = assist.AgentID(last+1), fromMillis(t.at)
		data, err := json.Marshal(a)
		if err != nil {
			return "", err
		}
		_, err = t.w.exec("INSERT INTO agents (id, login, data, password, created_at) VALUES (?,?,?,'',?)",
			int64(a.ID), a.Login, string(data), t.at)
		return "created", err
	}
	before, err := t.agent(a.ID)
	if err != nil {
		return "", err
	}
	a.CreatedAt = before.CreatedAt
	data, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	if _, err = t.w.exec("UPDATE agents SET login = ?, data = ? WHERE id = ?", a.Login, string(data), int64(a.ID)); err != nil {
		return "", err
	}
	switch {
	case a.Disabled && !before.Disabled:
		return "disabled", nil
	case !a.Disabled && before.Disabled:
		return "enabled", nil
	}
	return "updated", nil
}

func (t *tx) agent(id assist.AgentID) (a assist.Agent, err error) {
	found, err := false, error(nil)
	err = t.w.each("SELECT data FROM agents WHERE id = ?", []sqlValue{int64(id)}, func(r row) error {
		found = true
		a, err = scanAgent(r)
		return err
	})
	if err == nil && !found {
		err = assist.Errorf(assist.CodeNotFound, "agent %d", id)
	}
	return a, err
}

func scanAgent(r scanner) (a assist.Agent, err error) {
	var text string
	if err := r.Scan(&text); err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(text), &a)
}

// Agents are all people with a login, disabled ones too, by ID.
func (s *Store) Agents(ctx context.Context) ([]assist.Agent, error) {
	list, err := s.agents(ctx, "ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("agents: %w", err)
	}
	return list, nil
}

// Agent is one of them; assist.ErrNotFound if there is none.
func (s *Store) Agent(ctx context.Context, id assist.AgentID) (assist.Agent, error) {
	list, err := s.agents(ctx, "WHERE id = ?", int64(id))
	return firstOr(list, err, fmt.Sprintf("agent %d", id))
}

// AgentByLogin is the one with that login, whatever its letter case; assist.ErrNotFound if there is none.
func (s *Store) AgentByLogin(ctx context.Context, login string) (assist.Agent, error) {
	list, err := s.agents(ctx, "WHERE login = ?", login)
	return firstOr(list, err, "agent by login")
}

func (s *Store) agents(ctx context.Context, tail string, args ...any) (out []assist.Agent, err error) {
	err = s.query(ctx, "SELECT data FROM agents "+tail, args, func(r scanner) error {
		a, err := scanAgent(r)
		out = append(out, a)
		return err
	})
	return out, err
}

// SetPasswordHash stores the hash of a new password, and the fact, which does not hold it.
func (s *Store) SetPasswordHash(ctx context.Context, actor assist.Actor, id assist.AgentID, hash string) error {
	return s.change(ctx, fmt.Sprintf("set password of agent %d", id), func(t *tx) error {
		a, err := t.agent(id)
		if err != nil {
			return err
		}
		if _, err := t.w.exec("UPDATE agents SET password = ? WHERE id = ?", hash, int64(id)); err != nil {
			return err
		}
		return t.record(actor, assist.AgentChanged{Agent: a, Change: "password"})
	})
}

// PasswordHash is what SetPasswordHash stored, empty if nothing was; assist.ErrNotFound for no such agent.
func (s *Store) PasswordHash(ctx context.Context, id assist.AgentID) (string, error) {
	var list []string
	err := s.query(ctx, "SELECT password FROM agents WHERE id = ?", []any{int64(id)}, func(r scanner) error {
		var h string
		err := r.Scan(&h)
		list = append(list, h)
		return err
	})
	return firstOr(list, err, fmt.Sprintf("password of agent %d", id))
}
