package action_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
)

func refused(code string) *backoffice.Refusal { return &backoffice.Refusal{Code: code} }

// always has a second person decide on the actions named so.
func always(o *action.Options) {
	o.Rule = func(c action.Command) action.Rule { return action.Rule{Always: c.Action == "approved.always"} }
}

// long is longer than the back office may take.
func (x *counter) long() time.Duration { return time.Minute }

// play goes through a transfer as the bot does that computes its turns again after a crash: each call is made until one
// of them survives.
func (x *counter) play(c action.Command) (action.Command, error) {
	ctx := x.t.Context()
	var out action.Command
	for _, call := range []func() error{
		func() error { _, err := x.desk.Draft(ctx, c); return err },
		func() error {
			if x.state(c.ID).State != action.Verified {
				return nil
			}
			return x.desk.ReadBack(ctx, c.ID, "Shall I?", x.conv.Seq+1)
		},
		func() error {
			now, err := x.store.Conversation(ctx, c.Conversation)
			if err == nil && now.Seq == x.conv.Seq {
				x.says(c.Conversation, assist.ByBot(), "Shall I?", "confirm")
				x.says(c.Conversation, assist.ByCustomer(c.Customer), "yes", "")
			}
			return err
		},
		func() error {
			if x.state(c.ID).State != action.Verified {
				return nil
			}
			return x.desk.Confirm(ctx, c.ID, x.conv.Seq+2)
		},
		func() (err error) { out, err = x.desk.Execute(ctx, c.ID); return err },
	} {
		var err error
		for survive(func() { err = call() }) {
			x.fault, x.bank.before, x.bank.after = nil, nil, nil
			x.make() // what was in memory is gone
			x.desk.Sweep(ctx)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// Wherever in a command's life the hub is killed, the money is moved once, and the command says so.
func TestDesk_KilledAtEachStep(t *testing.T) {
	writes := 5 // draft, read back, confirmed, executing, done
	for _, stored := range []bool{false, true} {
		for n := range writes {
			t.Run(fmt.Sprintf("write %d, stored %t", n+1, stored), func(t *testing.T) {
				x := open(t)
				seen := 0
				x.fault = func(w assist.Write) error {
					if w.Command == nil {
						return nil
					}
					if seen++; seen != n+1 {
						return nil
					}
					if stored {
						if _, err := x.ledger.Write(t.Context(), w); err != nil {
							t.Error(err)
						}
					}
					panic("killed")
				}
				x.survives(t)
				if seen < n+1 {
					t.Error("never killed")
				}
			})
		}
	}
	for what, when := range map[string]func(*counter){
		"before the back office acts": func(x *counter) { x.bank.before = func() error { panic("killed") } },
		"after the back office acted": func(x *counter) { x.bank.after = func() error { panic("killed") } },
	} {
		t.Run(what, func(t *testing.T) {
			x := open(t)
			when(x)
			x.survives(t)
		})
	}
}

func (x *counter) survives(t *testing.T) {
	t.Helper()
	c, err := x.play(x.command(x.conv, 12_000))
	if err != nil {
		t.Fatal(err)
	}
	state := c.State
	if state == action.Reconciled {
		state = c.Outcome
	}
	if state != action.Done || x.bank.moved() != 12_000 || len(x.bank.done) != 1 {
		t.Errorf("got %s (%s), moved %d in %d transfers", c.State, c.Outcome, x.bank.moved(), len(x.bank.done))
	}
}

// The same, with the whole store closed and opened again.
func TestDesk_StartsWithWhatWasLeftOpen(t *testing.T) {
	for what, acted := range map[string]bool{"acted": true, "not acted": false} {
		t.Run(what, func(t *testing.T) {
			x := open(t)
			c := x.confirmed(x.conv, 700)
			die := func() error { panic("killed") }
			if x.bank.before = die; acted {
				x.bank.before, x.bank.after = nil, die
			}
			if !survive(func() { _, _ = x.desk.Execute(t.Context(), c.ID) }) {
				t.Fatal("not killed")
			}
			x.bank.before, x.bank.after = nil, nil
			x.stop()
			x.start()
			x.desk.Sweep(t.Context())
			got := x.state(c.ID)
			if x.bank.moved() != 700 || got.State != action.Done && got.Outcome != action.Done {
				t.Errorf("got %s %s, moved %d; calls %v", got.State, got.Outcome, x.bank.moved(), x.bank.calls)
			}
		})
	}
}

// No answer: nobody tries again before the back office has said what became of it, and the customer hears of it.
func TestDesk_UnknownIsFoundOutAndTold(t *testing.T) {
	away := errors.New("time-out")
	for _, tc := range []struct {
		what    string
		acted   bool
		outcome action.State
		moved   int64
	}{{"it was carried out", true, action.Done, 900}, {"it never was", false, action.Failed, 0}} {
		t.Run(tc.what, func(t *testing.T) {
			var told []action.Command
			x := open(t, func(o *action.Options) {
				o.Tell = func(_ context.Context, c action.Command) (bool, error) { told = append(told, c); return true, nil }
			})
			fail := func() error { return away }
			if x.bank.before = fail; tc.acted {
				x.bank.before, x.bank.after = nil, fail
			}
			x.bank.asked = fail
			c := x.confirmed(x.conv, 900)
			got, err := x.desk.Execute(t.Context(), c.ID)
			if err != nil || got.State != action.Unknown {
				t.Fatalf("got %s, %v", got.State, err)
			}
			x.bank.before, x.bank.after = nil, nil
			for range 5 {
				x.pass(x.long())
				x.desk.Sweep(t.Context())
			}
			if got := x.state(c.ID); got.State != action.Unknown || len(told) > 0 {
				t.Fatalf("while the back office is away: %s, told %d", got.State, len(told))
			}
			x.bank.asked = nil
			for range 3 {
				x.pass(10 * x.long())
				x.desk.Sweep(t.Context())
			}
			if got = x.state(c.ID); got.State != action.Reconciled || got.Outcome != tc.outcome || x.bank.moved() != tc.moved {
				t.Errorf("got %s %s, moved %d", got.State, got.Outcome, x.bank.moved())
			}
			if len(told) != 1 || told[0].Outcome != tc.outcome {
				t.Errorf("told %v", told)
			}
		})
	}
}

// A teller that can't is asked again.
func TestDesk_TellsUntilItIsHeard(t *testing.T) {
	tries := 0
	x := open(t, always, func(o *action.Options) {
		o.Tell = func(context.Context, action.Command) (bool, error) {
			if tries++; tries < 3 {
				return false, errors.New("the conversation has moved on")
			}
			return true, nil
		}
	})
	c := x.reach(action.Declined)
	for range 6 {
		x.pass(x.long())
		x.desk.Sweep(t.Context())
	}
	if got := x.state(c.ID); tries != 3 || got.State != action.Declined || !got.DueAt.IsZero() {
		t.Errorf("told in %d tries, %s due %s", tries, got.State, got.DueAt)
	}
}
