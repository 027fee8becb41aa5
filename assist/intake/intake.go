// Package intake decides what follows from what a customer does: a message, a wish for a person, a rating.
// It is pure: its functions build writes for the ledger.
package intake

import (
	"strings"
	"unicode/utf8"

	"deskhand/assist"
)

// Message is what a customer sends.
type Message struct {
	ClientID    assist.ClientID
	Text        string
	Attachments []assist.Attachment
}

// Context is what is known around a customer's words.
type Context struct {
	Customer assist.CustomerID // 0 until the first message
	Inbox    assist.Inbox
	Team     assist.TeamID // that serves Inbox.Queue
	Language string
	Page     string
}

// Check refuses a message that is empty, too long, or has too many files.
func Check(text string, attachments int) error {
	if n := utf8.RuneCountInString(text); n > assist.MaxText {
		return assist.Errorf(assist.CodeTooLong, "%d characters, at most %d", n, assist.MaxText)
	}
	if attachments > assist.MaxAttachments {
		return assist.Errorf(assist.CodeBadValue, "%d attachments, at most %d", attachments, assist.MaxAttachments)
	}
	if attachments == 0 && strings.TrimSpace(text) == "" {
		return assist.Errorf(assist.CodeEmpty, "a message needs text or a file")
	}
	return nil
}

// Receive stores a customer's message, opening, waking or reopening the conversation as needed.
func Receive(x Context, m Message) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		by := assist.ByCustomer(c.Customer)
		events := append(arrive(c, x, by), assist.Say(by, assist.Message{
			Kind: assist.KindText, ClientID: m.ClientID, Text: m.Text, Attachments: m.Attachments,
		}))
		return append(events, toPeople(c, x)...), nil
	}
}

// arrive is what a customer's coming back does to the conversation before their words are added.
func arrive(c assist.Conversation, x Context, by assist.Actor) []assist.Event {
	switch {
	case c.Rev == 0:
		return []assist.Event{started(c, x, by)}
	case c.Status == assist.StatusResolved:
		return []assist.Event{{Actor: by, Data: assist.Reopened{Cause: "customer"}}}
	case c.Status == assist.StatusSnoozed:
		return []assist.Event{{Actor: by, Data: assist.Woken{Cause: "customer"}}}
	case c.Status == assist.StatusWrapUp:
		return []assist.Event{{Actor: by, Data: assist.Assigned{Agent: c.Assignee, Cause: "reopen", From: c.Assignee}}}
	}
	return nil
}

func started(c assist.Conversation, x Context, by assist.Actor) assist.Event {
	return assist.Event{Actor: by, Data: assist.Started{Inbox: x.Inbox.ID, Customer: c.Customer, Language: x.Language, Page: x.Page}}
}

// toPeople queues what has just begun, or begun anew, in an inbox where no bot answers first.
func toPeople(c assist.Conversation, x Context) []assist.Event {
	if x.Inbox.BotFirst || (c.Rev != 0 && c.Status != assist.StatusResolved) {
		return nil
	}
	return []assist.Event{
		{Actor: assist.BySystem(), Data: assist.Queued{Queue: x.Inbox.Queue, Team: x.Team, Reason: "no_bot"}},
		assist.Line(assist.ActivityWaiting, nil),
	}
}

// AskHuman passes the conversation to people because the customer wishes it, with what h says of the bot's part.
// Asking again changes nothing.
func AskHuman(x Context, h assist.Handoff) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		by := assist.ByCustomer(c.Customer)
		var events []assist.Event
		switch {
		case c.Rev == 0:
			events = append(events, started(c, x, by))
		case c.Status == assist.StatusResolved:
			events = append(events, assist.Event{Actor: by, Data: assist.Reopened{Cause: "customer"}})
		case c.Status == assist.StatusSnoozed, c.Status == assist.StatusWrapUp: // back to the person who has it
			return arrive(c, x, by), nil
		case c.Status != assist.StatusBot:
			return nil, nil
		}
		return append(events,
			assist.Event{Actor: by, Data: assist.HandedOff{
				Handoff: h, Queue: x.Inbox.Queue, Team: x.Team}},
			assist.Line(assist.ActivityWaiting, nil)), nil
	}
}

// MaxComment is how many characters a rating's comment may have.
const MaxComment = 2000

// Rate stores the customer's rating; the last one counts.
func Rate(score int, comment string) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		switch {
		case score < 1 || score > 5:
			return nil, assist.Errorf(assist.CodeBadValue, "score %d, must be 1 to 5", score)
		case utf8.RuneCountInString(comment) > MaxComment:
			return nil, assist.Errorf(assist.CodeTooLong, "comment, at most %d characters", MaxComment)
		case c.Status != assist.StatusResolved && c.Status != assist.StatusWrapUp:
			return nil, assist.Errorf(assist.CodeWrongStatus, "conversation is %s, a rating comes at its end", c.Status)
		}
		return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.Rated{Score: score, Comment: comment}}}, nil
	}
}

// Language notes which language the customer speaks; the same one again changes nothing.
func Language(language string) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Language == language || c.Rev == 0 {
			return nil, nil
		}
		return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.LanguageSet{Language: language}}}, nil
	}
}

// Leave notes that the customer closed the page while waiting for a person.
func Leave(waitedMS int64) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusWaiting {
			return nil, nil
		}
		return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.Left{WaitedMS: waitedMS}}}, nil
	}
}
