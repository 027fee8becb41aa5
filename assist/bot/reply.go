package bot

import (
	"fmt"

	"deskhand/assist"
	"deskhand/assist/desk"

	"github.com/google/uuid"
)

// say stores the answer, unless the conversation has moved on meanwhile: then the next update brings it back.
func (w *Worker) say(c assist.Conversation, a Answer) {
	turn := desk.BotTurn{Seq: c.Seq, Generation: c.BotGeneration}
	id := turnID(c)
	m := assist.Message{ClientID: id, Text: a.Text, Choices: a.Choices, Bot: &a.Turn}
	decide := desk.BotReply(turn, m)
	if a.Handoff != nil {
		a.Turn.Handoff = &assist.HandoffReason{Reason: a.Handoff.Reason}
		decide = desk.BotHandOff(turn, m, *a.Handoff, w.opts.Desk.QueueOf(c.Inbox))
	}
	decide = raised(a.Priority, speaking(a.Language, decide))
	w.store(assist.Write{Conversation: c.ID, ClientID: id, Decide: decide})
}

// speaking notes the customer's language together with the answer in it.
func speaking(language string, decide assist.Decision) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		events, err := decide(c)
		if err != nil || len(events) == 0 || language == "" || language == c.Language {
			return events, err
		}
		set := assist.Event{Actor: assist.ByBot(), Data: assist.LanguageSet{Language: language}}
		return append([]assist.Event{set}, events...), nil
	}
}

// raised notes a higher priority before the answer, so that the queue knows it at once.
func raised(p assist.Priority, decide assist.Decision) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		events, err := decide(c)
		if err != nil || len(events) == 0 || p <= c.Priority {
			return events, err
		}
		return append([]assist.Event{{Actor: assist.ByBot(), Data: assist.Prioritized{Priority: p}}}, events...), nil
	}
}

var turnSpace = uuid.MustParse("7c9e2b54-6f0e-4d0c-9b57-2f4a3a5f7c11")

// turnID is the same for the same turn, whenever it is computed: so the bot answers a turn once even if the
// hub is killed between storing the answer and noticing that it did.
func turnID(c assist.Conversation) assist.ClientID {
	return assist.ClientID(uuid.NewSHA1(turnSpace, fmt.Appendf(nil, "%d/%d/%d", c.ID, c.BotGeneration, c.Seq)).String())
}
