package socket

import (
	"context"
	"sync"
	"time"

	"deskhand/assist/wire"
)

// Member is what a Set holds: something that talks over one connection.
type Member interface {
	comparable
	// Conn is the member's connection.
	Conn() *Conn
}

// Set is the open connections of one server. The zero value is an empty set; safe for concurrent use.
type Set[M Member] struct {
	living sync.WaitGroup

	mu       sync.Mutex // guards the fields below
	members  map[M]struct{}
	draining bool
}

// Open tells whether the set takes another member now: it doesn't drain and, with most above 0, holds fewer.
func (s *Set[M]) Open(most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open(most)
}

func (s *Set[M]) open(most int) bool { return !s.draining && (most <= 0 || len(s.members) < most) }

// Add enters a member, unless the set filled up or began to drain since Open was asked: Drain must not wait
// for ever. Each Add that reports true needs one Remove.
func (s *Set[M]) Add(m M, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open(most) {
		return false
	}
	if s.members == nil {
		s.members = map[M]struct{}{}
	}
	s.members[m] = struct{}{}
	s.living.Add(1)
	return true
}

// Remove forgets a member whose connection has ended.
func (s *Set[M]) Remove(m M) {
	s.mu.Lock()
	delete(s.members, m)
	s.mu.Unlock()
	s.living.Done()
}

// All lists the members, in no order.
func (s *Set[M]) All() []M {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]M, 0, len(s.members))
	for m := range s.members {
		out = append(out, m)
	}
	return out
}

// Len counts the members.
func (s *Set[M]) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.members)
}

// Drain takes no more members, asks all to come back after the wait, closes their connections and waits until
// they are removed, at most until ctx ends: then it cuts them off.
func (s *Set[M]) Drain(ctx context.Context, after time.Duration) {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	bye := wire.MustEncode(wire.Reconnect{AfterMS: after.Milliseconds()})
	for _, m := range s.All() {
		m.Conn().Send(bye)
		m.Conn().Close(wire.CloseGoingAway, "the hub is stopping")
	}
	done := make(chan struct{})
	go func() { s.living.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		for _, m := range s.All() {
			m.Conn().Kill()
		}
		<-done
	}
}
