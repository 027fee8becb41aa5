package sqlite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"deskhand/assist"
)

const commandColumns = "id, conversation, generation, inbox, customer, party, intent, action, state, outcome, ended, amount, due_at, created_at, updated_at, data"

// changeCommand brings a command into its next state, if it stands where the change says and stays below the ceilings.
// It writes last and only then, so that a refusal leaves nothing.
func (b *batch) changeCommand(w *assist.Write) error {
	c := w.Command
	if w.ClientID != "" || c.To.Conversation != w.Conversation || c.To.ID == "" || c.To.State == "" {
		return assist.Errorf(assist.CodeBadValue, "command %q: the write is not made for it", c.To.ID)
	}
	if c.Switch {
		if err := b.switchedOn(c.To.Action); err != nil {
			return err
		}
	}
	for _, ceiling := range c.Ceilings {
		if err := b.below(ceiling, c.To); err != nil {
			return err
		}
	}
	if c.From == "" {
		return b.insertCommand(c.To)
	}
	n, err := b.w.exec(`UPDATE commands SET state=?, outcome=?, ended=?, due_at=?, updated_at=?, data=? WHERE id=? AND state=? AND conversation=?`,
		c.To.State, c.To.Outcome, flag(c.To.Ended), millis(c.To.DueAt), millis(c.To.UpdatedAt), string(c.To.Data), c.To.ID, c.From, int64(c.To.Conversation))
	if err == nil && n == 0 {
		err = assist.Errorf(assist.CodeWrongStatus, "command %s is not %s", c.To.ID, c.From)
	}
	return err
}

func (b *batch) insertCommand(c assist.CommandRecord) error {
	n, err := b.w.exec("INSERT INTO commands ("+commandColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
		c.ID, int64(c.Conversation), int64(c.Generation), string(c.Inbox), int64(c.Customer), c.Party, c.Intent, c.Action, c.State, c.Outcome,
		flag(c.Ended), c.Amount, millis(c.DueAt), millis(c.CreatedAt), millis(c.UpdatedAt), string(c.Data))
	if err == nil && n == 0 {
		err = assist.Errorf(assist.CodeExists, "command %s", c.ID)
	}
	return err
}

// below refuses what would bring the sum above the ceiling.
func (b *batch) below(ceiling assist.CommandCeiling, to assist.CommandRecord) error {
	w := commandWhere(ceiling.Counts)
	sum, err := b.w.int64("SELECT coalesce(sum(amount), 0) FROM commands WHERE id <> ? AND "+w.text(), append([]sqlValue{to.ID}, w.args...)...)
	if err != nil {
		return err
	}
	if sum += to.Amount; sum > ceiling.Max {
		over := &assist.CeilingError{Scope: ceiling.Scope, Max: ceiling.Max, Sum: sum}
		return &assist.Error{Code: assist.CodeFull, Detail: "command " + to.ID, Err: over}
	}
	return nil
}

func (b *batch) switchedOn(action string) error {
	domain, _, _ := strings.Cut(action, ".")
	n, err := b.w.int64("SELECT count(*) FROM action_switches WHERE action IN (?, ?, '*')", action, domain+".*")
	if err == nil && n > 0 {
		err = assist.Errorf(assist.CodeForbidden, "%s is switched off", action)
	}
	return err
}

// commandConditions is a WHERE clause in the making.
type commandConditions struct {
	parts []string
	args  []sqlValue
}

func (w *commandConditions) add(part string, args ...sqlValue) {
	w.parts, w.args = append(w.parts, part), append(w.args, args...)
}

func (w *commandConditions) text() string {
	if len(w.parts) == 0 {
		return "1"
	}
	return strings.Join(w.parts, " AND ")
}

func commandWhere(f assist.CommandFilter) *commandConditions {
	w := &commandConditions{}
	for _, c := range []struct{ column, value string }{{"id", f.ID}, {"party", f.Party}, {"intent", f.Intent}, {"action", f.Action}} {
		if c.value != "" {
			w.add(c.column+" = ?", c.value)
		}
	}
	for _, c := range []struct {
		column string
		value  int64
	}{{"conversation", int64(f.Conversation)}, {"generation", int64(f.Generation)}, {"customer", int64(f.Customer)}} {
		if c.value != 0 {
			w.add(c.column+" = ?", c.value)
		}
	}
	if n := len(f.Inboxes); n > 0 {
		w.add("inbox IN ("+places(n)+")", texts(f.Inboxes)...)
	}
	if n := len(f.States); n > 0 {
		in := " IN (" + places(n) + ")"
		w.add("(state"+in+" OR state = 'reconciled' AND outcome"+in+")", append(texts(f.States), texts(f.States)...)...)
	}
	if f.Open {
		w.add("ended = 0")
	}
	if !f.Since.IsZero() {
		w.add("updated_at >= ?", millis(f.Since))
	}
	if !f.DueBefore.IsZero() {
		w.add("due_at <> 0 AND due_at < ?", millis(f.DueBefore))
	}
	return w
}

func places(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func texts[T ~string](list []T) []sqlValue {
	out := make([]sqlValue, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// Commands are those that the filter picks, oldest first.
func (s *Store) Commands(ctx context.Context, f assist.CommandFilter) (out []assist.CommandRecord, err error) {
	w := commandWhere(f)
	args := make([]any, 0, len(w.args)+1)
	for _, a := range w.args {
		args = append(args, a)
	}
	text := "SELECT " + commandColumns + " FROM commands WHERE " + w.text() + " ORDER BY created_at, id LIMIT ?"
	err = s.query(ctx, text, append(args, limit(f.Limit, 200, 1000)), func(r scanner) error {
		c, err := scanCommand(r)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("commands: %w", err)
	}
	return out, nil
}

func scanCommand(r scanner) (c assist.CommandRecord, err error) {
	var conversation, customer, ended, due, created, updated int64
	var inbox, data string
	err = r.Scan(&c.ID, &conversation, &c.Generation, &inbox, &customer, &c.Party, &c.Intent, &c.Action, &c.State, &c.Outcome,
		&ended, &c.Amount, &due, &created, &updated, &data)
	c.Conversation, c.Customer, c.Inbox, c.Data = assist.ConversationID(conversation), assist.CustomerID(customer), assist.InboxID(inbox), []byte(data)
	c.Ended = ended != 0
	c.DueAt, c.CreatedAt, c.UpdatedAt = fromMillis(due), fromMillis(created), fromMillis(updated)
	return c, err
}

// SwitchAction switches an action off, or on again. by is who did it, for those who ask.
func (s *Store) SwitchAction(ctx context.Context, action, by string, off bool) error {
	return s.change(ctx, "switch "+action, func(t *tx) (err error) {
		if action == "" {
			return assist.Errorf(assist.CodeEmpty, "no action is named")
		}
		if off {
			_, err = t.w.exec("INSERT INTO action_switches (action, by, at) VALUES (?,?,?) ON CONFLICT (action) DO NOTHING", action, by, t.at)
		} else {
			_, err = t.w.exec("DELETE FROM action_switches WHERE action = ?", action)
		}
		return err
	})
}

// ActionSwitches are the actions that are switched off, by name.
func (s *Store) ActionSwitches(ctx context.Context) (out []assist.ActionSwitch, err error) {
	err = s.query(ctx, "SELECT action, by, at FROM action_switches ORDER BY action", nil, func(r scanner) error {
		var a assist.ActionSwitch
		var at int64
		err := r.Scan(&a.Action, &a.By, &at)
		a.At = fromMillis(at)
		out = append(out, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("switched off actions: %w", err)
	}
	return out, nil
}

// SaveMemory keeps the state of a dialogue under the client id of the bot's message that it belongs to. States that no
// later message can be an answer to are dropped: those before the last message that was stored, and after an hour those
// of messages that never were.
func (s *Store) SaveMemory(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID, state []byte) error {
	if _, err := assist.ParseClientID(string(turn)); err != nil {
		return assist.Errorf(assist.CodeBadValue, "turn: %v", err)
	}
	return s.change(ctx, fmt.Sprintf("memory of conversation %d", conversation), func(t *tx) error {
		const stored = "SELECT m.rev FROM messages AS m WHERE m.client_id = b.turn AND m.conversation = b.conversation"
		_, err := t.w.exec(`DELETE FROM bot_memory AS b WHERE conversation = ?1 AND (
			coalesce((`+stored+`) < (SELECT max(n.rev) FROM bot_memory AS o JOIN messages AS n ON n.client_id = o.turn AND n.conversation = o.conversation
				WHERE o.conversation = ?1), at < ?2))`, int64(conversation), t.at-time.Hour.Milliseconds())
		if err != nil {
			return err
		}
		_, err = t.w.exec(`INSERT INTO bot_memory (conversation, turn, at, state) VALUES (?,?,?,?)
			ON CONFLICT (conversation, turn) DO UPDATE SET at = excluded.at, state = excluded.state`, int64(conversation), turn.Bytes(), t.at, state)
		return err
	})
}

// Memory is what was saved for the bot's message; nil if nothing was.
func (s *Store) Memory(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID) (state []byte, err error) {
	id, err := assist.ParseClientID(string(turn))
	if err != nil {
		return nil, nil // the bot's own ids are UUIDs: this message is none of its turns
	}
	err = s.query(ctx, "SELECT state FROM bot_memory WHERE conversation = ? AND turn = ?", []any{int64(conversation), id.Bytes()},
		func(r scanner) error { return r.Scan(&state) })
	if err != nil {
		return nil, fmt.Errorf("memory of conversation %d: %w", conversation, err)
	}
	return state, nil
}
