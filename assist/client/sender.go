package client

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/google/uuid"
)

// sender sends the outbox in order. A message stays until it is acknowledged, and what its macro does behind it is
// done, or until it is refused for good; after a reconnect, or when the hub was busy, everything unacknowledged is
// sent again, oldest first.
//
// At most perConversation messages of one conversation are in flight, so that with 1 a message that the hub
// could not take for the moment is never overtaken by the next.
type sender struct {
	outbox          Outbox
	command         func(Outgoing) any // the command that sends it, or does the first of what is left to be done
	perConversation int
	resumed         func()      // hears when the hub was left alone for long enough; called without the lock
	queued          func(n int) // hears of every change of the number that wait; called without the lock
	log             *slog.Logger
	now             func() time.Time

	order sync.Mutex // held from Add to the entry, so that both have the same order

	mu      sync.Mutex // guards the fields below
	entries []*entry   // in the order of Add
	link    *link      // nil while not live
	flying  int
	paused  *time.Timer // runs while the hub wants to be left alone
}

type entry struct {
	Outgoing
	flying bool
	tries  int // of the action that is next, earlier runs of the program counted as one
}

// defaultPause is how long a busy hub is left alone that didn't say.
const defaultPause = 250 * time.Millisecond

// load reads what an earlier run left behind.
func (s *sender) load(ctx context.Context) error {
	all, err := s.outbox.Pending(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	for _, m := range all {
		e := &entry{Outgoing: m}
		if m.Stored {
			e.tries = 1
		}
		s.entries = append(s.entries, e)
	}
	s.mu.Unlock()
	s.count()
	return nil
}

// post stores a message and sends it if it can.
func (s *sender) post(ctx context.Context, d Draft) (assist.ClientID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	m := Outgoing{Draft: d, ClientID: assist.ClientID(id.String()), QueuedAt: s.now().UTC().Truncate(time.Millisecond)}
	m.Attachments, m.Then, m.Stored = slices.Clone(d.Attachments), slices.Clone(d.Then), d.Bare()
	s.order.Lock()
	defer s.order.Unlock()
	if err := s.outbox.Add(ctx, m); err != nil {
		return "", err
	}
	s.mu.Lock()
	s.entries = append(s.entries, &entry{Outgoing: m})
	s.pump()
	s.mu.Unlock()
	s.count()
	return m.ClientID, nil
}

// attach sends over a live link.
func (s *sender) attach(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.link = l
	s.pump()
}

// detach stops sending; what was in flight will be sent again.
func (s *sender) detach() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.link = nil
	s.land()
	if s.paused != nil {
		s.paused.Stop()
		s.paused = nil
	}
}

func (s *sender) land() {
	s.flying = 0
	for _, e := range s.entries {
		e.flying = false
	}
}

// pump sends what may be sent now. The lock is held.
func (s *sender) pump() {
	if s.link == nil || s.paused != nil || s.flying >= wire.MaxUnacked {
		return
	}
	inFlight := map[assist.ConversationID]int{}
	for _, e := range s.entries {
		if s.flying >= wire.MaxUnacked {
			return
		}
		if e.Refused != 0 {
			continue
		}
		inFlight[e.Conversation]++
		if e.flying || inFlight[e.Conversation] > s.perConversation {
			continue
		}
		ok, err := s.link.command(s.command(e.Outgoing))
		if err != nil {
			s.log.Error("message can't be encoded", "client_id", e.ClientID, "err", err)
		}
		if !ok {
			return // the link is going down
		}
		e.flying = true
		s.flying++
		if e.Stored {
			e.tries++
		}
	}
}

// pause leaves the hub alone for d and a random part of it, then sends everything unacknowledged again.
func (s *sender) pause(d time.Duration) {
	if d <= 0 {
		d = defaultPause
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link == nil || s.paused != nil {
		return
	}
	s.paused = time.AfterFunc(d+randomBelow(d/2), s.resume)
}

func (s *sender) resume() {
	s.mu.Lock()
	s.paused = nil
	s.land()
	s.pump()
	s.mu.Unlock()
	s.resumed()
}

// again sends a refused message once more.
func (s *sender) again(ctx context.Context, id assist.ClientID) error {
	if err := s.outbox.Failed(ctx, id, 0); err != nil {
		return err
	}
	s.mu.Lock()
	if i := s.find(id); i >= 0 {
		s.entries[i].Refused = 0
	}
	s.pump()
	s.mu.Unlock()
	s.count()
	return nil
}

// discard gives a refused message up. One that may still be on its way to the hub stays: nobody could say
// whether it was stored.
func (s *sender) discard(ctx context.Context, id assist.ClientID) error {
	s.mu.Lock()
	i := s.find(id)
	if i < 0 {
		s.mu.Unlock()
		return assist.ErrNotFound
	}
	if s.entries[i].Refused == 0 {
		s.mu.Unlock()
		return assist.Errorf(assist.CodeWrongStatus, "message %s was not refused", id)
	}
	s.entries = slices.Delete(s.entries, i, i+1)
	s.mu.Unlock()
	return s.outbox.Done(ctx, id)
}

// waiting lists the messages that are not acknowledged, refused ones included.
func (s *sender) waiting() []Outgoing {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Outgoing, 0, len(s.entries))
	for _, e := range s.entries {
		if !e.Stored {
			out = append(out, e.Outgoing)
		}
	}
	return out
}

func (s *sender) count() {
	s.mu.Lock()
	n := 0
	for _, e := range s.entries {
		if e.Refused == 0 {
			n++
		}
	}
	s.mu.Unlock()
	s.queued(n)
}

func (s *sender) find(id assist.ClientID) int {
	return slices.IndexFunc(s.entries, func(e *entry) bool { return e.ClientID == id })
}
