package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Echo is the yardstick: a WebSocket server that says back what it hears, on gorilla's defaults, with nothing
// else. It prints where it listens, as a hub does, and serves until ctx ends.
func Echo(ctx context.Context, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var upgrader websocket.Upgrader
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = ws.Close() }()
		for {
			kind, b, err := ws.ReadMessage()
			if err != nil || ws.WriteMessage(kind, b) != nil {
				return
			}
		}
	})}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	line, err := json.Marshal(map[string]string{"listening": l.Addr().String()})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "%s\n", line); err != nil {
		return err
	}
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// StartEcho starts the echo server in a process of its own; Kill it in the end.
func StartEcho(ctx context.Context, binary string) (*Hub, error) {
	if binary == "" {
		var err error
		if binary, err = os.Executable(); err != nil {
			return nil, fmt.Errorf("own program: %w", err)
		}
	}
	return startProcess(ctx, exec.Command(binary, "bench", "echo"))
}

// dialEcho connects and lets the echo answer once, as a customer's connection begins with hello and welcome.
func dialEcho(ctx context.Context, url string) (*line, error) {
	d := websocket.Dialer{HandshakeTimeout: 30 * time.Second, ReadBufferSize: 1024, WriteBufferSize: 512}
	ws, _, err := d.DialContext(ctx, "ws"+strings.TrimPrefix(url, "http"), nil)
	if err != nil {
		return nil, err
	}
	l := &line{ws: ws}
	if err := l.write([]byte(`{"t":"hello"}`)); err != nil {
		return nil, err
	}
	_, _, err = ws.ReadMessage()
	return l, err
}
