package thread_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/thread"
	"deskhand/ui/state"
)

func show(t *testing.T, change func(*wire.Row)) (*paneltest.Fixture, *thread.Presenter) {
	t.Helper()
	f := paneltest.New(t)
	f.Conversation(4, change)
	p := thread.NewPresenter(f.Desk)
	p.Show(4)
	return f, p
}

func message(f *paneltest.Fixture, rev assist.Rev, m assist.Message) {
	m.Rev, m.Conversation, m.At = rev, 4, f.Clock
	f.Apply(wire.AgentEvent{Event: assist.Event{Rev: rev, Conversation: 4, Type: assist.MessageAppended, At: f.Clock, Actor: m.From,
		Data: assist.Appended{Message: m}}})
}

func lines(entries []thread.Entry) []string {
	var out []string
	for _, e := range entries {
		s := e.Above + e.Bold + e.After + "|" + e.Text + "|" + e.Below
		if e.File != nil {
			s += "|" + e.File.Name
		}
		out = append(out, s)
	}
	return out
}

func TestEntries_WhatTheBotUnderstoodAndTimes(t *testing.T) {
	_, p := show(t, nil)
	want := []string{"|Today|", "|where is my refund|", "Bot|hello|09:59"}
	if got := lines(p.Entries()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEntries_AMessageKeepsItsPlaceFromQueuedToRead(t *testing.T) {
	f, p := show(t, nil)
	id := paneltest.ClientID(1)
	var ch state.Change
	f.State.Send(state.Outgoing{ClientID: id, Conversation: 4, Text: "on it", At: f.Clock}, &ch)
	last := func() thread.Entry { e := p.Entries(); return e[len(e)-1] }
	var below []string
	note := func() {
		e := last()
		if e.ID != "c"+string(id) || e.Kind != thread.FromAgent {
			t.Fatalf("entry %+v", e)
		}
		below = append(below, e.Below)
	}
	note()
	f.Apply(wire.Ack{ClientID: id, Conversation: 4, Seq: 3, Rev: 30, At: f.Clock})
	note()
	message(f, 30, assist.Message{Seq: 3, ClientID: id, Kind: assist.KindText, From: assist.ByAgent(f.State.You()), Text: "on it"})
	note()
	f.Apply(wire.AgentMarks{Conversation: 4, Marks: assist.Marks{CustomerDelivered: 3}})
	note()
	f.Apply(wire.AgentMarks{Conversation: 4, Marks: assist.Marks{CustomerRead: 3}})
	note()
	want := []string{"waits to be sent", "10:00 · sent", "10:00 · sent", "10:00 · delivered", "10:00 · read"}
	if !slices.Equal(below, want) {
		t.Errorf("below it stood %q, want %q", below, want)
	}
}

func TestEntries_FailedSaysWhyAndCanBeRetried(t *testing.T) {
	f, p := show(t, nil)
	id := paneltest.ClientID(1)
	var ch state.Change
	f.State.Send(state.Outgoing{ClientID: id, Conversation: 4, Text: "x", At: f.Clock}, &ch)
	f.Apply(wire.Failure{ClientID: id, Conversation: 4, Code: assist.CodeNotOwner})
	e := p.Entries()[3]
	if !e.Bad || e.Action != "Retry" || !strings.Contains(e.Below, "Take it over first") {
		t.Fatalf("entry %+v", e)
	}
	p.Retry(id)
	if o := f.State.Outgoing(4); o[0].State != state.Queued || len(f.Fake.Retried) != 1 {
		t.Errorf("after retry %+v, hub heard %v", o, f.Fake.Retried)
	}
	f.Apply(wire.Failure{ClientID: id, Conversation: 4, Code: assist.CodeNotOwner})
	p.Discard(id)
	if len(f.State.Outgoing(4)) != 0 || len(f.Fake.Dropped) != 1 {
		t.Error("discarding left it there")
	}
}

func TestEntries_FilesNotesActivityAndUnread(t *testing.T) {
	f, p := show(t, func(r *wire.Row) { r.AgentRead = 1 })
	message(f, 31, assist.Message{Kind: assist.KindNote, From: assist.Actor{Kind: assist.ActorAgent, ID: 8, Name: "Anna Schmidt"}, Text: "look"})
	message(f, 32, assist.Message{Seq: 3, Kind: assist.KindActivity, From: assist.BySystem(), Activity: &assist.Activity{Code: "joined", Args: map[string]string{"name": "Li Wei"}}})
	message(f, 33, assist.Message{Seq: 4, Kind: assist.KindText, From: assist.ByCustomer(11), Attachments: []assist.Attachment{{ID: "a", Name: "a.pdf"}, {ID: "b", Name: "b.png"}}})
	got := lines(p.Entries())[2:]
	want := []string{"Bot|hello|", "Private note · Anna Schmidt|look|", "|Li Wei joined · 10:00|", "|New|", "|||a.pdf", "||10:00|b.png"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if got := lines(p.Entries())[4]; got != "|Li Wei 已加入 · 10:00|" {
		t.Errorf("in Chinese: %q", got)
	}
}

func TestMarkRead_OnlyOnesOwnAndOnce(t *testing.T) {
	f, p := show(t, func(r *wire.Row) { r.AgentRead = 1 })
	p.MarkRead()
	p.MarkRead()
	if f.Fake.Marked[4] != 2 || p.Read() != 0 {
		t.Errorf("marked %v, still to read %d", f.Fake.Marked, p.Read())
	}
	f, p = show(t, func(r *wire.Row) { r.AgentRead, r.Assignee = 1, 8 })
	p.MarkRead()
	if len(f.Fake.Marked) != 0 {
		t.Error("a colleague's conversation was marked as read")
	}
}

func TestTyping_EndsByItself(t *testing.T) {
	f, p := show(t, nil)
	f.Apply(wire.AgentPeerTyping{Conversation: 4, From: assist.ByCustomer(11), Text: "if it\nisn't"})
	e := p.Typing()
	if e == nil || e.Text != "Maria Gomez is typing…" || e.After != "“if it isn't”" {
		t.Fatalf("typing %+v", e)
	}
	f.Clock = f.Clock.Add(state.TypingFor)
	if p.Typing() != nil {
		t.Error("still typing after the time")
	}
}

func TestOlder_AsksBeforeTheFirst(t *testing.T) {
	f, p := show(t, nil)
	if p.Older() != 0 {
		t.Error("older messages where there are none")
	}
	f.Apply(wire.AgentOpened{Row: f.State.Conversation(4).Row, More: true, Reset: true, Messages: []assist.Message{{Rev: 10, Seq: 5, Kind: assist.KindText, From: assist.ByBot()}}})
	f.Fake.Answer = func(command any) (wire.Frame, error) {
		if c := command.(wire.AgentHistory); c.BeforeRev != 10 || c.Conversation != 4 {
			t.Errorf("asked %+v", c)
		}
		return wire.AgentMessages{Conversation: 4, Messages: []assist.Message{{Rev: 9, Seq: 4, Kind: assist.KindText, From: assist.ByBot(), Text: "older"}}}, nil
	}
	p.LoadOlder()
	if m := f.State.Conversation(4).Messages; len(m) != 2 || m[0].Text != "older" || p.Older() != 0 {
		t.Errorf("messages %+v, older %d", m, p.Older())
	}
}

func TestViewers_AreTheOthers(t *testing.T) {
	f, p := show(t, nil)
	f.Apply(wire.AgentViewers{Conversation: 4, Agents: []assist.AgentID{paneltest.Me}})
	if got := p.Viewers(); got != "" {
		t.Errorf("alone: %q", got)
	}
	f.Apply(wire.AgentViewers{Conversation: 4, Agents: []assist.AgentID{8, paneltest.Me, 9}})
	if got := p.Viewers(); got != "Anna Schmidt, 陈晨 also looks at this" {
		t.Errorf("got %q", got)
	}
}

func TestEntries_DaysStandBetween(t *testing.T) {
	f, p := show(t, nil)
	f.Clock = f.Clock.Add(24 * time.Hour)
	message(f, 40, assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByCustomer(11), Text: "next day"})
	got := lines(p.Entries())
	if got[0] != "|Yesterday|" || got[3] != "|Today|" {
		t.Errorf("got %q", got)
	}
}

func TestEntries_CommandsStandWhereTheyWereDrafted(t *testing.T) {
	f, p := show(t, nil)
	command := func(state string) wire.AgentCommandList {
		return wire.AgentCommandList{Conversation: 4, Commands: []wire.CommandView{{ID: "a", Conversation: 4, Action: "refunds.create", Amount: 49900, Currency: "USD", State: state,
			Args: map[string]string{"order_id": "7731"}, By: assist.ByBot(), CreatedAt: f.Clock.Add(-90 * time.Second), ReadBack: "Refund it?"}}}
	}
	f.Fake.Answer = func(any) (wire.Frame, error) { return command("waiting"), nil }
	p.LoadCommands()
	want := []string{"|Today|", "|where is my refund|", "|Refund money · $499.00 · waits for approval|", "Bot|hello|09:59"}
	if got := lines(p.Entries()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	f.Apply(command("done"))
	if got := lines(p.Entries())[2]; got != "|Refund money · $499.00 · done|" {
		t.Errorf("got %q", got)
	}
	if sh, ok := p.Command("a"); !ok || sh.ReadBack != "Refund it?" || len(sh.Facts) != 2 || sh.State != "done" {
		t.Errorf("sheet %+v, %t", sh, ok)
	}
	if _, ok := p.Command("b"); ok {
		t.Error("a command that isn't there is shown")
	}
}

func TestLoadCommands_OnlyTheLastAnswerCounts(t *testing.T) {
	f, p := show(t, nil)
	first := true
	f.Fake.Answer = func(any) (wire.Frame, error) {
		state := "done"
		if first {
			first, state = false, "waiting"
			p.LoadCommands() // answered before the first is
		}
		return wire.AgentCommandList{Conversation: 4, Commands: []wire.CommandView{{ID: "a", State: state, CreatedAt: f.Clock}}}, nil
	}
	p.LoadCommands()
	if got := f.State.Conversation(4).Commands; len(got) != 1 || got[0].State != "done" {
		t.Errorf("got %+v", got)
	}
}
