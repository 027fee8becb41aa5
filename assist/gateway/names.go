package gateway

import (
	"context"
	"strconv"
	"sync"

	"deskhand/assist"
)

// names remembers how customers are called, for the rows of lists.
type names struct {
	store interface {
		Customer(ctx context.Context, id assist.CustomerID) (assist.Customer, error)
	}
	mu sync.Mutex // guards m
	m  map[assist.CustomerID]string
}

// maxNames bounds the memory; beyond it the map starts afresh.
const maxNames = 50_000

func newNames(store Store) *names { return &names{store: store, m: map[assist.CustomerID]string{}} }

// of is the customer's name, empty for an anonymous visitor or if the store can't say now.
func (n *names) of(ctx context.Context, id assist.CustomerID) string {
	n.mu.Lock()
	name, ok := n.m[id]
	n.mu.Unlock()
	if ok {
		return name
	}
	c, err := n.store.Customer(ctx, id)
	if err != nil {
		return ""
	}
	n.set(id, c.Name)
	return c.Name
}

func (n *names) set(id assist.CustomerID, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.m) >= maxNames {
		clear(n.m)
	}
	n.m[id] = name
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
