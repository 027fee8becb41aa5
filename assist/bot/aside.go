package bot

import (
	"context"
	"regexp"
	"slices"

	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// leave ends what is under way, and begins what the customer wishes instead.
func (d *Dialogue) leave(ctx context.Context, x *exchange, parts []Part) error {
	was := ""
	if x.State.Errand != nil {
		was = x.State.Errand.Intent
	}
	if err := d.opts.Engine.Leave(ctx, x.Turn); err != nil {
		return err
	}
	rest := afterLeaving(x.text)
	if rest != "" { // "forget it, I'd rather …"
		parts = d.weighed(ctx, x, d.opts.Split(rest, x.company.Reader, x.urgent))
	} else {
		parts = parts[1:]
	}
	for _, p := range parts {
		b := p.Reading.Best()
		if !p.Reading.OutOfScope && b.Confidence >= likely && !courtesy(x, b.Intent) && b.Intent != was {
			w := wishOf(p)
			w.Inherit = true
			x.State.Queue = append(x.State.Queue, w)
		}
	}
	if len(x.State.Queue) == 0 && len(parts) == 1 && asksSomething(rest) && !parts[0].Reading.OutOfScope && d.doubtful(x, parts[0]) {
		return d.which(x, parts[0])
	}
	return nil
}

// other is the first part of a message that clearly asks for another errand than the one under way.
func (d *Dialogue) other(x *exchange, parts []Part, least float64) (Part, bool) {
	for _, p := range parts {
		b := p.Reading.Best()
		if p.Reading.OutOfScope || b.Confidence < least || x.Pack.Intents[b.Intent] == nil {
			continue
		}
		if x.State.Errand != nil && b.Intent == x.State.Errand.Intent || slices.Contains(answers(), b.Intent) {
			continue
		}
		return p, true
	}
	return Part{}, false
}

// answers are the intents that answer a question and ask nothing of their own.
func answers() []string {
	return []string{"affirm", "deny", neverMind, "greet", "thanks", "goodbye", "praise", outOfScope}
}

// astray hears what is no answer to the question: it leaves, digresses, or is a failed try.
func (d *Dialogue) astray(ctx context.Context, x *exchange, parts []Part) error {
	if leaves(x.text, parts) {
		return d.leave(ctx, x, parts)
	}
	no := refuses(x.text, x.State.Language, parts)
	if no && x.Optional() {
		x.Skip()
		return nil
	}
	if handled, err := d.aside(ctx, x, parts); handled || err != nil {
		return err
	}
	if no && x.State.Proof.Asking { // who doesn't want to say who they are is helped by a person
		return d.opts.Engine.NoProof(x.Turn)
	}
	if no && x.State.Errand != nil && (x.State.Errand.Tries[x.State.Await] > 0 || len(x.State.Paused) > 0) {
		return d.leave(ctx, x, parts)
	}
	await := x.State.Await
	handed, err := d.opts.Engine.Miss(x.Turn)
	if handed || err != nil {
		return err
	}
	if x.State.Proof.Asking {
		return x.Say(nil, "again."+await, "again.any")
	}
	return nil
}

var plainNo = regexp.MustCompile(`(?i)^\W*(no|nope|nah|no,? thanks?|no,? thank you)\W*$|^[\s\p{P}]*(不|不用|不用了|不要|没有|没有了|没|没了)[\s\p{P}]*$`)

// refuses tells whether a text is a mere no.
func refuses(text, language string, parts []Part) bool {
	if plainNo.MatchString(text) {
		return true
	}
	if flow.NonAnswer(text) {
		return false
	}
	b := best(parts)
	return entity.YesNo(text, language).Verdict == entity.No || b.Intent == "deny" && b.Confidence >= surely && !parts[0].Reading.OutOfScope
}

// insists tells whether the customer says the very same again: it is meant as an answer then, or is none.
func (x *exchange) insists() bool { return x.text == x.State.Heard }

// aside answers what is asked in between, or begins another errand that the text clearly asks for. What is awaited is
// asked again in the same turn.
func (d *Dialogue) aside(ctx context.Context, x *exchange, parts []Part) (handled bool, err error) {
	if flow.NonAnswer(x.text) || x.insists() {
		return false, nil
	}
	p, other := d.other(x, parts, likely)
	if other && p.Reading.Best().Confidence >= surely {
		return true, d.digress(ctx, x, p)
	}
	if a, ok := d.article(x, x.text); ok && asksSomething(x.text) {
		x.Tell(a)
		return true, nil
	}
	if other && asksSomething(x.text) {
		return true, d.digress(ctx, x, p)
	}
	return false, nil
}

// digress answers or does something else and comes back to what is awaited.
func (d *Dialogue) digress(ctx context.Context, x *exchange, p Part) error {
	s, w := x.State, wishOf(p)
	r := s.Errand
	switch i := x.Pack.Intents[w.Intent]; {
	case courtesy(x, w.Intent):
		return d.courteous(ctx, x, w)
	case r != nil && (instead(x.text) || len(s.Paused) >= deepest) && i.Kind != pack.Answer:
		if err := d.opts.Engine.Abandon(ctx, x.Turn); err != nil {
			return err
		}
	case r != nil:
		d.opts.Engine.Pause(x.Turn)
	}
	return d.begin1(ctx, x, w)
}

// deepest is how many errands may wait for a digression to end.
const deepest = 3
