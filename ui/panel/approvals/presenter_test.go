package approvals_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
	"deskhand/ui/panel/approvals"
	"deskhand/ui/panel/paneltest"
)

func refund(f *paneltest.Fixture, id string, by assist.Actor) wire.CommandView {
	return wire.CommandView{ID: id, Conversation: 4, Customer: 11, CustomerName: "Maria Gomez", Party: "C-1009", Intent: "return_item",
		Action: "refunds.create", Args: map[string]string{"order_id": "7731-204", "reason": "broken"}, Words: map[string]assist.Wording{"reason": {EN: "it broke", ZH: "坏了"}}, ReadAt: 5, YesAt: 6, Terms: map[string]any{"fee": "0.00", "items": []any{"lamp", "bulb"}},
		Amount: 49900, Currency: "USD", Needs: "strong", Had: "strong", State: "waiting", Approval: "action", By: by,
		ReadBack: "Refund $499.00 for order 7731-204?", CreatedAt: f.Clock.Add(-3 * time.Minute), DueAt: f.Clock.Add(time.Hour)}
}

func fixture(t *testing.T) (*paneltest.Fixture, *approvals.Presenter, *int) {
	f := paneltest.New(t)
	drawn := 0
	f.Apply(wire.AgentApprovalList{Commands: []wire.CommandView{refund(f, "a", assist.ByBot()), refund(f, "b", assist.Actor{Kind: assist.ActorAgent, ID: int64(paneltest.Me)})}})
	return f, approvals.NewPresenter(f.Desk, func() { drawn++ }), &drawn
}

func value(facts []panel.Fact, name string) string {
	if i := slices.IndexFunc(facts, func(x panel.Fact) bool { return x.Name == name }); i >= 0 {
		return facts[i].Value
	}
	return ""
}

func TestItems_SayTheCommandInFull(t *testing.T) {
	f, p, _ := fixture(t)
	it := p.Items()[0]
	if it.Sheet.Title != "Refund money · $499.00" || it.Sheet.State != "waits for approval" || it.Sheet.ReadBack != "Refund $499.00 for order 7731-204?" {
		t.Errorf("sheet %+v", it.Sheet)
	}
	for name, want := range map[string]string{"Amount": "$499.00 (four hundred and ninety-nine dollars)", "Order": "7731-204",
		"Reason": "it broke", "Fee": "$0.00", "Items": "lamp; bulb"} {
		if got := value(it.Sheet.Facts, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"Customer": "Maria Gomez", "Customer number": "C-1009", "Asked for by": "Bot", "Identity": "identity verified",
		"Approval because": "the amount is above the limit of one change", "Asked for at": "09:57", "Runs out": "11:00 · 1 h 0 min left",
		"The customer's yes": "message 6, after the read-back in message 5"} {
		if got := value(it.Sheet.About, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	got := p.Items()[0].Sheet
	if got.Title != "退款 · $499.00" || got.State != "等待审批" || value(got.Facts, "金额") != "$499.00（肆佰玖拾玖元整）" || value(got.Facts, "原因") != "坏了" {
		t.Errorf("in Chinese: %q, %q, %q", got.Title, got.State, got.Facts)
	}
}

func TestApprove_AsksOnceAndNeverForOnesOwn(t *testing.T) {
	f, p, drawn := fixture(t)
	items := p.Items()
	if items[0].Own || !items[1].Own {
		t.Fatalf("own: %t, %t", items[0].Own, items[1].Own)
	}
	p.Approve(items[1])
	p.Decline(items[1], "mine", nil)
	if len(f.Fake.Calls) != 0 {
		t.Fatalf("one's own was decided on: %+v", f.Fake.Calls)
	}
	f.Fake.Answer = func(c any) (wire.Frame, error) {
		if _, follows := c.(wire.AgentCommands); follows {
			return nil, assist.Errorf(assist.CodeBusy, "later")
		}
		if !p.Items()[0].Deciding {
			t.Error("the button is free while the hub is being asked")
		}
		p.Approve(items[0]) // a second click
		return wire.Ack{}, nil
	}
	p.Approve(items[0])
	p.Approve(items[0]) // before the list comes without it
	if len(f.Fake.Calls) != 2 || f.Fake.Calls[0].(wire.AgentApprove).ID != "a" || *drawn != 2 {
		t.Errorf("calls %+v, drawn %d", f.Fake.Calls, *drawn)
	}
	if len(f.Told) != 1 || !strings.HasPrefix(f.Told[0], "Approved: Refund money") {
		t.Errorf("told %q", f.Told)
	}
}

func TestDecline_KeepsTheReasonUntilTheHubHasIt(t *testing.T) {
	f, p, _ := fixture(t)
	it, closed := p.Items()[0], 0
	p.Decline(it, strings.Repeat("长", approvals.MaxReason+1), func() { closed++ })
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeBusy, "later") }
	p.Decline(it, "no", func() { closed++ })
	if closed != 0 || len(f.Fake.Calls) != 1 {
		t.Errorf("closed %d times, calls %+v", closed, f.Fake.Calls)
	}
	f.Fake.Answer = nil
	p.Decline(it, " price was wrong ", func() { closed++ })
	if got := f.Fake.Calls[1].(wire.AgentDecline); closed != 1 || got.ID != "a" || got.Note != "price was wrong" {
		t.Errorf("closed %d times, %+v", closed, got)
	}
	f.Apply(wire.AgentApprovalList{Commands: []wire.CommandView{refund(f, "c", assist.ByBot())}})
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeTaken, "gone") }
	p.Decline(p.Items()[0], "no", func() { closed++ })
	if closed != 2 || f.Told[len(f.Told)-1] != "! "+f.Lang.T("approvals.gone") {
		t.Errorf("decided by somebody else: closed %d times, told %q", closed, f.Told)
	}
}

// What came of a decision is followed until it is over.
func TestDecided_SaysWhatCameOfIt(t *testing.T) {
	f, p, drawn := fixture(t)
	state := wire.CommandView{State: "executing"}
	f.Fake.Answer = func(c any) (wire.Frame, error) {
		switch c := c.(type) {
		case wire.AgentCommands:
			now := refund(f, "a", assist.ByBot())
			now.State, now.Outcome, now.Why = state.State, state.Outcome, state.Why
			return wire.AgentCommandList{Conversation: c.Conversation, Commands: []wire.CommandView{now}}, nil
		}
		return wire.Ack{}, nil
	}
	p.Approve(p.Items()[0])
	if d := p.Decided(); len(d) != 1 || d[0].Outcome != "Approved. It is being carried out…" || d[0].Title != "Refund money · $499.00" || d[0].Good || d[0].Bad {
		t.Fatalf("decided %+v", d)
	}
	for _, v := range []struct {
		command   wire.CommandView
		outcome   string
		good, bad bool
	}{
		{wire.CommandView{State: "unknown"}, "Approved. The company's system has not answered; the outcome is being found out.", false, false},
		{wire.CommandView{State: "reconciled", Outcome: "failed", Why: "balance"}, "Approved, but not carried out: nothing was changed. the balance is too low", false, true},
	} {
		state = v.command
		before := *drawn
		p.Follow()
		if d := p.Decided()[0]; d.Outcome != v.outcome || d.Good != v.good || d.Bad != v.bad || *drawn == before {
			t.Errorf("%s: %+v, drawn %t", v.command.State, d, *drawn != before)
		}
	}
	n := len(f.Fake.Calls)
	if p.Follow(); len(f.Fake.Calls) != n {
		t.Error("what is over is asked for again")
	}
}

func TestDecided_DeclinedKeepsTheReason(t *testing.T) {
	f, p, _ := fixture(t)
	f.Fake.Answer = func(c any) (wire.Frame, error) { return wire.Ack{}, nil }
	p.Decline(p.Items()[0], "call her first", nil)
	if d := p.Decided(); len(d) != 1 || d[0].Outcome != "Declined. Nothing was changed." || d[0].Reason != "call her first" || len(f.Fake.Calls) != 1 {
		t.Errorf("decided %+v, calls %+v", d, f.Fake.Calls)
	}
}
