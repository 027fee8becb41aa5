package composer_test

import (
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/composer"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/state"
)

func compose(t *testing.T, change func(*wire.Row)) (*paneltest.Fixture, *composer.Presenter) {
	t.Helper()
	f := paneltest.New(t)
	f.Conversation(4, change)
	p := composer.NewPresenter(f.Desk, func() {})
	p.Show(4)
	return f, p
}

func TestSend_ShowsQueuedAndKeepsNothingBehind(t *testing.T) {
	f, p := compose(t, nil)
	p.Typed("  hello 你好 ")
	if !p.Send("  hello 你好 ") {
		t.Fatal("not sent")
	}
	if len(f.Fake.Posts) != 1 || f.Fake.Posts[0].Text != "hello 你好" || f.Fake.Posts[0].Note {
		t.Errorf("posted %+v", f.Fake.Posts)
	}
	out := f.State.Outgoing(4)
	if len(out) != 1 || out[0].State != state.Queued || out[0].Text != "hello 你好" {
		t.Errorf("outgoing %+v", out)
	}
	if d := p.Show(4); d != "" {
		t.Errorf("draft after sending: %q", d)
	}
}

func TestSend_RefusesNothingAndTooMuch(t *testing.T) {
	f, p := compose(t, nil)
	for _, s := range []string{"", " \n ", strings.Repeat("好", assist.MaxText+1)} {
		if p.Send(s) {
			t.Errorf("%.10q… was sent", s)
		}
	}
	if len(f.Fake.Posts) != 0 || len(f.Told) != 1 {
		t.Errorf("posts %d, told %q", len(f.Fake.Posts), f.Told)
	}
}

func TestSend_OutboxRefusesAndNothingIsLost(t *testing.T) {
	f, p := compose(t, nil)
	f.Fake.PostErr = assist.Errorf(assist.CodeStorageFull, "disk")
	p.Send("precious")
	if d := p.Show(4); d != "precious" {
		t.Errorf("draft %q, want the text back", d)
	}
	if len(f.Told) != 1 || !strings.HasPrefix(f.Told[0], "! ") {
		t.Errorf("told %q", f.Told)
	}
}

func TestDrafts_AreKeptForEachConversationAndMode(t *testing.T) {
	f, p := compose(t, nil)
	f.Conversation(5, nil)
	p.Typed("to four")
	p.Choose(composer.Note)
	p.Typed("note on four")
	p.Show(5)
	p.Typed("to five")
	if d := p.Show(4); d != "note on four" || p.Mode() != composer.Note {
		t.Errorf("back in four: %q in mode %s", d, p.Mode())
	}
	if d := p.Choose(composer.Reply); d != "to four" {
		t.Errorf("reply of four: %q", d)
	}
	again := composer.NewPresenter(f.Desk, func() {}) // a restart: only what was kept is there
	if d := again.Show(5); d != "to five" {
		t.Errorf("five after a restart: %q", d)
	}
}

func TestTyping_IsToldSparinglyAndEnds(t *testing.T) {
	f, p := compose(t, nil)
	for range 10 {
		p.Typed("h")
		f.Clock = f.Clock.Add(500 * time.Millisecond)
	}
	if got := len(f.Fake.Typings); got != 2 {
		t.Errorf("told %d times in 5 s, want 2", got)
	}
	f.Clock = f.Clock.Add(10 * time.Second)
	p.Tick()
	p.Tick()
	if got := f.Fake.Typings[len(f.Fake.Typings)-1]; got != "4 off" || len(f.Fake.Typings) != 3 {
		t.Errorf("typings %q, want one end", f.Fake.Typings)
	}
	p.Choose(composer.Note)
	p.Typed("secret")
	if len(f.Fake.Typings) != 3 {
		t.Errorf("writing a note was told to the customer: %q", f.Fake.Typings)
	}
}

func TestInstead_SaysHowToGetToWrite(t *testing.T) {
	for _, v := range []struct {
		name   string
		change func(*wire.Row)
		action string
		words  string
		note   bool
	}{
		{"waiting", func(r *wire.Row) { r.Status, r.Assignee = assist.StatusWaiting, 0 }, "accept", "composer.waiting", true},
		{"bot", func(r *wire.Row) { r.Status, r.Assignee = assist.StatusBot, 0 }, "take", "composer.bot", true},
		{"resolved", func(r *wire.Row) { r.Status = assist.StatusResolved }, "reopen", "composer.resolved", true},
		{"a colleague's", func(r *wire.Row) { r.Assignee = 8 }, "", "composer.theirs", true},
		{"mine", nil, "", "", true},
		{"mine, snoozed", func(r *wire.Row) { r.Status = assist.StatusSnoozed }, "", "", true},
	} {
		t.Run(v.name, func(t *testing.T) {
			f, p := compose(t, v.change)
			if a, w := p.Instead(); a != v.action || w != v.words {
				t.Errorf("instead %q %q, want %q %q", a, w, v.action, v.words)
			}
			if v.words != "" && p.Send("sneaky") {
				t.Error("sent where nothing may be sent")
			}
			p.Choose(composer.Note)
			if p.CanWrite() != v.note || !p.Send("a note") || !f.Fake.Posts[0].Note {
				t.Error("no note could be written")
			}
		})
	}
}

func TestOffers_MacrosAndColleagues(t *testing.T) {
	_, p := compose(t, nil)
	titles := func(text string) []string {
		var out []string
		offers, _, _ := p.Offers(text, len(text))
		for _, o := range offers {
			out = append(out, o.Title)
		}
		return out
	}
	for text, want := range map[string][]string{"/": {"/hello", "/refund", "/nihao"}, "ok /ref": {"/refund"}, "1/2": nil, "/x": nil, "@an": nil, "": nil} {
		if got := titles(text); !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", text, got, want)
		}
	}
	p.Choose(composer.Note)
	if got := titles("see @c"); !slices.Equal(got, []string{"@陈晨", "@Anna Schmidt"}) && !slices.Equal(got, []string{"@Anna Schmidt", "@陈晨"}) {
		t.Errorf("colleagues %q", got)
	}
	offers, from, to := p.Offers("好 @an", len("好 @an"))
	if len(offers) != 1 || from != len("好 ") || to != len("好 @an") || p.Take(offers[0]) != "@Anna Schmidt " {
		t.Errorf("offers %+v from %d to %d", offers, from, to)
	}
}

func TestMacro_ActionsGoIntoTheOutboxWithTheMessage(t *testing.T) {
	f, p := compose(t, nil)
	offers, _, _ := p.Offers("/refund", 7)
	text := p.Take(offers[0])
	if text != "Your refund is on its way." || len(p.Actions()) != 2 {
		t.Fatalf("text %q, actions %q", text, p.Actions())
	}
	again := composer.NewPresenter(f.Desk, func() {}) // a restart before it is sent
	again.Show(4)
	if len(again.Actions()) != 2 {
		t.Fatalf("actions after a restart: %q", again.Actions())
	}
	again.Choose(composer.Note)
	again.Send("a note between")
	again.Choose(composer.Reply)
	again.Send(text)
	if len(f.Fake.Posts) != 2 || len(f.Fake.Posts[0].Then) != 0 || !slices.Equal(f.Fake.Posts[1].Then, []assist.MacroAction{{Do: "tag", Value: "refund"}, {Do: "resolve", Value: "refunded"}}) {
		t.Errorf("posts %+v", f.Fake.Posts)
	}
	if len(f.Fake.Calls) != 0 || len(again.Actions()) != 0 {
		t.Errorf("calls %+v, actions left %q", f.Fake.Calls, again.Actions())
	}
}

func TestMacro_WithoutTextShowsNoMessage(t *testing.T) {
	f, p := compose(t, nil)
	p.Take(composer.Offer{Macro: &assist.Macro{Actions: []assist.MacroAction{{Do: "note", Value: "{{agent.name}} asked {{customer.name}}"}}}})
	if !p.Send("") || len(f.Fake.Posts) != 1 || !f.Fake.Posts[0].Bare() || f.Fake.Posts[0].Then[0].Value != "Li Wei asked Maria Gomez" {
		t.Errorf("posts %+v", f.Fake.Posts)
	}
	if out := f.State.Outgoing(4); len(out) != 0 {
		t.Errorf("shown as a message: %+v", out)
	}
}

func TestMacro_VariablesAreFilledIn(t *testing.T) {
	_, p := compose(t, nil)
	offers, _, _ := p.Offers("/hello", 6)
	if got := p.Take(offers[0]); got != "Hello Maria Gomez, this is Li Wei of Northwind." {
		t.Errorf("got %q", got)
	}
}

func TestFiles_GoWithTheMessageAndSurviveARestart(t *testing.T) {
	f, p := compose(t, nil)
	p.Attach("a.txt", 3, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("abc")), nil })
	again := composer.NewPresenter(f.Desk, func() {})
	again.Show(4)
	if files := again.Files(); len(files) != 1 || files[0].Stored.ID != "id-a.txt" {
		t.Fatalf("files after a restart: %+v", files)
	}
	again.Attach("big.bin", 21<<20, nil)
	if len(again.Files()) != 1 || len(f.Told) != 1 {
		t.Errorf("a file above the limit was taken: %d files, told %q", len(again.Files()), f.Told)
	}
	if !again.Send("") || len(f.Fake.Posts[0].Attachments) != 1 {
		t.Errorf("posts %+v", f.Fake.Posts)
	}
	if len(again.Files()) != 0 {
		t.Error("the file stays after sending")
	}
}

func TestFiles_OnlyWhenEveryLineIsOne(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a b.txt"), filepath.Join(dir, "报告.pdf")
	for _, p := range []string{a, b} {
		if err := os.WriteFile(p, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	address := (&url.URL{Scheme: "file", Path: b}).String()
	for text, want := range map[string][]string{a: {a}, a + "\n" + address + "\n": {a, b}, a + "\nand more": nil, dir: nil, "a b.txt": nil, "": nil,
		"file://elsewhere" + a: nil, filepath.Join(dir, "missing"): nil} {
		if got := composer.Files(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
