package flow

import (
	"context"
	"fmt"

	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// voided goes on behind a command that could not be acted on any more. Where only its terms have changed since they were
// read back, a new one is read back with those of now; the yes to the old one counts for nothing.
func (e *Engine) voided(ctx context.Context, t *Turn, i *pack.Intent, s pack.Step, c action.Command) (waits bool, err error) {
	r := t.State.Errand
	switch c.Why {
	case action.WhyTerms:
		t.State.note("the terms changed before it was carried out", i, "")
		if err := t.Say(nil, i.Name+".terms_changed", "terms_changed"); err != nil {
			return false, err
		}
		r.Draft, r.ReadBack = "", ""
		return e.change(ctx, t, i, s)
	case action.WhyAway:
		r.Draft, r.ReadBack = "", ""
		return e.unavailable(t, i, fmt.Errorf("command %s: %w", c.ID, backoffice.ErrUnavailable))
	}
	t.State.note("not carried out", i, string(c.State))
	err = t.Say(t.of(c), "voided")
	t.end("voided")
	return false, err
}
