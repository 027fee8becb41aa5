package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/access"
)

// Snooze puts one's own conversation off until a moment after now, or until the customer writes.
func Snooze(by By, until, now time.Time) assist.Decision {
	return guard(by, access.ConversationSnooze, func(c assist.Conversation) ([]assist.Event, error) {
		if err := own(by, c); err != nil {
			return nil, err
		}
		if c.Status != assist.StatusHuman {
			return nil, wrongStatus(c, "human")
		}
		if !until.After(now) || until.After(now.AddDate(1, 0, 0)) {
			return nil, assist.Errorf(assist.CodeBadValue, "until must lie between now and a year from now")
		}
		return []assist.Event{fact(by, assist.Snoozed{Until: until.UTC().Truncate(time.Millisecond)})}, nil
	})
}

// Wake ends a snooze.
func Wake(by By) assist.Decision {
	return guard(by, access.ConversationSnooze, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusSnoozed {
			return nil, wrongStatus(c, "snoozed")
		}
		if err := own(by, c); err != nil {
			return nil, err
		}
		return []assist.Event{fact(by, assist.Woken{Cause: "agent"})}, nil
	})
}

// Limits of tags.
const (
	MaxTags   = 20
	MaxTagLen = 40 // characters
)

// Tag adds and removes tags.
func Tag(by By, add, remove []string) assist.Decision {
	return guard(by, access.ConversationTag, func(c assist.Conversation) ([]assist.Event, error) {
		add, remove, err := changes(c.Tags, add, remove)
		if err != nil || len(add)+len(remove) == 0 {
			return nil, err
		}
		return []assist.Event{fact(by, assist.Tagged{Added: add, Removed: remove})}, nil
	})
}

// changes leaves only what really changes.
func changes(have, add, remove []string) (added, removed []string, err error) {
	if max(len(add), len(remove)) > MaxTags {
		return nil, nil, assist.Errorf(assist.CodeBadValue, "at most %d tags", MaxTags)
	}
	for _, t := range add {
		t = strings.TrimSpace(t)
		if n := utf8.RuneCountInString(t); n == 0 || n > MaxTagLen {
			return nil, nil, assist.Errorf(assist.CodeBadValue, "a tag has 1 to %d characters", MaxTagLen)
		}
		if !slices.Contains(have, t) && !slices.Contains(added, t) {
			added = append(added, t)
		}
	}
	for _, t := range remove {
		if slices.Contains(have, t) && !slices.Contains(removed, t) {
			removed = append(removed, t)
		}
	}
	if len(have)+len(added)-len(removed) > MaxTags {
		return nil, nil, assist.Errorf(assist.CodeBadValue, "at most %d tags", MaxTags)
	}
	return added, removed, nil
}

// Prioritize changes the place in the queue.
func Prioritize(by By, p assist.Priority) assist.Decision {
	return guard(by, access.ConversationPriority, func(c assist.Conversation) ([]assist.Event, error) {
		if p < assist.PriorityLow || p > assist.PriorityUrgent {
			return nil, assist.Errorf(assist.CodeBadValue, "priority %d, must be %d to %d", p, assist.PriorityLow, assist.PriorityUrgent)
		}
		if c.Priority == p {
			return nil, nil
		}
		return []assist.Event{fact(by, assist.Prioritized{Priority: p})}, nil
	})
}

// SetLanguage corrects which language the customer speaks.
func SetLanguage(by By, language string) assist.Decision {
	return guard(by, access.ConversationTag, func(c assist.Conversation) ([]assist.Event, error) {
		if language != "en" && language != "zh" {
			return nil, assist.Errorf(assist.CodeBadValue, "language must be en or zh")
		}
		if c.Language == language {
			return nil, nil
		}
		return []assist.Event{fact(by, assist.LanguageSet{Language: language})}, nil
	})
}

// WrapUp ends the talk: the customer is asked for a rating, the agent still writes it up.
func WrapUp(by By) assist.Decision {
	return guard(by, access.ConversationResolve, func(c assist.Conversation) ([]assist.Event, error) {
		if err := own(by, c); err != nil {
			return nil, err
		}
		if c.Status != assist.StatusHuman && c.Status != assist.StatusSnoozed {
			return nil, wrongStatus(c, "yours and open")
		}
		return []assist.Event{fact(by, assist.WrapUp{}), assist.Line(assist.ActivityResolved, nil)}, nil
	})
}

// MaxDisposition is how many characters a disposition may have.
const MaxDisposition = 60

// Resolve settles a conversation with the agent's coded outcome, through wrap-up if it wasn't there yet. One
// that the bot has or that waits may be resolved too (spam, given up), by who may see it.
func Resolve(by By, disposition string) assist.Decision {
	return guard(by, access.ConversationResolve, func(c assist.Conversation) ([]assist.Event, error) {
		if utf8.RuneCountInString(disposition) > MaxDisposition {
			return nil, assist.Errorf(assist.CodeTooLong, "disposition, at most %d characters", MaxDisposition)
		}
		done := fact(by, assist.Resolved{Disposition: disposition, Cause: "agent"})
		switch c.Status {
		case assist.StatusWrapUp:
			if err := own(by, c); err != nil {
				return nil, err
			}
			return []assist.Event{done}, nil
		case assist.StatusHuman, assist.StatusSnoozed:
			if err := own(by, c); err != nil {
				return nil, err
			}
			return []assist.Event{fact(by, assist.WrapUp{}), assist.Line(assist.ActivityResolved, nil), done}, nil
		case assist.StatusBot, assist.StatusWaiting:
			return []assist.Event{assist.Line(assist.ActivityResolved, nil), done}, nil
		}
		return nil, wrongStatus(c, "open")
	})
}

// Reopen takes a resolved conversation up again as one's own; one that is being wrapped up only its own agent
// takes up, or who may take over from others.
func Reopen(by By) assist.Decision {
	return guard(by, access.ConversationResolve, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusResolved && c.Status != assist.StatusWrapUp {
			return nil, wrongStatus(c, "resolved")
		}
		if err := access.Require(by.Agent, access.ConversationReply); err != nil {
			return nil, err
		}
		mine := assist.Assigned{Agent: by.Agent.ID, Name: by.Agent.Name, Cause: "reopen"}
		if c.Status == assist.StatusWrapUp {
			if err := own(by, c); err != nil {
				return nil, err
			}
			mine.From = c.Assignee
			return []assist.Event{fact(by, mine)}, nil
		}
		return []assist.Event{
			fact(by, assist.Reopened{Cause: "agent"}), fact(by, mine), assist.Line(assist.ActivityReopened, nil),
		}, nil
	})
}
