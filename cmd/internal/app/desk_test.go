package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"
	"deskhand/cmd/internal/accounts"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// The transport of http.DefaultClient keeps connections for the next request.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}

// within bounds every wait of a test: generous, for a busy machine is slow and a broken hub never gets there.
const within = 30 * time.Second

const (
	password  = "correct horse battery staple"
	secret    = "0123456789abcdef0123456789abcdef"
	shop      = assist.InboxID("shop")    // where the bot answers first
	counter   = assist.InboxID("counter") // where people answer at once
	elsewhere = assist.InboxID("claims")  // as counter, served by another team
)

// clock is the time of a desk: the machine's, and as much more as a test has let pass.
type clock struct {
	mu    sync.Mutex // guards ahead
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// desk is a whole hub on a port of its own, with a real database.
type desk struct {
	t       *testing.T
	app     *app.App
	config  config.Config
	clock   *clock
	people  accounts.Accounts
	log     *safeBuffer
	closed  bool
	offices func(assist.InboxID) backoffice.Office // nil: the inboxes have none
	sender  verify.Sender

	sessions map[string]string // of agents, by login
}

type safeBuffer struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func inbox(id assist.InboxID, queue assist.QueueID, botFirst bool) config.Inbox {
	return config.Inbox{Secret: config.NewSecret(secret), Inbox: assist.Inbox{
		ID: id, Name: "Inbox " + string(id), Queue: queue, CSAT: true, Preview: true, BotFirst: botFirst, Packs: []string{"ecommerce"},
		Origins: []string{"https://" + string(id) + ".example"},
	}}
}

// openDesk starts a hub with three inboxes, two teams and no people.
func openDesk(t *testing.T, tweaks ...func(*config.Config)) *desk {
	t.Helper()
	d := newDesk(t, deskConfig(t, tweaks...))
	d.start()
	return d
}

func deskConfig(t *testing.T, tweaks ...func(*config.Config)) config.Config {
	c := config.Default()
	c.Hub.Listen, c.Hub.Data = "127.0.0.1:0", t.TempDir()
	c.Inboxes = []config.Inbox{inbox(shop, "support", true), inbox(counter, "support", false), inbox(elsewhere, "claims", false)}
	c.Queues = []assist.Queue{{ID: "support", Name: "Support", Team: "support"}, {ID: "claims", Name: "Claims", Team: "claims"}}
	for _, tweak := range tweaks {
		tweak(&c)
	}
	return c
}

// newDesk makes a desk that is yet to be started.
func newDesk(t *testing.T, c config.Config) *desk {
	d := &desk{t: t, config: c, clock: &clock{}, log: &safeBuffer{}, sessions: map[string]string{}, closed: true}
	t.Cleanup(d.close)
	return d
}

// fast lifts the limits that a test faster than people would meet.
func fast(c *config.Config) {
	c.Limits.FramesPerSecond, c.Limits.FramesBurst, c.Limits.MessagesPerMinute = 100_000, 100_000, 600_000
	c.Limits.MessagesPerAddress, c.Limits.MessagesPerAgent = 10_000_000, 600_000
}

func (d *desk) start() {
	d.t.Helper()
	a, err := app.Start(context.Background(), app.Options{Config: d.config, Log: slog.New(slog.NewTextHandler(d.log, nil)), Now: d.clock.now, Reader: plainReader,
		Offices: d.offices, Sender: d.sender})
	if err != nil {
		d.t.Fatal(err)
	}
	d.app, d.closed = a, false
	if d.people, err = accounts.Reach(d.config.Hub.Data); err != nil {
		d.t.Fatal(err)
	}
}

// close stops the hub and fails the test if a part of it called something its own fault.
func (d *desk) close() {
	if d.closed {
		return
	}
	d.closed = true
	if err := d.app.Close(); err != nil {
		d.t.Errorf("close: %v", err)
	}
	if log := d.log.String(); strings.Contains(log, "level=ERROR") {
		d.t.Errorf("the hub logged errors:\n%s", log)
	}
}

// hire makes a login.
func (d *desk) hire(login string, role assist.Role, teams ...assist.TeamID) assist.Agent {
	d.t.Helper()
	a, err := d.people.Add(context.Background(), access.NewUser{Login: login, Name: "Name of " + login, Role: role, Teams: teams, Password: password})
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// request does one HTTP request and reads the answer.
func (d *desk) request(method, path, bearer string, body any) (int, map[string]any, []byte) {
	d.t.Helper()
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	default:
		j, err := json.Marshal(b)
		if err != nil {
			d.t.Fatal(err)
		}
		r = bytes.NewReader(j)
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, d.app.URL()+path, r)
	if err != nil {
		d.t.Fatal(err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	var answer map[string]any
	_ = json.Unmarshal(text, &answer)
	return res.StatusCode, answer, text
}

// session signs the agent in, once a test.
func (d *desk) session(login string) string {
	d.t.Helper()
	if s := d.sessions[login]; s != "" {
		return s
	}
	status, answer, text := d.request("POST", "/api/v1/login", "", map[string]any{"login": login, "password": password, "device": "test"})
	if status != http.StatusOK {
		d.t.Fatalf("sign in %s: %d %s", login, status, text)
	}
	d.sessions[login] = answer["session"].(string)
	return d.sessions[login]
}

func (d *desk) ticket(login string) string {
	d.t.Helper()
	status, answer, text := d.request("POST", "/api/v1/ticket", d.session(login), nil)
	if status != http.StatusOK {
		d.t.Fatalf("ticket of %s: %d %s", login, status, text)
	}
	return answer["ticket"].(string)
}

// eventually looks again and again until the condition holds.
func (d *desk) eventually(what string, holds func() bool) {
	d.t.Helper()
	tick, late := time.NewTicker(20*time.Millisecond), time.NewTimer(within)
	defer tick.Stop()
	defer late.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-late.C:
			d.t.Fatalf("never happened: %s", what)
		}
	}
}
