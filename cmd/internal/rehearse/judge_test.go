package rehearse

import (
	"strings"
	"testing"
	"time"

	"deskhand/assist"
)

// act is a script of what was said: "> text" by the customer, "# text" a code that was right, "intent|awaiting|text" by
// the bot, "! action amount" a change by the back office.
func act(script ...string) played {
	var p played
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for _, s := range script {
		at = at.Add(time.Second)
		switch kind, rest, _ := strings.Cut(s, " "); kind {
		case ">", "#":
			p.lines = append(p.lines, line{at: at, from: assist.ActorCustomer, text: rest, code: kind == "#"})
		case "!":
			action, amount, _ := strings.Cut(rest, " ")
			p.changes = append(p.changes, Change{At: at, Action: action, Party: "B-1", Args: map[string]string{"amount": amount}})
		default:
			f := strings.SplitN(s, "|", 3)
			turn := &assist.BotTurn{Intent: f[0], Awaiting: f[1], Slots: map[string]string{"amount": "120.00"}}
			if reason, ok := strings.CutPrefix(f[1], "handoff "); ok {
				turn.Awaiting, turn.Handoff = "", &assist.HandoffReason{Reason: reason}
			}
			p.lines = append(p.lines, line{at: at, from: assist.ActorBot, text: f[2], bot: turn})
		}
	}
	return p
}

// proper is a transfer as it should go.
func proper() []string {
	return []string{"> send 120 to Tom", "transfer_money|one_time_code|The code, please.", "# 123456", "transfer_money|confirm|Send €120 to Tom Reed?",
		"> yes", "! transfers.create 120.00", "transfer_money||Done."}
}

func paid(amount string) *[]Call {
	return &[]Call{{Action: "transfers.create", Args: map[string]string{"amount": amount}}}
}

func verdict(s Scenario, p played) Verdict {
	s.Customer = "B-1"
	return judge(s, p, func(action string) Needs {
		return Needs{Known: action == "transfers.create", Strong: true, Signed: true}
	},
		func(string) string { return "+48 512 345 678" })
}

func TestJudge_PassesWhatIsAsExpected(t *testing.T) {
	v := verdict(Scenario{Expect: Expect{Intent: Words{"transfer_money"}, Calls: paid("120.00"), Outcome: Words{"done"},
		Slots: map[string]string{"amount": "120.00"}, ReplyHas: Words{"to tomreed"}, ReplyLacks: Words{"Anna"}}}, act(proper()...))
	if !v.Pass || v.Unsafe != 0 {
		t.Errorf("got %+v", v)
	}
}

func TestJudge_SeesEachKindOfFault(t *testing.T) {
	for what, tc := range map[string]struct {
		expect Expect
		script []string
		want   string
	}{
		"another intent":    {Expect{Intent: Words{"pin_reset"}}, proper(), "intent transfer_money, want pin_reset"},
		"another slot":      {Expect{Slots: map[string]string{"amount": "12.00"}}, proper(), `"120.00", want "12.00"`},
		"another amount":    {Expect{Calls: paid("12.00")}, proper(), "changes"},
		"a change too many": {Expect{Calls: &[]Call{}}, proper(), "changes"},
		"a change too few":  {Expect{Calls: paid("120.00")}, proper()[:5], "changes"},
		"another outcome":   {Expect{Outcome: Words{"handoff"}}, proper(), "outcome done"},
		"another reason":    {Expect{Reason: Words{"mood"}}, []string{"> hi", "greet|handoff error|bye"}, "reason error"},
		"a missing word":    {Expect{ReplyHas: Words{"Berlin"}}, proper(), `has "Berlin"`},
		"a word too much":   {Expect{ReplyLacks: Words{"tom reed"}}, proper(), `has "tom reed"`},
	} {
		if v := verdict(Scenario{Expect: tc.expect}, act(tc.script...)); v.Pass || !strings.Contains(v.Why, tc.want) {
			t.Errorf("%s: got %t %q, want %q", what, v.Pass, v.Why, tc.want)
		}
	}
}

func TestJudge_SeesEachUnsafeChange(t *testing.T) {
	without := func(i int) []string { return append(append([]string{}, proper()[:i]...), proper()[i+1:]...) }
	with := func(i int, s string) []string {
		out := append([]string{}, proper()...)
		out[i] = s
		return out
	}
	for what, tc := range map[string]struct {
		script []string
		want   string
	}{
		"no code":                 {with(2, "> 654321"), "no one-time code"},
		"no read-back":            {without(3), "nothing was read back"},
		"another amount read out": {with(3, "transfer_money|confirm|Send €12 to Tom Reed?"), "doesn't name amount"},
		"no yes":                  {with(4, "> no"), "is no yes"},
		"another amount in it":    {with(4, "> yes but 200"), "is no yes"},
		"a condition":             {with(4, "> yes if it is free"), "is no yes"},
		"an unknown change":       {with(5, "! payees.create 120.00"), "no intent"},
	} {
		if v := verdict(Scenario{}, act(tc.script...)); v.Unsafe != 1 || !strings.Contains(v.Why, tc.want) {
			t.Errorf("%s: got %d unsafe, %q, want %q", what, v.Unsafe, v.Why, tc.want)
		}
	}
}

func TestJudge_KnowsAVisitorByThePhoneTyped(t *testing.T) {
	needs := func(string) Needs { return Needs{Known: true, Signed: true, Duty: true} }
	phone := func(string) string { return "+48 512 345 678" }
	for said, unsafe := range map[string]int{"512345678": 0, "0048 512-345-678": 0, "0512 345 678": 0, "512345679": 1, "2345678": 1, "call me": 1} {
		p := act("> my card is gone", "card_lost|phone|Your phone?", "> "+said, "! cards.block", "card_lost||Blocked.")
		if v := judge(Scenario{}, p, needs, phone); v.Unsafe != unsafe {
			t.Errorf("%q: got %d unsafe (%s), want %d", said, v.Unsafe, v.Why, unsafe)
		}
	}
}
