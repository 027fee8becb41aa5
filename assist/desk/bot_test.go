package desk_test

import (
	"testing"

	"deskhand/assist"
	"deskhand/assist/desk"
)

// What the bot can't go on with is passed on from the state that it is in, and from no other.
func TestBotGone_OnlyWhatTheBotHas(t *testing.T) {
	queue := assist.Queue{ID: "support", Team: "team"}
	for name, decide := range map[string]assist.Decision{
		"it failed":    desk.BotFails(assist.Handoff{Reason: "error"}, queue),
		"switched off": desk.BotSwitchedOff(queue),
	} {
		for _, s := range assist.Statuses() {
			c := assist.Conversation{ID: 1, Rev: 1, Status: s}
			events, err := decide(c)
			if err != nil {
				t.Fatal(err)
			}
			if (len(events) > 0) != (s == assist.StatusBot) {
				t.Errorf("%s, %s: %d events", name, s, len(events))
			}
			for _, e := range events {
				c = c.Apply(e)
			}
			if len(events) > 0 && (c.Status != assist.StatusWaiting || c.Queue != "support" || c.Team != "team" || c.Last.Activity != assist.ActivityBotAway) {
				t.Errorf("%s: became %+v", name, c)
			}
		}
	}
}
