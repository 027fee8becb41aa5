// Package desk is what agents and the bot can do with a conversation. Each command is a pure decision for
// the ledger: rights, visibility and the conversation's state are checked inside the storing transaction, so
// that of two who act at once one is refused with the reason.
package desk

import (
	"strings"

	"deskhand/assist"
	"deskhand/assist/access"
)

// By is the agent who acts, with what that agent may see.
type By struct {
	Agent   assist.Agent
	Visible assist.Visibility
}

// guard wraps a decision with what every command of an agent needs: the conversation exists, the agent may
// see it, and has the permission. What one may not see looks like what is not there.
func guard(by By, need access.Permission, decide assist.Decision) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Rev == 0 || !by.Visible.Sees(c) {
			return nil, assist.Errorf(assist.CodeNotFound, "conversation %d", c.ID)
		}
		if err := access.Require(by.Agent, need); err != nil {
			return nil, err
		}
		return decide(c)
	}
}

// own refuses what only the conversation's agent may do; who may take over from others passes too.
func own(by By, c assist.Conversation) error {
	if c.Assignee == by.Agent.ID || access.Can(by.Agent, access.ConversationTake) {
		return nil
	}
	return assist.Errorf(assist.CodeNotOwner, "conversation %d belongs to agent %d", c.ID, c.Assignee)
}

func wrongStatus(c assist.Conversation, wanted string) error {
	return assist.Errorf(assist.CodeWrongStatus, "conversation %d is %s, must be %s", c.ID, c.Status, wanted)
}

func fact(by By, d assist.EventData) assist.Event {
	return assist.Event{Actor: assist.ByAgent(by.Agent), Data: d}
}

func joined(a assist.Agent) assist.Event {
	return assist.Line(assist.ActivityJoined, map[string]string{"name": a.Name})
}

// Post is a reply or a note of an agent.
type Post struct {
	ClientID    assist.ClientID
	Text        string
	Attachments []assist.Attachment
}

func (p Post) message(kind assist.MessageKind) assist.Message {
	return assist.Message{Kind: kind, ClientID: p.ClientID, Text: p.Text, Attachments: p.Attachments}
}

// Reply sends a message to the customer. Only the agent who has the conversation may; writing in a snoozed or
// wrapped-up one of one's own takes it up again.
func Reply(by By, p Post) assist.Decision {
	return guard(by, access.ConversationReply, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Assignee != by.Agent.ID {
			return nil, assist.Errorf(assist.CodeNotOwner, "conversation %d is not yours: take it first", c.ID)
		}
		say := assist.Say(assist.ByAgent(by.Agent), p.message(assist.KindText))
		switch c.Status {
		case assist.StatusHuman:
			return []assist.Event{say}, nil
		case assist.StatusSnoozed:
			return []assist.Event{fact(by, assist.Woken{Cause: "agent"}), say}, nil
		case assist.StatusWrapUp:
			return []assist.Event{fact(by, assist.Assigned{Agent: by.Agent.ID, Name: by.Agent.Name, Cause: "reopen", From: by.Agent.ID}), say}, nil
		}
		return nil, wrongStatus(c, "yours and open")
	})
}

// Note adds a private note; anybody who may see the conversation and write notes may, in any state.
func Note(by By, p Post) assist.Decision {
	return guard(by, access.ConversationNote, func(assist.Conversation) ([]assist.Event, error) {
		return []assist.Event{assist.Say(assist.ByAgent(by.Agent), p.message(assist.KindNote))}, nil
	})
}

// Accept takes a waiting conversation. The caller adds the capacity check to the write.
func Accept(by By) assist.Decision {
	return guard(by, access.ConversationAccept, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status == assist.StatusHuman && c.Assignee != by.Agent.ID {
			return nil, assist.Errorf(assist.CodeTaken, "agent %d was quicker", c.Assignee)
		}
		if c.Status != assist.StatusWaiting {
			return nil, wrongStatus(c, "waiting")
		}
		return []assist.Event{fact(by, assist.Assigned{Agent: by.Agent.ID, Name: by.Agent.Name, Cause: "accept"}), joined(by.Agent)}, nil
	})
}

// Take takes a conversation over: from the bot or a queue by any agent, from a colleague with the right to.
func Take(by By) assist.Decision {
	return guard(by, access.ConversationAccept, func(c assist.Conversation) ([]assist.Event, error) {
		switch c.Status {
		case assist.StatusBot, assist.StatusWaiting:
		case assist.StatusHuman, assist.StatusSnoozed:
			if c.Assignee == by.Agent.ID && c.Status == assist.StatusHuman {
				return nil, nil
			}
			if err := own(by, c); err != nil {
				return nil, err
			}
		default:
			return nil, wrongStatus(c, "open")
		}
		return []assist.Event{
			fact(by, assist.Assigned{Agent: by.Agent.ID, Name: by.Agent.Name, Cause: "take", From: c.Assignee}), joined(by.Agent),
		}, nil
	})
}

// Assign gives a conversation to an agent: one's own to anybody (a transfer), another's with the right to.
func Assign(by By, to assist.Agent, note string) assist.Decision {
	return guard(by, access.ConversationTransfer, func(c assist.Conversation) ([]assist.Event, error) {
		cause := "transfer"
		if c.Assignee != by.Agent.ID {
			cause = "assign"
			if err := access.Require(by.Agent, access.ConversationAssign); err != nil {
				return nil, err
			}
		}
		if to.Disabled || !access.Can(to, access.ConversationReply) {
			return nil, assist.Errorf(assist.CodeBadValue, "agent %d can't serve customers", to.ID)
		}
		if !c.Status.Open() || c.Status == assist.StatusWrapUp {
			return nil, wrongStatus(c, "open")
		}
		if c.Status == assist.StatusHuman && c.Assignee == to.ID {
			return nil, nil
		}
		return []assist.Event{
			fact(by, assist.Assigned{Agent: to.ID, Name: to.Name, Cause: cause, From: c.Assignee, Note: note}), joined(to),
		}, nil
	})
}

// Transfer puts a conversation into a queue.
func Transfer(by By, to assist.Queue, note string) assist.Decision {
	return guard(by, access.ConversationTransfer, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusWaiting && c.Status != assist.StatusBot {
			if err := own(by, c); err != nil {
				return nil, err
			}
		}
		if !c.Status.CanBecome(assist.StatusWaiting) || c.Status == assist.StatusResolved {
			return nil, wrongStatus(c, "open")
		}
		if c.Status == assist.StatusWaiting && c.Queue == to.ID {
			return nil, nil
		}
		return []assist.Event{
			fact(by, assist.Queued{Queue: to.ID, Team: to.Team, Reason: "transfer", From: c.Assignee, Note: note}),
			assist.Line(assist.ActivityTransferred, map[string]string{"name": to.Name}),
		}, nil
	})
}

// ToBot gives a conversation (back) to the bot, which goes on with what it knew. The note, if there is one, is kept before it
// as a private note: the bot passes it on when it hands over again, and the customer never reads it.
func ToBot(by By, note string) assist.Decision {
	note = strings.TrimSpace(note)
	return guard(by, access.ConversationToBot, func(c assist.Conversation) ([]assist.Event, error) {
		if note != "" {
			if err := access.Require(by.Agent, access.ConversationNote); err != nil {
				return nil, err
			}
		}
		if c.Status == assist.StatusBot {
			return nil, nil
		}
		if c.Status != assist.StatusWaiting {
			if err := own(by, c); err != nil {
				return nil, err
			}
		}
		if !c.Status.CanBecome(assist.StatusBot) || c.Status == assist.StatusResolved {
			return nil, wrongStatus(c, "open")
		}
		given := []assist.Event{fact(by, assist.GivenToBot{From: c.Assignee}), assist.Line(assist.ActivityToBot, nil)}
		if note == "" {
			return given, nil
		}
		return append([]assist.Event{assist.Say(assist.ByAgent(by.Agent), assist.Message{Kind: assist.KindNote, Text: note})}, given...), nil
	})
}
