package intake

import (
	"strings"

	"deskhand/assist"
)

// summaryWords is how many of the customer's last messages a summary keeps, summaryRunes how many runes of them.
const (
	summaryWords = 3
	summaryRunes = 240
)

// Handoff is what a person needs to know when the bot's part ends, read from the newest shared messages, oldest
// first.
func Handoff(reason string, transcript []assist.Message) assist.Handoff {
	h := assist.Handoff{Reason: reason, Verified: "none"}
	var said []string
	for _, m := range transcript {
		switch {
		case m.From.Kind == assist.ActorBot && m.Bot != nil:
			h.Turns++
			h.Intent, h.Slots = m.Bot.Intent, m.Bot.Slots
			for _, s := range m.Bot.Sources {
				h.Tried = append(h.Tried, s.Title)
			}
		case m.From.Kind == assist.ActorCustomer && strings.TrimSpace(m.Text) != "":
			said = append(said, strings.Join(strings.Fields(m.Text), " "))
		}
	}
	h.Summary = clip(strings.Join(said[max(0, len(said)-summaryWords):], " / "))
	return h
}

func clip(s string) string {
	if r := []rune(s); len(r) > summaryRunes {
		return string(r[:summaryRunes]) + "…"
	}
	return s
}
