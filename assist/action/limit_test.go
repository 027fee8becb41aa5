package action_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"
)

func limited(r action.Rule) func(*action.Options) {
	return func(o *action.Options) { o.Rule = func(action.Command) action.Rule { return r } }
}

func (x *counter) over(c action.Command, scope string) {
	x.t.Helper()
	_, err := x.desk.Draft(x.t.Context(), c)
	var over *action.OverLimit
	if !errors.As(err, &over) || over.Scope != scope {
		x.t.Errorf("a draft of %d: got %v, want over the limit of a %s", c.Amount, err, scope)
	}
}

func (x *counter) done(c action.Command) {
	x.t.Helper()
	if got, err := x.desk.Execute(x.t.Context(), c.ID); err != nil || got.State != action.Done {
		x.t.Fatalf("%s, %v", got.State, err)
	}
}

func TestLimit_IncludesItsValueAndHoldsForTheSum(t *testing.T) {
	x := open(t, limited(action.Rule{Limit: 20_000, Day: 30_000}))
	x.over(x.command(x.conv, 20_001), "action")
	x.done(x.confirmed(x.conv, 12_000))
	x.over(x.command(x.conv, 8_001), "split")
	x.done(x.confirmed(x.conv, 8_000))
	x.over(x.command(x.conv, 1), "split")
	other := x.begin("another browser")
	x.over(x.command(other, 10_001), "day")
	x.done(x.confirmed(other, 10_000))
	x.over(x.command(other, 1), "day")
	x.proof.set("strong", "B-2")
	c := x.command(x.begin("another customer"), 20_000)
	c.Party = "B-2"
	if _, err := x.desk.Draft(t.Context(), c); err != nil {
		t.Errorf("another customer's: %v", err)
	}
	x.proof.set("strong", "B-1")
	x.pass(25 * time.Hour)
	x.done(x.confirmed(x.begin("the next day"), 20_000))
	if x.bank.moved() != 50_000 {
		t.Errorf("moved %d", x.bank.moved())
	}
}

// Two conversations of one customer that say yes at the same moment are still one customer.
func TestLimit_TwoConversationsAtOnce(t *testing.T) {
	x := open(t, limited(action.Rule{Limit: 20_000, Day: 20_000}))
	first, second := x.conv, x.begin("another browser")
	a, err := x.desk.Draft(t.Context(), x.command(first, 15_000))
	x.must(err)
	b, err := x.desk.Draft(t.Context(), x.command(second, 15_000))
	x.must(err)
	x.agree(a)
	x.agree(b)
	var both sync.WaitGroup
	results := make([]error, 2)
	for i, id := range []action.ID{a.ID, b.ID} {
		both.Go(func() { _, results[i] = x.desk.Execute(context.Background(), id) })
	}
	both.Wait()
	var over *action.OverLimit
	if (results[0] == nil) == (results[1] == nil) || !errors.As(errors.Join(results...), &over) || x.bank.moved() != 15_000 {
		t.Errorf("got %v and %v, moved %d", results[0], results[1], x.bank.moved())
	}
	if x.state(a.ID).State != action.Voided && x.state(b.ID).State != action.Voided {
		t.Error("what was over the limit could still be carried out")
	}
}

func TestApproval_BySecondPersonOnly(t *testing.T) {
	var told []action.Command
	x := open(t, limited(action.Rule{Limit: 10_000, Approve: true}), func(o *action.Options) {
		o.Tell = func(_ context.Context, c action.Command) (bool, error) { told = append(told, c); return true, nil }
	})
	ctx := t.Context()
	own := x.command(x.conv, 15_000)
	own.By = assist.Actor{Kind: assist.ActorAgent, ID: 7, Name: "Li"}
	own, err := x.desk.Draft(ctx, own)
	x.must(err)
	if own.Approval != "action" || own.State != action.Verified {
		t.Fatalf("approval %q, %s", own.Approval, own.State)
	}
	now, err := x.store.Conversation(ctx, x.conv.ID)
	x.must(err)
	x.must(x.desk.ReadBack(ctx, own.ID, "Shall I?", now.Seq+1))
	x.says(x.conv.ID, own.By, "Shall I?", "")
	x.must(x.desk.Confirm(ctx, own.ID, x.says(x.conv.ID, assist.ByCustomer(x.conv.Customer), "yes", "")))
	if _, err := x.desk.Approve(ctx, own.ID, assist.Agent{ID: 8}); err == nil {
		t.Error("approved before anybody asked for it")
	}
	got, err := x.desk.Execute(ctx, own.ID)
	if err != nil || got.State != action.Waiting || x.bank.moved() != 0 {
		t.Fatalf("%s, %v, moved %d", got.State, err, x.bank.moved())
	}
	if _, err := x.desk.Approve(ctx, own.ID, assist.Agent{ID: 7}); !errors.Is(err, action.ErrOwn) {
		t.Errorf("approved by who drafted it: %v", err)
	}
	if list, err := x.desk.Waiting(ctx); err != nil || len(list) != 1 || list[0].Args["payee"] != "Tom" || list[0].ReadBack != "Shall I?" {
		t.Errorf("the list shows %v, %v", list, err)
	}
	if _, err := x.desk.Approve(ctx, own.ID, assist.Agent{ID: 8}); err != nil {
		t.Fatal(err)
	}
	x.proof.set("none", "") // the customer has gone long ago
	x.desk.Sweep(ctx)
	x.desk.Sweep(ctx)
	if got := x.state(own.ID); got.State != action.Done || got.Approver != 8 || x.bank.moved() != 15_000 || len(told) != 1 {
		t.Errorf("%s by %d, moved %d, told %d", got.State, got.Approver, x.bank.moved(), len(told))
	}
}

func TestApproval_DeclinedExpiredAndSwitchedOff(t *testing.T) {
	var told []action.Command
	x := open(t, always, func(o *action.Options) {
		o.Tell = func(_ context.Context, c action.Command) (bool, error) { told = append(told, c); return true, nil }
	})
	ctx := t.Context()
	declined := x.reach(action.Declined)
	expired := x.reach(action.Waiting)
	x.pass(5 * time.Hour)
	if _, err := x.desk.Approve(ctx, expired.ID, assist.Agent{ID: 8}); err == nil {
		t.Error("approved too late")
	}
	x.desk.Sweep(ctx)
	approved := x.reach(action.Approved)
	x.must(x.store.SwitchAction(ctx, "approved.*", "boss", true))
	x.desk.Sweep(ctx)
	x.desk.Sweep(ctx)
	for id, want := range map[action.ID]string{declined.ID: "declined no", expired.ID: "declined expired", approved.ID: "voided switched_off"} {
		if c := x.state(id); string(c.State)+" "+c.Why != want {
			t.Errorf("got %s %s, want %s", c.State, c.Why, want)
		}
	}
	if x.bank.moved() != 0 || len(told) != 3 {
		t.Errorf("moved %d, told %d", x.bank.moved(), len(told))
	}
}

func TestSwitch_StopsAtTheLastMoment(t *testing.T) {
	x := open(t)
	ctx := t.Context()
	c := x.confirmed(x.conv, 100)
	x.must(x.store.SwitchAction(ctx, "transfers.create", "boss", true))
	var off *action.Switched
	if _, err := x.desk.Execute(ctx, c.ID); !errors.As(err, &off) {
		t.Errorf("got %v", err)
	}
	if _, err := x.desk.Draft(ctx, x.command(x.conv, 100)); !errors.As(err, &off) {
		t.Errorf("drafted: %v", err)
	}
	x.must(x.store.SwitchAction(ctx, "transfers.create", "boss", false))
	if got, err := x.desk.Execute(ctx, c.ID); err != nil || got.State != action.Voided || x.bank.moved() != 0 {
		t.Errorf("switched on again: %s, %v, moved %d", got.State, err, x.bank.moved())
	}
	x.done(x.confirmed(x.conv, 100))
}

func TestProof_RunsOut(t *testing.T) {
	for _, level := range []string{"none", "identified"} {
		x := open(t)
		ctx := t.Context()
		c, err := x.desk.Draft(ctx, x.command(x.conv, 100))
		x.must(err)
		x.must(x.desk.ReadBack(ctx, c.ID, "Shall I?", x.conv.Seq+1))
		x.says(x.conv.ID, assist.ByBot(), "Shall I?", "confirm")
		x.proof.set("identified", "B-1")
		if level == "none" { // somebody else now
			x.proof.set("strong", "B-2")
		}
		err = x.desk.Confirm(ctx, c.ID, x.says(x.conv.ID, assist.ByCustomer(x.conv.Customer), "yes", ""))
		if !errors.Is(err, action.ErrUnverified) || x.state(c.ID).State != action.Voided {
			t.Errorf("got %v, %s", err, x.state(c.ID).State)
		}
	}
	x := open(t)
	c := x.confirmed(x.conv, 100)
	x.pass(11 * time.Minute)
	if got, err := x.desk.Execute(t.Context(), c.ID); err != nil || got.State != action.Voided || x.bank.moved() != 0 {
		t.Errorf("an old yes: %s, %v", got.State, err)
	}
}

// The bot acts only while the conversation is its own.
func TestDesk_APersonTookOver(t *testing.T) {
	x := open(t)
	c := x.confirmed(x.conv, 100)
	x.write(assist.Write{Conversation: x.conv.ID, Decide: func(assist.Conversation) ([]assist.Event, error) {
		return []assist.Event{{Actor: assist.BySystem(), Data: assist.Assigned{Agent: 7, Cause: "take"}}}, nil
	}})
	if got, err := x.desk.Execute(t.Context(), c.ID); err == nil || x.bank.moved() != 0 {
		t.Errorf("got %s, %v", got.State, err)
	}
}

// A duty needs no yes, but all the rest.
func TestDuty_NeedsNoYes(t *testing.T) {
	x := open(t)
	ctx := t.Context()
	c := x.command(x.conv, 0)
	c.Action, c.Intent, c.Duty = "cards.block", "card_lost", true
	got, err := x.desk.Draft(ctx, c)
	x.must(err)
	x.done(got)
	x.proof.set("identified", "B-1")
	c.ID = "another"
	got, err = x.desk.Draft(ctx, c)
	x.must(err)
	if _, err := x.desk.Execute(ctx, got.ID); !errors.Is(err, action.ErrUnverified) {
		t.Errorf("unverified: %v", err)
	}
}
