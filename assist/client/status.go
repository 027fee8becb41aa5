package client

import (
	"sync"
	"time"
)

// State is how a client stands with its hub.
type State string

// The states of a connection.
const (
	Live       State = "live"       // the hub has welcomed us; what it knows arrives at once
	Connecting State = "connecting" // a try is under way
	Offline    State = "offline"    // no connection; Run tries again at RetryAt, or has ended if that is zero
)

// Connection is how a client stands with its hub at one moment.
type Connection struct {
	State   State
	Since   time.Time // of the state
	Queued  int       // messages in the outbox that the hub has not acknowledged, refused ones left out
	RetryAt time.Time // of the next try, while Offline
	Err     error     // why the last try or connection ended; nil once live
}

// status holds the Connection and tells it to one listener: the last value, in order, from one goroutine.
type status struct {
	now  func() time.Time
	tell func(Connection)

	mu      sync.Mutex // guards current
	current Connection
	changed chan struct{} // holds one token while the listener hasn't heard the last value
}

func newStatus(now func() time.Time, tell func(Connection)) *status {
	if tell == nil {
		tell = func(Connection) {}
	}
	s := &status{now: now, tell: tell, changed: make(chan struct{}, 1)}
	s.current = Connection{State: Offline, Since: now()}
	return s
}

func (s *status) get() Connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *status) update(change func(*Connection)) {
	s.mu.Lock()
	before := s.current
	change(&s.current)
	if s.current.State != before.State {
		s.current.Since = s.now()
	}
	s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

func (s *status) set(state State, retryAt time.Time, err error) {
	s.update(func(c *Connection) { c.State, c.RetryAt, c.Err = state, retryAt, err })
}

func (s *status) queued(n int) {
	if s.get().Queued != n {
		s.update(func(c *Connection) { c.Queued = n })
	}
}

// run tells changes until stop is closed, the last one included.
func (s *status) run(stop <-chan struct{}) {
	for {
		select {
		case <-s.changed:
			s.tell(s.get())
		case <-stop:
			select {
			case <-s.changed:
				s.tell(s.get())
			default:
			}
			return
		}
	}
}
