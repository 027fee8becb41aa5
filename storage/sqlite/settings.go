package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"deskhand/assist"
)

// The kinds of setting, as they stand in the database and in assist.SettingChanged.
const (
	settingTeam  = "team"
	settingQueue = "queue"
	settingMacro = "macro"
	settingTag   = "tag"
)

// Teams are all teams by id.
func (s *Store) Teams(ctx context.Context) ([]assist.Team, error) {
	return settings[assist.Team](ctx, s, settingTeam)
}

// Queues are all queues by id.
func (s *Store) Queues(ctx context.Context) ([]assist.Queue, error) {
	return settings[assist.Queue](ctx, s, settingQueue)
}

// Tags are all tags by name.
func (s *Store) Tags(ctx context.Context) ([]assist.Tag, error) {
	return settings[assist.Tag](ctx, s, settingTag)
}

// Macros are all macros by name.
func (s *Store) Macros(ctx context.Context) ([]assist.Macro, error) {
	list, err := settings[assist.Macro](ctx, s, settingMacro)
	slices.SortFunc(list, func(a, b assist.Macro) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// SaveTeam makes or changes a team, together with the fact.
func (s *Store) SaveTeam(ctx context.Context, actor assist.Actor, t assist.Team) error {
	return s.saveSetting(ctx, actor, settingTeam, string(t.ID), t)
}

// SaveQueue makes or changes a queue, together with the fact. Its team must be there.
func (s *Store) SaveQueue(ctx context.Context, actor assist.Actor, q assist.Queue) error {
	return s.saveSetting(ctx, actor, settingQueue, string(q.ID), q)
}

// SaveTag makes or changes a tag, together with the fact.
func (s *Store) SaveTag(ctx context.Context, actor assist.Actor, t assist.Tag) error {
	return s.saveSetting(ctx, actor, settingTag, t.Name, t)
}

// SaveMacro makes a macro (ID 0) or changes one. It returns the macro with its ID. The name
// must be free among the macros of the same language and team: assist.CodeExists otherwise. Its files must be there:
// assist.CodeNotFound.
func (s *Store) SaveMacro(ctx context.Context, actor assist.Actor, m assist.Macro) (assist.Macro, error) {
	err := s.change(ctx, fmt.Sprintf("save macro %d", m.ID), func(t *tx) error {
		if m.Name == "" {
			return assist.Errorf(assist.CodeEmpty, "the macro has no name")
		}
		if err := t.checkMacroName(m); err != nil {
			return err
		}
		for _, f := range m.Files {
			if err := attachmentIsThere(t.w, f.ID); err != nil {
				return err
			}
		}
		if m.ID == 0 {
			last, err := t.w.int64("SELECT max(CAST(id AS INTEGER)) FROM settings WHERE kind = ?", settingMacro)
			if err != nil {
				return err
			}
			m.ID = assist.MacroID(last + 1)
		}
		return t.saveSetting(actor, settingMacro, strconv.FormatInt(int64(m.ID), 10), m)
	})
	return m, err
}

func (t *tx) checkMacroName(m assist.Macro) error {
	return t.w.each("SELECT data FROM settings WHERE kind = ?", []sqlValue{settingMacro}, func(r row) error {
		var text string
		var o assist.Macro
		if err := r.Scan(&text); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			return err
		}
		if o.ID != m.ID && o.Name == m.Name && o.Language == m.Language && o.Team == m.Team {
			return assist.Errorf(assist.CodeExists, "macro %q", m.Name)
		}
		return nil
	})
}

// DeleteTeam removes a team. A team that a queue or an agent still names stays: assist.CodeBadValue.
func (s *Store) DeleteTeam(ctx context.Context, actor assist.Actor, id assist.TeamID) error {
	return s.deleteSetting(ctx, actor, settingTeam, string(id), `SELECT
		(SELECT count(*) FROM settings WHERE kind = 'queue' AND data ->> '$.team' = ?1) +
		(SELECT count(*) FROM agents, json_each(agents.data, '$.teams') AS t WHERE t.value = ?1)`)
}

// DeleteQueue removes a queue. A queue in which conversations wait stays: assist.CodeBadValue.
func (s *Store) DeleteQueue(ctx context.Context, actor assist.Actor, id assist.QueueID) error {
	return s.deleteSetting(ctx, actor, settingQueue, string(id),
		"SELECT count(*) FROM conversations WHERE status = 2 AND status <> 6 AND queue = ?1")
}

// DeleteMacro removes a macro.
func (s *Store) DeleteMacro(ctx context.Context, actor assist.Actor, id assist.MacroID) error {
	return s.deleteSetting(ctx, actor, settingMacro, strconv.FormatInt(int64(id), 10), "")
}

// DeleteTag removes a tag from the list that is offered; conversations keep it.
func (s *Store) DeleteTag(ctx context.Context, actor assist.Actor, name string) error {
	return s.deleteSetting(ctx, actor, settingTag, name, "")
}

func settings[T any](ctx context.Context, s *Store, kind string) (out []T, err error) {
	err = s.query(ctx, "SELECT data FROM settings WHERE kind = ? ORDER BY id", []any{kind}, func(r scanner) error {
		var text string
		if err := r.Scan(&text); err != nil {
			return err
		}
		var v T
		err := json.Unmarshal([]byte(text), &v)
		out = append(out, v)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("settings of kind %s: %w", kind, err)
	}
	return out, nil
}

func (s *Store) saveSetting(ctx context.Context, actor assist.Actor, kind, id string, v any) error {
	return s.change(ctx, fmt.Sprintf("save %s %s", kind, id), func(t *tx) error {
		return t.saveSetting(actor, kind, id, v)
	})
}

func (t *tx) saveSetting(actor assist.Actor, kind, id string, v any) error {
	if id == "" {
		return assist.Errorf(assist.CodeEmpty, "the %s has no id", kind)
	}
	if q, ok := v.(assist.Queue); ok && q.Team != "" {
		n, err := t.w.int64("SELECT count(*) FROM settings WHERE kind = ? AND id = ?", settingTeam, string(q.Team))
		if err != nil {
			return err
		}
		if n == 0 {
			return assist.Errorf(assist.CodeBadValue, "team %q of queue %q is not there", q.Team, q.ID)
		}
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = t.w.exec("INSERT INTO settings (kind, id, data) VALUES (?,?,?) ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data",
		kind, id, string(data))
	if err != nil {
		return err
	}
	return t.record(actor, assist.SettingChanged{Kind: kind, ID: id})
}

// deleteSetting removes a setting that nothing uses; uses counts the uses of ?1, empty: nothing to count.
func (s *Store) deleteSetting(ctx context.Context, actor assist.Actor, kind, id, uses string) error {
	return s.change(ctx, fmt.Sprintf("delete %s %s", kind, id), func(t *tx) error {
		if uses != "" {
			n, err := t.w.int64(uses, id)
			if err != nil {
				return err
			}
			if n > 0 {
				return assist.Errorf(assist.CodeBadValue, "%s %q is still in use (%d)", kind, id, n)
			}
		}
		n, err := t.w.exec("DELETE FROM settings WHERE kind = ? AND id = ?", kind, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return assist.ErrNotFound
		}
		return t.record(actor, assist.SettingChanged{Kind: kind, ID: id, Deleted: true})
	})
}
