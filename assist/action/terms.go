package action

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"deskhand/assist/backoffice"
)

// WhyTerms is Command.Why of a command that was voided because the back office's terms are others than those that were
// read back: a price, a fee, a free seat. A new one is to be drafted and read back.
const WhyTerms = "terms_changed"

// WhyAway is Command.Why of a command whose terms could not be asked for any more: nothing was changed.
const WhyAway = "unavailable"

// recheck asks for the terms again that the customer has said yes to. It gives why the command may not be carried out;
// empty: it may. A refusal is left to Execute, which decides it for good. A duty has no terms: it is done at once.
func (d *Desk) recheck(ctx context.Context, c Command) (why string, err error) {
	office := d.opts.Office(c.Inbox)
	if c.Duty || office == nil {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opts.OfficeWithin)
	defer cancel()
	now, err := office.Check(ctx, d.call(ctx, office, c))
	var no *backoffice.Refusal
	switch {
	case errors.As(err, &no):
		return "", nil
	case err != nil && c.State == Approved && d.now().Sub(c.UpdatedAt) < patience*d.opts.OfficeWithin:
		return "", fmt.Errorf("terms of command %s: %w", c.ID, err) // Run comes back to it
	case err != nil:
		d.opts.Log.Error("terms not checked before a change", "id", c.ID, "action", c.Action, "conversation_id", c.Conversation, "err", err)
		return WhyAway, nil
	}
	same, err := alike(now, c.Terms)
	if err != nil {
		return "", fmt.Errorf("terms of command %s: %w", c.ID, err)
	}
	if !same {
		return WhyTerms, nil
	}
	return "", nil
}

// patience is for how many times OfficeWithin an approved command waits for a back office that doesn't answer.
const patience = 4

// alike compares terms as they are stored.
func alike(a, b backoffice.Record) (bool, error) {
	if len(a) == 0 && len(b) == 0 {
		return true, nil
	}
	x, err := json.Marshal(backoffice.Marked(a))
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(backoffice.Marked(b))
	return bytes.Equal(x, y), err
}

// call is how the back office is asked about a command: always in the same way, but for the time.
func (d *Desk) call(ctx context.Context, office backoffice.Office, c Command) backoffice.Call {
	call := backoffice.Call{Action: c.Action, Customer: c.Party, Args: c.Args, Language: c.Language, Now: d.opts.Now()}
	if p, err := office.Profile(ctx); err == nil && p.Location != nil {
		call.Now = call.Now.In(p.Location)
	}
	return call
}
