package sqlite

import (
	"context"
	"fmt"
	"strings"

	"deskhand/assist"
)

// Conversation is one conversation; assist.ErrNotFound if there is none.
func (s *Store) Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error) {
	return s.firstConversation(ctx, fmt.Sprintf("conversation %d", id),
		selectConversations+" WHERE c.id = ?", int64(id))
}

// ConversationOf is the customer's newest conversation in the inbox; assist.ErrNotFound if there is none.
func (s *Store) ConversationOf(ctx context.Context, inbox assist.InboxID, customer assist.CustomerID) (assist.Conversation, error) {
	return s.firstConversation(ctx, fmt.Sprintf("conversation of customer %d in %s", customer, inbox),
		selectConversations+" WHERE c.customer = ? AND c.inbox = ? ORDER BY c.id DESC LIMIT 1",
		int64(customer), string(inbox))
}

func (s *Store) firstConversation(ctx context.Context, what, text string, args ...any) (c assist.Conversation, err error) {
	found := false
	err = s.query(ctx, text, args, func(r scanner) error {
		found = true
		c, err = scanConversation(r)
		return err
	})
	if err == nil && !found {
		err = assist.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("%s: %w", what, err)
	}
	return c, nil
}

// Conversations are those that the filter picks, newest change first unless it says otherwise.
func (s *Store) Conversations(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error) {
	w, err := conversationWhere(f)
	if err != nil {
		return nil, err
	}
	order := " ORDER BY c.rev DESC"
	if f.Oldest {
		order = " ORDER BY c.rev"
	}
	from := selectConversations
	if !w.selective {
		// Walk the index over rev from the right end; left alone, SQLite may sort everything.
		from = strings.Replace(from, "conversations AS c", "conversations AS c INDEXED BY conversations_rev", 1)
	}
	text := from + w.text() + order + " LIMIT ?"
	var out []assist.Conversation
	err = s.query(ctx, text, append(w.args, limit(f.Limit, 200, 1000)), func(r scanner) error {
		c, err := scanConversation(r)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("conversations: %w", err)
	}
	return out, nil
}

func limit(want, usual, most int) int64 {
	if want <= 0 {
		return int64(usual)
	}
	return int64(min(want, most))
}

// Load is how many conversations each agent has in its hands (assist.StatusHuman); agents without any are left out.
func (s *Store) Load(ctx context.Context) (map[assist.AgentID]int, error) {
	out := map[assist.AgentID]int{}
	err := s.query(ctx, "SELECT assignee, count(*) FROM conversations WHERE assignee <> 0 AND status = 3 GROUP BY assignee", nil,
		func(r scanner) error {
			var agent int64
			var n int
			err := r.Scan(&agent, &n)
			out[assist.AgentID(agent)] = n
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("load of the agents: %w", err)
	}
	return out, nil
}
