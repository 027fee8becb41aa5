package rest

import (
	"sync"
	"time"
)

// breaker leaves a company alone that doesn't answer: after some failures in a row nothing is sent for a while, then one
// request tries.
type breaker struct {
	after int
	open  time.Duration
	now   func() time.Time

	mu      sync.Mutex // guards the rest
	failed  int        // in a row
	until   time.Time  // nothing is sent before
	probing bool       // one request is trying
}

// may tells whether a request may be sent. Who sends one must note how it went.
func (b *breaker) may() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed < b.after {
		return true
	}
	if b.probing || b.now().Before(b.until) {
		return false
	}
	b.probing = true
	return true
}

// note takes down how a request went. One that its sender gave up tells nothing of the company.
func (b *breaker) note(answered, givenUp bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.probing = false
	switch {
	case answered:
		b.failed = 0
	case givenUp:
	default:
		if b.failed++; b.failed >= b.after {
			b.until = b.now().Add(b.open)
		}
	}
}
