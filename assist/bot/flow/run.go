package flow

import (
	"context"
	"fmt"
	"strings"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
)

// Start begins an errand with the text that asked for it.
func (e *Engine) Start(t *Turn, w Wish) {
	s := t.State
	s.Begun++
	r := &Errand{Number: s.Begun, Intent: w.Intent, Confidence: w.Confidence, Pack: t.Pack.Hash(), Heard: []Heard{{w.Text, true}}, Inherit: w.Inherit, Again: w.Again, Doubt: w.Doubt}
	r.fill()
	if i := t.Pack.Intents[w.Intent]; i != nil && w.Again {
		t.repeat(i, r)
	}
	s.Errand, s.Await = r, ""
	s.Intent, s.Sure, s.Slots = w.Intent, w.Confidence, nil
}

// repeat fills the slots of an errand that is run once more, but for the items that it is about.
func (t *Turn) repeat(i *pack.Intent, r *Errand) {
	for _, ref := range i.Slots {
		s := t.Pack.Slots[ref.Name]
		if v, known := t.State.Known[s.Name]; known && s.Type != pack.Item && s.Type != pack.Money && len(s.Needs) == 0 {
			r.Slots[s.Name] = v
		}
	}
}

// Run goes on with the running errand until something is awaited, it has ended, or a person takes over. Then State.Errand
// is nil, or State.Await says what is awaited, or Handoff is set.
func (e *Engine) Run(ctx context.Context, t *Turn) error {
	for range mostSteps {
		r := t.State.Errand
		if r == nil || t.over != nil {
			return nil
		}
		i := t.Pack.Intents[r.Intent]
		if i == nil || r.Pack != t.Pack.Hash() && r.Step > 0 {
			e.restart(t, r)
			if i == nil {
				t.end("left")
				continue
			}
		}
		if r.Step >= len(i.Flow) {
			t.end("done")
			continue
		}
		waits, err := e.step(ctx, t, i, i.Flow[r.Step])
		if err != nil {
			return fmt.Errorf("%s, step %d: %w", i.Name, r.Step+1, err)
		}
		if waits {
			return nil
		}
	}
	return fmt.Errorf("errand %s goes round in circles", t.State.Errand.Intent)
}

const mostSteps = 200

// restart begins the steps anew, with the slots that are filled.
func (e *Engine) restart(t *Turn, r *Errand) {
	r.Pack, r.Step, r.Results, r.Draft, r.ReadBack = t.Pack.Hash(), 0, nil, "", ""
	r.fill()
}

// step does one step; waits says that the customer must answer first.
func (e *Engine) step(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step) (waits bool, err error) {
	r := t.State.Errand
	at := r.Step
	switch s.Do {
	case pack.DoVerify:
		level := s.Level
		if level == "" {
			level = i.Verify
		}
		waits, err = e.verify(ctx, t, level)
	case pack.DoCollect:
		waits, err = e.collect(ctx, t, i, s.Collect)
	case pack.DoRead:
		waits, err = e.read(ctx, t, i, s)
	case pack.DoSay:
		err = t.answer(i, s)
	case pack.DoIf:
		if !there(e.lookup(t, s.Field)) {
			r.Step = s.Jump
			return false, nil
		}
	case pack.DoJump:
		r.Step = s.Jump
		return false, nil
	case pack.DoChange:
		waits, err = e.change(ctx, t, i, s)
	case pack.DoHandoff:
		e.handOff(t, i, s)
		return true, t.sayHandoff(i)
	case pack.DoEnd:
		r.Step = len(i.Flow)
		return false, nil
	}
	if !waits && err == nil && r.Step == at { // else the step has moved the errand itself
		r.Step++
	}
	return waits, err
}

// answer says the reply of the step, or the article that is named for the intent.
func (t *Turn) answer(i *pack.Intent, s pack.Step) error {
	if key := i.Name + "." + s.Say; t.has(key) {
		return t.Say(nil, key)
	}
	for _, a := range t.Pack.Articles {
		if a.ID == i.Name && a.Language == t.State.Language {
			t.Tell(a)
			return nil
		}
	}
	return fmt.Errorf("pack %s: neither a reply nor an article for %s.%s", t.Pack.Name, i.Name, s.Say)
}

func (e *Engine) handOff(t *Turn, i *pack.Intent, s pack.Step) {
	reason := s.Reason
	if reason == "" {
		reason = i.Reason
	}
	t.keep(t.State.Errand)
	t.HandOff(reason, priorityOf(i.Priority))
}

func priorityOf(name string) assist.Priority {
	switch name {
	case "high":
		return assist.PriorityHigh
	case "urgent":
		return assist.PriorityUrgent
	}
	return assist.PriorityNormal
}

// sayHandoff says what is special about the errand's handing over, if the pack does; the common line comes with all.
func (t *Turn) sayHandoff(i *pack.Intent) error {
	if !t.has(i.Name + ".handoff") {
		return nil
	}
	return t.Say(nil, i.Name+".handoff")
}

// lookup follows a path into the results of the errand or its values.
func (e *Engine) lookup(t *Turn, path string) any {
	root, rest, deeper := strings.Cut(path, ".")
	r := t.State.Errand
	var x any
	if root == "values" {
		x = r.values()
	} else if raw, ok := r.Results[root]; ok {
		result, err := backoffice.Stored(raw, t.Now.Location())
		if err != nil {
			return nil
		}
		x = result
	}
	if !deeper {
		return x
	}
	return field(x, rest)
}

// call is the step's action with its arguments.
func (e *Engine) call(t *Turn, i *pack.Intent, s pack.Step) backoffice.Call {
	r := t.State.Errand
	args := map[string]string{}
	if s.Args == nil {
		for _, ref := range i.Slots {
			if v, ok := r.Slots[ref.Name]; ok {
				args[ref.Name] = v.V
			}
		}
	}
	for name, value := range s.Args {
		if path, isPath := strings.CutPrefix(value, "="); isPath {
			value = argument(e.lookup(t, path))
		}
		if value != "" {
			args[name] = value
		}
	}
	return t.call(s.Action, args)
}

func (t *Turn) call(action string, args map[string]string) backoffice.Call {
	c := backoffice.Call{Action: action, Args: args, Language: t.State.Language, Now: t.Now}
	if t.level.Covers(verify.Identified) {
		c.Customer = t.party
	}
	return c
}

// read asks the back office and keeps the result.
func (e *Engine) read(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step) (waits bool, err error) {
	if t.Office == nil {
		return e.unavailable(t, i, backoffice.ErrUnavailable)
	}
	result, err := t.Office.Read(ctx, e.call(t, i, s))
	if err != nil {
		return e.refused(ctx, t, i, err)
	}
	raw, err := backoffice.Store(complete(result, t.Pack.Actions[s.Action].Result))
	if err != nil {
		return false, fmt.Errorf("result of %s: %w", s.Action, err)
	}
	t.State.Errand.Results[s.As] = raw
	return false, nil
}

// end closes the running errand; what was paused is taken up by whoever runs the turn.
func (t *Turn) end(how string) {
	r := t.State.Errand
	t.keep(r)
	r.Finished, t.ended = how, how
	t.State.Errand, t.State.Await, t.question, t.Choices = nil, "", "", nil
}

// keep remembers what the errand knew, for the next one and for the agent.
func (t *Turn) keep(r *Errand) {
	if r == nil {
		return
	}
	for name, v := range r.Slots {
		t.State.Known[name] = v
	}
	t.State.Intent, t.State.Sure, t.State.Slots = r.Intent, r.Confidence, r.values()
}

// note writes down for the agent what became of an errand.
func (s *State) note(what string, i *pack.Intent, detail string) {
	line := i.Name + ": " + what
	if detail != "" {
		line += " (" + detail + ")"
	}
	s.Done = append(s.Done, line)
}
