package verify

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

// Awaiting is what a turn of the bot awaits when it asks for a one-time code.
const Awaiting = "one_time_code"

// Store keeps what was proved and sent.
type Store interface {
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	Proof(ctx context.Context, conversation assist.ConversationID, generation int) (assist.Proof, error)
	SaveProof(ctx context.Context, p assist.Proof) error
	SaveCode(ctx context.Context, c assist.SentCode, since time.Time, most int) error
	RecentCodes(ctx context.Context, since time.Time) ([]assist.SentCode, error)
	JudgeCode(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, since time.Time,
		judge func(*assist.CodeCase) assist.CodeVerdict) (assist.CodeVerdict, error)
	CodeVerdict(ctx context.Context, conversation assist.ConversationID, message assist.ClientID) (assist.CodeVerdict, error)
	FailedCodes(ctx context.Context, conversation assist.ConversationID, since time.Time) (int, error)
}

// Errors of Send.
var (
	ErrLocked  = errors.New("too many wrong codes in this conversation")
	ErrNoPhone = errors.New("no phone on file")
)

// Options configure a Desk. Those without a default are needed.
type Options struct {
	Store  Store
	Office func(inbox assist.InboxID) backoffice.Office // nil: the inbox has none
	Sender Sender
	Key    []byte // at least 32 bytes; what codes are hashed with
	Log    *slog.Logger
	Now    func() time.Time // default time.Now

	CodeLife   time.Duration // default 10 min
	MostTries  int           // wrong codes until the conversation is locked; default 3
	LockFor    time.Duration // how long wrong tries count; default 24 h
	PerHour    int           // codes to one customer in an hour, over all conversations; default 10
	StrongIdle time.Duration // strong ends after so long without a turn of the customer; default 15 min
}

// Desk knows what customers have proved. It is safe for concurrent use and starts no goroutines.
type Desk struct {
	opts Options

	mu     sync.Mutex // guards what follows
	loaded bool
	sent   map[assist.ConversationID]outstanding // to whom a code went lately: only their messages need be looked at
}

// outstanding is the last code of a conversation.
type outstanding struct {
	at   time.Time
	used bool
}

// New checks the options.
func New(o Options) (*Desk, error) {
	if o.Store == nil || o.Office == nil || o.Sender == nil || o.Log == nil {
		return nil, errors.New("verify: an option without default is missing")
	}
	if len(o.Key) < sha256.Size {
		return nil, fmt.Errorf("verify: the key has %d bytes, at least %d are needed", len(o.Key), sha256.Size)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	setDefault(&o.CodeLife, 10*time.Minute)
	setDefault(&o.MostTries, 3)
	setDefault(&o.LockFor, 24*time.Hour)
	setDefault(&o.PerHour, 10)
	setDefault(&o.StrongIdle, 15*time.Minute)
	o.Log = o.Log.With("component", "verify")
	return &Desk{opts: o, sent: map[assist.ConversationID]outstanding{}}, nil
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Load reads to whom codes went before the hub was started. Until it is done every message is looked at.
func (d *Desk) Load(ctx context.Context) error {
	codes, err := d.opts.Store.RecentCodes(ctx, d.opts.Now().Add(-d.opts.LockFor))
	if err != nil {
		return fmt.Errorf("codes sent lately: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range codes {
		d.sent[c.Conversation] = outstanding{c.SentAt, c.Used}
	}
	d.loaded = true
	return nil
}

// touchEvery is how exactly it is known when a customer was last heard of: writing down each turn would cost a sync.
const touchEvery = time.Minute

// Level is what the customer has proved in the generation, and who they are. It is to be asked when the customer has been
// heard of: that keeps strong alive.
func (d *Desk) Level(ctx context.Context, conversation assist.ConversationID, generation int) (Level, string, error) {
	p, err := d.opts.Store.Proof(ctx, conversation, generation)
	if errors.Is(err, assist.ErrNotFound) {
		return None, "", nil
	}
	if err != nil {
		return None, "", err
	}
	if Level(p.Level) != Strong {
		return Level(p.Level), p.Party, nil
	}
	now := d.opts.Now()
	idle := now.Sub(p.ActiveAt)
	if idle > d.opts.StrongIdle {
		p.Level = string(Identified)
	}
	if idle > touchEvery {
		p.ActiveAt = now
		if err := d.opts.Store.SaveProof(ctx, p); err != nil {
			return None, "", err
		}
	}
	return Level(p.Level), p.Party, nil
}

// Identify notes who the customer is. A party other than the one so far begins anew.
func (d *Desk) Identify(ctx context.Context, conversation assist.ConversationID, generation int, party string) error {
	if party == "" {
		return errors.New("verify: nobody is named")
	}
	level, known, err := d.Level(ctx, conversation, generation)
	if err != nil || known == party && level.Covers(Identified) {
		return err
	}
	return d.opts.Store.SaveProof(ctx, assist.Proof{Conversation: conversation, Generation: generation,
		Level: string(Identified), Party: party, ActiveAt: d.opts.Now()})
}

// Send sends a new code to the phone on file; the one before is worth nothing then.
func (d *Desk) Send(ctx context.Context, conversation assist.ConversationID, generation int, party, language string) error {
	c, err := d.opts.Store.Conversation(ctx, conversation)
	if err != nil {
		return fmt.Errorf("conversation %d: %w", conversation, err)
	}
	failed, err := d.Failed(ctx, conversation, generation)
	if err != nil {
		return err
	}
	if failed >= d.opts.MostTries {
		return fmt.Errorf("conversation %d: %w", conversation, ErrLocked)
	}
	m, err := d.message(ctx, c.Inbox, party, language)
	if err != nil {
		return err
	}
	m.ID, m.Conversation, m.Generation = rand.Text(), conversation, generation
	now := d.opts.Now()
	code := assist.SentCode{Conversation: conversation, Generation: generation, Inbox: c.Inbox, Party: party,
		Hash: d.hash(conversation, generation, party, m.Code), SentAt: now, ExpiresAt: now.Add(d.opts.CodeLife)}
	if err := d.opts.Store.SaveCode(ctx, code, now.Add(-time.Hour), d.opts.PerHour); err != nil {
		return err
	}
	d.note(conversation, outstanding{at: now})
	if err := d.opts.Sender.SendCode(ctx, m); err != nil {
		return fmt.Errorf("code for conversation %d: %w", conversation, err)
	}
	return nil
}

func (d *Desk) note(id assist.ConversationID, o outstanding) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent[id] = o
	if len(d.sent) < 10_000 {
		return
	}
	for id, o := range d.sent { // the oldest have long run out
		if d.opts.Now().Sub(o.at) > d.opts.LockFor {
			delete(d.sent, id)
		}
	}
}

// message is a new code for the party.
func (d *Desk) message(ctx context.Context, inbox assist.InboxID, party, language string) (Message, error) {
	office := d.opts.Office(inbox)
	if office == nil {
		return Message{}, fmt.Errorf("inbox %s: %w", inbox, backoffice.ErrUnavailable)
	}
	person, err := office.Person(ctx, party)
	if err != nil {
		return Message{}, fmt.Errorf("customer %s: %w", party, err)
	}
	if person.Phone == "" {
		return Message{}, fmt.Errorf("customer %s: %w", party, ErrNoPhone)
	}
	profile, err := office.Profile(ctx)
	if err != nil {
		return Message{}, fmt.Errorf("company of inbox %s: %w", inbox, err)
	}
	m := Message{Inbox: inbox, Party: party, Phone: person.Phone, Language: language, Company: profile.Name, Life: d.opts.CodeLife, Code: newCode()}
	if language == "zh" && profile.NameZH != "" {
		m.Company = profile.NameZH
	}
	return m, nil
}

func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // never since Go 1.24
	}
	return fmt.Sprintf("%06d", n)
}

// hash binds a code to where it was asked for: elsewhere it is worth nothing.
func (d *Desk) hash(conversation assist.ConversationID, generation int, party, code string) []byte {
	h := hmac.New(sha256.New, d.opts.Key)
	fmt.Fprintf(h, "%d/%d/%q/%s", conversation, generation, party, code)
	return h.Sum(nil)
}

// Failed counts the wrong codes of the conversation, in whatever generation: who locked themselves out stays so.
func (d *Desk) Failed(ctx context.Context, conversation assist.ConversationID, _ int) (int, error) {
	return d.opts.Store.FailedCodes(ctx, conversation, d.opts.Now().Add(-d.opts.LockFor))
}

// Attempt tells what became of the code typed in that message.
func (d *Desk) Attempt(ctx context.Context, conversation assist.ConversationID, message assist.ClientID) (Attempt, error) {
	v, err := d.opts.Store.CodeVerdict(ctx, conversation, message)
	if errors.Is(err, assist.ErrNotFound) || err == nil && v.Outcome == outcomeNone {
		return Attempt{None: true}, nil
	}
	if err != nil {
		return Attempt{}, err
	}
	return Attempt{Right: v.Outcome == outcomeRight, Expired: v.Outcome == outcomeExpired, Left: v.Left}, nil
}
