package desk

import "deskhand/assist"

// BotTurn says which state of a conversation the bot answers to.
type BotTurn struct {
	Seq        assist.Seq // of the last message that the bot has read
	Generation int        // of the bot's context
}

// stale is true when the bot may no longer speak: a person has the conversation, it began afresh, or
// something was said that the bot hasn't read.
func (t BotTurn) stale(c assist.Conversation) bool {
	return c.Status != assist.StatusBot || c.BotGeneration != t.Generation || c.Seq != t.Seq
}

// BotReply says something as the bot. If the turn is stale nothing is said and nothing is an error: the bot
// looks again.
func BotReply(t BotTurn, m assist.Message) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if t.stale(c) {
			return nil, nil
		}
		m.Kind = assist.KindText
		return []assist.Event{assist.Say(assist.ByBot(), m)}, nil
	}
}

// BotHandOff says a last line as the bot and passes the conversation with all the bot knows to a queue.
func BotHandOff(t BotTurn, m assist.Message, h assist.Handoff, to assist.Queue) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if t.stale(c) {
			return nil, nil
		}
		m.Kind = assist.KindText
		return []assist.Event{
			assist.Say(assist.ByBot(), m),
			{Actor: assist.ByBot(), Data: assist.HandedOff{Handoff: h, Queue: to.ID, Team: to.Team}},
			assist.Line(assist.ActivityWaiting, nil),
		}, nil
	}
}
