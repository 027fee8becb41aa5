package flow

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
)

// collect fills the slots from what was heard, then asks for the first that is missing.
func (e *Engine) collect(ctx context.Context, t *Turn, i *pack.Intent, only []string) (waits bool, err error) {
	refs := i.Slots
	if len(only) > 0 {
		refs = slices.DeleteFunc(slices.Clone(refs), func(r pack.SlotRef) bool { return !slices.Contains(only, r.Name) })
	}
	if err := e.recall(ctx, t, i); err != nil {
		return false, err
	}
	for _, ref := range refs {
		if err := e.mine(ctx, t, i, t.Pack.Slots[ref.Name]); err != nil {
			return e.unavailable(t, i, err)
		}
	}
	for _, ref := range refs {
		waits, err := e.need(ctx, t, i, ref)
		if waits || err != nil {
			return waits, err
		}
	}
	return false, nil
}

// open tells whether a slot can be filled now: it is empty, and what it depends on is not.
func (r *Errand) open(s *pack.Slot) bool {
	if _, filled := r.Slots[s.Name]; filled || slices.Contains(r.Skipped, s.Name) {
		return false
	}
	for _, n := range s.Needs {
		if _, ok := r.Slots[n]; !ok {
			return false
		}
	}
	return true
}

// mine looks through what was heard for a value of the slot; each text once.
func (e *Engine) mine(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot) error {
	r := t.State.Errand
	for r.open(s) && r.Mined[s.Name] < len(r.Heard) {
		n := r.Mined[s.Name]
		r.Mined[s.Name]++
		how := mined
		if r.Heard[n].Opening {
			how = opening
		}
		f, err := e.extract(ctx, t, i, s, r.Heard[n].Text, how)
		if err != nil {
			return err
		}
		if _, known := t.State.Known[s.Name]; r.Inherit && known && f.why == entity.WhyAttribute && !r.Again {
			continue // "exchange it for the blue one" is about the same thing, not about another that is blue
		}
		e.take(ctx, t, i, s, f, n)
	}
	if !r.open(s) || s.Type != pack.Item {
		return nil
	}
	if s.Name == OrderID && t.State.Proof.Order != "" { // who proved it by an order means that one
		return e.takeOver(ctx, t, i, s, t.State.Proof.Order)
	}
	if len(r.Heard) > 0 && asksForAll(s, r.Heard[0].Text) {
		return nil
	}
	if i.Kind == pack.Answer && !s.NoRepeat {
		if id := e.aside(ctx, t, i, s); id != "" {
			return e.takeOver(ctx, t, i, s, id)
		}
	}
	if v, ok := t.State.Known[s.Name]; ok && (i.Kind == pack.Answer && !s.NoRepeat || r.Inherit) { // a question after an errand is about the same thing
		return e.takeOver(ctx, t, i, s, v.V)
	}
	return nil
}

// aside finds the value for a question that digresses from an errand: what that is about, whatever the slot is called there.
func (e *Engine) aside(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot) string {
	if len(t.State.Paused) == 0 {
		return ""
	}
	items, err := t.candidates(ctx, i, s)
	if err != nil {
		return ""
	}
	paused := t.State.Paused[len(t.State.Paused)-1]
	if v, ok := paused.Slots[s.Name]; ok {
		return v.V
	}
	for name, v := range paused.Slots {
		if o := t.Pack.Slots[name]; o != nil && o.Type == pack.Item && slices.ContainsFunc(items, hasID(v.V)) {
			return v.V
		}
	}
	return ""
}

var (
	whichEN = regexp.MustCompile(`(?i)\b(?:what|which|any)(?: other| kinds? of| sorts? of)*\s+(\w+)\b.*?\b(?:do you|have you|are there|can i|could i|you (?:have|offer|teach|sell|got)|available|on offer)`)
	whichZH = regexp.MustCompile(`(?:有|开|教|卖)(?:了)?(?:哪些|什么|啥|哪几种|几种|多少种?|别的)(?:样的|种)?([\p{Han}]{1,3})`)
)

// asksForAll tells whether a question is after all that a slot could be: "what courses do you have".
func asksForAll(s *pack.Slot, text string) bool {
	if m := whichEN.FindStringSubmatch(text); m != nil && s.Title.EN != "" {
		noun := strings.ToLower(m[1])
		return noun == s.Title.EN || noun == s.Title.EN+"s"
	}
	m := whichZH.FindStringSubmatch(text)
	if m == nil || s.Title.ZH == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s.Title.ZH)
	return strings.ContainsRune(m[1], first)
}

// takeOver fills a slot with an id that was said before, if it is still one of the candidates.
func (e *Engine) takeOver(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, id string) error {
	if len(t.State.Lists[s.Kind+"?"]) > 0 {
		return nil // the text itself means one of several
	}
	if _, troubled := t.State.Errand.Trouble[s.Name]; troubled {
		return nil
	}
	items, err := t.candidates(ctx, i, s)
	if err != nil {
		return err
	}
	if n := slices.IndexFunc(items, hasID(id)); n >= 0 {
		e.take(ctx, t, i, s, found{value: valueOf(items[n])}, -1)
	}
	return nil
}

// take fills a slot with what a text gave, and blanks in the n-th text heard what can't mean anything else.
func (e *Engine) take(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, f found, n int) {
	r := t.State.Errand
	if n >= 0 {
		for _, u := range f.used {
			r.Heard[n].Text = blank(r.Heard[n].Text, u.Start, u.End)
		}
	}
	if f.part != "" {
		r.Part[s.Name] = f.part
	}
	switch {
	case f.all:
		r.Skipped = append(r.Skipped, s.Name)
	case f.value != nil:
		for n, x := range f.rest {
			w := Wish{Intent: i.Name, Confidence: r.Confidence, Text: x.ID, Inherit: true, Again: true}
			t.State.Queue = slices.Insert(t.State.Queue, n, w)
		}
		r.Slots[s.Name] = *f.value
		delete(r.Trouble, s.Name)
		delete(r.Part, s.Name)
		if s.Type == pack.Item {
			t.State.mention(f.value.V)
		}
	case f.trouble != nil:
		r.Trouble[s.Name] = *f.trouble
	case len(f.several) > 0:
		ids := make([]string, len(f.several))
		for k, x := range f.several {
			ids[k] = x.ID
		}
		t.State.Lists[s.Kind+"?"] = ids // what the choice is narrowed to
	}
}

// need asks for a slot that is missing, unless it can be settled without asking.
func (e *Engine) need(ctx context.Context, t *Turn, i *pack.Intent, ref pack.SlotRef) (waits bool, err error) {
	r, s := t.State.Errand, t.Pack.Slots[ref.Name]
	if !r.open(s) {
		return false, nil
	}
	if x, troubled := r.Trouble[s.Name]; troubled {
		if waits, err := e.hopeless(ctx, t, i, s, x); !waits || err != nil {
			return false, err
		}
		return true, e.askSlot(ctx, t, i, s)
	}
	if ref.Optional && slices.Contains(i.Unasked, s.Name) {
		return false, nil
	}
	if s.Type != pack.Item {
		if ref.Optional {
			return false, nil
		}
		return true, e.askSlot(ctx, t, i, s)
	}
	items, err := t.candidates(ctx, i, s)
	if err != nil {
		return e.unavailable(t, i, err)
	}
	pick, settles := items, ref.Optional || slices.Contains(i.Sole, s.Name)
	if better := preferred(i, s.Name, items); settles && len(better) > 0 {
		pick = better
	}
	_, free := i.Free[s.Name]
	switch {
	case free:
	case len(pick) == 1 && (ref.Optional || i.Verify != verify.None):
		e.take(ctx, t, i, s, found{value: valueOf(pick[0])}, -1)
		return false, nil
	case len(items) == 0 && ref.Optional, ref.Optional && i.Verify == verify.None:
		return false, nil // of a catalogue nobody needs to choose
	case len(items) == 0 && i.Verify != verify.None:
		return e.none(t, i, s)
	}
	return true, e.askSlot(ctx, t, i, s)
}

// hopeless ends an errand for something that isn't the customer's where they have nothing of the kind to name instead;
// else the customer is to be asked.
func (e *Engine) hopeless(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, x Trouble) (waits bool, err error) {
	if _, free := i.Free[s.Name]; free || s.Type != pack.Item || i.Verify == verify.None {
		return true, nil
	}
	items, err := t.candidates(ctx, i, s)
	if err != nil {
		return e.unavailable(t, i, err)
	}
	if len(items) > 0 {
		return true, nil
	}
	if err := t.explain(s, x); err != nil {
		return false, err
	}
	return e.none(t, i, s)
}

// none ends an errand for which the customer has nothing: no order, no card.
func (e *Engine) none(t *Turn, i *pack.Intent, s *pack.Slot) (waits bool, err error) {
	err = t.Say(Data{"title": s.Title.In(t.State.Language)}, i.Name+".none."+s.Name, "none."+s.Name, "none.any")
	t.State.note("refused", i, "no "+s.Name)
	t.end("refused")
	return false, err
}
