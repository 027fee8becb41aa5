package action_test

import (
	"errors"
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/storage/sqlite"

	"github.com/google/uuid"
)

// What may follow what, written down a second time: all that isn't here is impossible.
func TestMay_AllPairs(t *testing.T) {
	allowed := map[action.State][]action.State{
		"":               {action.Draft, action.Verified},
		action.Draft:     {action.Verified, action.Voided},
		action.Verified:  {action.Confirmed, action.Executing, action.Voided},
		action.Confirmed: {action.Waiting, action.Executing, action.Voided},
		action.Waiting:   {action.Approved, action.Declined, action.Voided},
		action.Approved:  {action.Executing, action.Voided},
		action.Executing: {action.Done, action.Failed, action.Unknown, action.Reconciled},
		action.Unknown:   {action.Reconciled},
	}
	for _, from := range append(action.States(), "") {
		for _, to := range action.States() {
			if from != to && action.May(from, to) != slices.Contains(allowed[from], to) {
				t.Errorf("from %q to %q: got %t", from, to, action.May(from, to))
			}
		}
		if from != "" && from.Ended() != (len(allowed[from]) == 0) {
			t.Errorf("%q has ended: got %t", from, from.Ended())
		}
	}
	if action.May(action.Confirmed, action.Confirmed) || action.May(action.Waiting, action.Waiting) {
		t.Error("a yes or an approval could be noted twice")
	}
}

// reach brings a new command into each state.
func (x *counter) reach(state action.State) action.Command {
	x.t.Helper()
	ctx := x.t.Context()
	c := x.command(x.begin(uuid.NewString()), 100)
	away := func() error { return errors.New("no answer") }
	switch state {
	case action.Draft:
		x.proof.set("identified", "B-1")
		defer x.proof.set("strong", "B-1")
	case action.Unknown, action.Reconciled:
		x.bank.before = away
		defer func() { x.bank.before = nil }()
	case action.Failed:
		x.bank.refusal = refused("closed")
		defer func() { x.bank.refusal = nil }()
	case action.Waiting, action.Approved, action.Declined:
		c.Action = "approved.always"
	}
	c, err := x.desk.Draft(ctx, c)
	if err != nil {
		x.t.Fatal(err)
	}
	if state == action.Voided {
		x.must(x.desk.Void(ctx, c.ID, "left"))
	}
	if slices.Contains([]action.State{action.Draft, action.Verified, action.Voided}, state) {
		return x.state(c.ID)
	}
	x.agree(c)
	if state == action.Executing {
		x.bank.before = func() error { panic("killed") }
		defer func() { x.bank.before = nil }()
	}
	if state != action.Confirmed {
		survive(func() { _, err = x.desk.Execute(ctx, c.ID) })
		x.must(err)
	}
	switch state {
	case action.Approved:
		_, err = x.desk.Approve(ctx, c.ID, assist.Agent{ID: 7})
	case action.Declined:
		_, err = x.desk.Decline(ctx, c.ID, assist.Agent{ID: 7}, "no")
	case action.Reconciled:
		x.pass(2 * x.long())
		_, err = x.desk.Execute(ctx, c.ID)
	}
	x.must(err)
	return x.state(c.ID)
}

func (x *counter) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// survive goes on where a panic ended f, as a hub that was killed there and started again.
func survive(f func()) (died bool) {
	defer func() { died = recover() != nil }()
	f()
	return false
}

// From every state, each thing that can be asked for does what the table allows, or nothing.
func TestDesk_NoIllegalStep(t *testing.T) {
	for _, state := range action.States() {
		t.Run(string(state), func(t *testing.T) {
			x := open(t, always)
			for _, ask := range []string{"draft", "readback", "confirm", "execute", "void", "approve", "decline", "sweep"} {
				c := x.reach(state)
				if c.State != state {
					t.Fatalf("reached %s", c.State)
				}
				x.askFor(ask, c)
				after := x.state(c.ID)
				if after.State != state && !leads(state, after.State) {
					t.Errorf("%s: from %s to %s", ask, state, after.State)
				}
			}
		})
	}
}

// leads tells whether allowed steps lead from one state to the other.
func leads(from, to action.State) bool {
	for _, next := range action.States() {
		if next != from && action.May(from, next) && (next == to || leads(next, to)) {
			return true
		}
	}
	return false
}

func (x *counter) askFor(what string, c action.Command) {
	ctx := x.t.Context()
	switch what {
	case "draft":
		_, _ = x.desk.Draft(ctx, action.Command{ID: c.ID, Conversation: c.Conversation, Generation: c.Generation, Inbox: c.Inbox, Customer: c.Customer,
			Party: c.Party, Intent: c.Intent, Action: c.Action, Needs: c.Needs, Amount: c.Amount + 1, Args: c.Args, State: action.Draft, By: c.By})
	case "readback":
		_ = x.desk.ReadBack(ctx, c.ID, "Another sentence", 50)
	case "confirm":
		_ = x.desk.Confirm(ctx, c.ID, 60)
	case "execute":
		_, _ = x.desk.Execute(ctx, c.ID)
	case "void":
		_ = x.desk.Void(ctx, c.ID, "edited")
	case "approve":
		_, _ = x.desk.Approve(ctx, c.ID, assist.Agent{ID: 8})
	case "decline":
		_, _ = x.desk.Decline(ctx, c.ID, assist.Agent{ID: 8}, "no")
	case "sweep":
		x.desk.Sweep(ctx)
	}
}

var _ action.Store = (*sqlite.Store)(nil)
