package bot

import (
	"context"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// From which confidence the bot acts on a reading.
const (
	surely   = 0.75 // leaves what is under way for something else
	likely   = 0.5
	unlikely = 0.4 // below it, with a small margin, the bot asks what was meant
	narrow   = 0.12
	guessed  = 0.3 // below it, the bot asks whatever the margin
	plainly  = 0.9 // a duty in the middle of a message is carried out without a yes
)

func trim(text string) string { return strings.TrimSpace(text) }

// hear lets the policies decide what a message means, the most urgent first.
func (d *Dialogue) hear(ctx context.Context, x *exchange, m assist.Message) error {
	if !entity.Visible(m.Text) {
		return d.invisible(x, m)
	}
	parts := d.opts.Split(x.text, x.company.Reader, x.urgent)
	if len(parts) == 0 {
		parts = []Part{{x.text, x.company.Reader.Read(x.text)}}
	}
	parts = d.weighed(ctx, x, d.advised(x, parts))
	for _, p := range parts {
		x.read = append(x.read, p.Reading)
	}
	d.speak(x, parts)
	if endangered(x.text) {
		x.State.Intent = first(x.State.Intent, askHuman)
		x.HandOff("safety", assist.PriorityUrgent)
		return x.Say(nil, "handoff.safety")
	}
	if wantsPerson(x.text, parts) {
		return d.toPerson(x, max(likely, best(parts).Confidence))
	}
	if err := d.feel(x); err != nil || x.Handoff() != nil {
		return err
	}
	switch {
	case x.State.Await != "":
		return d.awaited(ctx, x, m, parts)
	case !strings.ContainsFunc(x.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return x.Say(nil, "wordless") // a smile, a row of question marks: nothing that could be out of scope
	}
	return d.open(ctx, x, parts)
}

// toPerson hands over because the customer wishes it, the first time and always.
func (d *Dialogue) toPerson(x *exchange, confidence float64) error {
	x.State.Intent, x.State.Sure = askHuman, confidence
	x.HandOff("customer_asked", assist.PriorityNormal)
	return x.Say(nil, "handoff.customer_asked")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func best(parts []Part) nlu.Candidate {
	if len(parts) == 0 {
		return nlu.Candidate{}
	}
	return parts[0].Reading.Best()
}

// invisible answers a message that shows nothing. It is no try and not out of scope.
func (d *Dialogue) invisible(x *exchange, m assist.Message) error {
	if len(m.Attachments) > 0 {
		return x.Say(nil, "attachment")
	}
	return x.Say(nil, "empty")
}

// awaited hears the answer to a question.
func (d *Dialogue) awaited(ctx context.Context, x *exchange, m assist.Message, parts []Part) error {
	e, s := d.opts.Engine, x.State
	switch {
	case s.Await == flow.AwaitIntent:
		return d.meant(ctx, x, parts)
	case s.Errand == nil:
		s.Await = ""
		return d.open(ctx, x, parts)
	case s.Await == flow.Confirm:
		return d.confirm(ctx, x, parts)
	case s.Await == flow.OneTimeCode:
		taken, err := e.Code(ctx, x.Turn, m.ClientID)
		if taken || err != nil {
			return err
		}
		if wantsCode(x.text) {
			return e.Resend(ctx, x.Turn)
		}
		if lacksPhone(x.text) {
			return e.NoProof(x.Turn)
		}
		return d.astray(ctx, x, parts)
	case s.Proof.Asking:
		if e.Detail(x.Turn, x.text) {
			s.Await = ""
			return nil
		}
		return d.astray(ctx, x, parts)
	}
	return d.slot(ctx, x, parts)
}

// slot hears the answer to the question for a slot.
func (d *Dialogue) slot(ctx context.Context, x *exchange, parts []Part) error {
	if _, pressed := x.State.Buttons[x.text]; !pressed {
		// What only sounds like leaving ("the first one") may name one of the things that were listed.
		if listed := x.Pack.Slots[x.State.Await]; leavesInWords(x.text) || leaves(x.text, parts) && (listed == nil || listed.Type != pack.Item) {
			return d.leave(ctx, x, parts)
		}
		if _, other := d.other(x, parts, surely); other && asksSomething(x.text) && !x.insists() {
			return d.astray(ctx, x, parts)
		}
	}
	took, err := d.opts.Engine.Answer(ctx, x.Turn, x.text)
	switch {
	case err != nil:
		return err
	case took == flow.Nothing:
		return d.astray(ctx, x, parts)
	case took == flow.Narrowed && x.insists(): // said twice, it leads nowhere
		if handed, err := d.opts.Engine.Miss(x.Turn); handed || err != nil {
			return err
		}
		x.State.Await = ""
	case took == flow.Refused || took == flow.Narrowed || took == flow.Replaced:
		x.State.Await = "" // the flow explains and asks again
	}
	x.State.Strange = 0
	return nil
}

func wishOf(p Part) flow.Wish {
	b := p.Reading.Best()
	return flow.Wish{Intent: b.Intent, Confidence: b.Confidence, Text: p.Text, Doubt: p.Reading.Advised}
}

// courtesy tells whether an intent is a line of conversation and no errand.
func courtesy(x *exchange, intent string) bool {
	i := x.Pack.Intents[intent]
	return i == nil || i.Pack == pack.Common && i.Kind == pack.Answer && len(i.Slots) == 0 && i.Action == ""
}
