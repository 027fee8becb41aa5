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

// BotHandOff says a last line as the bot, if there is one, and passes the conversation with all the bot knows to a
// queue.
func BotHandOff(t BotTurn, m assist.Message, h assist.Handoff, to assist.Queue) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if t.stale(c) {
			return nil, nil
		}
		var events []assist.Event
		if m.Kind = assist.KindText; m.Text != "" {
			events = append(events, assist.Say(assist.ByBot(), m))
		}
		return append(events,
			assist.Event{Actor: assist.ByBot(), Data: assist.HandedOff{Handoff: h, Queue: to.ID, Team: to.Team}},
			assist.Line(assist.ActivityWaiting, nil)), nil
	}
}

// BotFails passes a conversation on that the bot can't go on with, whatever was said meanwhile.
func BotFails(h assist.Handoff, to assist.Queue) assist.Decision {
	return botGone(assist.Event{Actor: assist.ByBot(), Data: assist.HandedOff{Handoff: h, Queue: to.ID, Team: to.Team}})
}

// BotSwitchedOff passes a conversation on that the bot had when it was switched off.
func BotSwitchedOff(to assist.Queue) assist.Decision {
	return botGone(assist.Event{Actor: assist.BySystem(), Data: assist.Queued{Queue: to.ID, Team: to.Team, Reason: "no_bot"}})
}

// botGone tells the customer as well. A conversation that the bot has no longer stays as it is.
func botGone(passed assist.Event) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusBot {
			return nil, nil
		}
		return []assist.Event{passed, assist.Line(assist.ActivityBotAway, nil)}, nil
	}
}
