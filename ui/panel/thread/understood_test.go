package thread_test

import (
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/thread"
)

// line is the small line under an entry.
func line(e thread.Entry) string {
	s := ""
	for _, p := range e.Under {
		s += p.Text
	}
	return s
}

// answered has the customer write and the bot answer with a turn, and returns what stands under the customer's message.
func answered(f *paneltest.Fixture, p *thread.Presenter, turn assist.BotTurn) thread.Entry {
	message(f, 30, assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByCustomer(11), Text: "it is broken"})
	message(f, 31, assist.Message{Seq: 4, Kind: assist.KindText, From: assist.ByBot(), Text: "Which one?", Bot: &turn})
	e := p.Entries()
	return e[len(e)-2]
}

func TestUnderstood_StandsUnderWhatTheCustomerSaid(t *testing.T) {
	f, p := show(t, nil)
	e := answered(f, p, assist.BotTurn{Intent: "return_item", Confidence: 0.8, RunnerUp: "exchange_item", Margin: 0.65, Step: "collect", Awaiting: "item",
		Slots: map[string]string{"reason": "broken", "visit_time": "2026-03-03T15:00"}, Words: map[string]assist.Wording{"reason": {EN: "it is broken", ZH: "坏了"}},
		Sources: []assist.Source{{Title: "Returns"}, {Title: "Refunds"}}})
	if e.Kind != thread.FromCustomer {
		t.Fatalf("it stands under %+v", e)
	}
	if got, want := line(e), "Understood return item 0.80 · exchange item 0.15 · reason it is broken · visit time Tomorrow 15:00 · asks for item"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := []panel.Fact{{Name: "Intent", Value: "return item"}, {Name: "Confidence", Value: "0.80"}, {Name: "Runner-up", Value: "exchange item, 0.65 behind"},
		{Name: "reason", Value: "it is broken"}, {Name: "visit time", Value: "Tomorrow 15:00"}, {Name: "Then", Value: "asks for item"}, {Name: "Answer from", Value: "Returns, Refunds"}}
	if !slices.Equal(e.Understood, want) {
		t.Errorf("got %q, want %q", e.Understood, want)
	}
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	all := p.Entries()
	if got, want := line(all[len(all)-2]), "听成 退货 0.80 · 换货 0.15 · 原因 坏了 · 上门时间 明天 15:00 · 正在询问商品"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if last := all[len(all)-1]; last.Understood != nil || last.After != " · 来源：Returns、Refunds" {
		t.Errorf("above the bot's message stands %q, and %q", last.After, last.Understood)
	}
}

func TestUnderstood_WhatIsInDoubt(t *testing.T) {
	for _, v := range []struct {
		turn  assist.BotTurn
		doubt bool
		line  string
	}{
		{assist.BotTurn{Intent: "return_item", Confidence: 0.5, RunnerUp: "exchange_item", Margin: 0.1, Step: "choose", Awaiting: "intent"}, true,
			"Understood return item 0.50 · exchange item 0.40 · asks which was meant"},
		{assist.BotTurn{Intent: "return_item", Confidence: 0.97, RunnerUp: "exchange_item", Margin: 0.95, Step: "confirm", Awaiting: "confirm"}, false,
			"Understood return item 0.97 · read back, waits for the yes"},
		{assist.BotTurn{Intent: "out_of_scope", RunnerUp: "exchange_item", Handoff: &assist.HandoffReason{Reason: "out_of_scope"}}, true,
			"Understood out of scope · nearest: exchange item · handed off: out of scope"},
		{assist.BotTurn{Intent: "return_item", Confidence: 0.7, Awaiting: "item"}, false, "Understood return item 0.70 · asks for item"}, // of before the step was told
	} {
		f, p := show(t, nil)
		e := answered(f, p, v.turn)
		if got := line(e); got != v.line || e.Under[1].Doubt != v.doubt {
			t.Errorf("got %q, doubt %t; want %q, %t", got, e.Under[1].Doubt, v.line, v.doubt)
		}
	}
}

func TestUnderstood_OnlyUnderTheMessageThatWasAnswered(t *testing.T) {
	f, p := show(t, nil)
	say := func(rev assist.Rev, m assist.Message) {
		m.Kind = assist.KindText
		message(f, rev, m)
	}
	say(30, assist.Message{Seq: 3, From: assist.ByCustomer(11), Text: "one"})
	say(31, assist.Message{Seq: 4, From: assist.ByCustomer(11), Text: "two"})
	message(f, 32, assist.Message{Kind: assist.KindNote, From: assist.ByAgent(f.State.You()), Text: "look"})
	say(33, assist.Message{Seq: 5, From: assist.ByBot(), Text: "both", Bot: &assist.BotTurn{Intent: "greet", Confidence: 1}})
	say(34, assist.Message{Seq: 6, From: assist.ByCustomer(11), Text: "three"})
	say(35, assist.Message{Seq: 7, From: assist.ByAgent(f.State.You()), Text: "I take over"})
	say(36, assist.Message{Seq: 8, From: assist.ByBot(), Text: "carried out", Bot: &assist.BotTurn{Intent: "greet", Confidence: 1}})
	under := map[string]string{}
	for _, e := range p.Entries() {
		under[e.Text] = line(e)
	}
	for text, want := range map[string]string{"one": "", "two": "Understood greet 1.00", "three": "", "both": ""} {
		if under[text] != want {
			t.Errorf("under %q stands %q, want %q", text, under[text], want)
		}
	}
}
