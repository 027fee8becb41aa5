package bot

import (
	"context"
	"slices"

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
