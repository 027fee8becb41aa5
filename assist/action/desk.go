package action

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"
)

// Store is what the desk reads.
type Store interface {
	Commands(ctx context.Context, f assist.CommandFilter) ([]assist.CommandRecord, error)
	Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error)
}

// Ledger is how commands change: in one transaction with the fact that tells of it.
type Ledger interface {
	Write(ctx context.Context, w assist.Write) (assist.Written, error)
}

// Proofs tells what the customer has proved.
type Proofs interface {
	Level(ctx context.Context, conversation assist.ConversationID, generation int) (verify.Level, string, error)
}

// Rule is what holds for an action. Amounts in the smallest unit; 0: no limit.
type Rule struct {
	Limit   int64            // of one conversation, its own value included
	Day     int64            // of one customer in 24 hours, over all conversations
	Inboxes []assist.InboxID // whose commands count for Day: those of the same company; empty: the command's own
	// Approve lets a second person decide what is above a limit; else it is refused with *OverLimit.
	Approve bool
	Always  bool // a second person decides in any case
	Off     bool // switched off by the configuration
}

// Options configure a Desk. Those without a default are needed.
type Options struct {
	Store  Store
	Ledger Ledger
	Proofs Proofs
	Office func(inbox assist.InboxID) backoffice.Office // nil: the inbox has none
	Rule   func(c Command) Rule                         // default: no limits
	// Tell says what became of a command whose outcome was open when the customer last heard of it, if the bot has the
	// conversation: told. Else the hub writes it there for whoever has it. It is called again until it succeeds; default:
	// the bot tells nobody.
	Tell func(ctx context.Context, c Command) (told bool, err error)
	Log  *slog.Logger
	Now  func() time.Time // default time.Now

	Fresh          time.Duration // for how long a yes may be acted on; default 10 min
	ApprovalWithin time.Duration // after which an approval runs out; default 4 h
	OfficeWithin   time.Duration // for an answer of the back office; default 15 s
	SweepEvery     time.Duration // how often Run looks; default 2 s
}

// Desk keeps the commands and carries them out. It is safe for concurrent use; Run is its one goroutine.
type Desk struct {
	opts Options
	kick chan struct{}

	mu   sync.Mutex // guards busy
	busy map[ID]*turnstile
}

// turnstile lets one goroutine at a time act on a command.
type turnstile struct {
	mu      sync.Mutex
	waiting int
}

// New checks the options.
func New(o Options) (*Desk, error) {
	if o.Store == nil || o.Ledger == nil || o.Proofs == nil || o.Office == nil || o.Log == nil {
		return nil, errors.New("action: an option without default is missing")
	}
	if o.Rule == nil {
		o.Rule = func(Command) Rule { return Rule{} }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	for d, usual := range map[*time.Duration]time.Duration{
		&o.Fresh: 10 * time.Minute, &o.ApprovalWithin: 4 * time.Hour, &o.OfficeWithin: 15 * time.Second, &o.SweepEvery: 2 * time.Second,
	} {
		if *d == 0 {
			*d = usual
		}
	}
	o.Log = o.Log.With("component", "action")
	return &Desk{opts: o, kick: make(chan struct{}, 1), busy: map[ID]*turnstile{}}, nil
}

// only waits until nobody else acts on the command; leave must be called.
func (d *Desk) only(id ID) (leave func()) {
	d.mu.Lock()
	t := d.busy[id]
	if t == nil {
		t = &turnstile{}
		d.busy[id] = t
	}
	t.waiting++
	d.mu.Unlock()
	t.mu.Lock()
	return func() {
		t.mu.Unlock()
		d.mu.Lock()
		if t.waiting--; t.waiting == 0 {
			delete(d.busy, id)
		}
		d.mu.Unlock()
	}
}

// Command is the stored one; assist.ErrNotFound if there is none.
func (d *Desk) Command(ctx context.Context, id ID) (Command, error) {
	if id == "" {
		return Command{}, fmt.Errorf("a command without id: %w", assist.ErrNotFound)
	}
	all, err := d.Find(ctx, assist.CommandFilter{ID: string(id), Limit: 1})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("command %s: %w", id, assist.ErrNotFound)
	}
	if err != nil {
		return Command{}, err
	}
	return all[0], nil
}

// Find lists the commands that the filter picks, oldest first.
func (d *Desk) Find(ctx context.Context, f assist.CommandFilter) ([]Command, error) {
	records, err := d.opts.Store.Commands(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]Command, len(records))
	for i, r := range records {
		if out[i], err = commandOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Open lists all commands of the generation, also done ones, oldest first.
func (d *Desk) Open(ctx context.Context, conversation assist.ConversationID, generation int) ([]Command, error) {
	if conversation == 0 || generation == 0 {
		return nil, nil
	}
	return d.Find(ctx, assist.CommandFilter{Conversation: conversation, Generation: generation, Limit: 1000})
}

// step is one change of a command.
type step struct {
	from     State
	by       assist.Actor
	ceilings []assist.CommandCeiling
	switched bool                                              // only while the action is not switched off
	during   func(assist.Conversation) error                   // what must hold of the conversation at that moment
	lines    func(assist.Conversation) ([]assist.Event, error) // that stand in the conversation from then on
}

// facts are what becomes known with the step.
func (s step) facts(at assist.Conversation, to State, moved assist.CommandMoved) (out []assist.Event, err error) {
	if s.during != nil {
		if err := s.during(at); err != nil {
			return nil, err
		}
	}
	if s.from != to {
		out = append(out, assist.Event{Actor: s.by, Data: moved})
	}
	if s.lines == nil {
		return out, nil
	}
	lines, err := s.lines(at)
	return append(out, lines...), err
}

// move stores the command in its next state together with the fact. c is the command as it is to be.
func (d *Desk) move(ctx context.Context, c *Command, s step) error {
	if !May(s.from, c.State) {
		return fmt.Errorf("command %s from %q to %q: %w", c.ID, s.from, c.State, ErrState)
	}
	c.UpdatedAt = d.now()
	r, err := c.record()
	if err != nil {
		return err
	}
	w := assist.Write{Conversation: c.Conversation, Command: &assist.CommandChange{From: string(s.from), To: r, Ceilings: s.ceilings, Switch: s.switched}}
	fact := assist.CommandMoved{ID: string(c.ID), Intent: c.Intent, Action: c.Action, State: string(c.State), Outcome: string(c.Outcome), Why: c.Why}
	w.Decide = func(at assist.Conversation) ([]assist.Event, error) { return s.facts(at, c.State, fact) }
	if _, err = d.opts.Ledger.Write(ctx, w); err != nil {
		return fmt.Errorf("command %s to %s: %w", c.ID, c.State, explained(err, c.Action))
	}
	d.opts.Log.Info("command", "id", c.ID, "conversation_id", c.Conversation, "action", c.Action, "from", s.from, "state", c.State, "outcome", c.Outcome, "why", c.Why)
	return nil
}

func (d *Desk) now() time.Time { return d.opts.Now().UTC().Truncate(time.Millisecond) }

// explained turns what the store refuses into the errors of this package.
func explained(err error, action string) error {
	var over *assist.CeilingError
	switch {
	case errors.As(err, &over):
		return &OverLimit{Action: action, Limit: over.Max, Sum: over.Sum, Scope: over.Scope}
	case assist.CodeOf(err) == assist.CodeForbidden:
		return &Switched{Action: action}
	case assist.CodeOf(err) == assist.CodeWrongStatus:
		return fmt.Errorf("%w: %w", ErrState, err)
	}
	return err
}
