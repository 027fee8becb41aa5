package access

import (
	"container/list"
	"sync"
	"time"
)

// Back-off of failed sign-ins: the first free ones cost nothing, then the wait doubles from firstWait to
// longestWait. A key without failures for forgetAfter starts afresh.
const (
	firstWait   = time.Second
	longestWait = 15 * time.Minute
	forgetAfter = time.Hour
	// maxThrottled bounds the memory; the key that was used least recently is forgotten first.
	maxThrottled = 20000
)

// throttleKey is one thing that failures are counted for. Counting for the pair alone would leave an
// address free to try many logins, and a login open to many addresses.
type throttleKey struct{ kind, value string }

// freeFailures is how many failures cost nothing, by kind of key. A login by itself is generous and its wait
// short, so that a stranger cannot lock a colleague out for long.
func freeFailures(kind string) (free int, longest time.Duration) {
	switch kind {
	case "pair":
		return 5, longestWait
	case "remote":
		return 20, longestWait
	default:
		return 50, time.Minute
	}
}

func throttleKeys(login, remote string) []throttleKey {
	return []throttleKey{{"pair", login + "\x00" + remote}, {"remote", remote}, {"login", login}}
}

// throttle slows down guessing. Each try is counted before the password is checked, so that a thousand
// tries at once don't slip through; a success takes its count back.
type throttle struct {
	now func() time.Time

	mu      sync.Mutex // guards the rest
	entries map[throttleKey]*list.Element
	recent  *list.List // of *throttled, most recently used first
}

type throttled struct {
	key      throttleKey
	failures int
	last     time.Time
	until    time.Time
	told     bool // the refusal of this wait was recorded already
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, entries: make(map[throttleKey]*list.Element), recent: list.New()}
}

// begin counts one try. If it must wait, the try is not counted and wait is positive; first is true once a
// wait, so that a flood of refusals leaves one record.
func (t *throttle) begin(login, remote string) (wait time.Duration, first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, keys := t.now(), throttleKeys(login, remote)
	for _, k := range keys {
		if e := t.find(k, now); e != nil && e.until.After(now) {
			if w := e.until.Sub(now); w > wait {
				wait, first = w, !e.told
			}
			e.told = true
		}
	}
	if wait > 0 {
		return wait, first
	}
	for _, k := range keys {
		t.count(k, now)
	}
	return 0, false
}

// succeed forgets the failures of the pair and takes this try back from the other two keys.
func (t *throttle) succeed(login, remote string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range throttleKeys(login, remote) {
		el, ok := t.entries[k]
		if !ok {
			continue
		}
		e := el.Value.(*throttled)
		if e.failures--; e.failures <= 0 || k.kind == "pair" {
			t.recent.Remove(el)
			delete(t.entries, k)
			continue
		}
		e.until = time.Time{}
	}
}

// find is the entry of k, or nil if there is none or its failures are long past.
func (t *throttle) find(k throttleKey, now time.Time) *throttled {
	el, ok := t.entries[k]
	if !ok {
		return nil
	}
	e := el.Value.(*throttled)
	if now.Sub(e.last) > forgetAfter {
		t.recent.Remove(el)
		delete(t.entries, k)
		return nil
	}
	t.recent.MoveToFront(el)
	return e
}

func (t *throttle) count(k throttleKey, now time.Time) {
	e := t.find(k, now)
	if e == nil {
		e = &throttled{key: k}
		t.entries[k] = t.recent.PushFront(e)
		if t.recent.Len() > maxThrottled {
			oldest := t.recent.Back()
			t.recent.Remove(oldest)
			delete(t.entries, oldest.Value.(*throttled).key)
		}
	}
	e.failures++
	e.last, e.told = now, false
	free, longest := freeFailures(k.kind)
	if over := e.failures - free; over >= 0 {
		e.until = now.Add(min(longest, firstWait<<min(over, 20)))
	}
}
