package client

import (
	"context"
	"slices"
	"sync"

	"deskhand/assist"
)

type (
	// Draft is a message that somebody wants sent.
	Draft = assist.Draft
	// Outgoing is a message in the outbox.
	Outgoing = assist.Outgoing
)

// Outbox keeps messages until the hub has stored them. Each method returns when its change is durable. It is
// safe for concurrent use. Run the suite of package outboxtest against an implementation.
type Outbox interface {
	// Add appends a message. A ClientID that is there already is an error (assist.CodeExists).
	Add(ctx context.Context, m Outgoing) error
	// Pending lists all messages, refused ones included, in the order of Add.
	Pending(ctx context.Context) ([]Outgoing, error)
	// Done removes a message: it was stored, or its writer gave it up. One that isn't there is no error.
	Done(ctx context.Context, id assist.ClientID) error
	// Failed marks a message as refused with code, or with 0 as to be sent again. One that isn't there is
	// assist.ErrNotFound.
	Failed(ctx context.Context, id assist.ClientID, code assist.Code) error
	// Stored notes that the hub has the message and that left is still to be done after it. One that isn't there is
	// assist.ErrNotFound.
	Stored(ctx context.Context, id assist.ClientID, left []assist.MacroAction) error
}

// Memory is an Outbox that lives as long as the program: for tests and demo customers.
type Memory struct {
	mu       sync.Mutex // guards messages
	messages []Outgoing
}

// NewMemory is an empty Memory.
func NewMemory() *Memory { return &Memory{} }

// Add implements Outbox.
func (o *Memory) Add(_ context.Context, m Outgoing) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.find(m.ClientID) >= 0 {
		return assist.Errorf(assist.CodeExists, "message %s", m.ClientID)
	}
	o.messages = append(o.messages, m)
	return nil
}

// Pending implements Outbox.
func (o *Memory) Pending(context.Context) ([]Outgoing, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.messages), nil
}

// Done implements Outbox.
func (o *Memory) Done(_ context.Context, id assist.ClientID) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if i := o.find(id); i >= 0 {
		o.messages = slices.Delete(o.messages, i, i+1)
	}
	return nil
}

// Failed implements Outbox.
func (o *Memory) Failed(_ context.Context, id assist.ClientID, code assist.Code) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.find(id)
	if i < 0 {
		return assist.ErrNotFound
	}
	o.messages[i].Refused = code
	return nil
}

// Stored implements Outbox.
func (o *Memory) Stored(_ context.Context, id assist.ClientID, left []assist.MacroAction) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.find(id)
	if i < 0 {
		return assist.ErrNotFound
	}
	o.messages[i].Stored, o.messages[i].Then = true, slices.Clone(left)
	return nil
}

func (o *Memory) find(id assist.ClientID) int {
	return slices.IndexFunc(o.messages, func(m Outgoing) bool { return m.ClientID == id })
}
