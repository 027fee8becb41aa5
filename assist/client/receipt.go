package client

import (
	"context"
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// What the hub answers to what the sender has sent.

// acked takes the receipt of a message.
func (s *sender) acked(ctx context.Context, id assist.ClientID) {
	s.advance(ctx, id, func(e *entry) bool {
		again := e.Stored
		e.Stored = true
		return !again
	})
}

// acted takes the answer to an action, or its refusal for good: the one that was first when left were to be done. It
// returns the entry as it was; false for an answer that came before.
func (s *sender) acted(ctx context.Context, id assist.ClientID, left int) (was entry, ok bool) {
	s.advance(ctx, id, func(e *entry) bool {
		if ok = e.Stored && len(e.Then) == left && left > 0; ok {
			was = *e
			e.Then, e.tries = e.Then[1:], 0
		}
		return ok
	})
	return was, ok
}

// advance changes an entry of which a part is done, and removes it when nothing is left to be done. change reports
// false for an answer that came before.
func (s *sender) advance(ctx context.Context, id assist.ClientID, change func(*entry) bool) {
	s.mu.Lock()
	i := s.find(id)
	if i < 0 || !change(s.entries[i]) {
		s.mu.Unlock()
		return
	}
	e := s.entries[i]
	left := e.Then
	if e.flying {
		e.flying = false
		s.flying--
	}
	if len(left) == 0 {
		s.entries = slices.Delete(s.entries, i, i+1)
	}
	s.pump()
	s.mu.Unlock()
	var err error
	if len(left) == 0 {
		err = s.outbox.Done(ctx, id)
	} else {
		err = s.outbox.Stored(ctx, id, left)
	}
	if err != nil {
		s.log.Error("what the hub has done stays in the outbox", "client_id", id, "err", err)
	}
	s.count()
}

// refused takes an error of the hub that names a message, or none if it could not be read.
func (s *sender) refused(ctx context.Context, id assist.ClientID, f wire.Failure) {
	if temporary(f.Code) {
		s.pause(time.Duration(f.RetryAfterMS) * time.Millisecond)
		return
	}
	if id == "" {
		return
	}
	s.mu.Lock()
	i := s.find(id)
	if i < 0 || s.entries[i].Stored {
		s.mu.Unlock()
		return
	}
	if s.entries[i].flying {
		s.flying--
	}
	s.entries[i].flying, s.entries[i].Refused = false, f.Code
	s.pump()
	s.mu.Unlock()
	if err := s.outbox.Failed(ctx, id, f.Code); err != nil {
		s.log.Error("refused message not marked in the outbox", "client_id", id, "err", err)
	}
	s.count()
}
