package assist_test

import (
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	assistpanel "deskhand/ui/panel/assist"
	"deskhand/ui/panel/paneltest"
)

func names(p *assistpanel.Presenter) []string {
	var out []string
	for _, m := range p.Macros() {
		out = append(out, m.Name)
	}
	return out
}

func TestMacros_FitWhatWasSaid(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, nil) // "where is my refund"
	p := assistpanel.NewPresenter(f.Desk)
	p.Show(4)
	if got := names(p); !slices.Equal(got, []string{"refund"}) {
		t.Errorf("got %q, want the refund", got)
	}
	f.Conversation(5, func(r *wire.Row) { r.Language, r.Assignee = "zh", 8 })
	p.Show(5)
	if got := names(p); got != nil {
		t.Errorf("a colleague's conversation offers %q", got)
	}
}

func TestMacros_ChineseByPairsOfCharacters(t *testing.T) {
	f := paneltest.New(t)
	f.Apply(wire.AgentDirectory{Directory: wire.Directory{Macros: []assist.Macro{{ID: 1, Name: "a", Title: "退款进度", Text: "退款三天到账"}, {ID: 2, Name: "b", Title: "宽带", Text: "重启光猫"}}}})
	f.Conversation(4, nil)
	f.Apply(wire.AgentEvent{Event: assist.Event{Rev: 40, Conversation: 4, Type: assist.MessageAppended, Actor: assist.ByCustomer(11),
		Data: assist.Appended{Message: assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByCustomer(11), Text: "我的退款呢"}}}})
	p := assistpanel.NewPresenter(f.Desk)
	p.Show(4)
	if got := names(p); !slices.Equal(got, []string{"a"}) {
		t.Errorf("got %q", got)
	}
}
