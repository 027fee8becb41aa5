package flow

import (
	"context"
	"errors"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/pack"
)

// Confirmed takes the customer's yes, said in the message at Seq at, and carries the command out.
func (e *Engine) Confirmed(ctx context.Context, t *Turn, at assist.Seq) error {
	r := t.State.Errand
	i := t.Pack.Intents[r.Intent]
	c, err := e.stored(ctx, t, r.Draft)
	if err != nil {
		return err
	}
	if c.State == action.Verified {
		if err := e.commands.Confirm(ctx, c.ID, at); err != nil {
			return e.notConfirmed(ctx, t, r, err)
		}
	}
	t.State.Await = ""
	step := r.Step
	waits, err := e.execute(ctx, t, i, i.Flow[step], c.ID)
	if !waits && t.State.Errand == r && r.Step == step { // else it began anew
		r.Step++
	}
	return err
}

// notConfirmed goes back to where a yes that doesn't count can be made good: to the proof that has run out, or to the
// read-back.
func (e *Engine) notConfirmed(ctx context.Context, t *Turn, r *Errand, err error) error {
	if !errors.Is(err, action.ErrUnverified) && !errors.Is(err, action.ErrUnconfirmed) {
		return fmt.Errorf("confirm %s: %w", r.Draft, err)
	}
	t.Log.Warn("a yes that doesn't count", "conversation_id", t.Conversation.ID, "err", err)
	if err := e.void(ctx, t, r, "unconfirmed"); err != nil {
		return err
	}
	if t.level, t.party, err = e.proofs.Level(ctx, t.Conversation.ID, t.Conversation.BotGeneration); err != nil {
		return fmt.Errorf("what the customer has proved: %w", err)
	}
	e.restart(t, r)
	t.State.Await = ""
	return nil
}

// Settled tells whether the command whose yes is awaited has been carried out already: by this very turn, when it was
// computed before and could not be stored.
func (e *Engine) Settled(ctx context.Context, t *Turn) (bool, error) {
	r := t.State.Errand
	if r == nil || t.State.Await != Confirm || r.Draft == "" {
		return false, nil
	}
	c, err := e.stored(ctx, t, r.Draft)
	if err != nil {
		return false, err
	}
	return c.State != action.Draft && c.State != action.Verified && c.State != action.Voided, nil
}

// resume goes on with a command that was stored before.
func (e *Engine) resume(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step) (waits bool, err error) {
	r := t.State.Errand
	c, err := e.stored(ctx, t, r.Draft)
	if err != nil {
		return false, err
	}
	switch c.State {
	case action.Draft, action.Verified:
		return true, e.readBack(ctx, t, i, s)
	case action.Voided:
		r.Draft = ""
		return e.change(ctx, t, i, s)
	}
	return e.execute(ctx, t, i, s, c.ID)
}
