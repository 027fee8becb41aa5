package action

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"deskhand/assist"
	"deskhand/assist/verify"
)

// Draft stores a command and voids the conversation's other open ones of this generation with the same intent. The same
// command again is the one that was stored. What is above a limit is refused with *OverLimit, unless a second person may
// approve it; what is switched off with *Switched.
func (d *Desk) Draft(ctx context.Context, c Command) (Command, error) {
	if err := checkDraft(c); err != nil {
		return c, err
	}
	defer d.only(c.ID)()
	if known, err := d.Command(ctx, c.ID); err == nil {
		return known, same(known, c)
	} else if !errors.Is(err, assist.ErrNotFound) {
		return c, err
	}
	rule := d.opts.Rule(c)
	if rule.Off {
		return c, &Switched{Action: c.Action}
	}
	ceilings, err := d.allowed(ctx, &c, rule)
	if err != nil {
		return c, err
	}
	if err := d.replace(ctx, c); err != nil {
		return c, err
	}
	level, party, err := d.opts.Proofs.Level(ctx, c.Conversation, c.Generation)
	if err != nil {
		return c, fmt.Errorf("what the customer has proved: %w", err)
	}
	c.State, c.Had, c.CreatedAt = Draft, level, d.now()
	if enough(c, level, party) {
		c.State = Verified
	}
	err = d.move(ctx, &c, step{by: c.By, ceilings: ceilings, switched: true, during: current(c)})
	return c, err
}

func checkDraft(c Command) error {
	switch {
	case c.ID == "" || c.Conversation == 0 || c.Generation == 0 || c.Action == "" || c.Intent == "":
		return fmt.Errorf("a command without id, conversation, action or intent: %q", c.ID)
	case c.Amount < 0:
		return fmt.Errorf("command %s: an amount below zero", c.ID)
	case c.By.Kind != assist.ActorBot && c.By.Kind != assist.ActorAgent:
		return fmt.Errorf("command %s: drafted by nobody", c.ID)
	case c.State != Draft || c.ReadBack != "" || c.ReadAt != 0 || c.YesAt != 0 || c.Approver != 0 || !c.ConfirmedAt.IsZero():
		return fmt.Errorf("command %s: a draft that is more than a draft", c.ID)
	}
	return nil
}

// same refuses an id that stands for something else.
func same(known, c Command) error {
	if known.Conversation != c.Conversation || known.Generation != c.Generation || known.Action != c.Action || known.Party != c.Party ||
		known.Amount != c.Amount || !maps.Equal(known.Args, c.Args) {
		return fmt.Errorf("command %s stands for something else: %w", c.ID, ErrState)
	}
	return nil
}

// enough tells whether the customer has proved what the command needs, and is the one that it is for.
func enough(c Command, level verify.Level, party string) bool {
	if c.Needs == "" || c.Needs == verify.None {
		return c.Party == "" || c.Party == party && level.Covers(verify.Identified)
	}
	return level.Covers(c.Needs) && c.Party != "" && party == c.Party
}

// current lets the bot act only in the conversation that it drafted for: nobody took over, and it hasn't begun afresh.
func current(c Command) func(assist.Conversation) error {
	return func(now assist.Conversation) error {
		if c.By.Kind == assist.ActorBot && (now.Status != assist.StatusBot || now.BotGeneration != c.Generation) {
			return assist.Errorf(assist.CodeWrongStatus, "conversation %d is the bot's no longer", now.ID)
		}
		return nil
	}
}

// allowed gives the ceilings that the draft must stay below, or notes why a second person must approve it.
func (d *Desk) allowed(ctx context.Context, c *Command, rule Rule) ([]assist.CommandCeiling, error) {
	ceilings := d.ceilings(*c, rule, counted())
	if rule.Limit > 0 && c.Amount > rule.Limit {
		if !rule.Approve {
			return nil, &OverLimit{Action: c.Action, Limit: rule.Limit, Sum: c.Amount, Scope: "action"}
		}
		c.Approval = "action"
	}
	if rule.Approve && c.Approval == "" {
		for _, ceiling := range ceilings {
			sum, err := d.sum(ctx, *c, ceiling.Counts)
			if err != nil {
				return nil, err
			}
			if sum > ceiling.Max {
				c.Approval = ceiling.Scope
				break
			}
		}
	}
	if rule.Always && c.Approval == "" {
		c.Approval = "always"
	}
	if c.Approval != "" {
		return nil, nil
	}
	return ceilings, nil
}

// dayHours is over how long Rule.Day sums up.
const dayHours = 24

// ceilings are the limits of the rule; states says which other commands count.
func (d *Desk) ceilings(c Command, rule Rule, states []State) (out []assist.CommandCeiling) {
	if c.Amount == 0 {
		return nil
	}
	if rule.Limit > 0 {
		out = append(out, assist.CommandCeiling{Scope: "split", Max: rule.Limit, Counts: assist.CommandFilter{
			Conversation: c.Conversation, Generation: c.Generation, Action: c.Action, States: names(states)}})
	}
	if rule.Day > 0 {
		f := assist.CommandFilter{Action: c.Action, States: names(states), Since: d.now().Add(-dayHours * hour), Inboxes: rule.Inboxes}
		if len(f.Inboxes) == 0 {
			f.Inboxes = []assist.InboxID{c.Inbox}
		}
		if f.Party = c.Party; f.Party == "" {
			f.Customer = c.Customer
		}
		out = append(out, assist.CommandCeiling{Scope: "day", Max: rule.Day, Counts: f})
	}
	return out
}

func (d *Desk) sum(ctx context.Context, c Command, f assist.CommandFilter) (int64, error) {
	f.Limit = 1000
	others, err := d.opts.Store.Commands(ctx, f)
	if err != nil {
		return 0, err
	}
	sum := c.Amount
	for _, o := range others {
		if o.ID != string(c.ID) {
			sum += o.Amount
		}
	}
	return sum, nil
}

// replace voids what the new draft takes the place of.
func (d *Desk) replace(ctx context.Context, c Command) error {
	all, err := d.Open(ctx, c.Conversation, c.Generation)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Intent == c.Intent && o.ID != c.ID && slices.Contains([]State{Draft, Verified, Confirmed}, o.State) {
			if err := d.Void(ctx, o.ID, "edited"); err != nil && !errors.Is(err, ErrState) {
				return err
			}
		}
	}
	return nil
}

// ReadBack notes the sentence that the bot's message at Seq at reads the command back with. Only the last one counts.
func (d *Desk) ReadBack(ctx context.Context, id ID, text string, at assist.Seq) error {
	if text == "" || at <= 0 {
		return fmt.Errorf("command %s: an empty read-back", id)
	}
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil {
		return err
	}
	from := c.State
	switch {
	case from != Draft && from != Verified:
		return fmt.Errorf("command %s is %s: %w", id, from, ErrState)
	case from == Verified && c.ReadBack == text && c.ReadAt == at:
		return nil
	}
	if err := d.proved(ctx, &c); err != nil {
		return err
	}
	c.State, c.ReadBack, c.ReadAt = Verified, text, at
	return d.move(ctx, &c, step{from: from, by: c.By, during: current(c)})
}

// proved is nil if the customer has proved enough, lately.
func (d *Desk) proved(ctx context.Context, c *Command) error {
	level, party, err := d.opts.Proofs.Level(ctx, c.Conversation, c.Generation)
	if err != nil {
		return fmt.Errorf("what the customer has proved: %w", err)
	}
	if !enough(*c, level, party) {
		return fmt.Errorf("command %s needs %s, there is %s: %w", c.ID, c.Needs, level, ErrUnverified)
	}
	c.Had = level
	return nil
}

// Confirm takes the yes of the customer's message at Seq yesAt. It counts only for a command that was read back before,
// by a message that awaits the yes, and while the customer's proof holds; where that has run out the command is voided.
func (d *Desk) Confirm(ctx context.Context, id ID, yesAt assist.Seq) error {
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case c.State == Confirmed && c.YesAt == yesAt:
		return nil
	case c.State != Verified:
		return fmt.Errorf("command %s is %s: %w", id, c.State, ErrState)
	case c.ReadAt == 0 || yesAt <= c.ReadAt:
		return fmt.Errorf("command %s: %w", id, ErrUnconfirmed)
	}
	if err := d.proved(ctx, &c); err != nil {
		if errors.Is(err, ErrUnverified) {
			return errors.Join(err, d.void(ctx, c, assist.BySystem(), "unverified"))
		}
		return err
	}
	if err := d.heard(ctx, c, yesAt); err != nil {
		return err
	}
	c.State, c.YesAt, c.ConfirmedAt = Confirmed, yesAt, d.now()
	return d.move(ctx, &c, step{from: Verified, by: assist.ByCustomer(c.Customer), during: current(c)})
}

// heard checks the two messages themselves: the bot's that reads back, and the customer's that says yes.
func (d *Desk) heard(ctx context.Context, c Command, yesAt assist.Seq) error {
	at := func(seq assist.Seq) (assist.Message, error) {
		list, err := d.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: c.Conversation, Public: true, BeforeSeq: seq + 1, Limit: 1})
		if err != nil {
			return assist.Message{}, fmt.Errorf("message %d of conversation %d: %w", seq, c.Conversation, err)
		}
		if len(list) != 1 || list[0].Seq != seq {
			return assist.Message{}, fmt.Errorf("command %s: message %d isn't there: %w", c.ID, seq, ErrUnconfirmed)
		}
		return list[0], nil
	}
	asked, err := at(c.ReadAt)
	if err != nil {
		return err
	}
	said, err := at(yesAt)
	if err != nil {
		return err
	}
	reads := asked.From.Kind == c.By.Kind && (asked.Bot == nil || asked.Bot.Awaiting == AwaitsYes)
	if !reads || said.From.Kind != assist.ActorCustomer || said.From.ID != int64(c.Customer) {
		return fmt.Errorf("command %s, read back at %d, yes at %d: %w", c.ID, c.ReadAt, yesAt, ErrUnconfirmed)
	}
	return nil
}

// AwaitsYes is what a turn of the bot awaits that reads a command back.
const AwaitsYes = "confirm"

// Void ends a command that has not been executed. One that has ended without a change stays as it is.
func (d *Desk) Void(ctx context.Context, id ID, why string) error {
	defer d.only(id)()
	c, err := d.Command(ctx, id)
	if err != nil {
		return err
	}
	switch c.State {
	case Voided, Declined, Failed:
		return nil
	}
	return d.void(ctx, c, c.By, why)
}

func (d *Desk) void(ctx context.Context, c Command, by assist.Actor, why string) error {
	from := c.State
	c.State, c.Why, c.DueAt = Voided, why, zero()
	if c.Told && by.Kind == assist.ActorSystem {
		c.DueAt = d.now() // the customer waits to hear of it
	}
	return d.move(ctx, &c, step{from: from, by: by})
}
