package flow

import (
	"context"
	"errors"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// refused explains the back office's no and ends the errand, or asks for another value of the slot it is about.
func (e *Engine) refused(ctx context.Context, t *Turn, i *pack.Intent, err error) (waits bool, _ error) {
	var no *backoffice.Refusal
	if !errors.As(err, &no) {
		return e.unavailable(t, i, err)
	}
	r := t.State.Errand
	if _, ours := t.Pack.Slots[no.Slot]; no.Slot != "" && ours && i.Needs(no.Slot) {
		if r.Draft != "" {
			if err := e.void(ctx, t, r, "refused"); err != nil {
				return false, err
			}
		}
		if err := e.sayRefused(t, i, no); err != nil {
			return false, err
		}
		t.drop(r, no.Slot)
		r.Results, r.Step = nil, 0
		r.fill()
		return false, nil
	}
	if err := e.sayRefused(t, i, no); err != nil {
		return false, err
	}
	t.State.note("refused", i, no.Code)
	t.end("refused")
	return false, nil
}

func (e *Engine) sayRefused(t *Turn, i *pack.Intent, no *backoffice.Refusal) error {
	d := Data{"facts": backoffice.Record{}}
	if no.Facts != nil {
		d["facts"] = no.Facts
	}
	keys := []string{i.Name + ".refused." + no.Code, "refused." + no.Code, "refused.any"}
	err := t.Say(d, keys...)
	if err != nil && t.has("refused.any") { // the facts that the reply needs were not given
		t.Log.Warn("a refusal could not be explained", "intent", i.Name, "code", no.Code, "err", err)
		return t.Say(d, "refused.any")
	}
	return err
}

// unavailable says that the back office doesn't answer, and brings in a person.
func (e *Engine) unavailable(t *Turn, i *pack.Intent, err error) (waits bool, _ error) {
	t.Log.Error("back office", "intent", i.Name, "conversation_id", t.Conversation.ID, "err", err)
	t.State.note("failed", i, "")
	t.keep(t.State.Errand)
	t.HandOff("error", assist.PriorityNormal)
	return true, t.Say(nil, "unavailable")
}
