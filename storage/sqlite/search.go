package sqlite

import (
	"context"
	"fmt"
	"strconv"

	"deskhand/assist"
)

// Search finds the messages and notes that hold all words of the text, newest first. Letter case,
// diacritics and width don't matter; a run of Chinese characters is looked for as it stands; the last word
// may be unfinished. Punctuation means nothing, so whatever is typed is a valid question. Messages that are
// not in the index yet are found too.
func (s *Store) Search(ctx context.Context, text string, f assist.SearchFilter) ([]assist.Hit, error) {
	q := parseQuestion(text)
	if len(q.phrases) == 0 {
		return nil, nil
	}
	most := int(limit(f.Limit, 30, 200))
	indexed, err := s.indexedRev(ctx)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	revs, err := s.searchTail(ctx, q, indexed, f)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	hits, err := s.found(ctx, revs, f, most)
	if err == nil && len(hits) < most {
		l := lookup{s: s, q: q, f: f, most: most - len(hits), below: indexed + 1}
		if f.Before > 0 {
			l.below = min(l.below, int64(f.Before))
		}
		var more []assist.Hit
		if err = l.run(ctx); err == nil {
			more, err = s.found(ctx, l.revs, f, l.most)
		}
		hits = append(hits, more...)
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return hits, nil
}

func (s *Store) indexedRev(ctx context.Context) (rev int64, err error) {
	err = s.query(ctx, "SELECT value FROM meta WHERE key = ?", []any{metaSearch}, func(r scanner) error {
		var text string
		if err := r.Scan(&text); err != nil {
			return err
		}
		rev, err = strconv.ParseInt(text, 10, 64)
		return err
	})
	return rev, err
}

// searchTail reads what came after the index and cuts it itself. It is short unless the hub is flooded.
func (s *Store) searchTail(ctx context.Context, q question, indexed int64, f assist.SearchFilter) (revs []int64, err error) {
	w := &where{}
	w.add("rev > ?", indexed)
	if f.Before > 0 {
		w.add("rev < ?", int64(f.Before))
	}
	err = s.query(ctx, "SELECT rev, text FROM messages"+w.text()+" ORDER BY rev DESC", w.args, func(r scanner) error {
		var rev int64
		var text string
		if err := r.Scan(&rev, &text); err != nil {
			return err
		}
		if q.finds(words(text)) {
			revs = append(revs, rev)
		}
		return nil
	})
	return revs, err
}

const hitColumns = `m.rev, m.conversation, m.seq, m.client_id, m.kind, m.actor, m.actor_id, m.actor_name, m.at, m.text, m.extra,
	c.customer, coalesce(p.name, ''), c.inbox, c.status`

// hitJoin keeps the order of the tables: first what was found, newest first, then what belongs to it.
const hitJoin = ` CROSS JOIN conversations AS c ON c.id = m.conversation LEFT JOIN customers AS p ON p.id = c.customer`

// asker restricts to what the filter lets be seen.
func (w *where) asker(f assist.SearchFilter) {
	if f.Inbox != "" {
		w.add("c.inbox = ?", string(f.Inbox))
	}
	if f.Customer != 0 {
		w.add("c.customer = ?", int64(f.Customer))
	}
	w.visible(f.Visible)
}

func (s *Store) appendHits(ctx context.Context, out []assist.Hit, text string, args []any) ([]assist.Hit, error) {
	err := s.query(ctx, text, args, func(r scanner) error {
		var m fact
		var h assist.Hit
		var customer, status int64
		var inbox string
		err := r.Scan(&m.rev, &m.conversation, &m.seq, &m.client, &m.kind, &m.actor, &m.actorID, &m.name, &m.at, &m.text, &m.extra,
			&customer, &h.CustomerName, &inbox, &status)
		if err != nil {
			return err
		}
		if h.Message, err = m.message(); err != nil {
			return err
		}
		h.Customer, h.Inbox = assist.CustomerID(customer), assist.InboxID(inbox)
		h.Status, err = decodeStatus(status)
		out = append(out, h)
		return err
	})
	return out, err
}

// IndexBytes is how large the full-text index is.
func (s *Store) IndexBytes(ctx context.Context) (n int64, err error) {
	err = s.query(ctx, `SELECT coalesce((SELECT sum(length(block)) FROM message_words_data), 0)
		+ coalesce((SELECT sum(length(term) + 8) FROM message_words_idx), 0)
		+ coalesce((SELECT sum(length(sz) + 8) FROM message_words_docsize), 0)`, nil, func(r scanner) error { return r.Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("size of the index: %w", err)
	}
	return n, nil
}
