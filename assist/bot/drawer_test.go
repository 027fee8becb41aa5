package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"
)

// drawer keeps commands in memory, by the rules of package action.
type drawer struct {
	office *studio
	all    []action.Command
	off    map[string]bool
}

func (d *drawer) at(id action.ID) *action.Command {
	n := slices.IndexFunc(d.all, func(c action.Command) bool { return c.ID == id })
	if n < 0 {
		panic("no command " + id)
	}
	return &d.all[n]
}

func (d *drawer) Draft(_ context.Context, c action.Command) (action.Command, error) {
	if d.off[c.Action] {
		return c, &action.Switched{Action: c.Action}
	}
	for i := range d.all {
		if o := &d.all[i]; o.Generation == c.Generation && o.Intent == c.Intent && o.State == action.Verified {
			o.State = action.Voided
		}
	}
	if !c.Had.Covers(c.Needs) {
		return c, fmt.Errorf("command %s was drafted for a customer who has proved %s of %s", c.ID, c.Had, c.Needs)
	}
	c.State = action.Verified
	d.all = append(d.all, c)
	return c, nil
}

func (d *drawer) ReadBack(_ context.Context, id action.ID, text string, at assist.Seq) error {
	c := d.at(id)
	c.ReadBack, c.ReadAt = text, at
	return nil
}

func (d *drawer) Confirm(_ context.Context, id action.ID, yesAt assist.Seq) error {
	c := d.at(id)
	if c.State != action.Verified || c.ReadBack == "" || c.ReadAt >= yesAt {
		return fmt.Errorf("command %s in state %s can't be confirmed: read back at %d, yes at %d", id, c.State, c.ReadAt, yesAt)
	}
	c.State, c.YesAt = action.Confirmed, yesAt
	return nil
}

func (d *drawer) Execute(ctx context.Context, id action.ID) (action.Command, error) {
	c := d.at(id)
	if c.State == action.Done || c.State == action.Failed || c.State == action.Unknown {
		return *c, nil
	}
	if c.State != action.Confirmed && !(c.Duty && c.State == action.Verified) {
		return *c, fmt.Errorf("command %s in state %s can't be executed", id, c.State)
	}
	r, err := d.office.Execute(ctx, string(id), backoffice.Call{Action: c.Action, Customer: c.Party, Args: c.Args})
	c.State, c.Result = action.Done, r
	if err != nil {
		c.State, c.Result = action.Unknown, nil
	}
	return *c, nil
}

func (d *drawer) Void(_ context.Context, id action.ID, why string) error {
	if c := d.at(id); c.State == action.Verified || c.State == action.Draft {
		c.State, c.Why = action.Voided, why
	}
	return nil
}

func (d *drawer) Open(_ context.Context, _ assist.ConversationID, generation int) ([]action.Command, error) {
	return slices.DeleteFunc(slices.Clone(d.all), func(c action.Command) bool { return c.Generation != generation }), nil
}

// proofs judges codes as the intake does: the right one is always 246810.
type proofs struct {
	level    map[int]verify.Level
	party    map[int]string
	sent     string // to whom a code is under way
	sends    int
	attempts map[assist.ClientID]verify.Attempt
	failed   int
}

func (p *proofs) Level(_ context.Context, _ assist.ConversationID, generation int) (verify.Level, string, error) {
	return cmp.Or(p.level[generation], verify.None), p.party[generation], nil
}

func (p *proofs) Identify(_ context.Context, _ assist.ConversationID, generation int, party string) error {
	if p.level[generation] != verify.Strong {
		p.level[generation] = verify.Identified
	}
	p.party[generation] = party
	return nil
}

func (p *proofs) Send(_ context.Context, _ assist.ConversationID, _ int, party, _ string) error {
	p.sent, p.sends = party, p.sends+1
	return nil
}

func (p *proofs) Attempt(_ context.Context, _ assist.ConversationID, message assist.ClientID) (verify.Attempt, error) {
	if a, ok := p.attempts[message]; ok {
		return a, nil
	}
	return verify.Attempt{None: true}, nil
}

func (p *proofs) Failed(context.Context, assist.ConversationID, int) (int, error) {
	return p.failed, nil
}

// take judges a code on arrival and gives the text without it.
func (p *proofs) take(id assist.ClientID, text string, generation int) string {
	if p.sent == "" || len(text) != 6 || strings.Trim(text, "0123456789") != "" {
		return text
	}
	if text == "246810" {
		p.attempts[id] = verify.Attempt{Right: true}
		p.level[generation], p.party[generation], p.sent = verify.Strong, p.sent, ""
	} else {
		p.failed++
		p.attempts[id] = verify.Attempt{Left: 3 - p.failed}
	}
	return "••••••"
}
