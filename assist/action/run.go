package action

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"deskhand/assist"
)

// Run finishes what was begun, until ctx ends: it asks the back office about commands that a crash or a time-out left
// open, carries out what was approved, lets approvals run out, voids what nobody said yes to in time, and has customers
// told. It begins with what was open when the hub last stopped.
func (d *Desk) Run(ctx context.Context) error {
	tick := time.NewTicker(d.opts.SweepEvery)
	defer tick.Stop()
	for {
		d.Sweep(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-d.kick:
		}
	}
}

// wake has Run look at once.
func (d *Desk) wake() {
	select {
	case d.kick <- struct{}{}:
	default:
	}
}

// abandonedAfter is when a draft is given up that nobody came back to.
const abandonedAfter = 4 * time.Hour

// sweepAtOnce is how many commands a sweep looks at of each kind.
const sweepAtOnce = 200

// Sweep is what Run does each time. What fails is logged and comes up again.
func (d *Desk) Sweep(ctx context.Context) {
	begun := assist.CommandFilter{Open: true, States: names([]State{Waiting, Approved, Executing, Unknown}), Limit: 1000}
	talked := assist.CommandFilter{Open: true, States: names([]State{Draft, Verified, Confirmed}), Limit: sweepAtOnce}
	due := assist.CommandFilter{DueBefore: d.now().Add(time.Millisecond), Limit: sweepAtOnce}
	for _, f := range []assist.CommandFilter{begun, talked, due} {
		all, err := d.Find(ctx, f)
		if err != nil && ctx.Err() == nil {
			d.opts.Log.Error("open commands not read", "err", err)
		}
		if err != nil {
			return
		}
		for _, c := range all {
			if ctx.Err() != nil {
				return
			}
			if err := d.tend(ctx, c); err != nil && ctx.Err() == nil && !errors.Is(err, ErrState) {
				d.opts.Log.Error("open command", "id", c.ID, "action", c.Action, "state", c.State, "err", err)
			}
		}
	}
}

// tend does what is due for a command.
func (d *Desk) tend(ctx context.Context, c Command) error {
	age := d.now().Sub(c.UpdatedAt)
	switch c.State {
	case Draft, Verified:
		if age > abandonedAfter {
			return d.Void(ctx, c.ID, "late")
		}
	case Confirmed: // a turn that confirms executes at once, and is computed again after a crash
		if age > d.opts.Fresh {
			return d.Void(ctx, c.ID, "late")
		}
	case Waiting:
		if !c.DueAt.After(d.now()) {
			return d.decline(ctx, c.ID, assist.BySystem(), WhyExpired)
		}
	case Approved:
		_, err := d.Execute(ctx, c.ID)
		return err
	case Executing:
		if d.idle(c.ID) {
			_, err := d.Execute(ctx, c.ID)
			return err
		}
	case Unknown:
		if !c.DueAt.After(d.now()) {
			_, err := d.Execute(ctx, c.ID)
			return err
		}
	default:
		if !c.DueAt.IsZero() {
			return d.tell(ctx, c.ID)
		}
	}
	return nil
}

// WhyExpired is Command.Why of a command that nobody decided on in time.
const WhyExpired = "expired"

// idle tells whether nobody acts on the command right now.
func (d *Desk) idle(id ID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.busy[id] == nil
}

// Approve lets a command be carried out that waits for a second person, who must not be the one who drafted it.
func (d *Desk) Approve(ctx context.Context, id ID, by assist.Agent) (Command, error) {
	defer d.only(id)()
	c, err := d.second(ctx, id, by)
	if err != nil {
		return c, err
	}
	if !c.DueAt.After(d.now()) {
		return c, fmt.Errorf("command %s: the approval has run out: %w", id, ErrState)
	}
	c.State, c.Approver, c.DueAt = Approved, by.ID, zero()
	if err := d.move(ctx, &c, step{from: Waiting, by: assist.ByAgent(by), switched: true}); err != nil {
		return c, err
	}
	d.wake()
	return c, nil
}

// second is the waiting command, if the agent may decide on it.
func (d *Desk) second(ctx context.Context, id ID, by assist.Agent) (Command, error) {
	c, err := d.Command(ctx, id)
	switch {
	case err != nil:
		return c, err
	case c.State != Waiting:
		return c, fmt.Errorf("command %s is %s: %w", id, c.State, ErrState)
	case by.ID == 0 || c.By.IsAgent(by.ID):
		return c, fmt.Errorf("command %s, agent %d: %w", id, by.ID, ErrOwn)
	}
	return c, nil
}

// Decline refuses a command that waits for approval.
func (d *Desk) Decline(ctx context.Context, id ID, by assist.Agent, why string) (Command, error) {
	leave := d.only(id)
	c, err := d.second(ctx, id, by)
	leave()
	if err != nil {
		return c, err
	}
	if err := d.decline(ctx, id, assist.ByAgent(by), why); err != nil {
		return c, err
	}
	d.wake()
	return d.Command(ctx, id)
}

func (d *Desk) decline(ctx context.Context, id ID, by assist.Actor, why string) error {
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil {
		return err
	}
	if by.Kind == assist.ActorAgent {
		c.Approver = assist.AgentID(by.ID)
	}
	c.State, c.Why, c.DueAt = Declined, why, d.now()
	return d.move(ctx, &c, step{from: Waiting, by: by})
}

// Waiting lists the commands that wait for a second person, oldest first.
func (d *Desk) Waiting(ctx context.Context) ([]Command, error) {
	return d.Find(ctx, assist.CommandFilter{States: []string{string(Waiting)}, Limit: 1000})
}

// Of lists all commands of a conversation, newest last.
func (d *Desk) Of(ctx context.Context, conversation assist.ConversationID) ([]Command, error) {
	all, err := d.Find(ctx, assist.CommandFilter{Conversation: conversation, Limit: 1000})
	slices.SortStableFunc(all, func(a, b Command) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return all, err
}
