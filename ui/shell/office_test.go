package shell

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	uiclient "deskhand/ui/client"
	"deskhand/ui/lang"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/widget/field"
)

// kept is a Memory in memory.
type kept struct{ values sync.Map }

func (k *kept) Value(_ context.Context, key string) (string, error) {
	v, _ := k.values.Load(key)
	s, _ := v.(string)
	return s, nil
}

func (k *kept) SetValue(_ context.Context, key, value string) error {
	k.values.Store(key, value)
	return nil
}

// hubLoop is a paneltest.Hub with a Run that only waits.
type hubLoop struct{ *paneltest.Hub }

func (hubLoop) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// office is a shell with a desk whose frames the test delivers by hand.
type office struct {
	*desk
	t   testing.TB
	hub *paneltest.Hub
	now time.Time
}

func openOffice(t testing.TB) *office {
	t.Helper()
	app := &desktopApp{App: test.NewApp()}
	t.Cleanup(func() { test.NewApp() })
	words, err := lang.New(lang.Options{Files: assets.Lang, Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC),
		hub: &paneltest.Hub{Marked: map[assist.ConversationID]assist.Seq{}, Uploads: map[string]string{}}}
	log := slog.New(slog.DiscardHandler)
	settings := uiclient.NewKeeper(&kept{}, log)
	s, err := New(Options{App: app, Lang: words, Log: log, Settings: settings, Theme: "light", Size: fyne.NewSize(1440, 900),
		Now:    func() time.Time { return o.now },
		After:  func(time.Duration, func()) func() { return func() {} }, // notices stay
		SignIn: func(context.Context, string, string, string) (*Session, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	session := &Session{Hub: "http://hub", Memory: &kept{}, End: func(context.Context, bool) error { return nil },
		Connect: func(func(wire.Frame), func(client.Connection)) (Hub, error) { return hubLoop{o.hub}, nil }}
	if o.desk, err = newDesk(s, session); err != nil {
		t.Fatal(err)
	}
	o.stage.Go = func(work func(context.Context) func()) {
		if then := work(t.Context()); then != nil {
			then()
		}
	}
	s.desk, s.active = o.desk, true
	s.show(o.page)
	s.win.Resize(fyne.NewSize(1440, 900))
	o.shortcuts()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		_ = settings.Close()
	})
	o.paint(o.morning(), &client.Connection{State: client.Live, Since: o.now})
	return o
}

// morning is the first lists: one conversation of one's own, two that wait, one of the bot.
func (o *office) morning() []wire.Frame {
	f := paneltest.New(o.t)
	row := func(id assist.ConversationID, name string, status assist.Status, owner assist.AgentID) wire.Row {
		return wire.Row{CustomerName: name, Conversation: assist.Conversation{ID: id, Inbox: "nw", Customer: assist.CustomerID(id), Status: status,
			Assignee: owner, Language: "en", Rev: assist.Rev(id), Seq: 2, WaitingSince: o.now.Add(-time.Minute * time.Duration(id)),
			Marks: assist.Marks{AgentRead: 1}, Last: assist.Preview{Text: "hello from " + name, From: assist.ActorCustomer, At: o.now.Add(-time.Minute)}}}
	}
	return []wire.Frame{
		wire.AgentWelcome{Epoch: "e", You: f.State.You(), State: assist.StateAvailable, Time: o.now, Inboxes: []assist.Inbox{f.State.Inbox("nw")},
			Permissions: strings.Fields("conversation.reply conversation.note conversation.accept conversation.transfer conversation.to_bot " +
				"conversation.snooze conversation.tag conversation.priority conversation.resolve customer.edit macro.use search agent.state_own"),
			Directory: wire.Directory{Agents: f.State.Agents(), Queues: f.State.Queues(), Tags: f.State.Tags(), Macros: f.State.Macros("")}},
		wire.AgentRows{Reset: true, Done: true, Rows: []wire.Row{row(1, "Maria Gomez", assist.StatusHuman, paneltest.Me),
			row(2, "王晓明", assist.StatusWaiting, 0), row(3, "Anna", assist.StatusWaiting, 0), row(4, "Bob", assist.StatusBot, 0)}},
	}
}

// opened answers that a conversation was opened.
func (o *office) opened(id assist.ConversationID, change func(*wire.Row)) {
	r, _ := o.state.Row(id)
	if change != nil {
		change(&r)
	}
	o.paint([]wire.Frame{wire.AgentOpened{Row: r, Marks: r.Marks, Customer: assist.Customer{ID: r.Customer, Name: r.CustomerName, Email: "c@example.com"},
		Viewers: []assist.AgentID{8}, Past: []wire.Row{{Conversation: assist.Conversation{ID: 90, Status: assist.StatusResolved, Disposition: "solved", CreatedAt: o.now.Add(-240 * time.Hour)}}},
		Messages: []assist.Message{
			{Rev: r.Rev - 1, Seq: 1, Kind: assist.KindText, From: assist.ByBot(), At: o.now.Add(-2 * time.Minute), Text: "bot says", Bot: &assist.BotTurn{Intent: "greet", Confidence: 0.9}},
			{Rev: r.Rev, Seq: 2, Kind: assist.KindText, From: assist.ByCustomer(r.Customer), At: o.now.Add(-time.Minute), Text: "where is my refund"}}}}, nil)
}

// texts are all texts that are shown.
func (o *office) texts() []string {
	var out []string
	var walk func(fyne.CanvasObject)
	walk = func(obj fyne.CanvasObject) {
		if !obj.Visible() {
			return
		}
		switch x := obj.(type) {
		case *canvas.Text:
			if x.Text != "" {
				out = append(out, x.Text)
			}
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c)
			}
		}
	}
	walk(o.shell.win.Canvas().Content())
	if top := o.shell.win.Canvas().Overlays().Top(); top != nil {
		walk(top)
	}
	return out
}

func (o *office) shows(what ...string) {
	o.t.Helper()
	texts := o.texts()
	for _, w := range what {
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, w) }) {
			o.t.Errorf("%q is not shown; what is: %q", w, texts)
		}
	}
}

func (o *office) press(name fyne.KeyName, mods fyne.KeyModifier) {
	s := &desktop.CustomShortcut{KeyName: name, Modifier: mods}
	c := o.shell.win.Canvas()
	if f, ok := c.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	o.shortcut(s) // what the canvas does with the shortcuts it was told
}

func (o *office) field() *field.Field {
	o.t.Helper()
	f, ok := o.shell.win.Canvas().Focused().(*field.Field)
	if !ok {
		o.t.Fatalf("%T has the keyboard, want a field", o.shell.win.Canvas().Focused())
	}
	return f
}
