package bot

import (
	"context"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
)

// Undelivered is a Responder that can say that a one-time code could not be sent.
type Undelivered interface {
	// Unsent is what to say, with other ways to go on; empty if no code is awaited any more.
	Unsent(ctx context.Context, t Turn) (Answer, error)
}

// CodeUnsent tells the customer that their one-time code could not be sent, and what they can do instead. Nothing is said
// where the conversation isn't the bot's any more, or awaits no code. id names the code: it is told once.
func (w *Worker) CodeUnsent(ctx context.Context, conversation assist.ConversationID, generation int, id string) error {
	speaker, ok := w.opts.Responder.(Undelivered)
	if !ok {
		return nil
	}
	c, err := w.opts.Store.Conversation(ctx, conversation)
	if err != nil {
		return fmt.Errorf("code for conversation %d: %w", conversation, err)
	}
	inbox, ok := w.opts.Desk.Inbox(c.Inbox)
	if !ok || c.Status != assist.StatusBot || c.BotGeneration != generation {
		return nil
	}
	if err := w.speak(ctx, c, inbox, "unsent/"+id, func(t Turn) (Answer, error) { return speaker.Unsent(ctx, t) }); err != nil {
		return fmt.Errorf("code for conversation %d: %w", conversation, err)
	}
	return nil
}

// Unsent implements Undelivered. The code stays awaited: it may come after all.
func (d *Dialogue) Unsent(ctx context.Context, t Turn) (Answer, error) {
	company, err := d.opts.Companies.Company(ctx, t.Inbox)
	if err != nil {
		return Answer{}, fmt.Errorf("what the bot knows for inbox %s: %w", t.Inbox.ID, err)
	}
	if last := lastOfBot(t.Transcript); last < 0 || last != len(t.Transcript)-1 {
		return Answer{}, fmt.Errorf("conversation %d: a turn is under way", t.Conversation.ID)
	}
	x, _, err := d.begin(ctx, t, company)
	if err != nil || x.State.Await != flow.OneTimeCode {
		return Answer{}, err
	}
	if err := d.opts.Engine.Unsent(x.Turn); err != nil {
		return Answer{}, err
	}
	a, err := d.answer(x, t)
	if err != nil {
		return Answer{}, err
	}
	return a, d.remember(ctx, x, t)
}
