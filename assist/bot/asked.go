package bot

import (
	"context"
	"errors"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/intake"
)

// Briefer is a Responder that can tell a person what it knows of a conversation, without a turn of its own.
type Briefer interface {
	Brief(ctx context.Context, t Turn, reason string) (assist.Handoff, error)
}

// Brief is all that a person needs to know who takes a conversation over from the bot for that reason, without the bot
// having said so itself. What can't be found out is missing in it; an error comes with what is known all the same.
func (w *Worker) Brief(ctx context.Context, id assist.ConversationID, reason string) (assist.Handoff, error) {
	c, err := w.opts.Store.Conversation(ctx, id)
	if err != nil {
		return intake.Handoff(reason, nil), fmt.Errorf("conversation %d: %w", id, err)
	}
	messages, err := w.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, Limit: transcriptLength})
	said := spoken(current(messages))
	plain := intake.Handoff(reason, said)
	speaker, ok := w.opts.Responder.(Briefer)
	inbox, known := w.opts.Desk.Inbox(c.Inbox)
	if err != nil || !ok || !known || c.Status != assist.StatusBot {
		return plain, err
	}
	party, err := w.party(ctx, c)
	if err != nil {
		return plain, err
	}
	h, err := speaker.Brief(ctx, Turn{ID: turnID(c), Conversation: c, Inbox: inbox, Transcript: said, Party: party}, reason)
	if err != nil {
		return plain, fmt.Errorf("what the bot knows of conversation %d: %w", id, err)
	}
	return h, nil
}

// Brief implements Briefer. It reads and changes nothing of the dialogue.
func (d *Dialogue) Brief(ctx context.Context, t Turn, reason string) (assist.Handoff, error) {
	company, err := d.opts.Companies.Company(ctx, t.Inbox)
	if err != nil {
		return assist.Handoff{}, fmt.Errorf("what the bot knows for inbox %s: %w", t.Inbox.ID, err)
	}
	if company.Pack == nil {
		return assist.Handoff{}, errors.New("no pack")
	}
	x, _, err := d.begin(ctx, t, company)
	if err != nil {
		return assist.Handoff{}, err
	}
	h := d.handoff(x, t, &flow.Transfer{Reason: reason})
	h.Turns = x.State.Turns
	return *h, nil
}
