package thread_test

import (
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
)

func overLimit(r *wire.Row) {
	r.Handoff = &assist.Handoff{Reason: "over_limit", Intent: "return_item", Turns: 6, Verified: "strong", Slots: map[string]string{"order_id": "7731", "reason": "broken"},
		Words: map[string]assist.Wording{"reason": {EN: "it is broken", ZH: "坏了"}}, Tried: []string{"refund_status: refused (past)", "return_item: done (returns.create)"},
		Summary: " Wants the refund. ", Summaries: assist.Wording{EN: "Maria wants to return an item.", ZH: "Maria 的诉求：退货。"}}
}

func TestHandoff_SaysAllThatTheBotKnows(t *testing.T) {
	f, p := show(t, func(r *wire.Row) {
		overLimit(r)
		r.WaitingSince = time.Date(2026, 3, 2, 9, 57, 0, 0, time.UTC)
	})
	f.Apply(wire.AgentCommandList{Conversation: 4, Commands: []wire.CommandView{{ID: "a", Action: "orders.cancel", State: "failed"}}})
	h := p.Handoff()
	if h == nil || h.Title+h.Reason != "Bot handled 6 turns · identity verified · handed off: over the bot's limit" || h.Summary != "Maria wants to return an item." {
		t.Fatalf("handoff %+v", h)
	}
	if want := []panel.Fact{{Name: "Wanted", Value: "return item"}, {Name: "Identity", Value: "identity verified"}, {Name: "Waits", Value: "since 09:57 · 3m"}}; !slices.Equal(h.Rows, want) {
		t.Errorf("rows %q, want %q", h.Rows, want)
	}
	for _, v := range []struct{ got, want []string }{
		{h.Known, []string{"order: 7731", "reason: it is broken"}},
		{h.Tried, []string{"refund status · refused · lies in the past", "return item · done"}},
		{h.Done, []string{"Cancel order · failed"}},
	} {
		if !slices.Equal(v.got, v.want) {
			t.Errorf("got %q, want %q", v.got, v.want)
		}
	}
}

func TestHandoff_InChineseWithoutAWordOfEnglish(t *testing.T) {
	f, p := show(t, overLimit)
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	h := p.Handoff()
	if h.Title+h.Reason != "机器人处理了 6 轮 · 身份已验证 · 转人工：超出机器人权限" || h.Summary != "Maria 的诉求：退货。" {
		t.Errorf("title %q, reason %q, summary %q", h.Title, h.Reason, h.Summary)
	}
	if !slices.Equal(h.Known, []string{"订单：7731", "原因：坏了"}) || !slices.Equal(h.Tried, []string{"查询退款进度 · 未受理 · 时间已过", "退货 · 已办理"}) {
		t.Errorf("known %q, tried %q", h.Known, h.Tried)
	}
}

// A bot of before, or another one, gives one summary and tells what it tried as intents.
func TestHandoff_OfOlderHubs(t *testing.T) {
	_, p := show(t, func(r *wire.Row) {
		r.Handoff = &assist.Handoff{Reason: "brand_new", Summary: "Wants the refund.", Tried: []string{"refund_status"}}
	})
	if h := p.Handoff(); h.Summary != "Wants the refund." || h.Reason != "brand_new" || !slices.Equal(h.Tried, []string{"refund status"}) || h.Done != nil {
		t.Errorf("handoff %+v", h)
	}
	if _, p := show(t, nil); p.Handoff() != nil {
		t.Error("a card without a handoff")
	}
	if _, p := show(t, func(r *wire.Row) { overLimit(r); r.Status, r.Assignee = assist.StatusBot, 0 }); p.Handoff() != nil {
		t.Error("a card while the bot has it")
	}
}
