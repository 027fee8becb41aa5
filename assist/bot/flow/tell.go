package flow

import (
	"fmt"

	"deskhand/assist/action"
	"deskhand/assist/backoffice"
)

// Tell says what became of a command whose outcome was open in the turn that asked for it.
func (e *Engine) Tell(t *Turn, c action.Command) error {
	i := t.Pack.Intents[c.Intent]
	if i == nil {
		return fmt.Errorf("command %s: pack %s has no intent %s", c.ID, t.Pack.Name, c.Intent)
	}
	state := c.State
	if state == action.Reconciled {
		state = c.Outcome
	}
	slots, values := map[string]any{}, map[string]any{}
	for name, v := range c.Args {
		slots[name], values[name] = t.Show(name, t.named(name, v)), v
	}
	d := Data{"slots": slots, "values": values, "result": complete(backoffice.Record(c.Result), t.Pack.Actions[c.Action].Result),
		"terms": complete(backoffice.Record(c.Terms), t.Pack.Actions[c.Action].Terms)}
	switch state {
	case action.Done:
		t.State.note("done later", i, c.Action)
		if text, err := t.Render(d, i.Name+".done"); err == nil {
			t.lines = append(t.lines, text)
			return nil
		}
		return t.Say(d, "approved")
	case action.Declined:
		t.State.note("declined by the desk", i, c.Why)
		if c.Why == action.WhyExpired {
			return t.Say(d, i.Name+".expired", "expired")
		}
		d["facts"] = map[string]any{"reason": c.Why} // as the second person wrote it
		return t.Say(d, i.Name+".rejected", "rejected")
	}
	t.State.note("not carried out", i, c.Why)
	return e.sayRefused(t, i, &backoffice.Refusal{Code: c.Why})
}

// named is a value as the errand that it came from knew it, if that was lately.
func (t *Turn) named(slot, value string) Value {
	if v, ok := t.State.Known[slot]; ok && v.V == value {
		return v
	}
	return Value{V: value}
}
