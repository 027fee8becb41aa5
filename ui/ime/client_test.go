package ime

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"deskhand/ui/widget/field"
)

func typeRunes(f *field.Field, s string) {
	for _, r := range s {
		f.TypedRune(r)
	}
}

func TestCommit_ComesBeforeTheAnswerOfItsKey(t *testing.T) {
	address := bus(t)
	startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		r, _ := sym(m)
		if r < 'a' { // digits pass
			d.reply(m, false)
			return
		}
		d.emit(m, "CommitText", ibus("<"+string(r)+">"))
		d.reply(m, true)
	})
	d := newDesk(t, Options{AnswerWithin: 10 * time.Second}, address)
	f := d.field()
	d.until("live", d.client.Live)
	const keys = "a1b23cd4e5f6g7h8i9j"
	var want strings.Builder
	for range 10 {
		typeRunes(f, keys)
		for _, r := range keys {
			if r < 'a' {
				want.WriteRune(r)
			} else {
				want.WriteString("<" + string(r) + ">")
			}
		}
	}
	d.until("all keys are answered", func() bool { return len(f.Text()) == want.Len() })
	if f.Text() != want.String() {
		t.Errorf("text is %q, want %q", f.Text(), want.String())
	}
}

func TestPreedit_IsShownAndHidden(t *testing.T) {
	address := bus(t)
	startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		switch r, _ := sym(m); r {
		case 'n':
			d.emit(m, "UpdatePreeditText", ibus("你h"), uint32(1), true)
		case 'x':
			d.emit(m, "HidePreeditText")
		case 'u':
			d.emit(m, "UpdatePreeditText", ibus("invisible"), uint32(0), false)
		}
		d.reply(m, true)
	})
	d := newDesk(t, Options{AnswerWithin: 10 * time.Second}, address)
	f := d.field()
	d.until("live", d.client.Live)
	for _, end := range []string{"x", "u"} {
		typeRunes(f, "n")
		d.until("composing", f.Composing)
		typeRunes(f, end)
		d.until("no more composing", func() bool { return !f.Composing() })
	}
	if f.Text() != "" {
		t.Errorf("text is %q", f.Text())
	}
}

func TestSlowDaemon_KeysPassAndNothingIsLost(t *testing.T) {
	address := bus(t)
	held := make(chan *dbus.Message, 100)
	slow := make(chan bool, 1)
	slow <- true
	daemon := startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		isSlow := <-slow
		slow <- isSlow
		if isSlow {
			held <- m
			return
		}
		d.emit(m, "CommitText", ibus("快"))
		d.reply(m, true)
	})
	d := newDesk(t, Options{AnswerWithin: 30 * time.Millisecond}, address)
	f := d.field()
	d.until("live", d.client.Live)
	typeRunes(f, "abc")
	d.until("the keys pass by", func() bool { return f.Text() == "abc" })
	typeRunes(f, "d")
	d.until("another one passes by", func() bool { return f.Text() == "abcd" })
	<-slow
	slow <- false
	for range len("abc") { // "d" was not offered any more
		m := <-held
		daemon.emit(m, "CommitText", ibus("too late"))
		daemon.reply(m, true)
	}
	d.until("what was composed is given up", func() bool { return daemon.count("Reset") > 0 })
	if f.Text() != "abcd" {
		t.Fatalf("text is %q after the late answers", f.Text())
	}
	d.until("the method is asked again", func() bool {
		if len(d.client.pending) == 0 && !strings.Contains(f.Text(), "快") {
			typeRunes(f, "e")
		}
		return strings.Contains(f.Text(), "快")
	})
}

func TestDeadDaemon_KeysPassAndTheNextOneIsFound(t *testing.T) {
	address := bus(t)
	first := startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		if r, _ := sym(m); r == 'b' { // dies with a composition and keys unanswered
			d.die()
			return
		}
		d.emit(m, "UpdatePreeditText", ibus("a"), uint32(1), true)
		d.reply(m, true)
	})
	d := newDesk(t, Options{AnswerWithin: 10 * time.Second, RetryEvery: 20 * time.Millisecond}, address)
	f := d.field()
	d.until("live", d.client.Live)
	typeRunes(f, "a")
	d.until("composing", f.Composing)
	typeRunes(f, "bcd")
	d.until("the keys come back", func() bool { return f.Text() == "bcd" && !f.Composing() })
	d.until("it is known to be dead", func() bool { return !d.client.Live() })
	typeRunes(f, "e")
	if f.Text() != "bcde" {
		t.Errorf("without a daemon text is %q", f.Text())
	}
	<-first.conn.Context().Done()
	second := startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		d.emit(m, "CommitText", ibus("好"))
		d.reply(m, true)
	})
	d.until("the next daemon is found", d.client.Live)
	d.until("and told of the focus", func() bool { return second.count("FocusIn") == 1 })
	typeRunes(f, "x")
	d.until("and used", func() bool { return f.Text() == "bcde好" })
}

func TestFocus_LateTextGoesWhereItWasTyped(t *testing.T) {
	address := bus(t)
	startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		d.emit(m, "CommitText", ibus("词"))
		d.reply(m, true)
	})
	d := newDesk(t, Options{AnswerWithin: 10 * time.Second}, address)
	first := d.field()
	d.until("live", d.client.Live)
	typeRunes(first, "a")
	first.FocusLost()
	second := d.field()
	typeRunes(second, "bc")
	d.until("all is typed", func() bool { return first.Text() == "词" && second.Text() == "词词" })
}

func TestReset_KeepsTheOldCompositionOutOfTheNewDraft(t *testing.T) {
	address := bus(t)
	daemon := startDaemon(t, address, func(d *daemon, m *dbus.Message) {
		d.emit(m, "UpdatePreeditText", ibus("ni"), uint32(2), true)
		d.reply(m, true)
		d.emit(m, "CommitText", ibus("stale"))
	})
	d := newDesk(t, Options{AnswerWithin: 10 * time.Second}, address)
	f := d.field()
	d.until("live", d.client.Live)
	typeRunes(f, "n")
	f.SetText("other conversation") // before anything came back
	d.until("the method is reset", func() bool { return daemon.count("Reset") == 1 && len(d.client.pending) == 0 })
	typeRunes(f, "")
	if f.Text() != "other conversation" || f.Composing() {
		t.Errorf("text is %q, composing %v", f.Text(), f.Composing())
	}
}

func TestStuckDaemon_NeverBlocksAndKeepsTheOrder(t *testing.T) {
	address := bus(t)
	startDaemon(t, address, func(*daemon, *dbus.Message) {})
	d := newDesk(t, Options{AnswerWithin: 20 * time.Millisecond, RetryEvery: time.Hour}, address)
	f := d.field()
	d.until("live", d.client.Live)
	want := strings.Repeat("0123456789", requestLimit/5)
	typeRunes(f, want)
	d.until("all keys are back", func() bool { return len(f.Text()) >= len(want) })
	if f.Text() != want {
		t.Errorf("the keys came back as %q", f.Text())
	}
}

func TestNoBus_KeysPassAtOnce(t *testing.T) {
	d := newDesk(t, Options{}, "unix:path=/nowhere/at/all")
	f := d.field()
	typeRunes(f, "plain")
	if f.Text() != "plain" {
		t.Errorf("text is %q", f.Text())
	}
	d.stop()
}

func TestNew_NamesWhatIsMissing(t *testing.T) {
	if _, err := New(Options{Log: slog.Default()}); err == nil {
		t.Error("no Post, no error")
	}
}

func TestRun_EndsWithItsContext(t *testing.T) {
	address := bus(t)
	startDaemon(t, address, func(*daemon, *dbus.Message) {})
	test.NewTempApp(t)
	before := goleak.IgnoreCurrent()
	d := newDesk(t, Options{}, address)
	f := d.field()
	d.until("live", d.client.Live)
	typeRunes(f, "ab")
	d.stop()
	d.until("the keys are back", func() bool { return f.Text() == "ab" })
	goleak.VerifyNone(t, before)
}
