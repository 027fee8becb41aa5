package sqlite

import (
	"context"
	"fmt"

	"deskhand/assist"
)

// tx is one change outside Commit: settings, people, sessions, files.
type tx struct {
	w    *conn
	rev  assist.Rev
	at   int64
	args []sqlValue
}

// change runs f in one transaction. What f returns decides: nil commits, everything else leaves nothing behind.
func (s *Store) change(ctx context.Context, what string, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	t := &tx{w: s.w, rev: s.next.rev, at: millis(s.opts.Now())}
	done := false
	defer func() {
		if !done { // also when f panics
			s.w.rollback()
		}
	}()
	err := s.w.begin()
	if err == nil {
		err = f(t)
	}
	if err == nil {
		err = s.w.commit()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, s.translate(err))
	}
	done = true
	s.next.rev = t.rev
	s.rev.Store(int64(t.rev))
	return nil
}

// record stores a fact that belongs to no conversation.
func (t *tx) record(actor assist.Actor, data assist.EventData) error {
	_, err := t.recordEvent(actor, data)
	return err
}

// recordEvent is record for who needs the stored fact with its Rev.
func (t *tx) recordEvent(actor assist.Actor, data assist.EventData) (assist.Event, error) {
	t.rev++
	e := assist.Event{Rev: t.rev, Type: data.EventType(), At: fromMillis(t.at), Actor: actor, Data: data}
	args, err := eventArgs(t.args[:0], &e)
	if err != nil {
		return e, err
	}
	t.args = args
	_, err = t.w.exec(insertEvent, args...)
	return e, err
}
