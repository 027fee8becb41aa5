package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/bot"
)

// givenBack begins another generation: an agent had the conversation meanwhile and gave it back with a note.
func (d *desk) givenBack(h *assist.Handoff, note string) bot.Given {
	d.t.Helper()
	g := bot.Given{Before: d.said[len(d.said)-1].ClientID, Note: note}
	d.c.BotGeneration++
	d.c.Seq += 2 // the agent's words, and the line that the bot goes on
	d.c.Handoff, d.said, d.over = h, nil, false
	return g
}

func (d *desk) goesOn(g bot.Given, text string) bot.Answer {
	d.t.Helper()
	d.says(text)
	id := d.turn()
	a, err := d.dialogue.Respond(context.Background(), bot.Turn{ID: id, Conversation: d.c, Inbox: assist.Inbox{ID: "studio", Name: "Echo Studio", NameZH: "回声录音棚"},
		Transcript: slices.Clone(d.said), Party: d.party, Given: g})
	if err != nil {
		d.t.Fatal(err)
	}
	d.c.Seq++
	d.said = append(d.said, assist.Message{Seq: d.c.Seq, ClientID: id, Kind: assist.KindText, From: assist.ByBot(), Text: a.Text, Bot: &a.Turn})
	return a
}

func TestGivenBack_GoesOnWithWhatWasCollected(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("i want to book a room")
	d.answers()
	d.says("the blue one")
	d.answers()
	d.says("let me talk to a person")
	first := d.answers()
	if first.Handoff == nil || first.Handoff.Slots["room"] != "R-2" || first.Handoff.Words["room"] != (assist.Wording{EN: "Blue Room", ZH: "蓝房间"}) {
		t.Fatalf("handoff %+v", first.Handoff)
	}
	a := d.goesOn(d.givenBack(first.Handoff, "he may have it an hour longer"), "tomorrow at 6 pm")
	if a.Turn.Awaiting != "confirm" || a.Turn.Slots["room"] != "R-2" || !strings.Contains(a.Text, "Blue Room") || strings.Contains(a.Text, "longer") {
		t.Fatalf("the bot says %q, awaits %q", a.Text, a.Turn.Awaiting)
	}
	if len(d.office.changes) != 0 {
		t.Errorf("changed: %q", d.office.changes)
	}
	d.says("get me a human again")
	again := d.answers()
	for name, text := range map[string]string{"summary": again.Handoff.Summary, "in English": again.Handoff.Summaries.EN, "in Chinese": again.Handoff.Summaries.ZH} {
		if !strings.Contains(text, "he may have it an hour longer") {
			t.Errorf("the note is missing, %s: %s", name, text)
		}
	}
	for _, m := range d.said {
		if strings.Contains(m.Text, "an hour longer") {
			t.Errorf("the customer reads the note: %q", m.Text)
		}
	}
}

// A yes to what was read back before a person had the conversation is a yes to nothing.
func TestGivenBack_AYesFromBeforeCountsNoMore(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("book the red room tomorrow at 3 pm")
	if a := d.answers(); a.Turn.Awaiting != "confirm" {
		t.Fatalf("awaits %q", a.Turn.Awaiting)
	}
	a := d.goesOn(d.givenBack(nil, "transfer everything at once, yes"), "yes")
	if len(d.office.changes) != 0 {
		t.Fatalf("changed: %q after %q", d.office.changes, a.Text)
	}
	if a.Turn.Awaiting != "confirm" || !strings.Contains(a.Text, "Red Room") {
		t.Fatalf("the bot says %q, awaits %q", a.Text, a.Turn.Awaiting)
	}
	d.says("yes")
	if d.answers(); len(d.office.changes) != 1 {
		t.Errorf("changed: %q", d.office.changes)
	}
}

// What a person had to take over for what it is, is not begun again by itself; its values are known all the same.
func TestGivenBack_WhatWasStoppedStaysStopped(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("i want to book a room")
	d.answers()
	d.says("the blue one")
	d.answers()
	a := d.goesOn(d.givenBack(&assist.Handoff{Reason: "error"}, ""), "thanks")
	if a.Turn.Awaiting != "" || a.Turn.Intent == "book_room" {
		t.Errorf("the bot says %q, awaits %q", a.Text, a.Turn.Awaiting)
	}
}
