package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"deskhand/assist"
)

// Messages are the newest ones that the filter picks, oldest first. Filters by Seq leave out notes.
func (s *Store) Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error) {
	w, err := s.messageWhere(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("messages of conversation %d: %w", f.Conversation, err)
	}
	most := limit(f.Limit, 50, 1000)
	out := make([]assist.Message, 0, min(most, 64))
	done := errors.New("enough") // ends the reading at AfterSeq: what follows is older still
	err = s.query(ctx, "SELECT "+messageColumns+" FROM messages"+w.text()+" ORDER BY rev DESC LIMIT ?", append(w.args, most),
		func(r scanner) error {
			var row fact
			if err := row.scan(r); err != nil {
				return err
			}
			if f.AfterSeq > 0 && assist.Seq(row.seq) <= f.AfterSeq {
				return done
			}
			m, err := row.message()
			out = append(out, m)
			return err
		})
	if err != nil && !errors.Is(err, done) {
		return nil, fmt.Errorf("messages of conversation %d: %w", f.Conversation, err)
	}
	slices.Reverse(out)
	return out, nil
}

func (s *Store) messageWhere(ctx context.Context, f assist.MessageFilter) (*where, error) {
	w := &where{}
	w.add("conversation = ?", int64(f.Conversation))
	if f.BeforeSeq > 0 {
		rev, err := s.revOfSeq(ctx, f.Conversation, f.BeforeSeq)
		if err != nil {
			return nil, err
		}
		if rev > 0 && (f.BeforeRev == 0 || rev < f.BeforeRev) {
			f.BeforeRev = rev
		}
	}
	if f.BeforeRev > 0 {
		w.add("rev < ?", int64(f.BeforeRev))
	}
	if f.AfterRev > 0 {
		w.add("rev > ?", int64(f.AfterRev))
	}
	if f.Public || f.AfterSeq > 0 || f.BeforeSeq > 0 {
		w.add("seq > 0")
	}
	return w, nil
}

// revOfSeq is the Rev of the message with that Seq, 0 if there is none. No index holds seq: from the end
// of the conversation as many steps back as the numbers differ can't go too far, only notes lie between.
// The steps read the index alone.
func (s *Store) revOfSeq(ctx context.Context, id assist.ConversationID, seq assist.Seq) (assist.Rev, error) {
	var rev, at int64
	read := func(text string, args ...any) (found bool, err error) {
		err = s.query(ctx, text, args, func(r scanner) error {
			found = true
			return r.Scan(&rev, &at)
		})
		return found, err
	}
	found, err := read("SELECT rev, seq FROM messages WHERE conversation = ? AND seq > 0 ORDER BY rev DESC LIMIT 1", int64(id))
	for err == nil && found && at > int64(seq) {
		steps := at - int64(seq)
		found, err = read("SELECT rev, seq FROM messages WHERE conversation = ? AND rev < ? ORDER BY rev DESC LIMIT 1 OFFSET ?",
			int64(id), rev, steps-1)
		if found && err == nil && at == 0 { // a note: on to the next shared message behind it
			found, err = read("SELECT rev, seq FROM messages WHERE conversation = ? AND rev < ? AND seq > 0 ORDER BY rev DESC LIMIT 1",
				int64(id), rev)
		}
	}
	if err != nil || !found || at < int64(seq) {
		return 0, err
	}
	return assist.Rev(rev), nil
}

// Events are the facts after f.AfterRev in order of Rev, messages among them.
func (s *Store) Events(ctx context.Context, f assist.EventFilter) ([]assist.Event, error) {
	where, args := " WHERE rev > ?", []any{int64(f.AfterRev)}
	if f.Conversation != 0 {
		where += " AND conversation = ? AND conversation <> 0"
		args = append(args, int64(f.Conversation))
	}
	text := factsOfMessages + where + " UNION ALL " + factsOfEvents + where + " ORDER BY 1 LIMIT ?"
	args = append(append(args, args...), limit(f.Limit, 200, 5000))
	var out []assist.Event
	err := s.query(ctx, text, args, func(r scanner) error {
		var row fact
		if err := row.scan(r); err != nil {
			return err
		}
		e, err := row.event()
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("events after rev %d: %w", f.AfterRev, err)
	}
	return out, nil
}
