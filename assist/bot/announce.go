package bot

import (
	"context"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/desk"

	"github.com/google/uuid"
)

// Announcer is a Responder that can say what became of a command after its turn was over.
type Announcer interface {
	// Announce is the sentence, and the state that goes on from the last turn under the id of the new message.
	Announce(ctx context.Context, t Turn, c action.Command) (Answer, error)
}

// Announce tells the customer what became of a command whose outcome was open when they last heard of it: it was
// approved and carried out, declined, or found out about. told is false where it isn't the bot's to say: a person has the
// conversation, or it is over. It returns when the sentence is stored; called again for the same command it says nothing more.
func (w *Worker) Announce(ctx context.Context, command action.Command) (told bool, err error) {
	speaker, ok := w.opts.Responder.(Announcer)
	if !ok {
		return true, nil
	}
	c, err := w.opts.Store.Conversation(ctx, command.Conversation)
	if err != nil {
		return false, fmt.Errorf("announce command %s: %w", command.ID, err)
	}
	inbox, ok := w.opts.Desk.Inbox(c.Inbox)
	if !ok || c.Status != assist.StatusBot {
		return false, nil
	}
	return true, w.announce(ctx, speaker, c, inbox, command)
}

func (w *Worker) announce(ctx context.Context, speaker Announcer, c assist.Conversation, inbox assist.Inbox, command action.Command) error {
	messages, err := w.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: c.ID, Public: true, Limit: transcriptLength})
	if err != nil {
		return fmt.Errorf("announce command %s: %w", command.ID, err)
	}
	given, err := w.given(ctx, c.ID, messages)
	if err != nil {
		return fmt.Errorf("announce command %s: %w", command.ID, err)
	}
	id := assist.ClientID(uuid.NewSHA1(turnSpace, fmt.Appendf(nil, "%d/told/%s/%s", c.ID, command.ID, command.State)).String())
	a, err := speaker.Announce(ctx, Turn{ID: id, Conversation: c, Inbox: inbox, Transcript: spoken(current(messages)), Given: given}, command)
	if err != nil || a.Text == "" {
		return err
	}
	turn := desk.BotTurn{Seq: c.Seq, Generation: c.BotGeneration}
	m := assist.Message{ClientID: id, Text: a.Text, Choices: a.Choices, Bot: &a.Turn}
	done := make(chan assist.Written, 1)
	w.opts.Ledger.Submit(assist.Write{Conversation: c.ID, ClientID: id, Decide: desk.BotReply(turn, m)}, func(r assist.Written) { done <- r })
	select {
	case r := <-done:
		if r.Err == nil && len(r.Events) == 0 && !r.Duplicate {
			return fmt.Errorf("announce command %s: the conversation has moved on", command.ID)
		}
		return r.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Announce implements Announcer. What is awaited stays awaited, and is asked again below.
func (d *Dialogue) Announce(ctx context.Context, t Turn, c action.Command) (Answer, error) {
	company, err := d.opts.Companies.Company(ctx, t.Inbox)
	if err != nil {
		return Answer{}, fmt.Errorf("what the bot knows for inbox %s: %w", t.Inbox.ID, err)
	}
	x, _, err := d.begin(ctx, t, company)
	if err != nil {
		return Answer{}, err
	}
	if err := d.opts.Engine.Tell(x.Turn, c); err != nil {
		return Answer{}, err
	}
	if err := d.opts.Engine.Ask(ctx, x.Turn); err != nil {
		return Answer{}, err
	}
	x.State.Greeted = true
	if x.State.Errand == nil {
		x.State.Intent, x.State.Slots = c.Intent, nil
	}
	a, err := d.answer(x, t)
	if err != nil {
		return Answer{}, err
	}
	return a, d.remember(ctx, x, t)
}
