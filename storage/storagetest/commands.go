package storagetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
)

func commandTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"a command changes with its fact or not at all": commandWithFact,
		"from the state it is in, and from no other":    commandCompareAndSet,
		"ceilings":                   commandCeilings,
		"switches":                   commandSwitches,
		"filters":                    commandFilters,
		"what a dialogue remembers":  memory,
		"what customers have proved": proofs,
		"codes are judged once":      codesOnce,
		"how many codes":             codesSent,
		"what a code is judged by":   codeCase,
	}
}

func (d *desk) record(c assist.Conversation, id, state string, amount int64) assist.CommandRecord {
	return assist.CommandRecord{ID: id, Conversation: c.ID, Generation: c.BotGeneration, Inbox: c.Inbox, Customer: c.Customer, Party: "P-1",
		Intent: "transfer", Action: "transfers.create", State: state, Amount: amount, CreatedAt: d.at, UpdatedAt: d.at, Data: []byte(`{"id":"` + id + `"}`)}
}

// change brings a command from one state to the next.
func change(from string, to assist.CommandRecord, ceilings ...assist.CommandCeiling) assist.Write {
	w := write(to.Conversation, "", by(assist.CommandMoved{ID: to.ID, Intent: to.Intent, Action: to.Action, State: to.State}))
	w.Command = &assist.CommandChange{From: from, To: to, Ceilings: ceilings}
	return w
}

// stored is the command as it stands.
func (d *desk) stored(id string) assist.CommandRecord {
	d.t.Helper()
	list, err := d.Commands(context.Background(), assist.CommandFilter{ID: id})
	noError(d.t, err)
	if len(list) != 1 {
		d.t.Fatalf("%d commands %s", len(list), id)
	}
	return list[0]
}

func commandWithFact(t *testing.T, d *desk) {
	c := d.started("a")
	r := d.record(c, "one", "verified", 500)
	r.DueAt, r.Outcome = d.at.Add(time.Hour), "x"
	w := d.must(change("", r))
	if len(w.Events) != 1 || w.Conversation.Rev <= c.Rev || w.Events[0].Type != assist.CommandChanged {
		t.Errorf("got %+v", w)
	}
	d.reopen()
	if got := d.stored("one"); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", r) {
		t.Errorf("got\n%+v, want\n%+v", got, r)
	}
	before, err := d.Rev(t.Context())
	noError(t, err)
	r.State = "confirmed"
	w2 := change("verified", r)
	w2.Decide = func(assist.Conversation) ([]assist.Event, error) { return nil, assist.Errorf(assist.CodeTaken, "no") }
	wantCode(t, d.commit(w2)[0].Err, assist.CodeTaken)
	wantCode(t, d.commit(change("draft", r))[0].Err, assist.CodeWrongStatus)
	foreign := change("verified", r)
	foreign.Conversation = d.started("b").ID
	wantCode(t, d.commit(foreign)[0].Err, assist.CodeBadValue)
	said := change("verified", r)
	said.ClientID = d.id()
	wantCode(t, d.commit(said)[0].Err, assist.CodeBadValue)
	events, err := d.Events(t.Context(), assist.EventFilter{Conversation: c.ID})
	noError(t, err)
	if after := d.stored("one"); after.State != "verified" || len(events) != 2 || before == 0 {
		t.Errorf("a refused change left %s and %d events", after.State, len(events))
	}
	silent := change("verified", r) // a note on a command: no fact
	silent.Decide = nil
	if w := d.must(silent); len(w.Events) != 0 || d.stored("one").State != "confirmed" {
		t.Errorf("got %+v", w)
	}
}

func commandCompareAndSet(t *testing.T, d *desk) {
	c := d.started("a")
	d.must(change("", d.record(c, "one", "verified", 1)))
	wantCode(t, d.commit(change("", d.record(c, "one", "draft", 1)))[0].Err, assist.CodeExists)
	confirmed := d.record(c, "one", "confirmed", 1)
	out := d.commit(change("verified", confirmed), change("verified", confirmed), say(c, d.id(), "and this is stored"))
	noError(t, out[0].Err)
	wantCode(t, out[1].Err, assist.CodeWrongStatus)
	noError(t, out[2].Err)
	// What a command is about never changes.
	other := d.record(c, "one", "executing", 999)
	other.Party = "P-2"
	d.must(change("confirmed", other))
	if got := d.stored("one"); got.Amount != 1 || got.Party != "P-1" {
		t.Errorf("got %+v", got)
	}
}

func commandCeilings(t *testing.T, d *desk) {
	c, elsewhere := d.started("a"), d.started("b")
	most := assist.CommandCeiling{Scope: "day", Max: 100, Counts: assist.CommandFilter{Party: "P-1", Inboxes: []assist.InboxID{"shop"},
		States: []string{"executing", "done"}, Since: d.at}}
	d.must(change("", d.record(c, "one", "executing", 60), most))
	d.must(change("", d.record(c, "drafted", "verified", 90), assist.CommandCeiling{Scope: "x", Max: 90, Counts: assist.CommandFilter{States: []string{"nothing"}}}))
	err := d.commit(change("", d.record(elsewhere, "two", "executing", 41), most))[0].Err
	wantCode(t, err, assist.CodeFull)
	var over *assist.CeilingError
	if !errors.As(err, &over) || over.Sum != 101 || over.Max != 100 || over.Scope != "day" {
		t.Errorf("got %v", err)
	}
	d.must(change("", d.record(elsewhere, "two", "executing", 40), most))
	out := d.commit(change("executing", d.record(c, "one", "unknown", 60)), change("", d.record(c, "three", "executing", 61), most),
		change("", d.record(c, "four", "executing", 60), most))
	noError(t, out[0].Err)
	wantCode(t, out[1].Err, assist.CodeFull)
	noError(t, out[2].Err)
	r := d.record(c, "one", "reconciled", 60) // counts as what it turned out to be
	r.Outcome, r.UpdatedAt = "done", d.at
	d.must(change("unknown", r))
	wantCode(t, d.commit(change("", d.record(c, "five", "executing", 1), most))[0].Err, assist.CodeFull)
}

func commandSwitches(t *testing.T, d *desk) {
	c := d.started("a")
	ctx := t.Context()
	run := func(id, action string) error {
		r := d.record(c, id, "executing", 1)
		r.Action = action
		w := change("", r)
		w.Command.Switch = true
		return d.commit(w)[0].Err
	}
	noError(t, d.SwitchAction(ctx, "transfers.create", "li", true))
	noError(t, d.SwitchAction(ctx, "transfers.create", "boss", true))
	noError(t, d.SwitchAction(ctx, "cards.*", "boss", true))
	wantCode(t, run("one", "transfers.create"), assist.CodeForbidden)
	wantCode(t, run("two", "cards.block"), assist.CodeForbidden)
	noError(t, run("three", "transfers.cancel"))
	d.reopen()
	off, err := d.ActionSwitches(ctx)
	noError(t, err)
	if len(off) != 2 || off[0].Action != "cards.*" || off[1].By != "li" || off[1].At.IsZero() {
		t.Errorf("got %+v", off)
	}
	noError(t, d.SwitchAction(ctx, "cards.*", "boss", false))
	noError(t, d.SwitchAction(ctx, "cards.*", "boss", false))
	noError(t, run("two", "cards.block"))
	wantCode(t, d.SwitchAction(ctx, "", "boss", true), assist.CodeEmpty)
}

func commandFilters(t *testing.T, d *desk) {
	c, other := d.started("a"), d.started("b")
	for n, state := range []string{"verified", "done", "waiting", "reconciled"} {
		r := d.record(c, fmt.Sprintf("c%d", n), state, 1)
		r.CreatedAt, r.UpdatedAt = d.at.Add(time.Duration(n)*time.Minute), d.at.Add(time.Duration(n)*time.Minute)
		r.Ended = state == "done" || state == "reconciled"
		switch state {
		case "waiting":
			r.DueAt, r.Action, r.Intent = d.at.Add(time.Hour), "orders.cancel", "cancel"
		case "reconciled":
			r.Outcome, r.Generation, r.Party = "failed", 2, "P-2"
		}
		d.must(change("", r))
	}
	last := d.record(other, "o", "done", 1)
	last.CreatedAt = d.at.Add(time.Hour)
	d.must(change("", last))
	base := d.stored("c0").CreatedAt
	for _, tc := range []struct {
		f    assist.CommandFilter
		want string
	}{
		{assist.CommandFilter{Conversation: c.ID}, "c0 c1 c2 c3"}, {assist.CommandFilter{Conversation: c.ID, Generation: 2}, "c3"},
		{assist.CommandFilter{States: []string{"done"}}, "c1 o"}, {assist.CommandFilter{States: []string{"failed"}}, "c3"},
		{assist.CommandFilter{States: []string{"verified", "waiting"}}, "c0 c2"}, {assist.CommandFilter{Open: true}, "c0 c2 o"},
		{assist.CommandFilter{Conversation: c.ID, Since: base.Add(2 * time.Minute)}, "c2 c3"}, {assist.CommandFilter{DueBefore: base.Add(2 * time.Hour)}, "c2"},
		{assist.CommandFilter{DueBefore: base}, ""}, {assist.CommandFilter{Party: "P-2"}, "c3"}, {assist.CommandFilter{Inboxes: []assist.InboxID{"bank"}}, ""},
		{assist.CommandFilter{Customer: other.Customer}, "o"}, {assist.CommandFilter{Intent: "cancel"}, "c2"}, {assist.CommandFilter{Action: "orders.cancel"}, "c2"},
		{assist.CommandFilter{Conversation: c.ID, Limit: 2}, "c0 c1"}, {assist.CommandFilter{ID: "none"}, ""},
	} {
		list, err := d.Commands(t.Context(), tc.f)
		noError(t, err)
		var got []string
		for _, r := range list {
			got = append(got, r.ID)
		}
		if s := strings.Join(got, " "); s != tc.want {
			t.Errorf("%+v: got %q, want %q", tc.f, s, tc.want)
		}
	}
}

func memory(t *testing.T, d *desk) {
	ctx := t.Context()
	c, other := d.started("a"), d.started("b")
	bot := func(id assist.ClientID) assist.Write {
		return write(c.ID, id, assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "?"}))
	}
	load := func(conversation assist.ConversationID, turn assist.ClientID, want string) {
		t.Helper()
		got, err := d.Memory(ctx, conversation, turn)
		noError(t, err)
		if string(got) != want {
			t.Errorf("turn %s: got %q, want %q", turn, got, want)
		}
	}
	first, orphan, second, third := d.id(), d.id(), d.id(), d.id()
	load(c.ID, first, "")
	noError(t, d.SaveMemory(ctx, c.ID, first, []byte("one")))
	noError(t, d.SaveMemory(ctx, c.ID, first, []byte("one again")))
	d.must(bot(first))
	for range 20 { // turns that are computed and never stored don't push out what is needed
		noError(t, d.SaveMemory(ctx, c.ID, d.id(), []byte("stale")))
	}
	noError(t, d.SaveMemory(ctx, c.ID, orphan, []byte("stale")))
	load(c.ID, first, "one again")
	load(other.ID, first, "")
	noError(t, d.SaveMemory(ctx, c.ID, second, []byte("two")))
	d.must(bot(second))
	noError(t, d.SaveMemory(ctx, c.ID, third, []byte("three")))
	d.reopen()
	load(c.ID, first, "")
	load(c.ID, second, "two")
	load(c.ID, third, "three")
	load(c.ID, "no turn of the bot", "")
	wantCode(t, d.SaveMemory(ctx, c.ID, "x", nil), assist.CodeBadValue)
}
