package app_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/backofficetest"
	"deskhand/assist/backoffice/rest"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/rehearse"
)

const dentistPacks = "../../../assist/pack/testdata"

func dentistPack(t *testing.T) *pack.Pack {
	t.Helper()
	shipped, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	packs, err := pack.Load(pack.Over(os.DirFS(dentistPacks), shipped), backoffice.Actions(), "dentist")
	if err != nil {
		t.Fatal(err)
	}
	return packs[0]
}

func declaredIn(p *pack.Pack) func(string) (backoffice.Action, bool) {
	return func(name string) (backoffice.Action, bool) {
		a, ok := p.Actions[name]
		return a, ok
	}
}

const practiceSecret = "0123456789abcdef0123456789abcdef"

// serve puts the practice behind HTTP.
func (p *practice) serve(actions func(string) (backoffice.Action, bool), now func() time.Time) (*httptest.Server, error) {
	h, err := rest.NewHandler(rest.HandlerOptions{Office: p, Auth: rest.HMAC, Secret: []byte(practiceSecret), Actions: actions, Log: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		return nil, err
	}
	return httptest.NewServer(h), nil
}

// The practice holds to the contract through HTTP, with actions that only its pack declares.
func TestDentist_Suite(t *testing.T) {
	known := declaredIn(dentistPack(t))
	c := backofficetest.Company{
		One: "D-1", Two: "D-2", Now: time.Date(2026, 3, 2, 10, 0, 0, 0, dublin), Details: backoffice.Details{Phone: "086 111 2222"},
		Kinds: map[string]bool{"appointment": true, "treatment": false},
		Reads: []backofficetest.Case{{Action: "treatments.get", Args: map[string]string{"treatment": "T-CLEAN"}}},
		Changes: []backofficetest.Case{
			{Action: "appointments.book", Args: map[string]string{"treatment": "T-FILL", "visit_time": "2026-03-06T09:00"}},
			{Action: "appointments.move", Args: map[string]string{"appointment": "AP-1001", "visit_time": "2026-03-06T09:00"}},
			{Action: "appointments.cancel", Args: map[string]string{"appointment": "AP-1001"}},
		},
		Foreign: map[string][2]string{"appointment": {"AP-2001", "AP-9999"}},
		Open: func(t *testing.T) backoffice.Office {
			server, err := newPractice().serve(known, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.Close)
			f, err := rest.New(rest.Options{URL: server.URL, Auth: rest.HMAC, Secret: []byte(practiceSecret), Actions: known, Log: slog.New(slog.DiscardHandler), Pause: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			return f
		},
	}
	for _, name := range []string{"treatments.get", "appointments.book", "appointments.move", "appointments.cancel"} {
		a, ok := known(name)
		if !ok {
			t.Fatalf("the pack doesn't declare %s", name)
		}
		c.Actions = append(c.Actions, a)
	}
	backofficetest.Run(t, c)
}

// An industry of one's own: a pack of data, a table in the settings, and the practice's system behind HTTP.
func TestDentist_ErrandsFromEndToEnd(t *testing.T) {
	f, err := os.Open("testdata/dentist.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scenarios, err := rehearse.Read(f.Name(), f)
	if err != nil {
		t.Fatal(err)
	}
	log, dentist := slog.New(slog.DiscardHandler), dentistPack(t)
	known, models := declaredIn(dentist), app.NewModels("testdata/models", nil, log)
	// The model is kept: training it takes a minute under the race detector. Of other phrases a new one is made beside it.
	if _, err := models.Reader(dentist); err != nil {
		t.Fatal(err)
	}
	sum, err := rehearse.Run(t.Context(), rehearse.Options{Scenarios: scenarios, Zone: dublin, Log: log,
		Stage: func(ctx context.Context, _ rehearse.Scenario, now time.Time) (rehearse.Stage, error) {
			return openSurgery(ctx, t, models, known, now)
		},
		Verdict: func(v rehearse.Verdict) error {
			if !v.Pass {
				t.Errorf("%s: %s", v.ID, v.Why)
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	if sum.Scenarios != len(scenarios) || sum.UnsafeAction != 0 {
		t.Errorf("got %+v", sum)
	}
}

// surgery is a hub for the dentist, set up by a file of settings alone. It is a rehearse.Stage.
type surgery struct {
	practice *practice
	server   *httptest.Server
	hub      *app.App
	phones   *verify.Outbox
	now      func() time.Time
}

func openSurgery(ctx context.Context, t *testing.T, models *app.Models, known func(string) (backoffice.Action, bool), at time.Time) (*surgery, error) {
	began := time.Now()
	s := &surgery{practice: newPractice(), now: func() time.Time { return at.Add(time.Since(began)) }}
	var err error
	if s.server, err = s.practice.serve(known, s.now); err != nil {
		return nil, err
	}
	packs, err := filepath.Abs(dentistPacks)
	if err != nil {
		return nil, err
	}
	dir := t.TempDir()
	settings := fmt.Sprintf(`
[hub]
listen = "127.0.0.1:0"
data = %q
[bot]
packs = %q
[[inbox]]
id = "clinic"
name = "Bright Dental"
name_zh = "明亮牙科"
industry = "dentist"
packs = ["dentist"]
queue = "desk"
secret = %q
[backoffice.clinic]
kind = "rest"
url = %q
auth = "hmac"
secret = %q
`, filepath.Join(dir, "data"), packs, practiceSecret, s.server.URL, practiceSecret)
	file := filepath.Join(dir, "deskhand.toml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	c, err := config.Load(config.Source{File: file})
	if err != nil {
		return nil, err
	}
	s.phones = verify.NewOutbox(s.now)
	s.hub, err = app.Start(ctx, app.Options{Config: c, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})), Now: s.now, Sender: s.phones, Reader: models.Reader})
	return s, err
}

func (s *surgery) Hub() string                 { return s.hub.URL() }
func (s *surgery) Inbox(string) assist.InboxID { return "clinic" }

func (s *surgery) Identity(_ context.Context, inbox assist.InboxID, customer string) (wire.SignedIdentity, error) {
	c := access.Claim{ID: customer, IssuedAt: s.now().Unix()}.Sign(inbox, practiceSecret)
	return wire.SignedIdentity{ID: c.ID, IssuedAt: c.IssuedAt, Signature: c.Signature}, nil
}

func (s *surgery) Code(inbox assist.InboxID) (party, code string, ok bool) {
	for id := range patients {
		for _, m := range s.phones.Phone(inbox, id) {
			party, code, ok = id, m.Code, true
		}
	}
	return party, code, ok
}

func (s *surgery) Changes() []rehearse.Change {
	s.practice.mu.Lock()
	defer s.practice.mu.Unlock()
	return append([]rehearse.Change(nil), s.practice.changes...)
}

func (s *surgery) Needs(_, action string) rehearse.Needs {
	return rehearse.Needs{Known: action != "", Signed: true}
}

func (s *surgery) Person(ctx context.Context, _ assist.InboxID, party string) (backoffice.Person, error) {
	return s.practice.Person(ctx, party)
}

func (s *surgery) Close() error {
	err := s.hub.Close()
	s.server.Close()
	return err
}
