// Package panel holds what every panel is given: the words, what is known of the desk, the hub, and how work is
// done off the goroutine that paints. Panels live in folders below and never import each other; what one wants of
// another goes through a callback to the shell.
//
// Nothing here knows Fyne, so that presenters are tested without it.
package panel

import (
	"context"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/client"
	"deskhand/ui/lang"
	"deskhand/ui/state"
)

// Desk is what panels share. All fields are set, and all is called, on the goroutine that paints.
type Desk struct {
	Lang  *lang.Catalogue
	State *state.Desk
	Hub   client.Hub
	Keep  *client.Keeper
	Now   func() time.Time

	// Go does work elsewhere and then, on the goroutine that paints, what work returned (nil: nothing). Its context
	// ends when the person signs out.
	Go func(work func(ctx context.Context) (then func()))
	// Tell shows a passing notice; bad ones are errors.
	Tell func(text string, bad bool)
	// Changed is told what something done here has changed, to be painted.
	Changed func(ch *state.Change)
	// Keys is the shortcut of an action as it is shown, e.g. "Alt E"; "" if it has none.
	Keys func(action string) string
}

// callWithin bounds how long a command may take before the person is told.
const callWithin = 10 * time.Second

// Call asks the hub and does then with its answer; an error is shown, and then is not done.
func (d *Desk) Call(command any, then func(wire.Frame)) {
	d.Ask(command, func(f wire.Frame, err error) {
		switch {
		case err != nil:
			d.Fail(err)
		case then != nil:
			then(f)
		}
	})
}

// Ask is Call that hands errors on.
func (d *Desk) Ask(command any, then func(wire.Frame, error)) {
	d.Go(func(ctx context.Context) func() {
		ctx, cancel := context.WithTimeout(ctx, callWithin)
		defer cancel()
		f, err := d.Hub.Call(ctx, command)
		return func() { then(f, err) }
	})
}

// Do carries out a command on a conversation and then does done, unless it was refused, which is shown.
func (d *Desk) Do(c wire.AgentDo, done func()) {
	c.T = wire.TypeDo
	d.Call(c, func(wire.Frame) {
		if done != nil {
			done()
		}
	})
}

// Fail shows an error in words.
func (d *Desk) Fail(err error) { d.Tell(d.Lang.Error(err), true) }

// Apply folds an answer of the hub into the state and has it painted.
func (d *Desk) Apply(f wire.Frame) {
	var ch state.Change
	d.State.Apply(f, &ch)
	d.Changed(&ch)
}

// CustomerName is how a conversation's customer is called on screen.
func (d *Desk) CustomerName(name string, id assist.CustomerID) string {
	if name != "" {
		return name
	}
	return d.Lang.T("customer.anonymous", "id", int64(id))
}

// AgentName is how a colleague is called on screen.
func (d *Desk) AgentName(id assist.AgentID) string {
	if a, ok := d.State.Agent(id); ok {
		return a.Agent.Name
	}
	return d.Lang.T("agent.unknown", "id", int64(id))
}
