package bot

import (
	"context"
	"slices"

	"deskhand/assist/nlu/entity"
)

// confirm hears the answer to a read-back.
func (d *Dialogue) confirm(ctx context.Context, x *exchange, parts []Part) error {
	e := d.opts.Engine
	said := answered(x, x.text)
	if said.Verdict == entity.Yes && !x.ReadNow() {
		return e.Confirmed(ctx, x.Turn, x.at)
	}
	if said.Verdict == entity.Yes { // to a question that it can't have seen
		return nil
	}
	if said.Reason == "" || said.Reason == entity.Correction {
		if changed, err := e.Amend(ctx, x.Turn, x.text); changed || err != nil {
			return err
		}
	}
	if said.Reason == entity.Correction && yesFirst.MatchString(x.text) && !x.ReadNow() {
		same, err := e.Restates(ctx, x.Turn, x.text)
		if err != nil {
			return err
		}
		if same {
			return e.Confirmed(ctx, x.Turn, x.at)
		}
	}
	if said.Verdict == entity.No || said.Reason == "" && leaves(x.text, parts) {
		if p, other := d.other(x, parts, surely); other && said.Verdict == entity.No {
			if err := e.Decline(ctx, x.Turn); err != nil {
				return err
			}
			w := wishOf(p)
			w.Inherit = true
			return d.begin1(ctx, x, w)
		}
		return e.Decline(ctx, x.Turn)
	}
	if handled, err := d.aside(ctx, x, parts); handled || err != nil {
		return err
	}
	key := "confirm." + said.Reason
	if handed, err := e.Miss(x.Turn); handed || err != nil {
		return err
	}
	return x.Say(nil, key, "confirm.unclear")
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
