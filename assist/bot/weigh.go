package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
)

// From which confidence a reading counts although the text looks strange.
const (
	backed = 0.8 // where the text names something that the intent is about
	vented = 0.3 // where it is a complaint, put angrily
)

// weighed looks again at what was read by words alone: a text that names an order or a product of the company's is not
// strange for its odd words, one with a voucher's code is about vouchers, and an outburst is a complaint.
func (d *Dialogue) weighed(ctx context.Context, x *exchange, parts []Part) []Part {
	for n, p := range parts {
		parts[n].Reading = d.weigh(ctx, x, p)
	}
	return parts
}

func (d *Dialogue) weigh(ctx context.Context, x *exchange, p Part) nlu.Reading {
	r := p.Reading
	if n := d.coded(ctx, x, p); n > 0 {
		r.Ranked = slices.Clone(r.Ranked)
		r.Ranked[0], r.Ranked[n] = r.Ranked[n], r.Ranked[0]
		r.Ranked[0].Confidence, r.Ranked[n].Confidence = r.Ranked[n].Confidence, r.Ranked[0].Confidence
	}
	if !r.OutOfScope {
		return r
	}
	b := r.Best()
	i := x.Pack.Intents[b.Intent]
	switch {
	case i == nil:
	case b.Confidence >= backed && d.opts.Engine.Names(ctx, x.Turn, i, p.Text, pack.Item, pack.Code, pack.Shape):
		r.OutOfScope = false
	case b.Intent == complaint && b.Confidence >= vented && moodOf(p.Text) == angry:
		r.OutOfScope = false
		r.Ranked = slices.Clone(r.Ranked)
		r.Ranked[0].Confidence = likely
	}
	return r
}

// fewest is from which confidence a reading is a rival at all.
const fewest = 0.15

// coded finds the rival that a code in the text speaks for, where the best reading has no use for it; 0 if there is none.
func (d *Dialogue) coded(ctx context.Context, x *exchange, p Part) int {
	takes := func(c nlu.Candidate) bool {
		i := x.Pack.Intents[c.Intent]
		return i != nil && slices.ContainsFunc(i.Slots, func(ref pack.SlotRef) bool { return x.Pack.Slots[ref.Name].Type == pack.Code })
	}
	for n, c := range p.Reading.Ranked {
		switch {
		case c.Confidence < fewest || n == 0 && takes(c):
			return 0
		case takes(c) && d.opts.Engine.Names(ctx, x.Turn, x.Pack.Intents[c.Intent], p.Text, pack.Code):
			return n
		}
	}
	return 0
}

// followsUp takes "and the savings account?" for the question before, about something else.
func (d *Dialogue) followsUp(ctx context.Context, x *exchange, wishes []flow.Wish) (flow.Wish, bool) {
	i := x.Pack.Intents[x.State.Intent]
	if i == nil || i.Kind == pack.Handoff || i.Kind == pack.Action && !likewise(x.text) || len(i.Slots) == 0 || !elliptic(x.text) || len(wishes) > 0 && wishes[0].Confidence >= plainly {
		return flow.Wish{}, false
	}
	if !d.opts.Engine.Alludes(ctx, x.Turn, i, x.text, pack.Item, pack.Choice, pack.Place, pack.Period, pack.Code) {
		return flow.Wish{}, false
	}
	return flow.Wish{Intent: i.Name, Confidence: likely, Text: x.text, Inherit: true, Again: true}, true
}

// clauseEnds are where one wish of a message may end and the next one of the same kind begin.
var clauseEnds = regexp.MustCompile(`(?i)[,，;；。\n]\s*(?:and |then |再|然后|还有|另外)?|\s+(?:and|then|plus)\s+|再|然后|还有|另外`)

// repeated finds several errands of one kind in a message, "3000 to Mum and 500 to Tom": each clause names all that one
// needs. What else is said counts for all of them.
func (d *Dialogue) repeated(ctx context.Context, x *exchange, w flow.Wish) []flow.Wish {
	i := x.Pack.Intents[w.Intent]
	if i == nil || i.Kind != pack.Action {
		return nil
	}
	var whole, others []string
	for _, clause := range clauseEnds.Split(w.Text, -1) {
		switch {
		case strings.TrimSpace(clause) == "":
		case d.opts.Engine.Complete(ctx, x.Turn, i, clause):
			whole = append(whole, clause)
		default:
			others = append(others, clause)
		}
	}
	if len(whole) < 2 {
		return nil
	}
	var out []flow.Wish
	for _, clause := range whole {
		each := w
		each.Text = strings.Join(append([]string{clause}, others...), "\n")
		out = append(out, each)
	}
	return out
}
