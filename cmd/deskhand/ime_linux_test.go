package main_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestWindow_RealInputMethod writes Chinese with fcitx5's pinyin in the desk's own window, where what is half typed must
// neither be sent nor come into another conversation. What a field holds can't be seen from outside: the customers' side
// tells, and the window of candidates, which is there exactly while something is composed.
func TestWindow_RealInputMethod(t *testing.T) {
	m := newTeam(t)
	s := newScreen(t)
	fcitx(t, s)
	other := m.newGuest()
	m.waits(t, s, "hello, 我在中国")
	other.waits(t, s, "hi there")
	data := filepath.Join(t.TempDir(), "data")
	s.start("--hub", m.url, "--login", "li", "--lang", "en", "--theme", "light", "--timing", "--data", data)
	s.until("the input method is found", func() bool {
		log, err := os.ReadFile(filepath.Join(data, "deskhand.log"))
		return err == nil && strings.Contains(string(log), "input method found")
	})
	s.rest()
	s.typeText(password) // kept from the input method
	s.key("Return")
	s.until("the first list is on the screen", func() bool { return strings.Contains(s.out.String(), "first live inbox") })
	s.rest()
	s.key("alt+g") // the one who waits longest is shown: m
	s.rest()
	s.key("ctrl+2", "alt+j", "alt+g")
	s.rest()
	s.key("ctrl+1", "alt+l")
	s.rest()
	s.key("ctrl+space") // fcitx5's own shortcut
	s.until("the pinyin is loaded", func() bool {
		s.key("n")
		if s.composes() {
			return true
		}
		s.key("BackSpace")
		return false
	})
	s.key("Escape")
	s.composing(false)

	writing(s, other)
	switching(s, other, m.guest)
	searching(s, m.guest)
	s.stop()
}

// writing composes one message: by space, by number, as raw letters, and with keys that edit what is composed.
func writing(s *screen, reader *guest) {
	s.compose("nihao")
	s.shootAll("ime-composing")
	s.key("space")
	s.composing(false)
	s.compose("shi")
	s.key("2")
	s.composing(false)
	s.compose("hello")
	s.key("Return")
	s.composing(false)
	s.compose("zhon")
	s.key("BackSpace", "Left", "Right", "Left", "Delete", "Home", "End", "Escape")
	s.composing(false)
	s.shootAll("ime-written")
	s.key("Return")
	s.until("the customer reads it", func() bool { return reader.count() > 0 })
	said := reader.said()
	runes := []rune(said[0])
	if len(said) != 1 || !strings.HasPrefix(said[0], "你好") || !strings.HasSuffix(said[0], "hello") || len(runes) != 8 || !unicode.Is(unicode.Han, runes[2]) {
		s.t.Errorf("the customer read %q, want one message of 你好, a character and hello", said)
	}
}

// switching goes to another conversation in the middle of a composition, and back: what was half typed is in neither.
func switching(s *screen, from, to *guest) {
	s.compose("women")
	back := ""
	s.until("the other conversation is shown", func() bool {
		for key, opposite := range map[string]string{"alt+j": "alt+k", "alt+k": "alt+j"} { // one of them is no neighbour
			s.key(key)
			s.rest()
			if !s.composes() {
				back = opposite
				return true
			}
		}
		return false
	})
	s.key("alt+l")
	s.rest()
	s.shootAll("ime-switched")
	s.say("hao", "好", to)
	s.key(back, "alt+l")
	s.rest()
	s.say("zai", "在", from)
	if to.count() != 1 || from.count() != 2 {
		s.t.Errorf("the customers read %q and %q", from.said(), to.said())
	}
}

// say composes the first candidate of letters, sends it, and has reader read that and nothing more.
func (s *screen) say(letters, want string, reader *guest) {
	s.t.Helper()
	before := reader.count()
	s.compose(letters)
	s.key("space")
	s.composing(false)
	s.key("Return")
	s.until("the customer reads "+want, func() bool { return reader.count() > before })
	if said := reader.said(); said[before] != want {
		s.t.Errorf("a customer read %q, want %q", said[before:], want)
	}
}

// searching composes in the search field. What it finds, a message of found, is opened: Chinese has arrived there.
func searching(s *screen, found *guest) {
	s.key("ctrl+shift+f")
	s.rest()
	s.compose("zhongguo")
	s.shootAll("ime-search")
	s.key("space")
	s.composing(false)
	s.rest()
	s.rest() // it asks when typing rests
	s.shootAll("ime-found")
	s.key("Down")
	s.rest()
	s.key("alt+l")
	s.rest()
	s.say("zai", "在", found)
}

// said is what the customer read.
func (g *guest) said() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]string(nil), g.heard...)
}

// fcitx starts a window manager, a bus and fcitx5 with pinyin on the screen. It is off at first, as Debian has it.
func fcitx(t *testing.T, s *screen) {
	t.Helper()
	for _, tool := range []string{"openbox", "dbus-daemon", "fcitx5"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("this test drives a real input method and needs %s: run `make need-test`", tool)
		}
	}
	home := t.TempDir()
	profile := filepath.Join(home, ".config", "fcitx5")
	for _, dir := range []string{profile, filepath.Join(home, ".cache")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	const groups = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n" +
		"[Groups/0/Items/1]\nName=pinyin\nLayout=\n\n[GroupOrder]\n0=Default\n"
	if err := os.WriteFile(filepath.Join(profile, "profile"), []byte(groups), 0o600); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "XDG_DATA_HOME="+filepath.Join(home, ".local"),
		"XDG_RUNTIME_DIR="+home, "IBUS_ADDRESS=")
	out := s.background("dbus-daemon", "--nofork", "--print-address", "--config-file=testdata/bus.conf")
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+out)
	s.background("openbox")
	s.background("fcitx5", "-D", "--disable=wayland")
}

// background starts a program that ends with the test; it returns the first line of one that tells its address.
func (s *screen) background(name string, args ...string) (line string) {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = s.env
	tells := strings.Contains(strings.Join(args, " "), "--print-address")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("start %s: %v", name, err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
	})
	if tells {
		if line, err = bufio.NewReader(pipe).ReadString('\n'); err != nil {
			s.t.Fatalf("%s gives no address: %v", name, err)
		}
	}
	return strings.TrimSpace(line)
}

// composes tells whether the candidates are shown.
func (s *screen) composes() bool {
	return s.run("xdotool", "search", "--onlyvisible", "--class", "fcitx") != ""
}

func (s *screen) composing(want bool) {
	s.t.Helper()
	what := "the candidates are shown"
	if !want {
		what = "the candidates are gone"
	}
	s.until(what, func() bool { return s.composes() == want })
}

// compose presses the keys of letters and waits for their candidates.
func (s *screen) compose(letters string) {
	s.t.Helper()
	s.key(strings.Split(letters, "")...)
	s.composing(true)
}

// shootAll keeps a picture of the whole screen, with the candidates.
func (s *screen) shootAll(name string) {
	s.rest()
	window := s.window
	s.window = "root"
	s.shoot(name)
	s.window = window
}
