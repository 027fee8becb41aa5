package app_test

import (
	"strings"
	"testing"

	"deskhand/assist"
)

// An agent gives a conversation back with a note: agents read it, the bot goes on with what it knew and tells it when it
// hands over again, the customer never sees a word of it.
func TestGiveBack_TheNoteStaysWithTheAgents(t *testing.T) {
	const told = "checked with the warehouse, zebra"
	d, _, outbox := openBank(t)
	d.hire("li", assist.RoleAgent)
	li, anna := d.agent("li"), d.anna()
	anna.say("I want to transfer money to Tom Reed from my current account")
	anna.await("a question", func(f frame) bool { return f.at("message", "from") == "bot" })
	anna.say("let me talk to a person")
	anna.await("the line", func(f frame) bool { return f.at("message", "activity", "code") == "waiting" })
	li.must(do("accept", anna.conv))
	li.must(reply(anna.conv, "Hello, one moment."))
	if code := li.codeOf(do("to_bot", anna.conv, frame{"note": strings.Repeat("x", 4001)})); code != int(assist.CodeTooLong) {
		t.Errorf("a long note: %d", code)
	}
	li.must(do("to_bot", anna.conv, frame{"note": told}))
	anna.await("the bot is back", func(f frame) bool { return f.at("message", "activity", "code") == "to_bot" })
	anna.say("120 please")
	anna.await("the bot goes on", func(f frame) bool {
		return f.at("message", "from") == "bot" && f.text("message", "bot", "awaiting") == "one_time_code"
	})
	code, _ := outbox.Last(shop, "B-1002")
	anna.say(code)
	back := anna.awaits("confirm")
	if got := back.text("message", "text"); !strings.Contains(got, "Tom Reed") || !strings.Contains(got, "120") {
		t.Errorf("what was collected is forgotten: %s", got)
	}
	anna.say("I need a human")
	card := li.await("the handoff", func(f frame) bool {
		for _, r := range list(f, "rows") {
			row := frame(r.(map[string]any))
			if strings.Contains(row.text("handoff", "summary"), told) && strings.Contains(row.text("handoff", "summaries", "zh"), told) {
				return true
			}
		}
		return false
	})
	if card == nil {
		t.Error("no handoff with the note")
	}
	messages := list(li.must(frame{"t": "history", "conversation": anna.conv, "before_rev": 1 << 40, "limit": 200}), "messages")
	notes := 0
	for _, m := range messages {
		if m := frame(m.(map[string]any)); m.text("kind") == "note" && m.text("text") == told {
			notes++
		}
	}
	if notes != 1 {
		t.Errorf("%d notes in the thread, want 1", notes)
	}
	if strings.Contains(anna.everything(), "zebra") || strings.Contains(d.log.String(), "zebra") {
		t.Error("the note came to the customer or into the log")
	}
}
