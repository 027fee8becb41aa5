package bot

import (
	"context"
	"slices"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// exchange is one turn under way.
type exchange struct {
	*flow.Turn
	company Company
	text    string // of the message that is being heard
	at      assist.Seq
	said    []assist.Message // the transcript
	changed bool             // an errand with a change ended in this turn
	begun   string           // the first errand that began in this turn, where none was under way
	sure    float64          // of it
	read    []nlu.Reading    // of all that was heard in this turn
}

// turn hears each message that has not been answered, in order, and lets the errands go on in between.
func (d *Dialogue) turn(ctx context.Context, x *exchange, unread []assist.Message) error {
	unread, err := d.fold(ctx, x, unread)
	if err != nil {
		return err
	}
	busy := x.State.Errand != nil
	for _, m := range unread {
		if m.From.Kind != assist.ActorCustomer || x.Handoff() != nil {
			continue
		}
		x.text, x.at = trim(entity.Clean(m.Text)), m.Seq
		if err := d.hear(ctx, x, m); err != nil {
			return err
		}
		x.State.Heard = x.text
		if !busy && x.begun == "" {
			x.begun, x.sure = x.State.Intent, x.State.Sure
		}
		if err := d.goOn(ctx, x); err != nil {
			return err
		}
	}
	if x.Handoff() != nil {
		return nil
	}
	if x.changed && x.State.Errand == nil {
		if err := x.Say(nil, "anything_else"); err != nil {
			return err
		}
	}
	return d.opts.Engine.Ask(ctx, x.Turn)
}

// fold looks at all messages together while a yes is awaited: it counts only if nothing but yeses were said. A command
// that this very turn has carried out before, when it could not be stored, is told of first.
func (d *Dialogue) fold(ctx context.Context, x *exchange, unread []assist.Message) ([]assist.Message, error) {
	if x.State.Await != flow.Confirm || len(unread) == 0 {
		return unread, nil
	}
	yes := func(m assist.Message) bool {
		return answered(x, trim(entity.Clean(m.Text))).Verdict == entity.Yes
	}
	settled, err := d.opts.Engine.Settled(ctx, x.Turn)
	if err != nil {
		return nil, err
	}
	others := slices.DeleteFunc(slices.Clone(unread), yes)
	switch {
	case settled:
		if err := d.opts.Engine.Confirmed(ctx, x.Turn, unread[0].Seq); err != nil {
			return nil, err
		}
		return others, d.goOn(ctx, x)
	case len(others) == 0:
		return unread[:1], nil
	}
	return others, nil
}

// goOn runs the errands until something is awaited or none is left: the one under way, what it interrupted, what else
// was said.
func (d *Dialogue) goOn(ctx context.Context, x *exchange) error {
	s := x.State
	for x.Handoff() == nil && s.Await == "" {
		if s.Errand != nil {
			r := s.Errand
			if err := d.opts.Engine.Run(ctx, x.Turn); err != nil {
				return err
			}
			if i := x.Pack.Intents[r.Intent]; r.Finished == "done" && i != nil && i.Kind == pack.Action {
				x.changed = true
			}
			continue
		}
		if n := len(s.Paused); n > 0 {
			if err := d.takeUp(ctx, x, n-1); err != nil {
				return err
			}
			continue
		}
		if len(s.Queue) == 0 {
			return nil
		}
		w := s.Queue[0]
		s.Queue = s.Queue[1:]
		x.changed = false
		if err := d.begin1(ctx, x, w); err != nil {
			return err
		}
	}
	return nil
}

// takeUp goes back to what a digression interrupted.
func (d *Dialogue) takeUp(ctx context.Context, x *exchange, n int) error {
	s := x.State
	r := s.Paused[n]
	s.Paused = slices.Delete(s.Paused, n, n+1)
	s.Errand, s.Await = r, r.Await
	s.Intent, s.Sure = r.Intent, r.Confidence
	r.Await = ""
	if s.Await != flow.Confirm {
		s.Await = "" // the flow asks again, if it still must
		return nil
	}
	return d.opts.Engine.Ask(ctx, x.Turn)
}
