package action_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"
)

// What the customer said yes to is dearer by now: the yes is void, nothing is moved, and a new command with the new
// terms is carried out only after a yes of its own.
func TestExecute_TermsThatChangedVoidTheYes(t *testing.T) {
	x := open(t)
	c := x.confirmed(x.conv, 12_000)
	x.bank.costs("2.00")
	for range 2 {
		got, err := x.desk.Execute(t.Context(), c.ID)
		if err != nil || got.State != action.Voided || got.Why != action.WhyTerms {
			t.Fatalf("got %s (%s), %v", got.State, got.Why, err)
		}
	}
	if x.bank.moved() != 0 {
		t.Fatalf("moved %d", x.bank.moved())
	}
	again, err := x.desk.Draft(t.Context(), x.command(x.conv, 12_000))
	x.must(err)
	if got, err := x.desk.Execute(t.Context(), again.ID); !errors.Is(err, action.ErrUnconfirmed) || x.bank.moved() != 0 {
		t.Fatalf("without a yes to the new terms: %s, %v, moved %d", got.State, err, x.bank.moved())
	}
	x.agree(again)
	if got, err := x.desk.Execute(t.Context(), again.ID); err != nil || got.State != action.Done || x.bank.moved() != 12_000 {
		t.Errorf("got %s, %v, moved %d", got.State, err, x.bank.moved())
	}
}

// A hub that is killed while it voids the yes comes to the same.
func TestExecute_TermsChangedAndKilled(t *testing.T) {
	for _, stored := range []bool{false, true} {
		t.Run(fmt.Sprintf("stored %t", stored), func(t *testing.T) {
			x := open(t)
			c := x.confirmed(x.conv, 12_000)
			x.bank.costs("2.00")
			x.fault = func(w assist.Write) error {
				if stored {
					if _, err := x.ledger.Write(t.Context(), w); err != nil {
						t.Error(err)
					}
				}
				panic("killed")
			}
			if !survive(func() { _, _ = x.desk.Execute(t.Context(), c.ID) }) {
				t.Fatal("it was not killed")
			}
			x.fault = nil
			x.make()
			x.desk.Sweep(t.Context())
			got, err := x.desk.Execute(t.Context(), c.ID)
			if err != nil || got.State != action.Voided || got.Why != action.WhyTerms || x.bank.moved() != 0 {
				t.Errorf("got %s (%s), %v, moved %d", got.State, got.Why, err, x.bank.moved())
			}
		})
	}
}

// A hub that was killed before the back office was told tells it after its start only if the terms still hold.
func TestReconcile_TermsThatChanged(t *testing.T) {
	x := open(t)
	c := x.confirmed(x.conv, 12_000)
	x.bank.before = func() error { panic("killed") }
	if !survive(func() { _, _ = x.desk.Execute(t.Context(), c.ID) }) {
		t.Fatal("it was not killed")
	}
	x.bank.before = nil
	x.bank.costs("2.00")
	x.make()
	x.desk.Sweep(t.Context())
	if got := x.state(c.ID); got.State != action.Unknown { // what was killed may still be on its way
		t.Errorf("at once: %s", got.State)
	}
	x.pass(x.long())
	x.desk.Sweep(t.Context())
	got, err := x.desk.Execute(t.Context(), c.ID)
	if err != nil || got.State != action.Reconciled || got.Outcome != action.Failed || x.bank.moved() != 0 {
		t.Errorf("got %s %s (%s), %v, moved %d", got.State, got.Outcome, got.Why, err, x.bank.moved())
	}
}

// A second person's approval is for the terms that were read back, too; the customer is told.
func TestApprove_TermsThatChanged(t *testing.T) {
	var told []action.Command
	x := open(t, always, func(o *action.Options) {
		o.Tell = func(_ context.Context, c action.Command) (bool, error) { told = append(told, c); return true, nil }
	})
	c := x.approved()
	x.bank.costs("2.00")
	for range 3 {
		x.desk.Sweep(t.Context())
	}
	got := x.state(c.ID)
	if got.State != action.Voided || got.Why != action.WhyTerms || x.bank.moved() != 0 || len(told) != 1 || told[0].Why != action.WhyTerms {
		t.Errorf("got %s (%s), moved %d, told %d times", got.State, got.Why, x.bank.moved(), len(told))
	}
}

// approved is a command that somebody has approved and nobody has carried out.
func (x *counter) approved() action.Command {
	x.t.Helper()
	c := x.command(x.conv, 12_000)
	c.Action = "approved.always"
	c, err := x.desk.Draft(x.t.Context(), c)
	x.must(err)
	x.agree(c)
	_, err = x.desk.Execute(x.t.Context(), c.ID)
	x.must(err)
	_, err = x.desk.Approve(x.t.Context(), c.ID, assist.Agent{ID: 7})
	x.must(err)
	return x.state(c.ID)
}

// Whose terms can't be asked for isn't carried out: at once where the customer waits, after a while where it was approved.
func TestExecute_TermsThatCannotBeAsked(t *testing.T) {
	x := open(t, always)
	c := x.confirmed(x.conv, 12_000)
	x.bank.away = errors.New("no answer")
	if got, err := x.desk.Execute(t.Context(), c.ID); err != nil || got.State != action.Voided || got.Why != "unavailable" {
		t.Errorf("got %s (%s), %v", got.State, got.Why, err)
	}
	approved := x.approved()
	x.desk.Sweep(t.Context())
	if got := x.state(approved.ID); got.State != action.Approved {
		t.Fatalf("at once: got %s (%s)", got.State, got.Why)
	}
	x.pass(2 * time.Minute)
	x.desk.Sweep(t.Context())
	if got := x.state(approved.ID); got.State != action.Voided || got.Why != "unavailable" || x.bank.moved() != 0 {
		t.Errorf("got %s (%s), moved %d", got.State, got.Why, x.bank.moved())
	}
}

// An approved command is carried out once a back office that was away is back.
func TestApprove_BackOfficeComesBack(t *testing.T) {
	x := open(t, always)
	c := x.approved()
	x.bank.away = errors.New("no answer")
	x.desk.Sweep(t.Context())
	x.bank.away = nil
	x.desk.Sweep(t.Context())
	if got := x.state(c.ID); got.State != action.Done || x.bank.moved() != 12_000 {
		t.Errorf("got %s (%s), moved %d", got.State, got.Why, x.bank.moved())
	}
}
