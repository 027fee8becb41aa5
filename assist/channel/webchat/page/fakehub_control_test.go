package page_test

import (
	"context"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Say stores a message of the other side and sends it.
func (h *fakeHub) Say(m wire.CustomerMessage) wire.CustomerMessage {
	h.mu.Lock()
	defer h.mu.Unlock()
	if m.Kind == "" {
		m.Kind = assist.KindText
	}
	m = h.add(m)
	h.toAll(wire.CustomerMessageNew{Conversation: 7, Message: m})
	return m
}

// Status changes the conversation's status.
func (h *fakeHub) Status(s wire.CustomerStatus) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.Conversation = 7
	h.status = s
	h.toAll(s)
}

// Tell sends a frame to every tab.
func (h *fakeHub) Tell(f wire.Frame) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.toAll(f)
}

// With changes the hub's ways.
func (h *fakeHub) With(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

// Kick closes every connection with the code; 0 cuts the line without a word.
func (h *fakeHub) Kick(code int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns {
		if code != 0 {
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
		}
		_ = c.ws.Close()
	}
}

// Stored are the messages in order.
func (h *fakeHub) Stored() []wire.CustomerMessage {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]wire.CustomerMessage{}, h.messages...)
}

// Frames are the frames of that type that came in.
func (h *fakeHub) Frames(kind string) []map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []map[string]any
	for _, f := range h.got {
		if f["t"] == kind {
			out = append(out, f)
		}
	}
	return out
}

// Await waits until the condition holds.
func (h *fakeHub) Await(what string, condition func() bool) {
	h.t.Helper()
	ctx, stop := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			h.t.Fatalf("never came: %s; stored %d messages", what, len(h.Stored()))
		}
	}
}
