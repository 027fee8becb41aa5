package socket_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/socket"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

func TestServe_BinaryAndOversizeAreAnsweredThenClosed(t *testing.T) {
	for _, tc := range []struct {
		kind, size, want int
		name             string
	}{
		{websocket.BinaryMessage, 3, wire.CloseNotText, "not_text"},
		{websocket.BinaryMessage, 4 << 20, wire.CloseNotText, "not_text"},
		{websocket.TextMessage, wire.MaxFrame + 1, wire.CloseTooLarge, "frame_too_large"},
		{websocket.TextMessage, 4 << 20, wire.CloseTooLarge, "frame_too_large"},
	} {
		p := connect(t, socket.Options{})
		sent := make(chan struct{})
		go func() {
			_ = p.client.WriteMessage(tc.kind, []byte(strings.Repeat("x", tc.size)))
			close(sent)
		}()
		frames, code := p.drain()
		if code != tc.want || len(frames) != 1 || !strings.Contains(frames[0], tc.name) {
			t.Errorf("%d bytes of kind %d: got %v and %d, want %s and %d", tc.size, tc.kind, frames, code, tc.name, tc.want)
		}
		<-sent
		p.end()
		if len(p.heard) != 0 {
			t.Error("the frame was handed on")
		}
	}
}

func TestServe_TheLargestFrameIsTaken(t *testing.T) {
	p := connect(t, socket.Options{})
	text := strings.Repeat("x", wire.MaxFrame)
	if err := p.client.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		t.Fatal(err)
	}
	if got := <-p.heard; got != text {
		t.Errorf("got %d bytes, want %d", len(got), len(text))
	}
}

func TestClose_ReachesAClientThatStillSends(t *testing.T) {
	p := connect(t, socket.Options{})
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for p.client.WriteMessage(websocket.TextMessage, []byte(`{"t":"ping"}`)) == nil {
		}
	}()
	<-p.heard
	go func() {
		for range p.heard {
		}
	}()
	p.conn.Close(wire.CloseRevoked, "over")
	if _, code := p.drain(); code != wire.CloseRevoked {
		t.Errorf("closed with %d, want %d", code, wire.CloseRevoked)
	}
	_ = p.client.Close()
	<-sent
	p.end()
	close(p.heard)
}

// movable is a clock that stands still until it is moved.
type movable struct {
	mu sync.Mutex // guards t
	t  time.Time
}

func (m *movable) now() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.t }

func (m *movable) pass(d time.Duration) { m.mu.Lock(); defer m.mu.Unlock(); m.t = m.t.Add(d) }

func TestBeat_PingsTheQuietAndClosesTheSilent(t *testing.T) {
	clock := &movable{t: time.Unix(1000, 0)}
	p := connect(t, socket.Options{Now: clock.now})
	beat := func() { p.conn.Beat(25*time.Second, 10*time.Second) }
	beat()
	clock.pass(24 * time.Second)
	beat() // still too early
	clock.pass(2 * time.Second)
	beat()
	if frames, _ := p.read(); len(frames) != 1 || frames[0] != `{"t":"ping"}` {
		t.Fatalf("got %v, want one ping", frames)
	}
	clock.pass(9 * time.Second)
	beat() // it may still answer
	if err := p.client.WriteMessage(websocket.TextMessage, []byte(`{"t":"pong"}`)); err != nil {
		t.Fatal(err)
	}
	<-p.heard
	clock.pass(24 * time.Second)
	beat()
	clock.pass(2 * time.Second)
	beat()
	clock.pass(11 * time.Second)
	beat()
	if frames, code := p.drain(); code != wire.CloseSilent || len(frames) != 1 {
		t.Errorf("got %v and %d, want one ping and %d", frames, code, wire.CloseSilent)
	}
}
