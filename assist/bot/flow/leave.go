package flow

import (
	"context"
	"fmt"

	"deskhand/assist/pack"
)

// Decline ends the errand whose read-back was answered with no.
func (e *Engine) Decline(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	if err := e.void(ctx, t, r, "declined"); err != nil {
		return err
	}
	i := t.Pack.Intents[r.Intent]
	t.State.note("declined by the customer", i, "")
	err := t.Say(nil, i.Name+".declined", "declined")
	t.end("declined")
	return err
}

// Leave ends the running errand because the customer wants no more of it, and says what was and was not done.
func (e *Engine) Leave(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	if r.Draft != "" {
		if err := e.void(ctx, t, r, "left"); err != nil {
			return err
		}
	}
	i := t.Pack.Intents[r.Intent]
	t.State.note("left by the customer", i, "")
	key := "left.nothing"
	if i.Kind == pack.Action {
		key = "left.undone"
	}
	err := t.Say(nil, key)
	t.State.Proof.Asking = false
	t.end("left")
	return err
}

// Abandon gives up the running errand for another one, silently.
func (e *Engine) Abandon(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	if r.Draft != "" {
		if err := e.void(ctx, t, r, "left"); err != nil {
			return err
		}
	}
	t.State.note("left for something else", t.Pack.Intents[r.Intent], "")
	t.State.Proof.Asking = false
	t.end("left")
	return nil
}

// Pause puts the running errand aside for a digression, which may be about the same things.
func (e *Engine) Pause(t *Turn) {
	s := t.State
	r := s.Errand
	for name, v := range r.Slots {
		s.Known[name] = v
	}
	r.Await = s.Await
	s.Paused = append(s.Paused, r)
	s.Errand, s.Await = nil, ""
}

func (e *Engine) void(ctx context.Context, t *Turn, r *Errand, why string) error {
	id := r.Draft
	r.Draft, r.ReadBack = "", ""
	if id == "" {
		return nil
	}
	if err := e.commands.Void(ctx, id, why); err != nil {
		return fmt.Errorf("void %s: %w", id, err)
	}
	return nil
}
