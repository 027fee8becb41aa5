package sqlite

import (
	"strings"

	"deskhand/assist"
)

// where gathers conditions and their arguments.
type where struct {
	conds     []string
	args      []any
	selective bool // a condition picks few rows by an index
}

func (w *where) add(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.args = append(w.args, args...)
}

// pick adds a condition that an index answers with few rows.
func (w *where) pick(cond string, args ...any) {
	w.add(cond, args...)
	w.selective = true
}

func (w *where) text() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// flag is the conditions as an expression: 1 where they hold.
func (w *where) flag() string {
	if len(w.conds) == 0 {
		return "1"
	}
	return "(" + strings.Join(w.conds, " AND ") + ")"
}

func conversationWhere(f assist.ConversationFilter) (*where, error) {
	w := &where{}
	if f.RevAfter > 0 {
		w.add("c.rev > ?", int64(f.RevAfter))
	}
	if f.Before > 0 {
		w.add("c.rev < ?", int64(f.Before))
	}
	if err := w.statuses(f.Statuses); err != nil {
		return nil, err
	}
	if f.Assignee != 0 {
		w.pick("c.assignee = ? AND c.assignee <> 0", int64(f.Assignee))
	}
	if f.Customer != 0 {
		w.pick("c.customer = ?", int64(f.Customer))
	}
	if f.Tag != "" {
		w.pick("c.id IN (SELECT conversation FROM conversation_tags WHERE tag = ?)", f.Tag)
	}
	if !f.SnoozedBy.IsZero() {
		w.pick("c.status = 4 AND c.status <> 6 AND c.snoozed_until <= ?", millis(f.SnoozedBy))
	}
	if f.Queue != "" {
		w.add("c.queue = ?", string(f.Queue))
	}
	if f.Inbox != "" {
		w.add("c.inbox = ?", string(f.Inbox))
	}
	w.visible(f.Visible)
	if f.RevAfter > 0 && f.Oldest {
		w.selective = false // "what changed since": the index over rev is the way
	}
	return w, nil
}

func (w *where) statuses(statuses []assist.Status) error {
	if len(statuses) == 0 {
		return nil
	}
	open := true
	numbers := make([]string, len(statuses))
	for i, s := range statuses {
		n, err := encodeStatus(s)
		if err != nil {
			return err
		}
		numbers[i] = string(rune('0' + n))
		open = open && n != statusResolved
	}
	cond := "c.status IN (" + strings.Join(numbers, ",") + ")"
	if open {
		w.pick(cond + " AND c.status <> 6") // the form that the partial index asks for
	} else {
		w.add(cond)
	}
	return nil
}

// visible is assist.Visibility.Sees in SQL.
func (w *where) visible(v *assist.Visibility) {
	if v == nil || v.All {
		return
	}
	var either []string
	var args []any
	if v.Agent != 0 {
		either = append(either, "(c.assignee = ? AND c.assignee <> 0)") // the form that the partial index asks for
		args = append(args, int64(v.Agent))
	}
	if v.Unassigned {
		either = append(either, "(c.assignee = 0 AND c.team = '')")
	}
	if len(v.Teams) > 0 {
		in := "c.team <> '' AND c.team IN (" + strings.TrimSuffix(strings.Repeat("?,", len(v.Teams)), ",") + ")"
		if v.Waiting {
			in += " AND c.assignee = 0"
		}
		either = append(either, "("+in+")")
		for _, t := range v.Teams {
			args = append(args, string(t))
		}
	}
	if len(either) == 0 {
		w.add("c.id < 0") // nothing at all; a plain 0 would make SQLite refuse the index hints
		return
	}
	w.add("("+strings.Join(either, " OR ")+")", args...)
}
