package flow

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist/pack"
)

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
	text, err := e.unrestated(ctx, t, i, but, text)
	if err != nil {
		return false, err
	}
	for _, ref := range i.Slots {
		s := t.Pack.Slots[ref.Name]
		before, filled := r.Slots[ref.Name]
		if !filled && (r.Draft == "" || s.Type == pack.FreeText) || ref.Name == but { // at the read-back also what was left open
			continue
		}
		f, err := e.without(ctx, t, i, s, text)
		if err != nil {
			return changed, err
		}
		switch {
		case !filled && f.value == nil:
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
	r.Heard = append(r.Heard, Heard{Text: text})
	return true, e.edited(ctx, t)
}

// unrestated leaves out of a text what only says again the value of a slot, so that it isn't taken for another one's: the
// blue that the headphones are exchanged for is no blue order.
func (e *Engine) unrestated(ctx context.Context, t *Turn, i *pack.Intent, but, text string) (string, error) {
	r := t.State.Errand
	rest := text
	for _, ref := range i.Slots {
		before, filled := r.Slots[ref.Name]
		s := t.Pack.Slots[ref.Name]
		if !filled || ref.Name == but || s.Type != pack.Item {
			continue
		}
		f, err := e.without(ctx, t, i, s, text)
		if err != nil {
			return text, err
		}
		if f.value != nil && f.value.V == before.V {
			rest = blank(rest, f.at.Start, f.at.End)
		}
	}
	return rest, nil
}

// Dispute empties the slots that a text calls wrong by their names, "the amount is wrong", so that they are asked for again.
func (e *Engine) Dispute(ctx context.Context, t *Turn, text string) (bool, error) {
	r := t.State.Errand
	i, low := t.Pack.Intents[r.Intent], strings.ToLower(text)
	if i == nil {
		return false, nil
	}
	disputed := false
	for _, ref := range i.Slots {
		if _, filled := r.Slots[ref.Name]; !filled || !titled(t.Pack.Slots[ref.Name].Title, low) {
			continue
		}
		t.drop(r, ref.Name)
		disputed = true
	}
	if !disputed {
		return false, nil
	}
	return true, e.edited(ctx, t)
}

// Told tells whether a text speaks of a slot by its title that is filled and was read back.
func (e *Engine) Told(t *Turn, text string) bool {
	low := strings.ToLower(text)
	for name := range t.State.Errand.Slots {
		if titled(t.Pack.Slots[name].Title, low) {
			return true
		}
	}
	return false
}

// titled tells whether a text in small letters names what a title names.
func titled(title pack.Text, low string) bool {
	return title.ZH != "" && strings.Contains(low, title.ZH) || title.EN != "" && containsWord(low, strings.ToLower(title.EN))
}

func containsWord(low, word string) bool {
	for at := 0; ; {
		n := strings.Index(low[at:], word)
		if n < 0 {
			return false
		}
		if at += n; alone(low, at, at+len(word)) {
			return true
		}
		at += len(word)
	}
}

// edited goes back to collecting after a value has changed: the draft with the old one is void.
func (e *Engine) edited(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	if r.Draft != "" {
		if err := e.void(ctx, t, r, "edited"); err != nil {
			return err
		}
	}
	r.Results, r.Step, t.State.Await = nil, 0, ""
	delete(r.Tries, Confirm)
	r.fill()
	return nil
}

// Renew voids the command that was read back and has the errand draft and read back another: what the customer said to
// the first one was neither yes nor no, and no later yes shall count for it.
func (e *Engine) Renew(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	t.State.Await = ""
	return e.void(ctx, t, r, "unclear")
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
			for _, u := range append(f.used, f.at) {
				rest = blank(rest, u.Start, u.End)
			}
		}
	}
	return same && !strings.ContainsFunc(yesWords.ReplaceAllString(rest, ""), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }), nil
}

// yesWords are all that may stand round the values of a yes.
var yesWords = regexp.MustCompile(`(?i)\b(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|please|send|transfer|pay|buy|take|get|add|to|from|the|one|it|that|that's|my|account|yuan|rmb|bucks|dollars?|usd|cny|gig|pack|plan|order|course|card|account)\b|好的|好|嗯+|对|是的|是|可以|行|没错|确认|确定|转给|转|给|从|买|就|那个|这个|元|块钱|块|吧|的|了`)

// without reads a correction for a slot as if the slot and what depends on it were empty.
func (e *Engine) without(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, text string) (found, error) {
	r := t.State.Errand
	kept := r.Slots
	defer func() { r.Slots, t.amending = kept, "" }()
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
