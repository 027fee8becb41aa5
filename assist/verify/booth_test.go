package verify_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"
	"deskhand/storage/sqlite"

	"github.com/google/uuid"
)

// office knows one customer with a phone, and one without.
type office struct{ backoffice.Office }

func (office) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "Harbour Bank", NameZH: "海港银行"}, nil
}

func (office) Person(_ context.Context, id string) (backoffice.Person, error) {
	switch id {
	case "B-1", "B-2":
		return backoffice.Person{ID: id, Phone: "13800000000"}, nil
	case "B-3":
		return backoffice.Person{ID: id}, nil
	}
	return backoffice.Person{}, backoffice.ErrNotFound
}

// booth is a desk over a real store, with conversations in it.
type booth struct {
	t      testing.TB
	store  *sqlite.Store
	outbox *verify.Outbox
	desk   *verify.Desk
	log    *bytes.Buffer
	dir    string

	mu  sync.Mutex // guards now
	now time.Time
}

func open(t testing.TB) *booth {
	t.Helper()
	x := &booth{t: t, log: &bytes.Buffer{}, dir: t.TempDir(), now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	var err error
	if x.store, err = sqlite.Open(context.Background(), sqlite.Options{Dir: x.dir, IndexEvery: time.Hour, Now: x.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.store.Close(); err != nil {
			t.Error(err)
		}
	})
	x.outbox = verify.NewOutbox(x.clock)
	x.start()
	return x
}

// start makes the desk, as a hub does that was just started.
func (x *booth) start() {
	x.t.Helper()
	var err error
	x.desk, err = verify.New(verify.Options{Store: x.store, Office: func(assist.InboxID) backoffice.Office { return office{} }, Sender: x.outbox,
		Key: bytes.Repeat([]byte{7}, 32), Log: slog.New(slog.NewTextHandler(x.log, nil)), Now: x.clock})
	x.must(err)
	x.must(x.desk.Load(context.Background()))
}

func (x *booth) clock() time.Time {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.now
}

func (x *booth) pass(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.now = x.now.Add(d)
}

func (x *booth) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *booth) write(w assist.Write) assist.Conversation {
	x.t.Helper()
	x.pass(time.Millisecond)
	out, err := x.store.Commit(context.Background(), x.clock(), []assist.Write{w})
	x.must(err)
	x.must(out[0].Err)
	return out[0].Conversation
}

func (x *booth) begin() assist.Conversation {
	x.t.Helper()
	return x.write(assist.Write{
		Start: &assist.Start{Inbox: "bank", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: uuid.NewString()}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.Started{Inbox: "bank", Customer: c.Customer, Language: "en"}}}, nil
		},
	})
}

func (x *booth) event(c assist.Conversation, e assist.Event) assist.Conversation {
	x.t.Helper()
	return x.write(assist.Write{Conversation: c.ID, Decide: func(assist.Conversation) ([]assist.Event, error) { return []assist.Event{e}, nil }})
}

// asks is the bot's next turn.
func (x *booth) asks(c assist.Conversation, awaiting string) {
	x.t.Helper()
	x.event(c, assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "?", Bot: &assist.BotTurn{Awaiting: awaiting}}))
}

// sends sends a code, has the bot ask for it, and gives it.
func (x *booth) sends(c assist.Conversation, party string) string {
	x.t.Helper()
	x.pass(time.Millisecond)
	x.must(x.desk.Send(context.Background(), c.ID, c.BotGeneration, party, "en"))
	x.asks(c, verify.Awaiting)
	code, ok := x.outbox.Last("bank", party)
	if !ok || len(code) != 6 {
		x.t.Fatalf("the phone shows %q", code)
	}
	return code
}

// types has the customer send a text, and gives what is stored of it and what became of it.
func (x *booth) types(c assist.Conversation, text string) (string, verify.Attempt) {
	x.t.Helper()
	return x.again(c, assist.ClientID(uuid.NewString()), text)
}

func (x *booth) again(c assist.Conversation, id assist.ClientID, text string) (string, verify.Attempt) {
	x.t.Helper()
	stored, err := x.desk.Take(context.Background(), c.ID, id, text)
	x.must(err)
	a, err := x.desk.Attempt(context.Background(), c.ID, id)
	x.must(err)
	return stored, a
}

func (x *booth) level(c assist.Conversation, want verify.Level, party string) {
	x.t.Helper()
	level, who, err := x.desk.Level(context.Background(), c.ID, c.BotGeneration)
	x.must(err)
	if level != want || who != party {
		x.t.Errorf("got %s of %q, want %s of %q", level, who, want, party)
	}
}

// other is a code that was not sent.
func other(code string, n int) string {
	b := []byte(code)
	for i := range n + 1 {
		b[i] = '0' + (b[i]-'0'+1)%10
	}
	return string(b)
}
