package rehearse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// line is one thing said, with what the bot's turn carried.
type line struct {
	at   time.Time
	from assist.ActorKind
	text string
	bot  *assist.BotTurn
	code bool // the customer typed the code that was sent last
}

// played is how a scenario went.
type played struct {
	lines   []line
	changes []Change
	waits   []time.Duration // from the customer's message to the bot's answer
	ended   string          // why it stopped, if not by itself
	moved   bool            // what the back office holds was changed
}

// answerWithin is how long the bot may take before the run counts as silent.
const answerWithin = 20 * time.Second

// actor plays the customer of one scenario.
type actor struct {
	Scenario
	stage Stage
	inbox assist.InboxID
	log   *slog.Logger

	heard chan assist.Message
	used  map[string]int // answers given, by key
	files []assist.Attachment
	p     played
}

// play runs the scenario to its end.
func play(ctx context.Context, s Scenario, stage Stage, log *slog.Logger) (played, error) {
	a := &actor{Scenario: s, stage: stage, inbox: stage.Inbox(s.Pack), log: log, heard: make(chan assist.Message, 64), used: map[string]int{}}
	if a.inbox == "" {
		return played{}, fmt.Errorf("%s: no company for the pack %q", s.ID, s.Pack)
	}
	before, err := state(ctx, stage)
	if err != nil {
		return played{}, fmt.Errorf("%s: %w", s.ID, err)
	}
	c, err := a.connect(ctx)
	if err != nil {
		return played{}, fmt.Errorf("%s: %w", s.ID, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	err = a.converse(ctx, c)
	cancel()
	if gone := <-ended; err == nil && gone != nil && !errors.Is(gone, context.Canceled) {
		err = gone
	}
	a.p.changes = stage.Changes()
	if err == nil {
		var after string
		after, err = state(context.WithoutCancel(ctx), stage)
		a.p.moved = after != before
	}
	if err != nil {
		return a.p, fmt.Errorf("%s: %w", s.ID, err)
	}
	return a.p, nil
}

// state is what the stage's back office holds; empty where it can't tell.
func state(ctx context.Context, s Stage) (string, error) {
	if k, ok := s.(Keeper); ok {
		return k.State(ctx)
	}
	return "", nil
}

func (a *actor) connect(ctx context.Context) (*client.Customer, error) {
	o := client.CustomerOptions{Hub: a.stage.Hub(), Inbox: a.inbox, Language: a.Lang, Page: "/rehearsal", Log: a.log, Handle: a.handle}
	if a.Customer != "" {
		identity, err := a.stage.Identity(ctx, a.inbox, a.Customer)
		if err != nil {
			return nil, fmt.Errorf("sign in as %s: %w", a.Customer, err)
		}
		o.Identity = &identity
	}
	return client.NewCustomer(o)
}

// handle passes on what the bot says; the channel holds more than a run may have.
func (a *actor) handle(f wire.Frame) {
	if m, ok := f.(wire.CustomerMessageNew); ok && m.Message.Bot != nil {
		select {
		case a.heard <- assist.Message{Seq: m.Message.Seq, Text: m.Message.Text, Bot: m.Message.Bot}:
		default:
		}
	}
}

// converse types until there is nothing more to say.
func (a *actor) converse(ctx context.Context, c *client.Customer) error {
	most := a.Expect.MaxBotTurns
	if most == 0 {
		most = mostTurns
	}
	next, say := a.Say[0], a.Say[1:]
	for {
		turn, err := a.exchange(ctx, c, next)
		if err != nil {
			return err
		}
		switch {
		case turn == nil:
			a.p.ended = fmt.Sprintf("the bot did not answer %q", next)
			return nil
		case turn.Handoff != nil:
			return nil
		case a.turns() > most:
			a.p.ended = fmt.Sprintf("more than %d bot turns", most)
			return nil
		case turn.Awaiting != "":
			text, ok := a.answer(turn.Awaiting)
			if !ok {
				a.p.ended = fmt.Sprintf("the bot awaits %s, for which there is no answer", turn.Awaiting)
				return nil
			}
			next = text
		case len(say) == 0:
			return nil
		default:
			next, say = say[0], say[1:]
		}
	}
}

func (a *actor) turns() int {
	n := 0
	for _, l := range a.p.lines {
		if l.bot != nil {
			n++
		}
	}
	return n
}

// exchange types a text and waits for the bot's answer; nil if there is none.
func (a *actor) exchange(ctx context.Context, c *client.Customer, text string) (*assist.BotTurn, error) {
	_, code, sent := a.stage.Code(a.inbox)
	began := time.Now()
	a.p.lines = append(a.p.lines, line{at: began, from: assist.ActorCustomer, text: text, code: sent && code == text})
	if err := a.upload(ctx, c); err != nil {
		return nil, err
	}
	if _, err := c.Send(ctx, text, a.files...); err != nil {
		return nil, fmt.Errorf("type %q: %w", text, err)
	}
	limit := time.NewTimer(answerWithin)
	defer limit.Stop()
	select {
	case m := <-a.heard:
		a.p.waits = append(a.p.waits, time.Since(began))
		a.note(m)
	case <-limit.C:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for { // an announcement may follow at once
		select {
		case m := <-a.heard:
			a.note(m)
		default:
			return a.p.lines[len(a.p.lines)-1].bot, nil
		}
	}
}

// upload brings the scenario's file, if it has one, once the conversation is open. A hub that refuses it has refused it.
func (a *actor) upload(ctx context.Context, c *client.Customer) error {
	if a.files = nil; a.File == "" || len(a.p.lines) < 2 {
		return nil
	}
	f, err := c.Upload(ctx, a.File, strings.NewReader("what was agreed"))
	if assist.AsError(err) != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	a.files = []assist.Attachment{f}
	return nil
}

func (a *actor) note(m assist.Message) {
	a.p.lines = append(a.p.lines, line{at: time.Now(), from: assist.ActorBot, text: m.Text, bot: m.Bot})
}

// answer is what is typed for an awaited slot; used up in order, the last one again and again.
func (a *actor) answer(awaiting string) (string, bool) {
	key := awaiting
	list, ok := a.Answers[key]
	if !ok || len(list) == 0 {
		key = "*"
		if list = a.Answers[key]; len(list) == 0 {
			return "", false
		}
	}
	text := list[min(a.used[key], len(list)-1)]
	a.used[key]++
	switch text {
	case "@sent":
		_, code, ok := a.stage.Code(a.inbox)
		if !ok {
			return "000000", true // none was sent: what is typed can't be right
		}
		return code, true
	case "@wrong_code":
		return a.wrongCode(), true
	}
	return text, true
}

// wrongCode is six digits that were not sent.
func (a *actor) wrongCode() string {
	_, code, _ := a.stage.Code(a.inbox)
	wrong := slices.DeleteFunc([]string{"135791", "246802"}, func(s string) bool { return s == code })
	return wrong[0]
}
