package flow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// change checks what is to be done, stores it as a command and reads that back; a duty is carried out at once.
func (e *Engine) change(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step) (waits bool, err error) {
	r := t.State.Errand
	if r.Draft != "" {
		return e.resume(ctx, t, i, s)
	}
	if t.Office == nil {
		return e.unavailable(t, i, backoffice.ErrUnavailable)
	}
	c := e.call(t, i, s)
	if over, err := e.overLimit(ctx, t, i, c.Args["amount"], ""); over || err != nil {
		return true, e.tooMuch(t, i, err)
	}
	terms, err := t.Office.Check(ctx, c)
	if err != nil {
		return e.refused(ctx, t, i, err)
	}
	raw, err := backoffice.Store(complete(terms, t.Pack.Actions[c.Action].Terms))
	if err != nil {
		return false, fmt.Errorf("terms of %s: %w", c.Action, err)
	}
	r.Results["terms"] = raw
	draft := e.draft(t, i, c, terms)
	if over, err := e.overLimit(ctx, t, i, pack.Decimal(draft.Amount), draft.ID); over || err != nil {
		return true, e.tooMuch(t, i, err)
	}
	if draft, err = e.keepDraft(ctx, t, draft); err != nil {
		return e.notDrafted(t, i, err)
	}
	r.Draft = draft.ID
	if draft.Duty {
		return e.execute(ctx, t, i, s, draft.ID)
	}
	return e.resume(ctx, t, i, s)
}

// keepDraft stores a command, or finds it where the turn was computed before.
func (e *Engine) keepDraft(ctx context.Context, t *Turn, c action.Command) (action.Command, error) {
	all, err := e.commands.Open(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return c, fmt.Errorf("commands of the conversation: %w", err)
	}
	for {
		n := slices.IndexFunc(all, func(x action.Command) bool { return x.ID == c.ID })
		switch {
		case n < 0:
			return e.commands.Draft(ctx, c)
		case all[n].State != action.Voided:
			return all[n], nil
		}
		t.State.Errand.Drafts++
		c.ID = t.commandID(c)
	}
}

// commandID is the same whenever the turn is computed again, so that nothing is done twice.
func (t *Turn) commandID(c action.Command) action.ID {
	r, h := t.State.Errand, sha256.New()
	fmt.Fprintf(h, "%d/%d/%d/%d/%s/%s", c.Conversation, c.Generation, r.Number, r.Drafts, c.Intent, c.Action)
	for _, k := range slices.Sorted(maps.Keys(c.Args)) {
		fmt.Fprintf(h, "/%q=%q", k, c.Args[k])
	}
	return action.ID(hex.EncodeToString(h.Sum(nil))[:32])
}

// draft is the command for a call.
func (e *Engine) draft(t *Turn, i *pack.Intent, c backoffice.Call, terms backoffice.Record) action.Command {
	r := t.State.Errand
	r.Drafts++
	amount := int64(0)
	for _, a := range []string{c.Args["amount"], argument(terms["amount"]), argument(terms["refund"])} {
		if cents, ok := pack.Cents(a); ok && amount == 0 {
			amount = cents
		}
	}
	command := action.Command{
		Conversation: t.Conversation.ID, Generation: t.Conversation.BotGeneration,
		Inbox: t.Conversation.Inbox, Customer: t.Conversation.Customer, Party: c.Customer, Intent: i.Name, Action: c.Action, Args: c.Args, Terms: terms, Language: t.State.Language,
		Amount: amount, Currency: t.Profile.Currency, Needs: i.Verify, Had: t.level, Duty: i.Duty && !r.Doubt, State: action.Draft,
		By: assist.ByBot(), CreatedAt: t.Now.UTC(), UpdatedAt: t.Now.UTC(), Words: r.wording(c.Args),
	}
	command.ID = t.commandID(command)
	return command
}

// overLimit tells whether what the conversation has done and asks for is more than the bot may do by itself.
func (e *Engine) overLimit(ctx context.Context, t *Turn, i *pack.Intent, amount string, own action.ID) (bool, error) {
	cents, ok := pack.Cents(amount)
	if i.Limit == 0 || i.Approve || !ok {
		return false, nil
	}
	all, err := e.commands.Open(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return false, fmt.Errorf("commands of the conversation: %w", err)
	}
	for _, c := range all {
		if c.Intent == i.Name && c.ID != own && (counts(c) || t.paused(c.ID)) {
			cents += c.Amount
		}
	}
	return cents+t.queued(i) > i.Limit, nil
}

// queued is the sum of what was asked for in the same message and waits for its turn.
func (t *Turn) queued(i *pack.Intent) int64 {
	sum := int64(0)
	for _, w := range t.State.Queue {
		if w.Intent != i.Name {
			continue
		}
		if f := t.amount(w.Text, opening); f.value != nil {
			cents, _ := pack.Cents(f.value.V)
			sum += cents
		}
	}
	return sum
}

// paused tells whether a command waits for the yes behind a digression: it is asked for all the same.
func (t *Turn) paused(id action.ID) bool {
	return slices.ContainsFunc(t.State.Paused, func(r *Errand) bool { return r.Draft == id })
}

// counts tells whether a command has moved money, or may have.
func counts(c action.Command) bool {
	switch c.State {
	case action.Confirmed, action.Waiting, action.Approved, action.Executing, action.Done, action.Unknown:
		return true
	case action.Reconciled:
		return c.Outcome == action.Done
	}
	return false
}

func (e *Engine) tooMuch(t *Turn, i *pack.Intent, err error) error {
	if err != nil {
		return err
	}
	t.State.note("over the limit", i, "")
	t.keep(t.State.Errand)
	t.HandOff(i.Over, assist.PriorityNormal)
	return t.Say(Data{"value": pack.Decimal(i.Limit)}, i.Name+".over_limit", "over_limit")
}

// notDrafted explains why a command was not even stored.
func (e *Engine) notDrafted(t *Turn, i *pack.Intent, err error) (waits bool, _ error) {
	var over *action.OverLimit
	var off *action.Switched
	switch {
	case errors.As(err, &over):
		if i.Over == "" {
			i = &pack.Intent{Name: i.Name, Over: "over_limit", Limit: i.Limit}
		}
		return true, e.tooMuch(t, i, nil)
	case errors.As(err, &off):
		t.State.note("switched off", i, "")
		t.keep(t.State.Errand)
		t.HandOff("error", assist.PriorityNormal)
		return true, t.Say(nil, "switched_off")
	}
	return false, fmt.Errorf("draft: %w", err)
}

// execute carries out a command, once, and says what became of it.
func (e *Engine) execute(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step, id action.ID) (waits bool, err error) {
	c, err := e.commands.Execute(ctx, id)
	if err != nil {
		return e.notDrafted(t, i, err)
	}
	state := c.State
	if state == action.Reconciled {
		state = c.Outcome
	}
	switch state {
	case action.Done:
		return false, e.done(t, i, s, c)
	case action.Failed:
		return e.failed(t, i, c)
	case action.Waiting, action.Approved:
		t.State.note("waits for approval", i, "")
		err = t.Say(t.of(c), i.Name+".waiting", "waiting")
		t.end("waiting")
		return false, err
	case action.Declined, action.Voided:
		return e.voided(ctx, t, i, s, c)
	}
	t.State.note("outcome unknown, the back office did not answer", i, string(c.ID))
	t.keep(t.State.Errand)
	t.HandOff("error", assist.PriorityHigh)
	return true, t.Say(t.of(c), "unknown")
}

func (e *Engine) done(t *Turn, i *pack.Intent, s pack.Step, c action.Command) error {
	r := t.State.Errand
	result := complete(backoffice.Record(c.Result), t.Pack.Actions[c.Action].Result)
	raw, err := backoffice.Store(result)
	if err != nil {
		return fmt.Errorf("result of %s: %w", c.Action, err)
	}
	t.State.note("done", i, c.Action)
	r.Results["result"] = raw
	d := t.of(c)
	d["result"] = result
	if err := t.Say(d, i.Name+"."+s.Say); err != nil {
		// The change is made, whatever can't be said of it.
		t.Log.Error("what was done could not be said", "intent", i.Name, "err", err)
		if err := t.Say(nil, "done"); err != nil {
			return err
		}
	}
	r.Draft, r.ReadBack = "", ""
	return nil
}

func (e *Engine) failed(t *Turn, i *pack.Intent, c action.Command) (waits bool, err error) {
	t.State.note("refused", i, c.Why)
	no := &backoffice.Refusal{Code: c.Why, Facts: backoffice.Record(c.Result)}
	if err := e.sayRefused(t, i, no); err != nil {
		return false, err
	}
	t.end("refused")
	return false, nil
}

func hasID(id string) func(backoffice.Item) bool {
	return func(x backoffice.Item) bool { return x.ID == id }
}
