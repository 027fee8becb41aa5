package flow

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/pack"
)

// Took is how a text was taken that answers a question.
type Took uint8

// How a text was taken.
const (
	Nothing  Took = iota // it gives no value for what was asked
	Filled               // a value
	Refused              // a value that can't be taken, or that may be one of several: explained, to be asked again
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
	if f.value == nil {
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

// Amend replaces values of the errand by what a text says otherwise, e.g. "make it 200" at the read-back. The draft is
// then void, and a new one is read back.
func (e *Engine) Amend(ctx context.Context, t *Turn, text string) (bool, error) {
	r := t.State.Errand
	i := t.Pack.Intents[r.Intent]
	if i == nil {
		return false, nil
	}
	return e.amend(ctx, t, i, "", text)
}

func (e *Engine) amend(ctx context.Context, t *Turn, i *pack.Intent, but, text string) (bool, error) {
	r := t.State.Errand
	changed := false
	for _, ref := range i.Slots {
		s := t.Pack.Slots[ref.Name]
		before, filled := r.Slots[ref.Name]
		if !filled || ref.Name == but {
			continue
		}
		f, err := e.without(ctx, t, i, s, text)
		if err != nil {
			return changed, err
		}
		switch {
		case f.value != nil && f.value.V != before.V:
			t.drop(r, s.Name)
			e.take(ctx, t, i, s, f, -1)
			changed = true
		case f.trouble != nil && f.trouble.Code == "denied":
			t.drop(r, s.Name)
			changed = true
		case f.trouble != nil && f.part == "" && (s.Type != pack.Item || f.trouble.Value != before.V):
			t.drop(r, s.Name)
			e.take(ctx, t, i, s, f, -1)
			changed = true
		case f.part != "": // another day, the same hour
			if _, clock, ok := cutTime(before.V); ok {
				t.drop(r, s.Name)
				r.Slots[s.Name] = Value{V: f.part + "T" + clock}
				changed = true
			}
		case len(f.several) > 1 && !slices.ContainsFunc(f.several, hasID(before.V)):
			t.drop(r, s.Name)
			e.take(ctx, t, i, s, f, -1)
			changed = true
		}
		for _, u := range f.used {
			text = blank(text, u.Start, u.End)
		}
	}
	if !changed {
		return false, nil
	}
	if r.Draft != "" {
		if err := e.void(ctx, t, r, "edited"); err != nil {
			return true, err
		}
	}
	r.Heard = append(r.Heard, Heard{Text: text})
	r.Results, r.Step, t.State.Await = nil, 0, ""
	r.fill()
	return true, nil
}

// Restates tells whether a text is a yes that says again values of the running errand as they are, and nothing else at all:
// "yes, 120", "好的，转给妈妈". With anything more it may be a condition, and is none.
func (e *Engine) Restates(ctx context.Context, t *Turn, text string) (bool, error) {
	r := t.State.Errand
	i := t.Pack.Intents[r.Intent]
	if i == nil {
		return false, nil
	}
	rest, same := text, false
	for _, ref := range i.Slots {
		before, filled := r.Slots[ref.Name]
		s := t.Pack.Slots[ref.Name]
		if !filled || s.Type == pack.FreeText {
			continue
		}
		f, err := e.without(ctx, t, i, s, text)
		switch {
		case err != nil:
			return false, err
		case f.trouble != nil, len(f.several) > 0, f.part != "", f.value != nil && f.value.V != before.V:
			return false, nil
		case f.value != nil:
			same = true
			for _, u := range f.used {
				rest = blank(rest, u.Start, u.End)
			}
		}
	}
	return same && !strings.ContainsFunc(yesWords.ReplaceAllString(rest, ""), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }), nil
}

// yesWords are all that may stand round the values of a yes.
var yesWords = regexp.MustCompile(`(?i)\b(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|please|send|transfer|pay|buy|take|get|add|to|from|the|one|it|that|that's|my|account|yuan|rmb|bucks)\b|好的|好|嗯+|对|是的|是|可以|行|没错|确认|确定|转给|转|给|从|买|就|那个|这个|元|块钱|块|吧|的|了`)

// without reads a correction for a slot as if the slot and what depends on it were empty.
func (e *Engine) without(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, text string) (found, error) {
	r := t.State.Errand
	kept := r.Slots
	defer func() { r.Slots = kept }()
	if day, _, ok := cutTime(kept[s.Name].V); ok { // "make it 4 pm" leaves the day
		r.Part[s.Name] = day
		defer delete(r.Part, s.Name)
	}
	t.amending = kept[s.Name].V
	r.Slots = make(map[string]Value, len(kept))
	for name, v := range kept {
		if name != s.Name && !t.dependsOn(name, s.Name) {
			r.Slots[name] = v
		}
	}
	return e.extract(ctx, t, i, s, text, amended)
}

// drop empties a slot and those that depend on it.
func (t *Turn) drop(r *Errand, name string) {
	delete(r.Part, name)
	if day, _, ok := cutTime(r.Slots[name].V); ok { // the next answer may tell the hour alone
		r.Part[name] = day
	}
	delete(r.Slots, name)
	for other := range r.Slots {
		if t.dependsOn(other, name) {
			delete(r.Slots, other)
			r.Mined[other] = 0
		}
	}
}

func (t *Turn) dependsOn(slot, on string) bool {
	s := t.Pack.Slots[slot]
	return s != nil && slices.ContainsFunc(s.Needs, func(n string) bool { return n == on || t.dependsOn(n, on) })
}

func cutTime(value string) (day, clock string, ok bool) {
	if len(value) != len("2006-01-02T15:04") {
		return "", "", false
	}
	return value[:10], value[11:], true
}
