package tag_test

import (
	"slices"
	"testing"

	"deskhand/assist/wire"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/tag"
)

func TestToggle_OnAndOff(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, func(r *wire.Row) { r.Tags = []string{"own"} })
	r, _ := f.State.Row(4)
	if got := tag.Names(f.Desk, r); !slices.Equal(got, []string{"own", "refund"}) {
		t.Errorf("names %q", got)
	}
	tag.Toggle(f.Desk, r, "own")
	tag.Toggle(f.Desk, r, "refund")
	off, on := f.Fake.Calls[0].(wire.AgentDo), f.Fake.Calls[1].(wire.AgentDo)
	if !slices.Equal(off.Remove, []string{"own"}) || len(off.Add) > 0 || !slices.Equal(on.Add, []string{"refund"}) || len(on.Remove) > 0 {
		t.Errorf("heard %+v and %+v", off, on)
	}
}
