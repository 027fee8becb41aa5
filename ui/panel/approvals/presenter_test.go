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
		Action: "refunds.create", Args: map[string]string{"order_id": "7731-204", "reason": "broken"}, Terms: map[string]any{"fee": "0.00", "items": []any{"lamp", "bulb"}},
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
	for name, want := range map[string]string{"order": "7731-204", "reason": "broken", "fee": "0.00", "items": "lamp; bulb"} {
		if got := value(it.Sheet.Facts, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"Customer": "Maria Gomez", "Customer number": "C-1009", "Asked for by": "Bot", "Identity": "identity verified",
		"Approval because": "the amount is above the limit of one change", "Asked for at": "09:57", "Runs out": "11:00"} {
		if got := value(it.Sheet.About, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if got := p.Items()[0].Sheet; got.Title != "退款 · $499.00" || got.State != "等待审批" {
		t.Errorf("in Chinese: %q, %q", got.Title, got.State)
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
	f.Fake.Answer = func(any) (wire.Frame, error) {
		if !p.Items()[0].Deciding {
			t.Error("the button is free while the hub is being asked")
		}
		p.Approve(items[0]) // a second click
		return wire.Ack{}, nil
	}
	p.Approve(items[0])
	if len(f.Fake.Calls) != 1 || f.Fake.Calls[0].(wire.AgentApprove).ID != "a" || *drawn != 2 {
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
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeTaken, "gone") }
	p.Decline(it, "no", func() { closed++ })
	if closed != 2 || f.Told[len(f.Told)-1] != "! "+f.Lang.T("approvals.gone") {
		t.Errorf("decided by somebody else: closed %d times, told %q", closed, f.Told)
	}
}
