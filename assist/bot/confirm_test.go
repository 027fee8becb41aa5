package bot_test

import (
	"slices"
	"strings"
	"testing"

	"deskhand/assist/action"
)

// paying is a desk where a payment of 100 to Tom was read back.
func paying(t *testing.T, language string) *desk {
	d := newDesk(t, studioPack(t))
	d.c.Language = language
	first := "pay Tom 100"
	if language == "zh" {
		first = "给 Tom 付 100"
	}
	for _, text := range []string{first, "246810"} {
		d.says(text)
		d.answers()
	}
	if a := d.said[len(d.said)-1]; a.Bot.Awaiting != "confirm" || a.Bot.Slots["amount"] != "100.00" {
		t.Fatalf("awaits %q of %v:\n%s", a.Bot.Awaiting, a.Bot.Slots, a.Text)
	}
	return d
}

// A correction at the read-back voids it; what the next yes pays is the new amount.
func TestDialogue_CorrectionAtReadBack(t *testing.T) {
	for language, texts := range map[string][]string{
		"en": {"no, 120", "make it 120", "actually 120", "not 100, 120", "120 not 100", "wrong, 120", "yes but make it 120", "yes but 120", "it should be 120",
			"sorry, 120", "can you make that 120?", "oops i meant 120", "i think it's 120", "no wait, 120.00 USD"},
		"zh": {"不对，是120", "不是100，是120", "是120不是100", "错了，120", "说错了 120", "改成120", "好的，不过改成120", "应该是120", "可以改成120吗", "一百二"},
	} {
		for _, text := range texts {
			d := paying(t, language)
			d.says(text)
			a := d.answers()
			if a.Turn.Awaiting != "confirm" || a.Turn.Slots["amount"] != "120.00" || !strings.Contains(a.Text, "120") || d.drawer.all[0].State != action.Voided {
				t.Errorf("%q: awaits %q of %v, first draft %s: %s", text, a.Turn.Awaiting, a.Turn.Slots, d.drawer.all[0].State, a.Text)
				continue
			}
			d.says(map[string]string{"en": "yes", "zh": "好"}[language])
			d.answers()
			if want := []string{"payments.create amount=120.00 payee=Tom"}; !slices.Equal(d.office.changes, want) {
				t.Errorf("%q, then yes: changed %v, want %v", text, d.office.changes, want)
			}
		}
	}
}

// What is said to be wrong is asked for again.
func TestDialogue_DisputeAtReadBack(t *testing.T) {
	for language, text := range map[string]string{"en": "the amount is wrong", "zh": "金额不对"} {
		d := paying(t, language)
		d.says(text)
		if a := d.answers(); a.Turn.Awaiting != "amount" || a.Turn.Slots["payee"] != "Tom" || d.drawer.all[0].State != action.Voided {
			t.Errorf("%q: awaits %q of %v: %s", text, a.Turn.Awaiting, a.Turn.Slots, a.Text)
		}
	}
}

// Whatever is neither a yes nor understood leaves nothing behind that a yes could carry out without a read-back that comes
// after it.
func TestDialogue_NothingStandsBehindAnUnclearAnswer(t *testing.T) {
	for language, texts := range map[string][]string{
		"en": {"hmm", "yes if it is free", "my wife says yes", "is 100 the whole price?", "what is the fee?", "yes honey", "banana", "100 or so", "perhaps later", "not like that", "👍👎"},
		"zh": {"嗯……", "免费的话就好", "我老婆说可以", "一共就100吗？", "手续费多少？", "好的老婆", "香蕉", "大概吧", "不是这样的", "回头再说吧"},
	} {
		for _, text := range texts {
			d := paying(t, language)
			d.says(text)
			a := d.answers()
			read := d.drawer.all[0]
			if read.State == action.Done || len(d.office.changes) > 0 {
				t.Errorf("%q paid: %s", text, a.Text)
			}
			if a.Turn.Awaiting == "confirm" && !strings.Contains(a.Text, "100") {
				t.Errorf("%q awaits a yes without reading back: %s", text, a.Text)
			}
			if a.Turn.Awaiting != "confirm" && read.State != action.Voided {
				t.Errorf("%q: the draft is %s, and %q is awaited: %s", text, read.State, a.Turn.Awaiting, a.Text)
			}
		}
	}
}

// A question at the read-back is no failed try, however many there are.
func TestDialogue_QuestionsAtReadBackAreNoTries(t *testing.T) {
	d := paying(t, "en")
	for _, text := range []string{"who gets the receipt?", "which bank is that?", "is it the same Tom as last week?"} {
		d.says(text)
		if a := d.answers(); a.Turn.Awaiting != "confirm" || a.Handoff != nil {
			t.Fatalf("%q: awaits %q: %s", text, a.Turn.Awaiting, a.Text)
		}
	}
	d.says("what other musicians are there?")
	if a := d.answers(); !strings.Contains(a.Text, "Anna") || a.Turn.Awaiting != "confirm" {
		t.Errorf("awaits %q: %s", a.Turn.Awaiting, a.Text)
	}
}

// A yes that says again what was read back is a yes; with another value in it, it is a correction.
func TestDialogue_YesThatSaysItAgain(t *testing.T) {
	for text, paid := range map[string]bool{"yes, 100 to Tom": true, "yes please, 100 dollars": true, "ok, to Tom": true, "yes, 100 to Anna": false, "yes, 100 when it is free": false} {
		d := paying(t, "en")
		d.says(text)
		a := d.answers()
		if got := len(d.office.changes) == 1; got != paid {
			t.Errorf("%q paid: %t, want %t: %s", text, got, paid, a.Text)
		}
	}
}
