package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// A screen that does not keep up is cut off by the hub and misses nothing.
func TestAgent_SlowReaderIsClosedAndResumes(t *testing.T) {
	d := &desk{dir: t.TempDir(), address: "127.0.0.1:0", most: 64 << 10}
	d = startDeskWith(t, d)
	defer d.end(t)
	p := startPair(t, d)
	defer func() { p.stop() }()
	p.stop()
	p.inFlight = 16 // so that the hub's patience with one write does not end before the customer has written
	p.startCustomer(t)

	gate, ends := make(chan struct{}), make(ended, 64)
	var hangs atomic.Bool
	hangs.Store(true)
	var narrow atomic.Pointer[net.TCPConn] // the connection that hangs
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if tcp, ok := c.(*net.TCPConn); ok && hangs.Load() {
			err = errors.Join(err, tcp.SetReadBuffer(4096))
			narrow.Store(tcp)
		}
		return c, err
	}}
	shut := false
	a, err := client.NewAgent(client.AgentOptions{Hub: "http://" + d.address, Session: p.session, Log: slog.New(ends), Timing: hasty,
		HTTP: &http.Client{Transport: transport, Timeout: time.Minute},
		Handle: func(f wire.Frame) {
			if _, ok := f.(wire.AgentEvent); ok && !shut {
				shut = true
				<-gate // the screen hangs at the first event
			}
			p.serves.agentFrame(f)
		},
		Connection: p.serves.connection})
	must(t, err)
	p.agent = a
	p.serves.change(func() { p.serves.lines, p.serves.frames = nil, nil })
	p.stops = append(p.stops, p.serves.run(a.Run))
	p.serves.live(t)
	a.Open(p.conversation)
	p.serves.within(t, "the opened conversation", patience, func() bool { return len(p.serves.lines) > 0 })
	long := strings.Repeat("慢", 7900)
	for i := range 300 { // 7 MB, more than sockets hold
		p.say(t, fmt.Sprint(i, long))
	}
	p.sees.within(t, "acks while the agent hangs", patience, func() bool { return len(p.sees.mine) == 0 })
	hangs.Store(false)
	// Megabytes through a window of four kilobytes take a delayed acknowledgement each: let the rest come at once.
	must(t, narrow.Load().SetReadBuffer(4<<20))
	close(gate)
	if code := ends.closeCode(t); code != wire.CloseSlow {
		t.Errorf("closed with %d, want %d", code, wire.CloseSlow)
	}
	p.settleReset(t)
}

// ended is a log that keeps why connections ended: the listener of Connection may miss one that is mended at once.
type ended chan error

func (ended) Enabled(context.Context, slog.Level) bool { return true }
func (e ended) WithAttrs([]slog.Attr) slog.Handler     { return e }
func (e ended) WithGroup(string) slog.Handler          { return e }

// Handle implements slog.Handler.
func (e ended) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok {
			e <- err
		}
		return true
	})
	return nil
}

// closeCode is the code with which the next connection was closed.
func (e ended) closeCode(t *testing.T) int {
	t.Helper()
	select {
	case err := <-e:
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			t.Fatalf("the connection ended with %v", err)
		}
		return closed.Code
	case <-time.After(4 * patience): // megabytes have to come through before the close frame
		t.Fatal("the hub did not close the connection")
	}
	return 0
}

// settleReset is settle for a screen that was reset: it has the newest messages only.
func (p *pair) settleReset(t *testing.T) {
	t.Helper()
	p.serves.within(t, "the last message", patience, func() bool {
		n := len(p.serves.lines)
		return n > 0 && strings.HasPrefix(p.serves.lines[n-1].text, "299")
	})
	stored, err := p.desk.store.Messages(t.Context(), assist.MessageFilter{Conversation: p.conversation, Public: true, Limit: 1000})
	must(t, err)
	p.serves.mu.Lock()
	defer p.serves.mu.Unlock()
	newest := stored[len(stored)-len(p.serves.lines):]
	for i, l := range p.serves.lines {
		if l.seq != newest[i].Seq {
			t.Fatalf("line %d has seq %d, want %d", i, l.seq, newest[i].Seq)
		}
	}
}
