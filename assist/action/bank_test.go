package action_test

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"deskhand/assist/backoffice"
)

// bank is a back office with one account: it moves money once for each key, and fails in the ways that a test asks for.
type bank struct {
	backoffice.Office

	mu      sync.Mutex // guards what follows
	done    map[string]int64
	paid    map[string]string // key → fee that was taken
	calls   []string
	refusal *backoffice.Refusal
	before  func() error // of Execute, before anything has changed
	after   func() error // of Execute, after it
	asked   func() error // of Outcome
	fee     string       // the terms of every change
	away    error        // of Check
}

func newBank() *bank { return &bank{done: map[string]int64{}, paid: map[string]string{}, fee: "0.50"} }

// terms are what a transfer would come to now.
func (b *bank) terms() backoffice.Record {
	b.mu.Lock()
	defer b.mu.Unlock()
	return backoffice.Record{"fee": b.fee, "at": time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), "seats": 3}
}

func (b *bank) costs(fee string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fee = fee
}

func (b *bank) Check(context.Context, backoffice.Call) (backoffice.Record, error) {
	b.mu.Lock()
	away, refusal := b.away, b.refusal
	b.mu.Unlock()
	switch {
	case away != nil:
		return nil, away
	case refusal != nil:
		return nil, refusal
	}
	return b.terms(), nil
}

func (b *bank) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "Bank", Location: time.UTC}, nil
}

func (b *bank) Person(context.Context, string) (backoffice.Person, error) {
	return backoffice.Person{ID: "B-1", Phone: "13800000000"}, nil
}

func (b *bank) Execute(_ context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls = append(b.calls, "execute "+c.Args["amount"])
	if b.before != nil {
		if err := b.before(); err != nil {
			return nil, err
		}
	}
	if b.refusal != nil {
		return nil, b.refusal
	}
	if _, again := b.done[key]; !again {
		var n int64
		_, _ = fmt.Sscan(c.Args["cents"], &n)
		b.done[key], b.paid[key] = n, b.fee
	}
	if b.after != nil {
		if err := b.after(); err != nil {
			return nil, err
		}
	}
	return receipt(key), nil
}

func (b *bank) Outcome(_ context.Context, key string) (backoffice.Record, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls = append(b.calls, "outcome")
	if b.asked != nil {
		if err := b.asked(); err != nil {
			return nil, err
		}
	}
	if _, ok := b.done[key]; !ok {
		return nil, backoffice.ErrNotFound
	}
	return receipt(key), nil
}

func receipt(key string) backoffice.Record {
	return backoffice.Record{"reference": "R-" + key, "at": time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), "n": 3,
		"fee": backoffice.Record{"amount": "0.50"}, "parts": []backoffice.Record{{"a": "b"}}}
}

func (b *bank) moved() (sum int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := range maps.Values(b.done) {
		sum += n
	}
	return sum
}
