package socket

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"deskhand/assist/wire"
)

// Member is what a Set holds: something that talks over one connection.
type Member interface {
	comparable
	// Conn is the member's connection.
	Conn() *Conn
	// Network is where it comes from, see quota.Network; it never changes.
	Network() netip.Prefix
}

// Room is how many members a Set takes; 0 means no bound.
type Room struct {
	All        int
	PerNetwork int
}

// Set is the open connections of one server. The zero value is an empty set; safe for concurrent use.
type Set[M Member] struct {
	living sync.WaitGroup

	mu       sync.Mutex // guards the fields below
	members  map[M]struct{}
	places   int                  // taken: members, and those that are about to be
	networks map[netip.Prefix]int // how many of the places each network has
	draining bool
}

// Enter takes a place for a connection from the network before it is made, unless the set drains or the room is
// full. Each Enter that reports true needs one Leave, or Add and Remove.
func (s *Set[M]) Enter(from netip.Prefix, r Room) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining || (r.All > 0 && s.places >= r.All) || (r.PerNetwork > 0 && s.networks[from] >= r.PerNetwork) {
		return false
	}
	if s.networks == nil {
		s.members, s.networks = map[M]struct{}{}, map[netip.Prefix]int{}
	}
	s.places++
	s.networks[from]++
	s.living.Add(1)
	return true
}

// Leave gives back the place of a connection that was not made.
func (s *Set[M]) Leave(from netip.Prefix) {
	s.mu.Lock()
	s.places--
	if s.networks[from]--; s.networks[from] <= 0 {
		delete(s.networks, from)
	}
	s.mu.Unlock()
	s.living.Done()
}

// Add enters a member into the place that was taken for it. It reports false, and the place is given back, if the
// set began to drain meanwhile: Drain must not wait for ever.
func (s *Set[M]) Add(m M) bool {
	s.mu.Lock()
	drains := s.draining
	if !drains {
		s.members[m] = struct{}{}
	}
	s.mu.Unlock()
	if drains {
		s.Leave(m.Network())
	}
	return !drains
}

// Remove forgets a member whose connection has ended, and gives back its place.
func (s *Set[M]) Remove(m M) {
	s.mu.Lock()
	delete(s.members, m)
	s.mu.Unlock()
	s.Leave(m.Network())
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
