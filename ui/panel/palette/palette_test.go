package palette_test

import (
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/palette"
	"deskhand/ui/panel/paneltest"
)

func TestFind_ActionsConversationsMacrosAndSearch(t *testing.T) {
	f := paneltest.New(t)
	f.Apply(wire.AgentRows{Rows: []wire.Row{{CustomerName: "王晓明", Conversation: assist.Conversation{ID: 5, Status: assist.StatusWaiting, Rev: 5, Tags: []string{"vip"}}},
		{CustomerName: "Anna", Conversation: assist.Conversation{ID: 6, Status: assist.StatusBot, Rev: 6}}}})
	var did []string
	o := palette.Options{Actions: []palette.Action{{Text: "Transfer", Keys: "Ctrl T", Do: func() { did = append(did, "transfer") }}, {Text: "Hand to bot"}},
		OnConversation: func(id assist.ConversationID) { did = append(did, string(rune('0'+id))) },
		OnMacro:        func(m assist.Macro) { did = append(did, m.Name) }, OnSearch: func(q string) { did = append(did, "?"+q) }}
	first := func(q string) string {
		all := palette.Find(f.Desk, o, q)
		if len(all) == 0 {
			return ""
		}
		if all[0].OnTake != nil {
			all[0].OnTake()
		}
		return all[0].Text
	}
	for q, want := range map[string]string{"tr": "Transfer", "wxm": "王晓明  #5", "#6": "Anna  #6", "/refu": "/refund  Refund", "qqq": "Search messages for “qqq”"} {
		if got := first(q); got != want {
			t.Errorf("%q: first is %q, want %q", q, got, want)
		}
	}
	slices.Sort(did)
	if want := []string{"5", "6", "?qqq", "refund", "transfer"}; !slices.Equal(did, want) {
		t.Errorf("taken %q, want %q", did, want)
	}
	o.OnMacro = nil
	for _, c := range palette.Find(f.Desk, o, "refund") {
		if c.Kind == "Macro" {
			t.Error("a macro is offered where none can be used")
		}
	}
}
