package giveback_test

import (
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel/giveback"
	"deskhand/ui/panel/paneltest"
)

func TestGive_TakesTheNoteAndIsDoneWhenTheHubHasIt(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, nil)
	r, _ := f.State.Row(4)
	done := 0
	giveback.Give(f.Desk, r, " he may have it \n", func() { done++ })
	if c := f.Fake.Calls[0].(wire.AgentDo); c.Do != wire.DoToBot || c.Conversation != 4 || c.Note != "he may have it" || done != 1 {
		t.Errorf("the hub heard %+v, done %d", c, done)
	}
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeNotOwner, "somebody else's") }
	giveback.Give(f.Desk, r, "", func() { done++ })
	if done != 1 || len(f.Told) != 1 {
		t.Errorf("refused, yet done %d times; told %q", done, f.Told)
	}
}

func TestWords_SayWhatTheBotGoesOnWith(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, func(r *wire.Row) { r.Handoff = &assist.Handoff{Intent: "return_item"} })
	r, _ := f.State.Row(4)
	if got := giveback.Words(f.Desk, r); got != "The bot goes on with what it knows: return item." {
		t.Errorf("got %q", got)
	}
	if err := f.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if got := giveback.Words(f.Desk, r); got != "机器人会接着已了解的情况继续：退货。" {
		t.Errorf("got %q", got)
	}
}
