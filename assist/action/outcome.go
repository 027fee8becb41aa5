package action

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"deskhand/assist"
)

// tell has those who are concerned told what became of a command, once: the customer by Tell where the bot has the
// conversation. Where a person has it they get a note, and the telling is theirs; where it is over a line stands below it.
func (d *Desk) tell(ctx context.Context, id ID) error {
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil || c.DueAt.IsZero() || !c.State.Ended() {
		return err
	}
	told, failed := false, error(nil)
	if d.opts.Tell != nil {
		told, failed = d.opts.Tell(ctx, c)
	}
	if failed == nil {
		next := c
		next.DueAt, next.Told = zero(), false
		s := step{from: c.State, by: assist.BySystem()}
		if !told {
			s.lines = d.outcomeLines(c)
		}
		if failed = d.move(ctx, &next, s); failed == nil {
			return nil
		}
	}
	c.Asked++
	c.DueAt = d.now().Add(backoff(c.Asked))
	return errors.Join(fmt.Errorf("outcome of command %s not told: %w", c.ID, failed), d.move(ctx, &c, step{from: c.State, by: assist.BySystem()}))
}

// outcomeLines is what is written into the conversation where the bot doesn't tell the outcome.
func (d *Desk) outcomeLines(c Command) func(assist.Conversation) ([]assist.Event, error) {
	return func(now assist.Conversation) ([]assist.Event, error) {
		if now.Status == assist.StatusBot && d.opts.Tell != nil {
			return nil, assist.Errorf(assist.CodeWrongStatus, "conversation %d is the bot's again, which is to tell it", now.ID)
		}
		return []assist.Event{c.line(now)}, nil
	}
}

// overtaken is what is written into the conversation where the turn that asked for the command can't say any more what
// became of it: somebody took over, or it was ended, while the back office was at work.
func overtaken(c Command) func(assist.Conversation) ([]assist.Event, error) {
	return func(now assist.Conversation) ([]assist.Event, error) {
		if c.By.Kind != assist.ActorBot || now.Status == assist.StatusBot {
			return nil, nil
		}
		return []assist.Event{c.line(now)}, nil
	}
}

// line is a note to whoever has the conversation; where it is over both sides read it, for nobody else would tell the
// customer.
func (c Command) line(now assist.Conversation) assist.Event {
	m := assist.Message{Kind: assist.KindNote, Activity: c.outcome()}
	m.Text = outcomeText(*m.Activity, now.Language)
	if now.Status == assist.StatusResolved {
		m.Kind = assist.KindActivity
	}
	return assist.Say(assist.BySystem(), m)
}

// outcome is the system line that says what became of the command.
func (c Command) outcome() *assist.Activity {
	state := c.State
	if state == Reconciled {
		state = c.Outcome
	}
	args := map[string]string{"intent": c.Intent, "command": string(c.ID)}
	code := assist.ActivityCommandFailed
	switch {
	case state == Done:
		code = assist.ActivityCommandDone
	case state == Declined && c.Why == WhyExpired:
		code = assist.ActivityCommandExpired
	case state == Declined:
		code = assist.ActivityCommandDeclined
	}
	if c.Why != "" {
		args["why"] = c.Why
	}
	return &assist.Activity{Code: code, Args: args}
}

// outcomeText is the line for those who don't know its code: customers' pages have no words for it.
func outcomeText(a assist.Activity, language string) string {
	text := map[string][2]string{
		assist.ActivityCommandDone:     {"Your request has been carried out.", "您的申请已办理完成。"},
		assist.ActivityCommandFailed:   {"Your request could not be carried out; nothing was changed.", "您的申请未能办理，没有任何改动。"},
		assist.ActivityCommandDeclined: {"Your request was not approved; nothing was changed.", "您的申请未获通过，没有任何改动。"},
		assist.ActivityCommandExpired:  {"Nobody was able to decide on your request in time; nothing was changed.", "您的申请未能及时审批，没有任何改动。"},
	}[a.Code]
	why := a.Args["why"]
	if a.Code != assist.ActivityCommandDeclined {
		why = ""
	}
	if language == "zh" {
		return text[1] + why
	}
	return strings.TrimSpace(text[0] + " " + why)
}
