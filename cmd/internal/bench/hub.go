package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Hub is a `deskhub serve` in a process of its own.
type Hub struct {
	URL     string        // http://127.0.0.1:PORT
	StartIn time.Duration // from exec to the line that says that it listens

	cmd    *exec.Cmd
	stderr *tail
	ended  chan struct{} // closed when the process has ended
	err    error         // how; read after ended
}

// HubOptions say which hub to start.
type HubOptions struct {
	Binary string   // deskhub; default: this program
	Data   string   // folder
	Env    []string // more settings, "DESKHAND_…=…"; they are put over Generous
	Listen string   // default 127.0.0.1:0
}

// Generous are the settings that let a load through which comes from one address and faster than people: the
// limits of rates and numbers, nothing else.
func Generous() []string {
	return []string{
		"DESKHAND_LIMITS_CONNECTIONS=1000000", "DESKHAND_LIMITS_CONNECTIONS_PER_ADDRESS=1000000", "DESKHAND_LIMITS_FRAMES_PER_SECOND=10000",
		"DESKHAND_LIMITS_FRAMES_BURST=100000", "DESKHAND_LIMITS_MESSAGES_PER_MINUTE=600000", "DESKHAND_LIMITS_MESSAGES_PER_ADDRESS=100000000",
		"DESKHAND_LIMITS_MESSAGES_PER_AGENT=600000",
	}
}

// startWithin bounds how long a hub may take until it listens.
const startWithin = 60 * time.Second

// StartHub starts a hub and waits until it listens. Stop or Kill it in the end.
func StartHub(ctx context.Context, o HubOptions) (*Hub, error) {
	if o.Binary == "" {
		var err error
		if o.Binary, err = os.Executable(); err != nil {
			return nil, fmt.Errorf("own program: %w", err)
		}
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	cmd := exec.Command(o.Binary, "serve", "--listen", o.Listen, "--data", o.Data, "--json")
	cmd.Env = append(append(os.Environ(), Generous()...), o.Env...)
	return startProcess(ctx, cmd)
}

// startProcess starts a server that says on its first line where it listens, and waits for that line.
func startProcess(ctx context.Context, cmd *exec.Cmd) (*Hub, error) {
	h := &Hub{cmd: cmd, stderr: &tail{most: 4096}, ended: make(chan struct{})}
	cmd.Stderr = h.stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		if lines.Scan() {
			ready <- lines.Text()
		}
		_, _ = io.Copy(io.Discard, out)
		h.err = cmd.Wait()
		close(h.ended)
	}()
	if err := h.await(ctx, ready, began); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Hub) await(ctx context.Context, ready <-chan string, began time.Time) error {
	late := time.NewTimer(startWithin)
	defer late.Stop()
	select {
	case line := <-ready:
		h.StartIn = time.Since(began)
		var r struct{ Listening string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return errors.Join(fmt.Errorf("first line of the hub %q: %w", line, err), h.Kill())
		}
		h.URL = "http://" + r.Listening
		return nil
	case <-h.ended:
		return fmt.Errorf("the hub ended at once (%w): %s", h.err, h.stderr)
	case <-late.C:
		return errors.Join(errors.New("the hub does not listen"), h.Kill())
	case <-ctx.Done():
		return errors.Join(ctx.Err(), h.Kill())
	}
}

// Signal sends the process a signal.
func (h *Hub) Signal(s os.Signal) error { return h.cmd.Process.Signal(s) }

// Pid is the number of the process.
func (h *Hub) Pid() int { return h.cmd.Process.Pid }

// Kill ends the process at once, as a power cut would, and waits for its end.
func (h *Hub) Kill() error {
	err := h.cmd.Process.Kill()
	<-h.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// Stop asks the hub to end in order (SIGTERM) and waits. A status other than 0 is an error.
func (h *Hub) Stop() error {
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	late := time.NewTimer(startWithin)
	defer late.Stop()
	select {
	case <-h.ended:
	case <-late.C:
		return errors.Join(errors.New("the hub does not stop"), h.Kill())
	}
	if h.err != nil {
		return fmt.Errorf("the hub ended with %w: %s", h.err, h.stderr)
	}
	return nil
}

// Stderr is the end of what the hub logged.
func (h *Hub) Stderr() string { return h.stderr.String() }

// tail keeps the last bytes written to it.
type tail struct {
	most int
	mu   sync.Mutex // guards b
	b    bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b.Write(p)
	if over := t.b.Len() - t.most; over > 0 {
		t.b.Next(over)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(t.b.String())
}
