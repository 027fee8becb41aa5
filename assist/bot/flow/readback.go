package flow

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// readBack asks for the yes to the command as it is stored, with every value of it.
func (e *Engine) readBack(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step) error {
	r := t.State.Errand
	c, err := e.stored(ctx, t, r.Draft)
	if err != nil {
		return err
	}
	d := t.of(c)
	if i.Duty { // which has no read-back of its own in most packs
		d["names"] = slices.Sorted(maps.Values(shownArgs(d, c)))
	}
	text, err := t.Render(d, i.Name+"."+s.Back, "duty.readback")
	if err != nil {
		return err
	}
	if err := e.commands.ReadBack(ctx, c.ID, text, t.Conversation.Seq+1); err != nil {
		return fmt.Errorf("read back %s: %w", c.ID, err)
	}
	r.ReadBack, t.readNow = text, true
	return e.askConfirm(t, r)
}

// shownArgs are the values of the command as people read them.
func shownArgs(d Data, c action.Command) map[string]string {
	out, slots := map[string]string{}, d["slots"].(map[string]any)
	for name := range c.Args {
		out[name] = fmt.Sprint(slots[name])
	}
	return out
}

// of is what the stored command holds, for its read-back: the values that will be sent, named as the errand knows them.
func (t *Turn) of(c action.Command) Data {
	r := t.State.Errand
	slots := map[string]any{}
	for name, v := range c.Args {
		value, known := r.Slots[name]
		if !known || value.V != v {
			value = Value{V: v}
		}
		slots[name] = t.Show(name, value)
	}
	for name, v := range r.Slots { // what is no argument, e.g. how a fix was called
		if _, sent := c.Args[name]; !sent {
			slots[name] = t.Show(name, v)
		}
	}
	values := anyMap(r.values())
	for name, v := range c.Args {
		values[name] = v
	}
	d := Data{"slots": slots, "values": values}
	if c.Terms != nil { // those that were stored with it, whatever the errand has read since
		d["terms"] = complete(backoffice.Record(c.Terms), t.Pack.Actions[c.Action].Terms)
	}
	return d
}

// askConfirm says the read-back and awaits the yes.
func (e *Engine) askConfirm(t *Turn, r *Errand) error {
	t.State.Await, t.question = Confirm, r.ReadBack
	t.Choices, t.State.Buttons = nil, nil
	yes, err := t.Render(nil, "button.yes")
	if err != nil {
		return err
	}
	no, err := t.Render(nil, "button.no")
	if err != nil {
		return err
	}
	t.buttons([]option{{"yes", yes}, {"no", no}})
	return nil
}

func (t *Turn) buttons(choices []option) {
	t.Choices = nil
	for _, c := range choices {
		t.Choices = append(t.Choices, assist.Choice{Label: c.label, Text: c.label})
	}
}

// ReadNow tells whether the read-back was made in this very turn: the customer can't have said yes to it.
func (t *Turn) ReadNow() bool { return t.readNow }

// stored is the errand's command as it stands in the store.
func (e *Engine) stored(ctx context.Context, t *Turn, id action.ID) (action.Command, error) {
	all, err := e.commands.Open(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return action.Command{}, fmt.Errorf("commands of the conversation: %w", err)
	}
	n := slices.IndexFunc(all, func(c action.Command) bool { return c.ID == id })
	if n < 0 {
		return action.Command{}, fmt.Errorf("command %s: %w", id, assist.ErrNotFound)
	}
	return all[n], nil
}
