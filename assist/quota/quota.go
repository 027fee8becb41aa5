// Package quota remembers how much each customer, agent or network address has used lately, so that a limit
// belongs to them and not to a connection that they can close and open anew.
//
// It is the generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): of each key only the time is kept
// at which all that it used will have come back, and none is kept of a key that has its whole amount again. It
// starts no goroutines.
package quota

import (
	"net/netip"
	"sync"
	"time"

	"deskhand/assist"
)

// Options configure a Quota. Amount and Per are needed.
type Options struct {
	Amount int64            // what may be used at once
	Per    time.Duration    // until all of Amount has come back, evenly
	Keys   int              // how many users of it are remembered at most; default 100,000 (about 10 MB)
	Now    func() time.Time // default time.Now
}

const defaultKeys = 100_000

// PerMinute is n a minute of which ten seconds' worth, but at least burst, may come at once.
func PerMinute(n, burst int, now func() time.Time) Options {
	burst = max(burst, n/6)
	return Options{Amount: int64(burst), Per: time.Minute * time.Duration(burst) / time.Duration(n), Now: now}
}

// Quota is an amount that each key may use and that comes back with time. Safe for concurrent use.
type Quota[K comparable] struct {
	opts Options

	mu   sync.Mutex // guards full
	full map[K]time.Time
}

// New makes a quota of which nothing is used.
func New[K comparable](o Options) *Quota[K] {
	if o.Keys <= 0 {
		o.Keys = defaultKeys
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Quota[K]{opts: o, full: map[K]time.Time{}}
}

// Take uses n of what the key has. If that is more than is left, nothing is used and wait tells when it would do;
// what is more than the whole amount never does, and wait is then Per.
func (q *Quota[K]) Take(key K, n int64) (wait time.Duration, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.opts.Now()
	until := q.full[key]
	if until.Before(now) {
		until = now
	}
	if n > q.opts.Amount {
		return q.opts.Per, false
	}
	until = until.Add(q.cost(n))
	if wait := until.Sub(now) - q.opts.Per; wait > 0 {
		return wait, false
	}
	q.put(key, until, now)
	return 0, true
}

// Give gives back n of what was taken.
func (q *Quota[K]) Give(key K, n int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if until, there := q.full[key]; there {
		q.put(key, until.Add(-q.cost(n)), q.opts.Now())
	}
}

// Len is how many keys are remembered.
func (q *Quota[K]) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.full)
}

// cost is how long n takes to come back.
func (q *Quota[K]) cost(n int64) time.Duration {
	return time.Duration(float64(q.opts.Per) * float64(n) / float64(q.opts.Amount))
}

// put remembers a key. The lock is held.
func (q *Quota[K]) put(key K, until, now time.Time) {
	if !until.After(now) {
		delete(q.full, key)
		return
	}
	if _, there := q.full[key]; !there && len(q.full) >= q.opts.Keys {
		q.makeRoom(now)
	}
	q.full[key] = until
}

// makeRoom forgets who has all of the amount again, and if nobody has, those of a random eighth: who floods us with
// keys must cost others little, and never the hub its memory. The lock is held.
func (q *Quota[K]) makeRoom(now time.Time) {
	for key, until := range q.full {
		if !until.After(now) {
			delete(q.full, key)
		}
	}
	for key := range q.full {
		if len(q.full) <= q.opts.Keys*7/8 {
			return
		}
		delete(q.full, key)
	}
}

// Refused is the error for who has used up what they may: again after the wait, but not at once.
func Refused(code assist.Code, detail string, wait time.Duration) error {
	const soonest = 2 * time.Second
	return &assist.Error{Code: code, Detail: detail, RetryAfter: max(wait, soonest)}
}

// Network is whom a network address belongs to: an IPv4 address as it is, of an IPv6 address the first 64 bits, for
// one customer has all addresses below (RFC 6177). host may carry a port; what is no address counts as one.
func Network(host string) netip.Prefix {
	a, err := netip.ParseAddr(host)
	if err != nil {
		ap, err := netip.ParseAddrPort(host)
		if err != nil {
			return netip.Prefix{}
		}
		a = ap.Addr()
	}
	return NetworkOf(a)
}

// NetworkOf is Network for a parsed address.
func NetworkOf(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
