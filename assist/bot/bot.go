// Package bot answers customers by itself: a Responder says what to answer, the Worker watches for turns that
// want an answer and says it through the same write path as agents do. Run owns the few goroutines that answer, no two of
// them in the same conversation. Where the bot is switched off, Off takes the Worker's place.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
)

// Turn is what the bot answers to.
type Turn struct {
	ID           assist.ClientID // of the bot's message to come; the same whenever the turn is computed
	Conversation assist.Conversation
	Inbox        assist.Inbox
	Transcript   []assist.Message // the newest shared messages, oldest first; the last is the customer's
	Party        string           // the customer's id at the company, vouched for by its page; empty: an anonymous visitor
	Given        Given            // what was there before an agent gave the conversation back
	First        bool             // the bot has not spoken since the conversation was (re)opened
	Again        func()           // computes the turn once more; for who answers with ErrLater
}

// Answer is what the bot says. With Handoff the conversation goes to a person after it, also without a Text.
type Answer struct {
	Text     string
	Language string // of the customer, if the turn showed it; empty: unchanged
	Turn     assist.BotTurn
	Choices  []assist.Choice
	Handoff  *assist.Handoff
	Priority assist.Priority // with Handoff; PriorityNormal leaves it as it is
}

// Responder decides what to say. An Answer without Text and Handoff says nothing. Turns of different
// conversations are asked for at the same time. A turn that it answers with errors, but for ErrLater, again and again goes to a person.
type Responder interface {
	Respond(ctx context.Context, t Turn) (Answer, error)
}

// Ledger stores what the bot says.
type Ledger interface {
	Submit(w assist.Write, done func(assist.Written))
}

// Store is what the bot reads.
type Store interface {
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	Conversations(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error)
	Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error)
	Identities(ctx context.Context, id assist.CustomerID) ([]assist.Identity, error)
}

// Desk tells about inboxes and their queues.
type Desk interface {
	Inbox(id assist.InboxID) (assist.Inbox, bool)
	QueueOf(id assist.InboxID) assist.Queue
}

// Options configure a Worker. Those without a default are needed.
type Options struct {
	Responder Responder
	Ledger    Ledger
	Store     Store
	Desk      Desk
	Log       *slog.Logger
	Now       func() time.Time // default time.Now
	// Took is told how long the Responder took for a turn, on the goroutine that asked it; default: nobody is. Measured here,
	// since what wraps a Responder hides that it can do more, such as announce.
	Took func(time.Duration)
	// IdleAfter resolves conversations in which the customer has said nothing more; default 24 h.
	IdleAfter time.Duration
}

// Worker runs the bot.
type Worker struct {
	opts Options
	kick chan struct{} // one pending wake-up is enough

	slots chan struct{} // one is taken by each goroutine that answers

	mu         sync.Mutex // guards the fields below
	unanswered map[assist.ConversationID]bool
	answering  map[assist.ConversationID]bool
	postponed  map[assist.ConversationID]time.Time // unanswered, but not before then
	failed     map[assist.ConversationID]int       // how often no answer was found or stored
}

// New checks the options.
func New(o Options) (*Worker, error) {
	if o.Responder == nil || o.Ledger == nil || o.Store == nil || o.Desk == nil || o.Log == nil {
		return nil, errors.New("bot: an option without default is missing")
	}
	return &Worker{opts: o.withDefaults(), kick: make(chan struct{}, 1), slots: make(chan struct{}, atOnce),
		unanswered: map[assist.ConversationID]bool{}, answering: map[assist.ConversationID]bool{},
		postponed: map[assist.ConversationID]time.Time{}, failed: map[assist.ConversationID]int{}}, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.IdleAfter == 0 {
		o.IdleAfter = 24 * time.Hour
	}
	if o.Took == nil {
		o.Took = func(time.Duration) {}
	}
	o.Log = o.Log.With("component", "bot")
	return o
}

// Changed implements hub.Sink: notes conversations that may want an answer.
func (w *Worker) Changed(u hub.Update) {
	if u.Conversation.Status != assist.StatusBot || len(u.Events) == 0 || u.Events[0].Actor.IsBot() {
		return
	}
	if _, moved := u.Events[0].Data.(assist.CommandMoved); moved {
		return // the turn that moves a command is under way: looked at now, it would be computed a second time
	}
	w.note(u.Conversation.ID)
}

// Typed implements hub.Sink.
func (w *Worker) Typed(hub.Typing) {}

// note remembers a conversation; the set is bounded by how many conversations the bot has.
func (w *Worker) note(id assist.ConversationID) {
	w.mu.Lock()
	w.unanswered[id] = true
	w.mu.Unlock()
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

const (
	retryEvery  = time.Second
	settleEvery = time.Minute
)

// Run answers until ctx ends. It begins with what was left unanswered when the hub last stopped.
func (w *Worker) Run(ctx context.Context) error {
	if err := w.recover(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	var answers sync.WaitGroup
	defer answers.Wait()
	retry, settle := time.NewTicker(retryEvery), time.NewTicker(settleEvery)
	defer retry.Stop()
	defer settle.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.kick:
			w.answerAll(ctx, &answers)
		case <-retry.C:
			w.resume()
		case <-settle.C:
			w.settleIdle(ctx)
		}
	}
}

func (w *Worker) recover(ctx context.Context) error {
	f := assist.ConversationFilter{Statuses: []assist.Status{assist.StatusBot}, Limit: 1000}
	for {
		page, err := w.opts.Store.Conversations(ctx, f)
		if err != nil {
			return fmt.Errorf("what the bot left unanswered: %w", err)
		}
		for _, c := range page {
			if c.Last.From != assist.ActorBot { // the last may be a system line under the customer's words
				w.note(c.ID)
			}
		}
		if len(page) < f.Limit {
			return nil
		}
		f.Before = page[len(page)-1].Rev
	}
}

// transcriptLength is how many messages a Responder sees: the bot's last must be among them, however fast a customer types.
const transcriptLength = 60

// answer finds and stores what there is to say. An error is one of reading or of the Responder; what becomes of the
// storing is settled later.
func (w *Worker) answer(ctx context.Context, id assist.ConversationID) error {
	c, err := w.opts.Store.Conversation(ctx, id)
	if err != nil {
		return err
	}
	inbox, ok := w.opts.Desk.Inbox(c.Inbox)
	if c.Status != assist.StatusBot || !ok {
		w.settled(id)
		return nil
	}
	messages, err := w.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, Limit: transcriptLength})
	if err != nil {
		return err
	}
	said := spoken(current(messages))
	if len(said) == 0 || said[len(said)-1].From.Kind != assist.ActorCustomer {
		w.settled(id)
		return nil
	}
	party, err := w.party(ctx, c)
	if err != nil {
		return err
	}
	given, err := w.given(ctx, id, messages)
	if err != nil {
		return err
	}
	t := Turn{ID: turnID(c), Conversation: c, Inbox: inbox, Transcript: said, Party: party, First: lastOfBot(said) < 0, Given: given, Again: func() { w.note(id) }}
	begin := time.Now()
	a, err := w.opts.Responder.Respond(ctx, t)
	if errors.Is(err, ErrLater) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("turn of conversation %d: %w", id, err)
	}
	w.opts.Took(time.Since(begin))
	if a.Text == "" && a.Handoff == nil {
		w.settled(id)
		return nil
	}
	w.say(c, a)
	return nil
}

// party is who the customer is at the company: what its page has vouched for with a signature, in this inbox.
func (w *Worker) party(ctx context.Context, c assist.Conversation) (string, error) {
	all, err := w.opts.Store.Identities(ctx, c.Customer)
	if err != nil {
		return "", fmt.Errorf("identities of customer %d: %w", c.Customer, err)
	}
	for _, id := range all {
		if id.Kind == assist.IdentitySigned && id.Inbox == c.Inbox {
			return id.Source, nil
		}
	}
	return "", nil
}

// spoken leaves out the system lines.
func spoken(messages []assist.Message) []assist.Message {
	var out []assist.Message
	for _, m := range messages {
		if m.Kind == assist.KindText {
			out = append(out, m)
		}
	}
	return out
}

// current leaves out what was said before the bot began afresh: at a reopening, or when the conversation was
// given to it; then what the customer said last still wants its answer.
func current(messages []assist.Message) []assist.Message {
	for i := len(messages) - 1; i >= 0; i-- {
		switch a := messages[i].Activity; {
		case a == nil:
		case a.Code == assist.ActivityResolved:
			return messages[i:]
		case a.Code == assist.ActivityToBot:
			for i > 0 && (messages[i-1].Kind == assist.KindActivity || messages[i-1].From.Kind == assist.ActorCustomer) {
				i--
			}
			return messages[i:]
		}
	}
	return messages
}
