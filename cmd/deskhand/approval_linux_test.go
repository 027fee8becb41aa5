package main_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
	"deskhand/assist/client"
	"deskhand/assist/verify"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/accounts"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/storage/records"
)

// branch is a hub of a bank, where what is above 100.00 waits for a second person, with a customer who is signed in.
type branch struct {
	t      *testing.T
	url    string
	phones *verify.Outbox
	client *client.Customer
	frames chan wire.CustomerMessage // what the customer reads; bounded: a test reads less than that
}

// errand is the story of a test in a language.
type errand struct {
	tag, party, name, language string
	wish, yes                  string
	readBack, outcome          string // parts of what the customer is asked, and told in the end
}

func openBranch(t *testing.T, e errand) *branch {
	t.Helper()
	b := &branch{t: t, phones: verify.NewOutbox(time.Now), frames: make(chan wire.CustomerMessage, 100)}
	data, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	store, err := records.Open(t.Context(), filepath.Join(t.TempDir(), "bank.db"))
	if err != nil {
		t.Fatal(err)
	}
	companies, err := demo.Open(t.Context(), demo.Options{Store: store, Data: data, Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	const secret = "a-secret-of-this-test-of-32-bytes"
	conf := config.Default()
	conf.Hub.Data, conf.Hub.Listen = filepath.Join(t.TempDir(), "desk"), "127.0.0.1:0"
	conf.Inboxes = []config.Inbox{{Secret: config.NewSecret(secret), Inbox: assist.Inbox{ID: "harbour", Name: "Harbour Bank", NameZH: "海港银行",
		Industry: "banking", Queue: "support", Packs: []string{"banking"}, BotFirst: true}}}
	conf.Actions = append(conf.Actions, config.ActionRule{Name: "transfers.create", Limit: "100.00", Approval: "over"})
	hub, err := app.Start(t.Context(), app.Options{Config: conf, Log: slog.New(slog.DiscardHandler), Sender: b.phones,
		Offices: func(assist.InboxID) backoffice.Office { return companies["banking"] }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := hub.Close(); err != nil {
			t.Errorf("close the hub: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	b.url = hub.URL()
	people, err := accounts.Reach(conf.Hub.Data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := people.Add(t.Context(), access.NewUser{Login: "sam", Name: "Sam Rivera", Role: assist.RoleSupervisor, Password: password,
		Teams: []assist.TeamID{"support"}, Languages: []string{"en", "zh"}}); err != nil {
		t.Fatal(err)
	}
	claim := access.Claim{ID: e.party, Name: e.name, IssuedAt: time.Now().Unix()}.Sign("harbour", secret)
	b.connect(e.language, &wire.SignedIdentity{ID: claim.ID, Name: claim.Name, IssuedAt: claim.IssuedAt, Signature: claim.Signature})
	return b
}

// connect opens the customer's page.
func (b *branch) connect(language string, claim *wire.SignedIdentity) {
	b.t.Helper()
	var err error
	b.client, err = client.NewCustomer(client.CustomerOptions{Hub: b.url, Inbox: "harbour", Language: language, Identity: claim, Log: slog.New(slog.DiscardHandler),
		Handle: func(f wire.Frame) {
			if m, ok := f.(wire.CustomerMessageNew); ok {
				b.frames <- m.Message
			}
		}})
	if err != nil {
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.client.Run(ctx) }()
	b.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.t.Errorf("customer: %v", err)
		}
	})
}

func (b *branch) says(text string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), 30*time.Second)
	defer cancel()
	if _, err := b.client.Send(ctx, text); err != nil {
		b.t.Fatal(err)
	}
}

// hears waits for a message of the hub that fits.
func (b *branch) hears(what string, fits func(wire.CustomerMessage) bool) wire.CustomerMessage {
	b.t.Helper()
	var heard []string
	for late := time.After(60 * time.Second); ; {
		select {
		case m := <-b.frames:
			if fits(m) {
				return m
			}
			heard = append(heard, m.Text)
		case <-late:
			b.t.Fatalf("the customer did not read %s, but %q", what, heard)
		}
	}
}

func awaiting(what string) func(wire.CustomerMessage) bool {
	return func(m wire.CustomerMessage) bool { return m.Bot != nil && m.Bot.Awaiting == what }
}

// TestWindow_Approval goes the whole way: a customer asks the bot for a transfer above the limit and proves who they are, a
// supervisor reads the command in the window and approves it by the mouse, the money moves, the customer is told, and the
// thread ends with that line.
func TestWindow_Approval(t *testing.T) {
	for _, e := range []errand{
		{"en", "B-1002", "Anna Kowalski", "en", "Transfer 120 to Tom Reed from my current account", "yes", "120", "Tom Reed"},
		{"zh-Hans", "B-1001", "陈静", "zh", "从活期账户给王磊转120元", "确认", "120", "王磊"},
	} {
		t.Run(e.tag, func(t *testing.T) {
			b, s := openBranch(t, e), newScreen(t)
			s.start("--hub", b.url, "--login", "sam", "--lang", e.tag, "--theme", "light", "--timing", "--data", filepath.Join(t.TempDir(), "data"))
			s.rest()
			s.typeText(password)
			s.key("Return")
			s.until("the first list is on the screen", func() bool { return strings.Contains(s.out.String(), "first live inbox") })
			s.key("ctrl+5")
			s.rest()

			b.says(e.wish)
			b.hears("that a code is on its way", awaiting(verify.Awaiting))
			code, ok := b.phones.Last("harbour", e.party)
			if !ok {
				t.Fatal("no code was sent")
			}
			b.says(code)
			if m := b.hears("the read-back", awaiting("confirm")); !strings.Contains(m.Text, e.readBack) || !strings.Contains(m.Text, e.outcome) {
				t.Errorf("read back: %s", m.Text)
			}
			b.says(e.yes)
			b.hears("that somebody must approve it", func(m wire.CustomerMessage) bool { return m.Bot != nil })

			var x, y string
			s.until("the command is on the page", func() (there bool) { x, y, there = s.primary("740x840+60+56"); return there })
			s.rest()
			x, y, _ = s.primary("740x840+60+56")
			s.shoot("approval-waits-" + e.tag)
			s.click(x, y)
			s.until("the window asks once more", func() (there bool) { x, y, there = s.primary("700x500+400+200"); return there && x != "0" })
			s.rest()
			x, y, _ = s.primary("700x500+400+200")
			s.shoot("approval-asked-" + e.tag)
			s.click(x, y)
			told := b.hears("what came of it", func(m wire.CustomerMessage) bool { return m.Bot != nil && strings.Contains(m.Text, e.outcome) })
			if slices.Contains([]string{"confirm", verify.Awaiting}, told.Bot.Awaiting) {
				t.Errorf("the bot asks again: %s", told.Text)
			}
			s.rest()
			s.rest()
			s.shoot("approval-done-" + e.tag)
			s.click("1000", "128") // what was decided: it opens the conversation
			s.until("the thread is there", func() bool { return s.pixel("1020+888") != "255,255,255" || s.pixel("500+30") != "255,255,255" })
			s.rest()
			s.shoot("approval-thread-" + e.tag)
			s.stop()
		})
	}
}

// primary is the middle of what is filled with the colour of the most important button, in a part of the window.
func (s *screen) primary(part string) (x, y string, there bool) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "part.png")
	s.run("import", "-window", s.window, path)
	box := s.run("convert", path, "-crop", part, "+repage", "-fuzz", "2%", "-fill", "black", "+opaque", "rgb(37,99,235)", "-format", "%@ %[fx:maxima]", "info:-")
	var w, h, left, top, offX, offY int
	var most float64
	if n, err := fmt.Sscanf(box, "%dx%d+%d+%d %g", &w, &h, &left, &top, &most); n != 5 || err != nil || most == 0 || h < 16 || w < 24 {
		return "", "", false
	}
	if _, err := fmt.Sscanf(part[strings.Index(part, "+"):], "+%d+%d", &offX, &offY); err != nil {
		s.t.Fatal(err)
	}
	return strconv.Itoa(offX + left + w/2), strconv.Itoa(offY + top + h/2), true
}
