package transfer_test

import (
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/transfer"
)

func TestTargets_WhoIsFreeFirstAndNotOneself(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, nil)
	r, _ := f.State.Row(4)
	names := func(query string) []string {
		var out []string
		for _, x := range transfer.Targets(f.Desk, r, query) {
			out = append(out, x.Name+": "+x.Words)
		}
		return out
	}
	want := []string{"陈晨: Available · 0 of 6", "Anna Schmidt: Busy · 6 of 6", "Support: 0 waiting", "Claims: 0 waiting"}
	if got := names(""); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := names("cc"); !slices.Equal(got, want[:1]) {
		t.Errorf("by pinyin initials: %q", got)
	}
}

func TestPass_ToAQueueWithANote(t *testing.T) {
	f := paneltest.New(t)
	done := false
	transfer.Pass(f.Desk, 4, transfer.Target{Queue: "claims"}, "  refund above limit ", func() { done = true })
	c := f.Fake.Calls[0].(wire.AgentDo)
	if c.Do != wire.DoTransfer || c.Queue != "claims" || c.Agent != 0 || c.Note != "refund above limit" || !done {
		t.Errorf("the hub heard %+v, done %t", c, done)
	}
	done = false
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeWrongStatus, "resolved") }
	transfer.Pass(f.Desk, 4, transfer.Target{Agent: 8}, "", func() { done = true })
	if done || len(f.Told) != 1 {
		t.Errorf("refused, yet done %t; told %q", done, f.Told)
	}
}
