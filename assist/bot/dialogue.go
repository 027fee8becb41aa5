package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/bot/flow"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
)

// Memory keeps the state of a dialogue by the client id of the bot's message that it belongs to. It is saved before that
// message is stored; what belongs to a message that never was is not asked for again.
type Memory interface {
	Load(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID) ([]byte, error)
	Save(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID, state []byte) error
}

// Company is what the bot knows of and for one inbox.
type Company struct {
	Pack    *pack.Pack
	Reader  nlu.Classifier
	Index   *knowledge.Index // of the pack's articles and the company's own
	Sources []string         // names of the packs that the index may answer from
	Office  backoffice.Office
}

// Companies gives what the bot knows of an inbox; it waits until that is loaded.
type Companies interface {
	Company(ctx context.Context, inbox assist.Inbox) (Company, error)
}

// Part is one errand of a message, and what it was read as.
type Part struct {
	Text    string
	Reading nlu.Reading
}

// DialogueOptions configure a Dialogue. Those without a default are needed.
type DialogueOptions struct {
	Engine    *flow.Engine
	Memory    Memory
	Companies Companies
	Log       *slog.Logger
	// Split cuts a message into its errands; what is urgent counts even where it is only told. Default: none has more
	// than one.
	Split func(text string, c nlu.Classifier, urgent func(intent string) bool) []Part
	// Line tells how many wait before the customer in the inbox's queue and for how long; default: not known.
	Line func(inbox assist.InboxID) (before int, wait time.Duration)
	// Adviser gives a second opinion where the bot is unsure; default: none does.
	Adviser nlu.Adviser
	Now     func() time.Time // default time.Now
}

// Dialogue is the Responder that runs errands. In each turn it reads what the customer said since the bot spoke last,
// lets the policies decide what that means for the errand under way, has the flow go on, and remembers the rest.
type Dialogue struct{ opts DialogueOptions }

// NewDialogue checks the options.
func NewDialogue(o DialogueOptions) (*Dialogue, error) {
	if o.Engine == nil || o.Memory == nil || o.Companies == nil || o.Log == nil {
		return nil, errors.New("dialogue: an option without default is missing")
	}
	if o.Split == nil {
		o.Split = func(text string, c nlu.Classifier, _ func(string) bool) []Part { return []Part{{text, c.Read(text)}} }
	}
	if o.Line == nil {
		o.Line = func(assist.InboxID) (int, time.Duration) { return 0, 0 }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = o.Log.With("component", "dialogue")
	return &Dialogue{o}, nil
}

// Respond implements Responder.
func (d *Dialogue) Respond(ctx context.Context, t Turn) (Answer, error) {
	company, err := d.opts.Companies.Company(ctx, t.Inbox)
	if err != nil {
		return Answer{}, fmt.Errorf("what the bot knows for inbox %s: %w", t.Inbox.ID, err)
	}
	x, unread, err := d.begin(ctx, t, company)
	if err != nil {
		return Answer{}, err
	}
	if d.waits(x, t, unread) {
		return Answer{}, ErrLater
	}
	if err := d.turn(ctx, x, unread); err != nil {
		return Answer{}, err
	}
	a, err := d.answer(x, t)
	if err != nil {
		return Answer{}, err
	}
	return a, d.remember(ctx, x, t)
}

// begin recalls the dialogue and finds out who it is with.
func (d *Dialogue) begin(ctx context.Context, t Turn, company Company) (*exchange, []assist.Message, error) {
	last := lastOfBot(t.Transcript)
	state, err := d.recall(ctx, t, company.Pack, last)
	if err != nil {
		return nil, nil, err
	}
	x := &exchange{company: company, said: t.Transcript, Turn: &flow.Turn{
		Conversation: t.Conversation, Inbox: t.Inbox, Signed: t.Party, Pack: company.Pack, Office: company.Office, State: state, Log: d.opts.Log,
	}}
	if company.Office != nil {
		profile, err := company.Office.Profile(ctx)
		if err != nil && !errors.Is(err, backoffice.ErrUnavailable) {
			return nil, nil, fmt.Errorf("profile of inbox %s: %w", t.Inbox.ID, err)
		}
		x.Profile = profile
	}
	x.Now = d.opts.Now()
	if x.Profile.Location != nil {
		x.Now = x.Now.In(x.Profile.Location)
	}
	if state.Language == "" {
		state.Language = known(t.Conversation.Language)
	}
	if err := d.opts.Engine.Begin(ctx, x.Turn); err != nil {
		return nil, nil, err
	}
	return x, t.Transcript[last+1:], nil
}

func known(language string) string {
	if language == "zh" {
		return "zh"
	}
	return "en"
}

func lastOfBot(transcript []assist.Message) int {
	for i := len(transcript) - 1; i >= 0; i-- {
		if transcript[i].From.Kind == assist.ActorBot {
			return i
		}
	}
	return -1
}

// answer puts the turn into words.
func (d *Dialogue) answer(x *exchange, t Turn) (Answer, error) {
	if err := d.greet(x); err != nil {
		return Answer{}, err
	}
	s := x.State
	a := Answer{Language: s.Language, Choices: x.Choices, Priority: assist.PriorityNormal}
	a.Turn = assist.BotTurn{Intent: s.Intent, Confidence: s.Sure, Slots: s.Slots, Awaiting: s.Await, Sources: x.Sources}
	if s.Errand != nil {
		a.Turn.Intent, a.Turn.Confidence, a.Turn.Slots = s.Errand.Intent, s.Errand.Confidence, slotsOf(s.Errand)
	}
	a.Turn.Words = wordsOf(s, a.Turn.Slots)
	if x.begun != "" { // of several errands in one message, the first is what the turn is about
		a.Turn.Intent, a.Turn.Confidence = x.begun, x.sure
	}
	if h := x.Handoff(); h != nil {
		if err := d.sayNext(x); err != nil {
			return Answer{}, err
		}
		a.Handoff, a.Priority, a.Choices = d.handoff(x, t, h), h.Priority, nil
		a.Turn.Awaiting = ""
	}
	a.Turn.Step = x.step()
	a.Turn.RunnerUp, a.Turn.Margin = x.runnerUp(a.Turn.Intent)
	a.Text = x.Text()
	s.Last = a.Text
	s.Turns++
	return a, nil
}

func slotsOf(r *flow.Errand) map[string]string {
	out := make(map[string]string, len(r.Slots))
	for name, v := range r.Slots {
		out[name] = v.V
	}
	return out
}

// remember saves the state for the turn that follows the message.
func (d *Dialogue) remember(ctx context.Context, x *exchange, t Turn) error {
	b, err := x.State.Encode()
	if err != nil {
		return fmt.Errorf("state of conversation %d: %w", t.Conversation.ID, err)
	}
	if err := d.opts.Memory.Save(ctx, t.Conversation.ID, t.ID, b); err != nil {
		return fmt.Errorf("memory of conversation %d: %w", t.Conversation.ID, err)
	}
	return nil
}
