package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// within bounds every wait. It is generous: a busy machine is slow, a broken product never gets there.
const within = 60 * time.Second

// program is deskhub, built once for all tests of the package, as a user would have it.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "deskhand-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "deskhub")
	build := exec.Command("go", "build", "-o", path, "deskhand/cmd/deskhub")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		_, _ = os.Stderr.Write(out)
	}
	return path, err
})

func TestMain(m *testing.M) {
	status := m.Run()
	if path, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(status)
}

// hub is a deskhub process that can be killed and started again at the same address.
type hub struct {
	t       *testing.T
	dir     string
	address string
	cmd     *exec.Cmd
	log     bytes.Buffer
}

func deskhub(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("deskhub %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// newHub makes a desk with one agent and starts its hub.
func newHub(t *testing.T) *hub {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free now and the same after a restart
	if err != nil {
		t.Fatal(err)
	}
	h := &hub{t: t, dir: t.TempDir(), address: l.Addr().String()}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	deskhub(t, password+"\n", "user", "add", "--data", h.dir, "--login", "li", "--name", "Li Wei", "--role", "agent", "--password-stdin")
	h.start()
	t.Cleanup(h.kill)
	return h
}

const password = "correct horse battery staple"

func (h *hub) url() string { return "http://" + h.address }

// start runs the hub and waits for its ready line.
func (h *hub) start() {
	h.t.Helper()
	path, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	h.cmd = exec.Command(path, "serve", "--json", "--data", h.dir, "--listen", h.address)
	h.cmd.Stderr = &h.log
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var ready struct {
		Listening string `json:"listening"`
	}
	if err != nil || json.Unmarshal(line, &ready) != nil || ready.Listening != h.address {
		h.t.Fatalf("ready line %q, err %v, log:\n%s", line, err, h.log.String())
	}
}

// kill ends the hub as a power cut would.
func (h *hub) kill() {
	if h.cmd == nil {
		return
	}
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	h.cmd = nil
}

// stop ends the hub as an administrator would.
func (h *hub) stop() {
	h.t.Helper()
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Wait(); err != nil {
		h.t.Fatalf("stopped hub: %v, log:\n%s", err, h.log.String())
	}
	h.cmd = nil
}

// eventually waits until the condition holds, looking again whenever changed has something, and now and then.
func eventually(t *testing.T, what string, changed <-chan struct{}, condition func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-changed:
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("never happened: %s", what)
		}
	}
}
