// Package hub tells everybody who is connected what happened: it fans stored facts out to followers of a
// conversation and to watchers of all, and keeps what is only of the moment: who is present and who types.
// It may lose what it holds; the store may not. It starts no goroutines; sinks are called from the ledger's
// writer and must not block.
package hub

import (
	"slices"
	"sync"

	"deskhand/assist"
)

// Sink takes what a subscriber is told. Its methods are called in commit order and must not block: a sink
// that can't keep up drops itself (and resumes from the store).
type Sink interface {
	// Changed is called for every stored change of a conversation.
	Changed(u Update)
	// Typed is called when somebody types in the conversation.
	Typed(t Typing)
}

// Update is a stored change: the conversation after it and the facts that made it.
type Update struct {
	Conversation assist.Conversation
	Events       []assist.Event
	MarksMoved   bool
}

// Typing says that somebody types, or with Off stopped. It is never stored.
type Typing struct {
	Conversation assist.ConversationID
	Inbox        assist.InboxID
	From         assist.Actor
	Text         string // preview of a customer's words, where the inbox allows it
	Off          bool
}

// Hub fans out. The zero value is not usable; see New.
type Hub struct {
	mu        sync.RWMutex // guards the fields below
	followers map[assist.ConversationID]map[Sink]struct{}
	watchers  []Sink // in the order in which they came
}

// New is an empty hub.
func New() *Hub {
	return &Hub{followers: map[assist.ConversationID]map[Sink]struct{}{}}
}

// Follow subscribes s to one conversation until Unfollow. Following twice is following once.
func (h *Hub) Follow(id assist.ConversationID, s Sink) {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := h.followers[id]
	if set == nil {
		set = map[Sink]struct{}{}
		h.followers[id] = set
	}
	set[s] = struct{}{}
}

// Unfollow ends a Follow.
func (h *Hub) Unfollow(id assist.ConversationID, s Sink) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.followers[id], s)
	if len(h.followers[id]) == 0 {
		delete(h.followers, id)
	}
}

// Watch subscribes s to all conversations until Unwatch. A sink that follows and watches hears once. Watchers
// hear in the order in which they came and before all followers: those who draw conclusions watch after those
// who keep the picture that they look at.
func (h *Hub) Watch(s Sink) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !slices.Contains(h.watchers, s) {
		h.watchers = append(h.watchers, s)
	}
}

// Unwatch ends a Watch.
func (h *Hub) Unwatch(s Sink) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers = slices.DeleteFunc(h.watchers, func(o Sink) bool { return o == s })
}

// FollowedBy counts the followers of one conversation that are of a kind.
func (h *Hub) FollowedBy(id assist.ConversationID, kind func(Sink) bool) int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	n := 0
	for s := range h.followers[id] {
		if kind(s) {
			n++
		}
	}
	return n
}

// Publish tells followers and watchers of a stored write. It implements ledger.Publisher.
func (h *Hub) Publish(w assist.Written) {
	u := Update{Conversation: w.Conversation, Events: w.Events, MarksMoved: w.MarksMoved}
	h.each(w.Conversation.ID, func(s Sink) { s.Changed(u) })
}

// Type tells followers and watchers that somebody types.
func (h *Hub) Type(t Typing) {
	h.each(t.Conversation, func(s Sink) { s.Typed(t) })
}

// each calls tell for every sink concerned, holding no lock while it does.
func (h *Hub) each(id assist.ConversationID, tell func(Sink)) {
	h.mu.RLock()
	var few [16]Sink
	sinks := few[:0]
	sinks = append(sinks, h.watchers...)
	for s := range h.followers[id] {
		if !slices.Contains(h.watchers, s) {
			sinks = append(sinks, s)
		}
	}
	h.mu.RUnlock()
	for _, s := range sinks {
		tell(s)
	}
}
