package bot

import (
	"context"
	"slices"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// confirm hears the answer to a read-back: a yes, a no, a correction, or something else that is heard first. What is none of
// these leaves nothing that a later yes could carry out: the command is drafted and read back anew.
func (d *Dialogue) confirm(ctx context.Context, x *exchange, parts []Part) error {
	e := d.opts.Engine
	said := answered(x, x.text)
	switch {
	case said.Verdict == entity.Yes && x.ReadNow(): // to a question that it can't have seen
		return nil
	case said.Verdict == entity.Yes:
		return d.agreed(ctx, x)
	case plainNo.MatchString(x.text):
		return e.Decline(ctx, x.Turn)
	}
	if decided, err := d.corrected(ctx, x, said); decided || err != nil {
		return err
	}
	if said.Verdict == entity.No && disputes(x.text) && (words(x.text) > shortDispute || han(x.text) > shortDisputeHan) {
		said = entity.Answer{Reason: entity.Correction}
	}
	if said.Verdict == entity.No || said.Reason == "" && leaves(x.text, parts) {
		return d.declined(ctx, x, parts, said)
	}
	if _, other := d.other(x, parts, plainly); !other && inquires(x.text) {
		if d.opts.Engine.Names(ctx, x.Turn, x.Pack.Intents[x.State.Errand.Intent], x.text, pack.Item) || d.opts.Engine.Told(x.Turn, x.text) || pricing(x.text) {
			return x.Say(nil, "confirm.told")
		}
		if told, err := d.opts.Engine.Others(ctx, x.Turn, x.text); told || err != nil {
			return err
		}
	}
	if handled, err := d.aside(ctx, x, parts); handled || err != nil {
		return err
	}
	return d.unclear(ctx, x, said)
}

// agreed carries out what the customer said yes to, unless the yes names something else than was read back.
func (d *Dialogue) agreed(ctx context.Context, x *exchange) error {
	if words(x.text) > fewWords || han(x.text) > fewHan {
		if changed, err := d.opts.Engine.Amend(ctx, x.Turn, x.text); changed || err != nil {
			return err
		}
	}
	return d.opts.Engine.Confirmed(ctx, x.Turn, x.at)
}

// fewWords and fewHan are how long a yes may be that can't hold a value.
const (
	fewWords = 1
	fewHan   = 3
)

// shortDispute and shortDisputeHan are how long "no, that's wrong" is when it says nothing of what is wrong.
const (
	shortDispute    = 3
	shortDisputeHan = 4
)

// corrected looks for another value in the answer, for one that is said to be wrong, and for a yes that only says again
// what was read back.
func (d *Dialogue) corrected(ctx context.Context, x *exchange, said entity.Answer) (decided bool, err error) {
	e := d.opts.Engine
	if mayCorrect(said, x.text) {
		if changed, err := e.Amend(ctx, x.Turn, x.text); changed || err != nil {
			return true, err
		}
	}
	if disputes(x.text) {
		if disputed, err := e.Dispute(ctx, x.Turn, x.text); disputed || err != nil {
			return true, err
		}
	}
	if said.Reason != entity.Correction || !yesFirst.MatchString(x.text) || x.ReadNow() {
		return false, nil
	}
	same, err := e.Restates(ctx, x.Turn, x.text)
	if err != nil || !same {
		return false, err
	}
	return true, e.Confirmed(ctx, x.Turn, x.at)
}

// declined ends the errand, and begins another that was named instead.
func (d *Dialogue) declined(ctx context.Context, x *exchange, parts []Part, said entity.Answer) error {
	p, other := d.other(x, parts, surely)
	if err := d.opts.Engine.Decline(ctx, x.Turn); err != nil {
		return err
	}
	if !other || said.Verdict != entity.No {
		return nil
	}
	w := wishOf(p)
	w.Inherit = true
	return d.begin1(ctx, x, w)
}

// unclear reads back anew what was answered with neither yes nor no. A question is no failed try.
func (d *Dialogue) unclear(ctx context.Context, x *exchange, said entity.Answer) error {
	if inquires(x.text) && said.Reason != entity.Correction {
		said.Reason = first(said.Reason, entity.Question)
	} else if handed, err := d.opts.Engine.Miss(x.Turn); handed || err != nil {
		return err
	}
	if err := d.opts.Engine.Renew(ctx, x.Turn); err != nil {
		return err
	}
	return x.Say(nil, "confirm."+said.Reason, "confirm.unclear")
}

// answered reads the answer to a read-back. Where the errand is to cancel something, "mm, cancel it" is a yes, and
// "cancel" alone is neither: it may mean the errand.
func answered(x *exchange, text string) entity.Answer {
	said := entity.YesNo(text, x.State.Language, x.Doing()...)
	if !slices.ContainsFunc(x.Doing(), cancels.MatchString) {
		return said
	}
	switch {
	case said.Reason == entity.Correction && agreed.MatchString(text):
		return entity.Answer{Verdict: entity.Yes}
	case said.Verdict == entity.No && onlyCancel.MatchString(text):
		return entity.Answer{}
	}
	return said
}
