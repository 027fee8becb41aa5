package action_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
)

func TestDesk_FromDraftToDone(t *testing.T) {
	x := open(t)
	c := x.confirmed(x.conv, 12_000)
	got, err := x.desk.Execute(t.Context(), c.ID)
	if err != nil || got.State != action.Done || x.bank.moved() != 12_000 {
		t.Fatalf("got %s, %v, moved %d", got.State, err, x.bank.moved())
	}
	for range 3 { // again changes nothing
		if got, err = x.desk.Execute(t.Context(), c.ID); err != nil || got.State != action.Done {
			t.Fatalf("again: %s, %v", got.State, err)
		}
	}
	if len(x.bank.calls) != 1 {
		t.Errorf("the bank was asked: %v", x.bank.calls)
	}
	at, _ := got.Result["at"].(time.Time)
	parts, _ := got.Result["parts"].([]backoffice.Record)
	if !at.Equal(time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)) || got.Result["n"] != 3 || len(parts) != 1 {
		t.Errorf("the stored result lost its types: %#v", got.Result)
	}
	events, err := x.store.Events(t.Context(), assist.EventFilter{Conversation: x.conv.ID})
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, e := range events {
		if d, ok := e.Data.(assist.CommandMoved); ok && d.ID == string(c.ID) {
			states = append(states, string(e.Actor.Kind)+" "+d.State)
		}
	}
	if want := "[bot verified customer confirmed bot executing system done]"; fmt.Sprint(states) != want {
		t.Errorf("facts: got %v, want %s", states, want)
	}
}

func TestDesk_NothingWithoutTheYesToThatVeryCommand(t *testing.T) {
	x := open(t)
	ctx := t.Context()
	c, err := x.desk.Draft(ctx, x.command(x.conv, 100))
	if err != nil {
		t.Fatal(err)
	}
	customer := assist.ByCustomer(x.conv.Customer)
	early := x.says(x.conv.ID, customer, "yes", "")
	refused := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Errorf("%s: taken", what)
		}
	}
	refused("a yes before anything was read back", x.desk.Confirm(ctx, c.ID, early))
	_, err = x.desk.Execute(ctx, c.ID)
	refused("executed unconfirmed", err)
	at := early + 1
	if err := x.desk.ReadBack(ctx, c.ID, "Shall I?", at); err != nil {
		t.Fatal(err)
	}
	refused("a yes said before", x.desk.Confirm(ctx, c.ID, early))
	refused("a yes that was never said", x.desk.Confirm(ctx, c.ID, at+1))
	x.says(x.conv.ID, assist.ByBot(), "Anything else?", "") // the read-back itself was never stored
	yes := x.says(x.conv.ID, customer, "yes", "")
	refused("a yes to another question", x.desk.Confirm(ctx, c.ID, yes))
	if err := x.desk.ReadBack(ctx, c.ID, "Shall I?", yes+1); err != nil {
		t.Fatal(err)
	}
	x.says(x.conv.ID, assist.ByBot(), "Shall I?", "confirm")
	note := x.says(x.conv.ID, assist.ByBot(), "Please say yes", "confirm")
	refused("a yes of the bot's own", x.desk.Confirm(ctx, c.ID, note))
	yes = x.says(x.conv.ID, customer, "yes", "")
	edited, err := x.desk.Draft(ctx, x.command(x.conv, 200))
	if err != nil {
		t.Fatal(err)
	}
	refused("a yes to what was edited since", x.desk.Confirm(ctx, c.ID, yes))
	refused("a yes to what is new", x.desk.Confirm(ctx, edited.ID, yes))
	if x.state(c.ID).State != action.Voided || x.bank.moved() != 0 {
		t.Errorf("the edited one is %s, moved %d", x.state(c.ID).State, x.bank.moved())
	}
	if _, err := x.desk.Execute(ctx, "nothing"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("no such command: %v", err)
	}
}
