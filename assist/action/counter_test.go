package action_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/ledger"
	"deskhand/assist/verify"
	"deskhand/storage/sqlite"

	"github.com/google/uuid"
)

// fails is the ledger as a disk that stops working sees it.
type fails struct {
	action.Ledger
	at func(assist.Write) error
}

func (f fails) Write(ctx context.Context, w assist.Write) (assist.Written, error) {
	if f.at != nil {
		if err := f.at(w); err != nil {
			return assist.Written{}, err
		}
	}
	return f.Ledger.Write(ctx, w)
}

type proof struct {
	mu    sync.Mutex // guards level, party
	level verify.Level
	party string
}

func (p *proof) Level(context.Context, assist.ConversationID, int) (verify.Level, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.level, p.party, nil
}

func (p *proof) set(level verify.Level, party string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.level, p.party = level, party
}

type nobody struct{}

func (nobody) Publish(assist.Written) {}

// counter is a desk over a real store, with a conversation in it.
type counter struct {
	t       testing.TB
	dir     string
	store   *sqlite.Store
	ledger  *ledger.Ledger
	bank    *bank
	proof   *proof
	options action.Options
	fault   func(assist.Write) error
	desk    *action.Desk
	mu      sync.Mutex // guards now
	now     time.Time
	conv    assist.Conversation
	stop    func()
}

func open(t testing.TB, tweaks ...func(*action.Options)) *counter {
	t.Helper()
	x := &counter{t: t, dir: t.TempDir(), bank: newBank(), proof: &proof{level: verify.Strong, party: "B-1"},
		now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	x.options = action.Options{Proofs: x.proof, Office: func(assist.InboxID) backoffice.Office { return x.bank }, Log: slog.New(slog.DiscardHandler), Now: x.clock}
	for _, tweak := range tweaks {
		tweak(&x.options)
	}
	x.start()
	t.Cleanup(func() { x.stop() })
	x.conv = x.begin("visitor")
	return x
}

func (x *counter) clock() time.Time {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.now
}

func (x *counter) pass(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.now = x.now.Add(d)
}

// start opens the store and makes the desk, as a hub does that was just started.
func (x *counter) start() {
	x.t.Helper()
	var err error
	if x.store, err = sqlite.Open(context.Background(), sqlite.Options{Dir: x.dir, IndexEvery: time.Hour, Now: x.clock}); err != nil {
		x.t.Fatal(err)
	}
	if x.ledger, err = ledger.New(ledger.Options{Store: x.store, Publisher: nobody{}, Log: slog.New(slog.DiscardHandler), Now: x.clock}); err != nil {
		x.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = x.ledger.Run(ctx) })
	x.stop = func() {
		cancel()
		running.Wait()
		if err := x.store.Close(); err != nil {
			x.t.Error(err)
		}
	}
	x.make()
}

// make makes the desk anew: what it had in memory is gone.
func (x *counter) make() {
	x.t.Helper()
	o := x.options
	o.Store, o.Ledger = x.store, fails{x.ledger, func(w assist.Write) error {
		if x.fault != nil {
			return x.fault(w)
		}
		return nil
	}}
	var err error
	if x.desk, err = action.New(o); err != nil {
		x.t.Fatal(err)
	}
}

func (x *counter) write(w assist.Write) assist.Written {
	x.t.Helper()
	out, err := x.ledger.Write(context.Background(), w)
	if err != nil {
		x.t.Fatal(err)
	}
	return out
}

// begin opens a conversation with the bot.
func (x *counter) begin(visitor string) assist.Conversation {
	x.t.Helper()
	return x.write(assist.Write{
		Start: &assist.Start{Inbox: "bank", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: visitor}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			by := assist.ByCustomer(c.Customer)
			return []assist.Event{{Actor: by, Data: assist.Started{Inbox: "bank", Customer: c.Customer, Language: "en"}},
				assist.Say(by, assist.Message{Kind: assist.KindText, Text: "transfer"})}, nil
		},
	}).Conversation
}

// says stores a message and gives its Seq.
func (x *counter) says(c assist.ConversationID, from assist.Actor, text, awaits string) assist.Seq {
	x.t.Helper()
	m := assist.Message{Kind: assist.KindText, Text: text}
	if from.IsBot() {
		m.Bot = &assist.BotTurn{Awaiting: awaits}
	}
	return x.write(assist.Write{Conversation: c, Decide: func(assist.Conversation) ([]assist.Event, error) {
		return []assist.Event{assist.Say(from, m)}, nil
	}}).Conversation.Seq
}

func (x *counter) command(c assist.Conversation, cents int64) action.Command {
	return action.Command{ID: action.ID(uuid.NewString()), Conversation: c.ID, Generation: c.BotGeneration, Inbox: c.Inbox, Customer: c.Customer,
		Party: "B-1", Intent: "transfer_money", Action: "transfers.create", Needs: verify.Strong, Amount: cents, Currency: "CNY",
		Terms: x.bank.terms(),
		Args:  map[string]string{"payee": "Tom", "amount": fmt.Sprintf("%d.%02d", cents/100, cents%100), "cents": fmt.Sprint(cents)},
		State: action.Draft, By: assist.ByBot()}
}

// confirmed drafts a command and has the customer say yes to it.
func (x *counter) confirmed(c assist.Conversation, cents int64) action.Command {
	x.t.Helper()
	command, err := x.desk.Draft(context.Background(), x.command(c, cents))
	if err != nil {
		x.t.Fatal(err)
	}
	x.agree(command)
	return command
}

func (x *counter) agree(c action.Command) {
	x.t.Helper()
	ctx := context.Background()
	now, err := x.store.Conversation(ctx, c.Conversation)
	if err != nil {
		x.t.Fatal(err)
	}
	if err := x.desk.ReadBack(ctx, c.ID, "Shall I?", now.Seq+1); err != nil {
		x.t.Fatal(err)
	}
	x.says(c.Conversation, assist.ByBot(), "Shall I?", "confirm")
	if err := x.desk.Confirm(ctx, c.ID, x.says(c.Conversation, assist.ByCustomer(c.Customer), "yes", "")); err != nil {
		x.t.Fatal(err)
	}
}

func (x *counter) state(id action.ID) action.Command {
	x.t.Helper()
	c, err := x.desk.Command(context.Background(), id)
	if err != nil {
		x.t.Fatal(err)
	}
	return c
}
