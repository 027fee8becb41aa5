package sqlite

import (
	"context"
	"fmt"

	"deskhand/assist"
)

// Counts says how many open conversations stand on each list of an agent.
func (s *Store) Counts(ctx context.Context, v assist.Visibility) (assist.Counts, error) {
	w := &where{}
	w.add("c.status <> 6")
	w.visible(&v)
	text := `SELECT coalesce(sum(c.assignee = ? AND c.assignee <> 0), 0), coalesce(sum(c.status = 2), 0),
		coalesce(sum(c.status = 1), 0), count(*) FROM conversations AS c INDEXED BY conversations_open` + w.text()
	var n assist.Counts
	err := s.query(ctx, text, append([]any{int64(v.Agent)}, w.args...), func(r scanner) error {
		return r.Scan(&n.Mine, &n.Queue, &n.Bot, &n.All)
	})
	if err != nil {
		return n, fmt.Errorf("counts: %w", err)
	}
	return n, nil
}

// Waiting are the conversations that wait for an agent, in the order in which they are to be served:
// queue by queue, higher priority first, then whoever waits longest.
func (s *Store) Waiting(ctx context.Context) (out []assist.Conversation, err error) {
	err = s.query(ctx, selectConversations+` WHERE c.status = 2 AND c.status <> 6
		ORDER BY c.queue, c.priority DESC, c.waiting_since, c.id`, nil, func(r scanner) error {
		c, err := scanConversation(r)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("waiting conversations: %w", err)
	}
	return out, nil
}
