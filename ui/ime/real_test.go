package ime

import (
	"os"
	"strings"
	"testing"
)

// TestRealInputMethod types Chinese with fcitx5's pinyin into a real window. Each step ends in something that can only
// be seen after all its keys were dealt with, so that "nothing else changed" means it.
func TestRealInputMethod(t *testing.T) {
	r := newRig(t)
	r.open()

	r.keys("ctrl+space") // fcitx5's own shortcut must reach it through the field
	r.letters("nihao")
	r.until("the pinyin is composed in the field", func(s seen) bool { return s.Composing })
	r.candidates("ime-composing.png")
	r.keys("space")
	r.until("space commits the first candidate", func(s seen) bool { return s.Composer == "你好" && !s.Composing })

	r.letters("shi2")
	r.until("a number picks a candidate", func(s seen) bool {
		return !s.Composing && strings.HasPrefix(s.Composer, "你好") && len([]rune(s.Composer)) == 3
	})
	picked := r.last.Composer

	r.letters("hello")
	r.keys("Return")
	r.until("Enter commits the raw letters", func(s seen) bool { return s.Composer == picked+"hello" && !s.Composing })
	if len(r.last.Sent) != 0 {
		t.Fatalf("Enter that committed letters sent %q", r.last.Sent)
	}

	editing(t, r, picked+"hello")
	switching(t, r)
	passing(t, r)
}

// editing tries the keys that edit while something is composed: they belong to the method.
func editing(t *testing.T, r *rig, text string) {
	r.letters("zhon")
	r.keys("BackSpace", "Left", "Right", "Left", "Delete", "Home", "End")
	r.until("composing", func(s seen) bool { return s.Composing })
	r.keys("Escape")
	r.until("Escape gives the composition up", func(s seen) bool { return !s.Composing })
	if r.last.Composer != text || r.last.Caret != len(text) {
		t.Fatalf("keys used while composing made %q (caret %d) of %q", r.last.Composer, r.last.Caret, text)
	}
	r.keys("BackSpace")
	r.until("Backspace deletes again", func(s seen) bool { return s.Composer == text[:len(text)-1] })
	r.keys("Return")
	r.until("Enter sends again", func(s seen) bool { return len(s.Sent) == 1 && s.Sent[0] == text[:len(text)-1] && s.Composer == "" })
}

// switching leaves in the middle of a composition, by the mouse and by going to another conversation.
func switching(t *testing.T, r *rig) {
	r.letters("women")
	r.until("composing", func(s seen) bool { return s.Composing })
	r.click(300, 40)
	r.until("the search field has the keyboard", func(s seen) bool { return s.Focus == "search" && !s.Composing })
	r.letters("zhongguo")
	r.keys("space")
	r.until("Chinese is typed there", func(s seen) bool { return s.Search == "中国" })
	if r.last.Composer != "" {
		t.Fatalf("what was composed before the click went into the composer: %q", r.last.Composer)
	}
	r.keys("Tab")
	r.until("Tab goes on to the composer", func(s seen) bool { return s.Focus == "composer" })
	r.letters("xie")
	r.until("composing", func(s seen) bool { return s.Composing })
	r.conversation("draft B ")
	r.until("the other draft is shown", func(s seen) bool { return s.Composer == "draft B " && !s.Composing })
	r.letters("hao")
	r.keys("space")
	r.until("its text goes on", func(s seen) bool { return s.Composer == "draft B 好" })
}

// passing types what the method leaves: a global shortcut, English after Shift, and all keys once the daemon is dead.
func passing(t *testing.T, r *rig) {
	r.keys("ctrl+k")
	r.until("Ctrl+K reaches the canvas", func(s seen) bool { return s.Palette == 1 })
	r.keys("Shift_L")
	r.letters("ok")
	r.until("Shift alone switches to English", func(s seen) bool { return s.Composer == "draft B 好ok" && !s.Composing })
	r.keys("ctrl+a", "shift+Left")
	r.conversation("")
	r.until("the draft is empty", func(s seen) bool { return s.Composer == "" })

	if err := r.fcitx.Process.Signal(os.Kill); err != nil {
		t.Fatal(err)
	}
	r.until("the death is noticed", func(s seen) bool { return !s.Live })
	r.letters("plain")
	r.until("keys pass without a daemon", func(s seen) bool { return s.Composer == "plain" })
	r.startFcitx()
	r.until("the next one is found", func(s seen) bool { return s.Live })
	r.keys("ctrl+space")
	r.letters("nihao")
	r.until("and composes", func(s seen) bool { return s.Composing })
	r.keys("space")
	r.until("and commits", func(s seen) bool { return s.Composer == "plain你好" })
}

// candidates waits for the window of candidates, keeps a picture, and checks that it stands under the caret.
func (r *rig) candidates(name string) {
	r.t.Helper()
	at := r.poll("the candidates are shown", func() string {
		for id := range strings.FieldsSeq(r.run("xdotool", "search", "--onlyvisible", "--class", "fcitx")) {
			if geometry := r.run("xdotool", "getwindowgeometry", "--shell", id); geometry != "" {
				return geometry
			}
		}
		return ""
	})
	window := r.run("xdotool", "getwindowgeometry", "--shell", r.window)
	dx, dy := value(at, "X")-value(window, "X"), value(at, "Y")-value(window, "Y")
	r.poll("the screen stands still", func() string {
		if before := r.screen(); before == r.screen() {
			return "yes"
		}
		return ""
	})
	r.t.Logf("picture: %s; candidates %d right of and %d below the window's corner", r.shot(name), dx, dy)
	if dx < 20 || dx > 100 || dy < 90 || dy > 140 {
		r.t.Errorf("the candidates are %d,%d from the window's corner, not below the caret", dx, dy)
	}
}

// value reads NAME=number of xdotool's --shell form, -1 if it is not there.
func value(shell, name string) int {
	for line := range strings.Lines(shell) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			n := 0
			for _, c := range rest {
				if c < '0' || c > '9' {
					return -1
				}
				n = n*10 + int(c-'0')
			}
			return n
		}
	}
	return -1
}
