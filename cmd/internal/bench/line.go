package bench

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// line is a bare connection to the hub. The real client would take as much CPU as the hub, on the same machine;
// this one speaks the same protocol, reads only what is measured, and doesn't come back after a loss.
type line struct {
	ws *websocket.Conn
	mu sync.Mutex // one writer at a time
	in bytes.Buffer
}

func dial(ctx context.Context, hub, path string, hello any) (*line, error) {
	d := websocket.Dialer{HandshakeTimeout: 30 * time.Second, ReadBufferSize: 1024, WriteBufferSize: 512}
	ws, _, err := d.DialContext(ctx, "ws"+strings.TrimPrefix(hub, "http")+path, http.Header{})
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	l := &line{ws: ws}
	if err := l.command(hello); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *line) command(v any) error {
	b, err := wire.EncodeCommand(v)
	if err != nil {
		return err
	}
	return l.write(b)
}

func (l *line) write(b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ws.WriteMessage(websocket.TextMessage, b)
}

var pong = []byte(`{"t":"pong"}`)

// read hands every frame to handle, answering pings, until handle says that it is done, fails, or the
// connection ends.
func (l *line) read(handle func(frame []byte) (done bool, err error)) error {
	for {
		_, r, err := l.ws.NextReader()
		if err != nil {
			return err
		}
		l.in.Reset()
		if _, err := l.in.ReadFrom(r); err != nil {
			return err
		}
		frames, err := wire.Split(l.in.Bytes())
		if err != nil {
			return err
		}
		for _, f := range frames {
			if bytes.Equal(f, ping) {
				if err := l.write(pong); err != nil {
					return err
				}
				continue
			}
			if done, err := handle(f); err != nil || done {
				return err
			}
		}
	}
}

var ping = wire.MustEncode(wire.Ping{})

// until reads up to the first frame of the type; a refusal before is an error.
func (l *line) until(kind string, into any) error {
	return l.read(func(frame []byte) (bool, error) {
		if isType(frame, "error") {
			return false, fmt.Errorf("waiting for %s: the hub refuses: %s", kind, frame)
		}
		if !isType(frame, kind) {
			return false, nil
		}
		return true, wire.DecodeHub(frame, into)
	})
}

func isType(frame []byte, kind string) bool {
	rest, ok := bytes.CutPrefix(frame, []byte(`{"t":"`))
	return ok && bytes.HasPrefix(rest, []byte(kind)) && len(rest) > len(kind) && rest[len(kind)] == '"'
}

func (l *line) close() { _ = l.ws.Close() }

// customer connects a new visitor.
func customer(ctx context.Context, hub string) (*line, error) {
	l, err := dial(ctx, hub, "/ws/customer", wire.CustomerHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Inbox: inbox, Language: "en"})
	if err != nil {
		return nil, err
	}
	var w wire.CustomerWelcome
	return l, l.until("welcome", &w)
}

// inbox is the one that a hub without settings has.
const inbox = "chat"

// agent signs somebody in and connects.
func agent(ctx context.Context, hub string, who Login) (*line, error) {
	session, _, _, err := client.SignIn(ctx, hub, who.Name, who.Password, "bench")
	if err != nil {
		return nil, fmt.Errorf("sign %s in: %w", who.Name, err)
	}
	ticket, err := client.Ticket(ctx, hub, session)
	if err != nil {
		return nil, fmt.Errorf("ticket of %s: %w", who.Name, err)
	}
	l, err := dial(ctx, hub, "/ws/agent", wire.AgentHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Ticket: ticket})
	if err != nil {
		return nil, err
	}
	var w wire.AgentWelcome
	return l, l.until("welcome", &w)
}
