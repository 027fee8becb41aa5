package flow

import (
	"context"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/pack"
)

// Took is how a text was taken that answers a question.
type Took uint8

// How a text was taken.
const (
	Nothing  Took = iota // it gives no value for what was asked
	Filled               // a value
	Refused              // a value that can't be taken: explained, to be asked again
	Narrowed             // one of several values, to be asked again
	Skipped              // an optional slot is left out
	Replaced             // no value for what was asked, but another one for what was known already
)

// Answer reads a text for the slot that is awaited, and for all other slots of the errand.
func (e *Engine) Answer(ctx context.Context, t *Turn, text string) (Took, error) {
	r := t.State.Errand
	i, s := t.Pack.Intents[r.Intent], t.Pack.Slots[t.State.Await]
	if i == nil || s == nil {
		return Nothing, nil
	}
	if s.Type == pack.FreeText && corrects(text) { // any text is a reason, also "no, the other one"
		if changed, err := e.amend(ctx, t, i, s.Name, text); changed || err != nil {
			return Replaced, err
		}
	}
	f, err := e.extract(ctx, t, i, s, text, asked)
	if err != nil {
		return Nothing, fmt.Errorf("answer for %s: %w", s.Name, err)
	}
	if f.nothing() {
		changed, err := e.amend(ctx, t, i, s.Name, text)
		if changed {
			return Replaced, err
		}
		r.Heard = append(r.Heard, Heard{Text: text}) // it may fill another slot all the same
		if filled, err := e.mineOthers(ctx, t, i, s.Name); filled || err != nil {
			return Replaced, err
		}
		return Nothing, err
	}
	r.Heard = append(r.Heard, Heard{Text: text})
	n := len(r.Heard) - 1
	r.Mined[s.Name] = n + 1
	e.take(ctx, t, i, s, f, n)
	switch {
	case f.value == nil && f.trouble == nil && len(f.several) > 0:
		return Narrowed, nil
	case f.value == nil:
		return Refused, nil
	}
	t.State.Await = ""
	return Filled, nil
}

// mineOthers tells whether a text that doesn't answer the question fills another slot.
func (e *Engine) mineOthers(ctx context.Context, t *Turn, i *pack.Intent, but string) (bool, error) {
	r := t.State.Errand
	before := len(r.Slots)
	for _, ref := range i.Slots {
		if s := t.Pack.Slots[ref.Name]; ref.Name != but {
			if err := e.mine(ctx, t, i, s); err != nil {
				return false, err
			}
		}
	}
	return len(r.Slots) > before, nil
}

// Miss counts a text that gave no value; the second one for a slot brings in a person.
func (e *Engine) Miss(t *Turn) (handedOver bool, err error) {
	r, name := t.State.Errand, t.State.Await
	tries := &t.State.Proof.Tries
	if r != nil && !t.State.Proof.Asking {
		r.Tries[name]++
		n := r.Tries[name]
		tries = &n
	} else {
		*tries++
	}
	if *tries < mostTries {
		return false, nil
	}
	if t.State.Proof.Asking {
		return true, e.NoProof(t)
	}
	t.keep(r)
	if r != nil {
		t.State.note("not understood", t.Pack.Intents[r.Intent], name)
	}
	t.HandOff("not_understood", assist.PriorityNormal)
	return true, t.Say(nil, "handoff.not_understood")
}

// mostTries is after how many texts without a value for a slot a person takes over.
const mostTries = 2

// Optional tells whether what is awaited is a slot that the errand can do without.
func (t *Turn) Optional() bool {
	r := t.State.Errand
	if r == nil || t.State.Proof.Asking {
		return false
	}
	i := t.Pack.Intents[r.Intent]
	return i != nil && i.Optional(t.State.Await)
}

// Skip leaves the optional slot that is awaited out.
func (t *Turn) Skip() {
	t.State.Errand.Skipped = append(t.State.Errand.Skipped, t.State.Await)
	t.State.Await = ""
}
