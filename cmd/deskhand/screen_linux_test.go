package main_test

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// screen is an X server of the test's own with the program's window on it, driven by xdotool.
type screen struct {
	t       *testing.T
	env     []string
	program string
	window  string
	cmd     *exec.Cmd
	out     said
}

// said is what the program printed; it is written to by the goroutine that reads its output.
type said struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

// Write implements io.Writer.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String is everything printed so far.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func newScreen(t *testing.T) *screen {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "import", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("this test drives the real window and needs %s: run `make need-test`", tool)
		}
	}
	s := &screen{t: t, program: filepath.Join(t.TempDir(), "deskhand")}
	if out, err := exec.Command("go", "build", "-o", s.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "+extension", "GLX", "-noreset", "-nolisten", "tcp")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
	})
	number, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb gives no display: %v", err)
	}
	home := t.TempDir()
	for _, dir := range []string{".cache", ".config"} { // Fyne makes one level of folders only
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s.env = append(os.Environ(), "DISPLAY=:"+strings.TrimSpace(number), "XAUTHORITY=", "WAYLAND_DISPLAY=", "LC_ALL=C.UTF-8", "LANG=en_US.UTF-8",
		"FYNE_SCALE=1", "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR="+t.TempDir(), "HOME="+home, "XDG_CONFIG_HOME=", "DESKHAND_HUB=", "DESKHAND_LANG=")
	return s
}

// start starts the program and waits until its window has the keyboard.
func (s *screen) start(args ...string) {
	s.t.Helper()
	s.cmd = exec.Command(s.program, append(args, "--size", "1440x900")...)
	s.cmd.Env, s.cmd.Stdout, s.cmd.Stderr = s.env, &s.out, os.Stderr
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	program := s.cmd
	s.t.Cleanup(func() {
		if program.ProcessState == nil { // the test failed before it was stopped
			_ = program.Process.Kill()
			_ = program.Wait() // killed
		}
	})
	s.until("the window is on the screen", func() bool {
		s.window = s.run("xdotool", "search", "--onlyvisible", "--name", "Deskhand")
		return s.window != ""
	})
	s.until("the window has the keyboard", func() bool {
		s.run("xdotool", "windowmove", s.window, "0", "0")
		s.run("xdotool", "windowfocus", s.window)
		return s.run("xdotool", "getwindowfocus") == s.window
	})
}

// stop ends the program as a session that closes does, and waits for it.
func (s *screen) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			s.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		_ = s.cmd.Process.Kill()
		<-done
		s.t.Error("the program did not end when told to")
	}
}

func (s *screen) run(name string, args ...string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = s.env
	out, err := cmd.Output()
	if err != nil {
		return "" // the caller polls
	}
	return strings.TrimSpace(string(out))
}

// until polls a true external process, bounded.
func (s *screen) until(what string, there func() bool) {
	s.t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(40 * time.Second)
	defer late.Stop()
	for !there() {
		select {
		case <-tick.C:
		case <-late.C:
			s.shoot("failed")
			s.t.Fatalf("not in time: %s", what)
		}
	}
}

// key presses keys one after the other; type types text slowly enough for xdotool's remapping of Chinese keys.
func (s *screen) key(keys ...string) {
	s.run("xdotool", append([]string{"key", "--delay", "120"}, keys...)...)
}

func (s *screen) typeText(text string) { s.run("xdotool", "type", "--delay", "150", text) }

// click moves first: a click at a place where the pointer never was is lost on the way.
func (s *screen) click(x, y string) {
	s.run("xdotool", "mousemove", x, y)
	s.rest()
	s.run("xdotool", "click", "1")
	s.rest()
}

// rest lets the window take in what was done: input goes through the X server and the program's own loop, which
// nothing outside can observe.
func (s *screen) rest() { s.run("xdotool", "sleep", "0.4") }

// shoot keeps a picture of the window among the artefacts.
func (s *screen) shoot(name string) string {
	dir := filepath.Join("..", "..", "artefacts")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		s.t.Error(err)
	}
	path := filepath.Join(dir, "deskhand-"+name+".png")
	s.run("import", "-window", s.window, path)
	return path
}

// pixel is the colour at a place of the window, as "r,g,b".
func (s *screen) pixel(at string) string {
	return s.run("import", "-window", s.window, "-crop", "1x1+"+at, "-depth", "8", "-format", "%[fx:int(255*r)],%[fx:int(255*g)],%[fx:int(255*b)]", "info:-")
}
