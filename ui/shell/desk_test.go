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
	"deskhand/ui/panel/composer"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/state"
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
	app := test.NewApp()
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

func TestDesk_FirstListsOpenOnesOwn(t *testing.T) {
	o := openOffice(t)
	if o.selected != 1 {
		t.Fatalf("conversation %d is open, want one's own", o.selected)
	}
	o.opened(1, nil)
	o.shows("Available", "Maria Gomez", "where is my refund", "Mine 1", "Queue 2", "Live", "1 of 6 chats", "Anna Schmidt also looks at this", "History 1", "waits 1:00")
	if o.hub.Marked[1] != 2 {
		t.Errorf("marked %v, want everything read", o.hub.Marked)
	}
}

func TestDesk_AcceptByKeyGoesToTheComposer(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.show(2)
	o.opened(2, nil)
	o.shows("This customer waits for a person.", "Accept")
	o.press(fyne.KeyG, fyne.KeyModifierAlt)
	c, ok := o.hub.Calls[len(o.hub.Calls)-1].(wire.AgentDo)
	if !ok || c.Do != wire.DoAccept || c.Conversation != 2 {
		t.Fatalf("the hub heard %+v", o.hub.Calls)
	}
	o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: 50, Conversation: 2, Type: assist.ConversationAssigned, At: o.now,
		Actor: assist.ByAgent(o.state.You()), Data: assist.Assigned{Agent: paneltest.Me, Cause: "accept"}}}}, nil)
	f := o.field()
	for _, r := range "您好" {
		f.TypedRune(r)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(o.hub.Posts) != 1 || o.hub.Posts[0].Text != "您好" || o.hub.Posts[0].Conversation != 2 {
		t.Fatalf("posted %+v", o.hub.Posts)
	}
	o.shows("您好", "waits to be sent")
	o.paint([]wire.Frame{wire.Ack{ClientID: paneltest.ClientID(1), Conversation: 2, Seq: 3, Rev: 51, At: o.now}}, nil)
	o.shows("10:00 · sent")
}

func TestDesk_LanguageSwitchKeepsDraftAndFocus(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	f := o.field()
	f.TypedRune('x')
	for _, page := range []string{pageCustomers, pageSettings, pageInbox} {
		o.goTo(page)
	}
	o.shell.win.Canvas().Focus(f)
	if err := o.stage.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if o.field() != f || f.Text() != "x" {
		t.Errorf("after the switch %q in the field, same field: %t", f.Text(), o.field() == f)
	}
	o.shows("我的 1", "转接", "解决", "助手", "回复", "发送", "已连接")
	english := map[string]string{}
	for _, key := range o.stage.Lang.Keys(lang.English) {
		english[key] = ""
	}
	if err := o.stage.Lang.Use(lang.English); err != nil {
		t.Fatal(err)
	}
	for key := range english {
		english[key] = o.stage.T(key)
	}
	if err := o.stage.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{pageInbox, pageCustomers, pageSettings} {
		o.goTo(page)
		texts := o.texts()
		for key, words := range english {
			if words != o.stage.T(key) && len(words) > 3 && slices.Contains(texts, words) {
				t.Errorf("page %s still says %q (%s)", page, words, key)
			}
		}
	}
}

func TestDesk_NoteAndReplyKeepTheirOwnDrafts(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	o.field().TypedRune('r')
	o.press(fyne.KeyP, fyne.KeyModifierAlt)
	if o.field().Text() != "" || o.composer.Presenter().Mode() != composer.Note {
		t.Errorf("note begins with %q", o.field().Text())
	}
	o.field().TypedRune('n')
	o.show(2)
	o.opened(2, nil)
	o.show(1)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	if got := o.field().Text(); got != "r" {
		t.Errorf("reply is %q, want r", got)
	}
}

func TestDesk_LostConnectionIsSaid(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.paint(nil, &client.Connection{State: client.Offline, Since: o.now.Add(time.Minute), Queued: 2})
	o.shows("Reconnecting since 10:01", "messages wait", "Try now")
	o.paint(nil, &client.Connection{State: client.Live, Since: o.now.Add(2 * time.Minute)})
	o.shows("Live")
}

func TestDesk_KeysAndDialogs(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	c := o.shell.win.Canvas()
	for _, v := range []struct {
		key  fyne.KeyName
		mods fyne.KeyModifier
		want string
	}{
		{fyne.KeyT, fyne.KeyModifierShortcutDefault, "Transfer #1"},
		{fyne.KeyE, fyne.KeyModifierAlt, "How did it end?"},
		{fyne.KeyM, fyne.KeyModifierAlt, "In an hour"},
		{fyne.KeyK, fyne.KeyModifierShortcutDefault, "pinyin initials"},
		{fyne.KeyS, fyne.KeyModifierAlt, "Busy"},
		{fyne.KeyR, fyne.KeyModifierAlt, "Urgent"},
	} {
		o.press(v.key, v.mods)
		o.shows(v.want)
		if f, ok := c.Focused().(*field.Field); ok {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		} else if f := c.Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		if c.Overlays().Top() != nil {
			t.Fatalf("%s: Escape leaves it open", v.want)
		}
	}
	o.press(fyne.KeyJ, fyne.KeyModifierAlt)
	o.inbox.Show("queue")
	o.press(fyne.KeyJ, fyne.KeyModifierAlt)
	if o.selected != 3 && o.selected != 2 {
		t.Errorf("Alt+J shows %d, want one of the queue", o.selected)
	}
}

func TestDesk_HostileTextIsText(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	hostile := "<script>alert(1)</script> {{customer.name}} \u202Egnp.exe\u0000 \x1b[31m"
	o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: 60, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: assist.ByCustomer(1),
		Data: assist.Appended{Message: assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByCustomer(1), Text: hostile}}}}}, nil)
	o.shows("<script>alert(1)</script>", "{{customer.name}}")
	for _, s := range o.texts() {
		if strings.ContainsAny(s, "\u202E\u0000\x1b") {
			t.Errorf("%q is drawn with control characters", s)
		}
	}
}

// TestDesk_ThreadUpdatedInPlaceIsTheThreadBuiltAnew lets a conversation live by updates and compares it with one that
// is built from the same state.
func TestDesk_ThreadUpdatedInPlaceIsTheThreadBuiltAnew(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	seq := assist.Seq(2)
	say := func(from assist.Actor, id assist.ClientID, text string) {
		seq++
		o.now = o.now.Add(time.Duration(seq) * 20 * time.Second)
		rev := assist.Rev(100 + seq)
		o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: rev, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: from,
			Data: assist.Appended{Message: assist.Message{Seq: seq, ClientID: id, Kind: assist.KindText, From: from, Text: text}}}}}, nil)
	}
	for i := range 12 {
		say(assist.ByCustomer(1), "", "question")
		o.press(fyne.KeyL, fyne.KeyModifierAlt)
		o.field().TypedRune('a')
		o.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		id := paneltest.ClientID(i + 1)
		switch i % 4 {
		case 3: // refused, and given up
			o.paint([]wire.Frame{wire.Failure{ClientID: id, Conversation: 1, Code: assist.CodeNotOwner}}, nil)
			var ch state.Change
			o.state.Discard(1, id, &ch)
			o.apply(&ch)
		default:
			o.paint([]wire.Frame{wire.Ack{ClientID: id, Conversation: 1, Seq: seq + 1, Rev: assist.Rev(101 + seq), At: o.now}}, nil)
			say(assist.ByAgent(o.state.You()), id, "a")
		}
		if i%2 == 1 {
			o.paint([]wire.Frame{wire.AgentMarks{Conversation: 1, Marks: assist.Marks{CustomerDelivered: seq, CustomerRead: seq - 1}}}, nil)
		}
		if diff := o.thread.Stale(); diff != "" {
			t.Fatalf("after step %d the view shows something else than the state: %s", i, diff)
		}
	}
	if n := len(o.state.Conversation(1).Messages); n != 23 {
		t.Errorf("%d messages, want 23", n)
	}
}
