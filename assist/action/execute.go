package action

import (
	"context"
	"errors"
	"fmt"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

const hour = time.Hour

func zero() time.Time { return time.Time{} }

// Execute carries out what is confirmed, or a duty, once, however often and from however many sides it is called. The
// command that comes back tells how it stands: done, failed, unknown, waiting (for approval), or voided where it may not
// be acted on any more: Why is WhyTerms where the terms that were read back no longer hold. *OverLimit and *Switched say
// why it was voided just now.
func (d *Desk) Execute(ctx context.Context, id ID) (Command, error) {
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil {
		return c, err
	}
	switch c.State {
	case Draft:
		return c, fmt.Errorf("command %s: %w", id, ErrUnverified)
	case Verified:
		if !c.Duty {
			return c, fmt.Errorf("command %s: %w", id, ErrUnconfirmed)
		}
		return d.begin(ctx, c)
	case Confirmed:
		if d.now().Sub(c.ConfirmedAt) > d.opts.Fresh {
			err := d.void(ctx, c, assist.BySystem(), "late")
			return d.reload(ctx, c, err)
		}
		if c.Approval != "" {
			return d.wait(ctx, c)
		}
		return d.begin(ctx, c)
	case Approved:
		return d.begin(ctx, c)
	case Executing, Unknown: // a crash, or the back office didn't answer
		return d.reconcile(ctx, c)
	}
	return c, nil
}

func (d *Desk) reload(ctx context.Context, c Command, err error) (Command, error) {
	if err != nil {
		return c, err
	}
	return d.Command(ctx, c.ID)
}

// wait asks for a second person.
func (d *Desk) wait(ctx context.Context, c Command) (Command, error) {
	c.State, c.DueAt, c.Told = Waiting, d.now().Add(d.opts.ApprovalWithin), true
	err := d.move(ctx, &c, step{from: Confirmed, by: c.By})
	return c, err
}

// begin stores that the back office is about to be asked, with the limits checked in the same transaction, and asks it.
func (d *Desk) begin(ctx context.Context, c Command) (Command, error) {
	from := c.State
	s := step{from: from, by: c.By, switched: true, during: current(c)}
	rule := d.opts.Rule(c)
	if rule.Off {
		return d.stop(ctx, c, &Switched{Action: c.Action})
	}
	if from == Approved { // a person has decided, whoever has the conversation by now
		s.during, s.by = nil, assist.Actor{Kind: assist.ActorAgent, ID: int64(c.Approver)}
	} else {
		if err := d.proved(ctx, &c); err != nil {
			if errors.Is(err, ErrUnverified) {
				err := d.void(ctx, c, assist.BySystem(), "unverified")
				return d.reload(ctx, c, err)
			}
			return c, err
		}
		s.ceilings = d.ceilings(c, rule, moved())
	}
	if why, err := d.recheck(ctx, c); err != nil || why != "" {
		if err == nil {
			err = d.void(ctx, c, assist.BySystem(), why)
		}
		return d.reload(ctx, c, err)
	}
	before := c
	c.State, c.Tries, c.StartedAt, c.DueAt = Executing, c.Tries+1, d.now(), zero()
	err := d.move(ctx, &c, s)
	var over *OverLimit
	var off *Switched
	switch {
	case errors.As(err, &over) && rule.Approve && from == Confirmed:
		before.Approval = over.Scope
		return d.wait(ctx, before)
	case errors.As(err, &over):
		return d.stop(ctx, before, over)
	case errors.As(err, &off):
		return d.stop(ctx, before, off)
	case err != nil:
		return before, err
	}
	return d.ask(ctx, c)
}

// stop voids what may not be carried out now.
func (d *Desk) stop(ctx context.Context, c Command, why error) (Command, error) {
	code := "over_limit"
	var off *Switched
	if errors.As(why, &off) {
		code = "switched_off"
	}
	if err := d.void(ctx, c, assist.BySystem(), code); err != nil {
		return c, errors.Join(why, err)
	}
	c.State, c.Why = Voided, code
	return c, why
}

// ask has the back office carry the command out and stores what it said.
func (d *Desk) ask(ctx context.Context, c Command) (Command, error) {
	result, err := d.carryOut(ctx, c)
	var no *backoffice.Refusal
	switch {
	case err == nil:
		c.State, c.Result = Done, result
	case errors.As(err, &no):
		c.State, c.Why, c.Result = Failed, no.Code, no.Facts
	default:
		d.opts.Log.Error("outcome of a command unknown", "id", c.ID, "action", c.Action, "conversation_id", c.Conversation, "err", err)
		c.State, c.DueAt, c.Told = Unknown, d.now().Add(backoff(0)), true
	}
	return d.settle(ctx, c, Executing)
}

// settle stores an outcome. What has happened is written down even if whoever asked has gone.
func (d *Desk) settle(ctx context.Context, c Command, from State) (Command, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opts.OfficeWithin)
	defer cancel()
	s := step{from: from, by: assist.BySystem()}
	switch {
	case c.Told && c.State.Ended():
		c.DueAt = d.now() // the customer is to hear of it
	case c.State.Ended():
		s.lines = overtaken(c)
	}
	err := d.move(ctx, &c, s)
	return c, err
}

// carryOut asks the back office. It isn't given up in the middle when the turn is.
func (d *Desk) carryOut(ctx context.Context, c Command) (backoffice.Record, error) {
	office := d.opts.Office(c.Inbox)
	if office == nil {
		return nil, &backoffice.Refusal{Code: "unavailable"} // there is nobody to have been asked
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opts.OfficeWithin)
	defer cancel()
	return office.Execute(ctx, string(c.ID), d.call(ctx, office, c))
}

// backoff is how long to wait before the back office is asked again.
func backoff(asked int) time.Duration { return min(time.Second<<min(asked, 10), 10*time.Minute) }

// reconcile asks the back office what became of a command, and only then goes on. Where it was never carried out and
// the customer hasn't been told that the outcome is open, it is carried out once more under the same key.
func (d *Desk) reconcile(ctx context.Context, c Command) (Command, error) {
	from := c.State
	result, err := d.outcome(ctx, c)
	var no *backoffice.Refusal
	switch {
	case err == nil:
		c.State, c.Outcome, c.Result, c.DueAt = Reconciled, Done, result, zero()
	case errors.As(err, &no):
		c.State, c.Outcome, c.Why, c.Result, c.DueAt = Reconciled, Failed, no.Code, no.Facts, zero()
	case errors.Is(err, backoffice.ErrNotFound):
		switch age := d.now().Sub(c.StartedAt); {
		case from == Executing && c.Tries < 2 && age <= d.opts.Fresh:
			return d.again(ctx, c)
		case age < 2*d.opts.OfficeWithin: // the first request may still be on its way
			c.State, c.Asked, c.Told, c.DueAt = Unknown, c.Asked+1, true, d.now().Add(backoff(c.Asked+1))
		default:
			c.State, c.Outcome, c.Why, c.DueAt = Reconciled, Failed, "not_carried_out", zero()
		}
	default:
		d.opts.Log.Warn("outcome of a command still unknown", "id", c.ID, "action", c.Action, "asked", c.Asked, "err", err)
		c.State, c.Asked, c.Told, c.DueAt = Unknown, c.Asked+1, true, d.now().Add(backoff(c.Asked+1))
	}
	return d.settle(ctx, c, from)
}

// again carries a command out under the same key, after the back office said that it never was.
func (d *Desk) again(ctx context.Context, c Command) (Command, error) {
	before := c
	why, err := d.recheck(ctx, c)
	if err != nil {
		return c, err
	}
	if why != "" {
		return d.notAgain(ctx, c, why)
	}
	c.Tries++
	if err := d.move(ctx, &c, step{from: Executing, by: assist.BySystem(), switched: true}); err != nil {
		var off *Switched
		if !errors.As(err, &off) {
			return before, err
		}
		return d.notAgain(ctx, before, "switched_off")
	}
	return d.ask(ctx, c)
}

// notAgain ends a command that was not carried out and may not be now. While the first request may still be on its way
// that isn't certain: then the back office is asked once more.
func (d *Desk) notAgain(ctx context.Context, c Command, why string) (Command, error) {
	if d.now().Sub(c.StartedAt) < 2*d.opts.OfficeWithin {
		c.State, c.Asked, c.Told, c.DueAt = Unknown, c.Asked+1, true, d.now().Add(backoff(c.Asked+1))
	} else {
		c.State, c.Outcome, c.Why, c.DueAt = Reconciled, Failed, why, zero()
	}
	return d.settle(ctx, c, Executing)
}

func (d *Desk) outcome(ctx context.Context, c Command) (backoffice.Record, error) {
	office := d.opts.Office(c.Inbox)
	if office == nil {
		return nil, backoffice.ErrUnavailable
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.opts.OfficeWithin)
	defer cancel()
	return office.Outcome(ctx, string(c.ID))
}
