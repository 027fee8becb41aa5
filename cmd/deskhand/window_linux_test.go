package main_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/accounts"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/storage/outbox"
)

// team is a hub with one login, and a customer on its page.
type team struct {
	*guest
	t    *testing.T
	url  string
	conf config.Config
	hub  *app.App
}

// guest is a customer on the hub's page.
type guest struct {
	customer *client.Customer

	mu    sync.Mutex // guards heard
	heard []string   // what the customer read, by agents
}

const password = "window-test-9f2c"

func newTeam(t *testing.T) *team {
	t.Helper()
	conf := config.Default()
	conf.Hub.Data, conf.Hub.Listen = filepath.Join(t.TempDir(), "desk"), "127.0.0.1:0"
	m := &team{t: t, conf: conf}
	m.startHub()
	t.Cleanup(m.stopHub)
	people, err := accounts.Reach(conf.Hub.Data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := people.Add(t.Context(), access.NewUser{Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Password: password,
		Teams: []assist.TeamID{"support"}, Languages: []string{"en", "zh"}}); err != nil {
		t.Fatal(err)
	}
	m.guest = m.newGuest()
	return m
}

// newGuest opens the customers' page.
func (m *team) newGuest() *guest {
	m.t.Helper()
	g := &guest{}
	var err error
	g.customer, err = client.NewCustomer(client.CustomerOptions{Hub: m.url, Inbox: "chat", Language: "en", Handle: g.handle, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		m.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.customer.Run(ctx) }()
	m.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			m.t.Errorf("customer: %v", err)
		}
	})
	return g
}

// startHub starts the hub, again at the address where it was.
func (m *team) startHub() {
	m.t.Helper()
	hub, err := app.Start(m.t.Context(), app.Options{Config: m.conf, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		m.t.Fatal(err)
	}
	m.hub, m.url = hub, hub.URL()
	m.conf.Hub.Listen = hub.Ready().Listening
}

func (m *team) stopHub() {
	m.t.Helper()
	if m.hub == nil {
		return
	}
	if err := m.hub.Close(); err != nil {
		m.t.Errorf("close the hub: %v", err)
	}
	m.hub = nil
}

func (g *guest) handle(f wire.Frame) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var messages []wire.CustomerMessage
	switch f := f.(type) {
	case wire.CustomerMessageNew:
		messages = []wire.CustomerMessage{f.Message}
	case wire.CustomerMessages: // after a reconnect
		if messages = f.Messages; f.Reset {
			g.heard = nil
		}
	}
	for _, n := range messages {
		if n.From == assist.ActorAgent {
			g.heard = append(g.heard, n.Text)
		}
	}
}

func (g *guest) hears(text string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Contains(g.heard, text)
}

func (g *guest) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.heard)
}

// waits writes and asks for a person.
func (g *guest) waits(t *testing.T, s *screen, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := g.customer.Send(ctx, text); err != nil {
		t.Fatal(err)
	}
	s.until("the customer's page is connected", func() bool { return g.customer.Connection().State == client.Live })
	if err := g.customer.Human(ctx); err != nil {
		t.Fatal(err)
	}
}

// TestWindow drives the real window: sign in, accept a customer, answer in two languages, switch theme and language,
// restart, and find the draft again.
func TestWindow_SignInAnswerSwitchRestart(t *testing.T) {
	m := newTeam(t)
	s := newScreen(t)
	data := filepath.Join(t.TempDir(), "data")
	m.waits(t, s, "My parcel is late <b>really</b>")

	s.start("--hub", m.url, "--login", "li", "--lang", "en", "--theme", "light", "--timing", "--data", data)
	s.rest()
	s.typeText(password) // the page has put the keyboard where something is missing
	s.key("Return")
	s.until("the first list is on the screen", func() bool { return strings.Contains(s.out.String(), "first live inbox") })
	s.rest()
	s.key("alt+g")
	s.rest()
	s.rest()
	s.typeText("Hello, 你好!")
	s.shoot("typed")
	s.key("Return")
	s.until("the customer reads the answer", func() bool { return m.count() == 1 })
	if !m.hears("Hello, 你好!") {
		t.Errorf("the customer read %q", m.heard)
	}
	s.rest()
	s.shoot("answered")

	s.click("980", "674") // upon the word that was sent
	s.run("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
	s.rest()
	s.shoot("selected")
	s.key("ctrl+c", "alt+l", "ctrl+v", "Return")
	s.until("the customer reads the word that was copied", func() bool { return m.count() == 2 })
	if !m.hears("Hello") {
		t.Errorf("the customer read %q", m.heard)
	}
	s.rest()

	light := s.pixel("1000+880")
	s.typeText("kept through a restart")
	s.rest()
	s.key("ctrl+comma")
	s.rest()
	s.click("593", "155")
	s.key("End", "Return")
	s.rest()
	s.click("616", "116")
	s.key("End", "Return")
	s.rest()
	s.key("alt+l")
	s.rest()
	s.shoot("dark-zh")
	if dark := s.pixel("1000+880"); dark == light || light == "" {
		t.Errorf("the page is %s in the dark theme and %s in the light one", dark, light)
	}
	s.stop()
	m.settings(data)

	s.start("--hub", m.url, "--timing", "--data", data)
	s.until("the list is there without signing in", func() bool { return strings.Count(s.out.String(), "first live inbox") == 2 })
	s.rest()
	s.rest()
	s.key("alt+l")
	s.rest()
	s.shoot("restarted")
	s.key("Return")
	s.until("the draft is sent", func() bool { return m.hears("kept through a restart") })
	s.stop()
	if m.count() != 3 {
		t.Errorf("the customer read %q, want three messages", m.heard)
	}
	t.Log(s.out.String())
}

// settings looks at what the program has kept.
func (m *team) settings(dir string) {
	m.t.Helper()
	kept, err := outbox.Open(m.t.Context(), filepath.Join(dir, "settings.db"))
	if err != nil {
		m.t.Fatal(err)
	}
	defer kept.Close()
	for key, want := range map[string]string{"language": "zh-Hans", "theme": "dark", "login": "li", "hub": m.url} {
		if got, err := kept.Value(m.t.Context(), key); err != nil || got != want {
			m.t.Errorf("%s: kept %q (%v), want %q", key, got, err, want)
		}
	}
}

// TestWindow_HubRestarts answers while the hub is away: the answer waits, is said to wait, and arrives once.
func TestWindow_HubRestarts(t *testing.T) {
	m := newTeam(t)
	s := newScreen(t)
	m.waits(t, s, "hello")
	s.start("--hub", m.url, "--login", "li", "--lang", "en", "--theme", "light", "--timing", "--data", filepath.Join(t.TempDir(), "data"))
	s.rest()
	s.typeText(password)
	s.key("Return")
	s.until("the first list is on the screen", func() bool { return strings.Contains(s.out.String(), "first live inbox") })
	s.rest()
	s.key("alt+g")
	s.rest()
	s.rest()
	live := s.pixel("200+895") // the line of the connection, at the foot of the inbox
	m.stopHub()
	s.until("the line warns", func() bool { return s.pixel("200+895") != live })
	s.typeText("while you were away")
	s.key("Return")
	s.rest()
	s.shoot("offline")
	m.startHub()
	s.until("the customer reads what waited", func() bool { return m.hears("while you were away") })
	s.until("the line is calm again", func() bool { return s.pixel("200+895") == live })
	s.shoot("back")
	s.stop()
	if m.count() != 1 {
		t.Errorf("the customer read %q, want it once", m.heard)
	}
}
