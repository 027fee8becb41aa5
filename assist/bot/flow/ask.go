package flow

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

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
		if err := t.explain(s, x); err != nil {
			return err
		}
	}
	keys := []string{i.Name + ".ask." + s.Name, "ask." + s.Name, "ask.type." + string(s.Type), "ask.any"}
	if _, explained := r.Trouble[s.Name]; r.Tries[s.Name] > 0 && !explained {
		keys = append([]string{i.Name + ".again." + s.Name, "again." + s.Name, "again.type." + string(s.Type)}, keys...)
	}
	if err := t.ask(s.Name, d, keys...); err != nil {
		return err
	}
	if _, refused := r.Trouble[s.Name]; len(choices) > 1 || refused {
		t.offer(s, choices)
	}
	delete(r.Trouble, s.Name)
	return nil
}

func (t *Turn) explain(s *pack.Slot, x Trouble) error {
	d := Data{"title": s.Title.In(t.State.Language), "value": x.Value, "facts": x.Facts, "shape": s.Shape}
	name := s.Name
	return t.Say(d, "problem."+name+"."+x.Code, "problem."+string(s.Type)+"."+x.Code, "problem."+x.Code, "problem.any")
}

// asksOthers are questions after what else there is to choose from.
var asksOthers = regexp.MustCompile(`(?i)\b(else|others?|another|alternatives?|options?|choices?|which ones)\b|别的|其他|其它|另外|还有什么|还有啥|还有哪|有哪些|有什么`)

// Others tells what else there is to choose from than what was chosen, where a text asks for that, or for a time that is none
// of those.
func (e *Engine) Others(ctx context.Context, t *Turn, text string) (told bool, err error) {
	r := t.State.Errand
	i := t.Pack.Intents[r.Intent]
	if i == nil {
		return false, nil
	}
	others, when := asksOthers.MatchString(text), len(entity.Dates(text, t.Context())) > 0
	for _, ref := range slices.Backward(i.Slots) {
		s := t.Pack.Slots[ref.Name]
		if s.Type != pack.Item {
			continue
		}
		items, err := t.candidates(ctx, i, s)
		if err != nil {
			return false, err
		}
		d := Data{"title": s.Title.In(t.State.Language)}
		switch d["names"] = t.namesBut(items, r.Slots[s.Name].V); {
		case others && len(items) > 1:
			return true, t.Say(d, "others")
		case when && slices.ContainsFunc(items, func(x backoffice.Item) bool { return x.At.After(t.Now) }):
			d["names"] = t.namesBut(items, "")
			return true, t.Say(d, "only")
		}
	}
	return false, nil
}

// namesBut are what items are called, without the one that was chosen.
func (t *Turn) namesBut(items []backoffice.Item, chosen string) []string {
	var names []string
	for _, x := range items {
		if x.ID != chosen && len(names) < mostListed {
			names = append(names, t.nameOf(x))
		}
	}
	return names
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
	if len(choices) == 0 || len(choices) > mostListed {
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
		return t.ask(t.State.Await, nil, "identity."+t.State.Await, "ask."+t.State.Await)
	}
	i, s := t.Pack.Intents[r.Intent], t.Pack.Slots[t.State.Await]
	if i == nil || s == nil {
		return nil
	}
	return e.askSlot(ctx, t, i, s)
}
