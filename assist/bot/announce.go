package bot

import (
	"context"
	"errors"
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
	name := fmt.Sprintf("told/%s/%s", command.ID, command.State)
	err = w.speak(ctx, c, inbox, name, func(t Turn) (Answer, error) { return speaker.Announce(ctx, t, command) })
	if err != nil {
		return true, fmt.Errorf("announce command %s: %w", command.ID, err)
	}
	return true, nil
}

// speak stores what the bot says without having been spoken to, once for each name. It returns when that is stored. If the
// conversation has moved on meanwhile that is the error.
func (w *Worker) speak(ctx context.Context, c assist.Conversation, inbox assist.Inbox, name string, say func(Turn) (Answer, error)) error {
	messages, err := w.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: c.ID, Public: true, Limit: transcriptLength})
	if err != nil {
		return err
	}
	given, err := w.given(ctx, c.ID, messages)
	if err != nil {
		return err
	}
	id := assist.ClientID(uuid.NewSHA1(turnSpace, fmt.Appendf(nil, "%d/%s", c.ID, name)).String())
	a, err := say(Turn{ID: id, Conversation: c, Inbox: inbox, Transcript: spoken(current(messages)), Given: given})
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
			return errors.New("the conversation has moved on")
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
