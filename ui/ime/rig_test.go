package ime

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// seen is what the program in testdata/desk tells of itself.
type seen struct {
	Shown, Live, Composing bool
	Composer, Search       string
	Focus                  string
	Sent                   []string
	Palette                int
	Caret                  int
}

// rig is a screen with a window manager, a bus, fcitx5 and the program.
type rig struct {
	t      *testing.T
	env    []string
	states chan seen
	last   seen
	in     io.Writer
	window string
	fcitx  *exec.Cmd
}

// tools are the programs of the real test and the Debian packages that hold them.
const tools = "Xvfb:xvfb openbox:openbox xdotool:xdotool import:imagemagick dbus-daemon:dbus-daemon fcitx5:fcitx5 go:golang"

func newRig(t *testing.T) *rig {
	t.Helper()
	for tool := range strings.FieldsSeq(tools) {
		name, pkg, _ := strings.Cut(tool, ":")
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("this test drives a real input method and needs %s; on Debian: apt-get install xvfb openbox xdotool imagemagick "+
				"dbus-daemon libgl1-mesa-dri fcitx5 fcitx5-chinese-addons (missing here: %s)", name, pkg)
		}
	}
	home := t.TempDir()
	r := &rig{t: t, states: make(chan seen, 1024)}
	r.env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "XDG_RUNTIME_DIR="+home,
		"XDG_DATA_HOME="+filepath.Join(home, ".local"), "LC_ALL=C.UTF-8", "FYNE_SCALE=1", "IBUS_ADDRESS=", "XAUTHORITY=",
		"WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS="+bus(t), "DISPLAY=:"+r.display())
	r.profile(filepath.Join(home, ".config", "fcitx5"))
	r.start("openbox")
	r.startFcitx()
	return r
}

// display starts an X server on a display it chooses and returns the number.
func (r *rig) display() string {
	cmd := exec.Command("Xvfb", "-displayfd", "1", "-screen", "0", "1000x700x24", "+extension", "GLX", "-noreset", "-nolisten", "tcp")
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.endWithTest(cmd)
	number, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		r.t.Fatalf("Xvfb gives no display: %v", err)
	}
	return strings.TrimSpace(number)
}

// profile sets fcitx5 up with pinyin, off at first, as Debian's default is.
func (r *rig) profile(dir string) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		r.t.Fatal(err)
	}
	const text = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n" +
		"[Groups/0/Items/1]\nName=pinyin\nLayout=\n\n[GroupOrder]\n0=Default\n"
	if err := os.WriteFile(filepath.Join(dir, "profile"), []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) start(name string, args ...string) *exec.Cmd {
	r.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = r.env
	if err := cmd.Start(); err != nil {
		r.t.Fatalf("start %s: %v", name, err)
	}
	r.endWithTest(cmd)
	return cmd
}

func (r *rig) startFcitx() { r.fcitx = r.start("fcitx5", "-D", "--disable=wayland") }

func (r *rig) endWithTest(cmd *exec.Cmd) {
	r.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
	})
}

// open builds and starts the program and waits until it is shown with the keyboard.
func (r *rig) open() {
	r.t.Helper()
	program := filepath.Join(r.t.TempDir(), "desk")
	if out, err := exec.Command("go", "build", "-o", program, "./testdata/desk").CombinedOutput(); err != nil {
		r.t.Fatalf("build testdata/desk: %v\n%s", err, out)
	}
	cmd := exec.Command(program)
	cmd.Env, cmd.Stderr = r.env, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.in = in
	go r.read(out)
	r.endWithTest(cmd)
	r.until("the window is shown and fcitx5 answers", func(s seen) bool { return s.Shown && s.Live })
	r.window = r.poll("the window is on the screen", func() string {
		return r.run("xdotool", "search", "--onlyvisible", "--name", "^Deskhand input$")
	})
	r.poll("the window has the keyboard", func() string {
		r.run("xdotool", "windowactivate", r.window)
		if r.run("xdotool", "getwindowfocus") == r.window {
			return "yes"
		}
		return ""
	})
}

func (r *rig) read(out io.Reader) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var s seen
		if json.Unmarshal(lines.Bytes(), &s) == nil {
			r.states <- s
		}
	}
	close(r.states)
}

const patience = 60 * time.Second

// until waits for a state that the condition holds for.
func (r *rig) until(what string, cond func(seen) bool) {
	r.t.Helper()
	deadline := time.After(patience)
	for !cond(r.last) {
		select {
		case s, ok := <-r.states:
			if !ok {
				r.t.Fatalf("the program ended before %s; last state %+v", what, r.last)
			}
			r.last = s
		case <-deadline:
			r.shot("failed.png")
			r.t.Fatalf("waited in vain until %s; last state %+v", what, r.last)
		}
	}
}

// poll repeats a look from outside until it returns something.
func (r *rig) poll(what string, look func() string) string {
	r.t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for {
		if s := look(); s != "" {
			return s
		}
		select {
		case <-tick.C:
		case <-deadline:
			r.shot("failed.png")
			r.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// run returns what a tool prints, "" when it fails, as xdotool does while there is no such window.
func (r *rig) run(name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Env = r.env
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// keys presses keys by their X names, one after the other.
func (r *rig) keys(names ...string) {
	r.t.Helper()
	cmd := exec.Command("xdotool", append([]string{"key", "--delay", "25"}, names...)...)
	cmd.Env = r.env
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("xdotool key %v: %v %s", names, err, out)
	}
}

// letters presses the key of each letter.
func (r *rig) letters(s string) { r.keys(strings.Split(s, "")...) }

// click clicks into the window.
func (r *rig) click(x, y int) {
	r.t.Helper()
	cmd := exec.Command("xdotool", "mousemove", "--window", r.window, fmt.Sprint(x), fmt.Sprint(y), "click", "1")
	cmd.Env = r.env
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("xdotool click: %v %s", err, out)
	}
}

// conversation has the program show another draft.
func (r *rig) conversation(draft string) {
	r.t.Helper()
	if _, err := io.WriteString(r.in, draft+"\n"); err != nil {
		r.t.Fatal(err)
	}
}

// shot keeps a picture of the screen among the test's artifacts (go test -artifacts keeps those).
func (r *rig) shot(name string) string {
	file := filepath.Join(r.t.ArtifactDir(), name)
	r.run("import", "-window", "root", file)
	return file
}

// screen returns what is on the screen, to compare.
func (r *rig) screen() string { return r.run("import", "-window", "root", "rgb:-") }
