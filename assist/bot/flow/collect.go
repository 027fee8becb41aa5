package flow

import (
	"context"
	"fmt"
	"slices"

	"deskhand/assist/backoffice"
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
		if _, known := t.State.Known[s.Name]; r.Inherit && known && f.why == entity.WhyAttribute {
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
	if v, ok := t.State.Known[s.Name]; ok && (i.Kind == pack.Answer && !s.NoRepeat || r.Inherit) { // a question after an errand is about the same thing
		return e.takeOver(ctx, t, i, s, v.V)
	}
	return nil
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

// mostButtons is up to how many candidates are offered as buttons, mostListed up to how many are listed.
const (
	mostButtons = 5
	mostListed  = 10
)

// askSlot asks for a slot; trouble with a value that was said is explained first.
func (e *Engine) askSlot(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot) error {
	r := t.State.Errand
	d := Data{"title": s.Title.In(t.State.Language), "shape": s.Shape}
	choices, err := e.choices(ctx, t, i, s)
	if err != nil {
		return err
	}
	if x, ok := r.Trouble[s.Name]; ok {
		delete(r.Trouble, s.Name)
		if err := t.explain(s, x); err != nil {
			return err
		}
	}
	keys := []string{i.Name + ".ask." + s.Name, "ask." + s.Name, "ask.type." + string(s.Type), "ask.any"}
	if r.Tries[s.Name] > 0 {
		keys = append([]string{i.Name + ".again." + s.Name, "again." + s.Name, "again.type." + string(s.Type)}, keys...)
	}
	if err := t.ask(s.Name, d, keys...); err != nil {
		return err
	}
	t.offer(s, choices)
	return nil
}

func (t *Turn) explain(s *pack.Slot, x Trouble) error {
	d := Data{"title": s.Title.In(t.State.Language), "value": x.Value, "facts": x.Facts, "shape": s.Shape}
	name := s.Name
	return t.Say(d, "problem."+name+"."+x.Code, "problem."+string(s.Type)+"."+x.Code, "problem."+x.Code, "problem.any")
}

// option is one value that is offered.
type option struct{ value, label string }

// choices are what can be offered for the slot: what a vague text was narrowed to, else all.
func (e *Engine) choices(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot) ([]option, error) {
	var out []option
	switch s.Type {
	case pack.Choice:
		for _, o := range s.Options {
			out = append(out, option{o.ID, o.Name(t.State.Language)})
		}
	case pack.Item:
		items, err := t.candidates(ctx, i, s)
		if err != nil {
			return nil, err
		}
		narrowed := t.State.Lists[s.Kind+"?"]
		delete(t.State.Lists, s.Kind+"?")
		if better := preferred(i, s.Name, items); len(better) > 0 && len(narrowed) == 0 {
			items = better
		}
		for _, x := range items {
			if (len(narrowed) == 0 || slices.Contains(narrowed, x.ID)) && !t.other(i, s, x.ID) {
				out = append(out, option{x.ID, t.nameOf(x)})
			}
		}
	}
	return out, nil
}

// other tells whether another slot of the same kind has the value already.
func (t *Turn) other(i *pack.Intent, s *pack.Slot, id string) bool {
	return slices.ContainsFunc(i.Slots, func(ref pack.SlotRef) bool {
		o := t.Pack.Slots[ref.Name]
		return o != s && o.Type == pack.Item && o.Kind == s.Kind && t.State.Errand.Slots[ref.Name].V == id
	})
}

func (t *Turn) nameOf(x backoffice.Item) string {
	v := valueOf(x)
	switch {
	case t.State.Language == "zh" && v.ZH != "":
		return v.ZH
	case v.EN != "":
		return v.EN
	}
	return x.ID
}

// offer lists the choices below the question and, where they are few, as buttons.
func (t *Turn) offer(s *pack.Slot, choices []option) {
	if len(choices) < 2 || len(choices) > mostListed {
		return
	}
	t.State.Buttons = map[string]string{}
	var ids []string
	for n, c := range choices {
		ids = append(ids, c.value)
		if s.Type == pack.Item {
			t.question += fmt.Sprintf("\n%d. %s", n+1, c.label)
		}
		if _, double := t.State.Buttons[c.label]; !double {
			t.State.Buttons[c.label] = c.value
		}
	}
	t.State.Lists[s.Kind] = ids
	if s.NoButtons || len(choices) > mostButtons {
		return
	}
	t.buttons(choices)
}

// Ask repeats the question that is awaited, after something else was said.
func (e *Engine) Ask(ctx context.Context, t *Turn) error {
	r := t.State.Errand
	switch {
	case t.State.Await == "" || t.question != "":
		return nil
	case t.State.Await == Confirm && r != nil:
		return e.askConfirm(t, r)
	case t.State.Await == AwaitIntent:
		return nil // whoever digresses from that has said what they mean
	case r == nil:
		t.State.Await = ""
		return nil
	case t.State.Proof.Asking:
		return t.ask(t.State.Await, nil, "ask."+t.State.Await)
	}
	i, s := t.Pack.Intents[r.Intent], t.Pack.Slots[t.State.Await]
	if i == nil || s == nil {
		return nil
	}
	return e.askSlot(ctx, t, i, s)
}
