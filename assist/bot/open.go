package bot

import (
	"context"
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// The intents of the common pack that the dialogue itself acts on.
const (
	askHuman       = "ask_human"
	outOfScope     = "out_of_scope"
	neverMind      = "never_mind"
	repeat         = "repeat"
	changeLanguage = "change_language"
	complaint      = "complaint"
)

// open hears a message while nothing is awaited.
func (d *Dialogue) open(ctx context.Context, x *exchange, parts []Part) error {
	var wishes []flow.Wish
	var nice *flow.Wish
	for _, p := range parts {
		b := p.Reading.Best()
		switch {
		case b.Intent == "" || x.Pack.Intents[b.Intent] == nil || p.Reading.OutOfScope && !alarming(x, b):
		case courtesy(x, b.Intent):
			if w := wishOf(p); nice == nil || nice.Intent == "greet" {
				nice = &w
			}
		case len(wishes) > 0 && d.explains(x, wishes[0], p):
		case !slices.ContainsFunc(wishes, func(w flow.Wish) bool { return w.Intent == b.Intent }):
			wishes = append(wishes, wishOf(p))
		}
	}
	dutyFirst(x, wishes)
	if w, more := d.followsUp(ctx, x, wishes); more {
		x.State.Strange = 0
		return d.begin1(ctx, x, w)
	}
	switch {
	case len(wishes) == 0 && nice != nil:
		if a, ok := d.article(x, x.text); ok && nice.Confidence < surely && asksSomething(x.text) {
			x.State.Intent, x.State.Sure = a.ID, sure
			x.Tell(a)
			return nil
		}
		x.State.Strange = 0
		return d.courteous(ctx, x, *nice)
	case len(wishes) == 0:
		return d.unknown(x)
	case len(parts) == 1 && d.doubtful(x, parts[0]):
		return d.which(x, parts[0])
	}
	x.State.Strange = 0
	if len(wishes) == 1 {
		wishes[0].Text = x.text // also what was no part of the errand may hold a value
		if all := d.repeated(ctx, x, wishes[0]); len(all) > 1 {
			wishes = all
		}
	}
	for n := range wishes {
		wishes[n].Doubt = wishes[n].Doubt || x.technical() || n > 0 && wishes[n].Confidence < plainly
	}
	x.State.Queue = append(wishes[1:], x.State.Queue...)
	return d.begin1(ctx, x, wishes[0])
}

// technical tells whether a message names an action as programs do (cards.block). No customer does: whoever wrote that wants
// to steer the bot, and nothing is done on the strength of it without a yes.
func (x *exchange) technical() bool {
	low := strings.ToLower(x.text)
	for name := range x.Pack.Actions {
		if strings.Contains(low, name) {
			return true
		}
	}
	return false
}

// explains tells whether a part of a message gives the reason of the errand before it and is none of its own: "I want my
// money back, one side is quiet".
func (d *Dialogue) explains(x *exchange, w flow.Wish, p Part) bool {
	for _, ref := range x.Pack.Intents[w.Intent].Slots {
		if x.Pack.Slots[ref.Name].Type == pack.FreeText && flow.States(p.Text) && !asksSomething(p.Text) {
			return true
		}
	}
	return x.gives(x.Pack.Intents[w.Intent], x.Pack.Intents[p.Reading.Best().Intent])
}

// gives tells whether all that the second errand needs are values of the first one, which a part of a message may tell for
// it: "my line is dead, can somebody come tomorrow at 9" moves no visit.
func (x *exchange) gives(first, second *pack.Intent) bool {
	needed := 0
	for _, ref := range second.Slots {
		if ref.Optional {
			continue
		}
		if s := x.Pack.Slots[ref.Name]; s.Type == pack.Item || !first.Needs(ref.Name) {
			return false
		}
		needed++
	}
	return needed > 0
}

// alarming tells whether an unusual text still reports what can't wait: a lost card, a stranger in the account.
func alarming(x *exchange, b nlu.Candidate) bool {
	return x.urgent(b.Intent) && b.Confidence >= plainly
}

// urgent tells whether an intent can't wait: a lost card, a stranger in the account.
func (x *exchange) urgent(intent string) bool {
	i := x.Pack.Intents[intent]
	return i != nil && (i.Duty || i.Reason == "fraud")
}

// begin1 begins one errand.
func (d *Dialogue) begin1(ctx context.Context, x *exchange, w flow.Wish) error {
	if courtesy(x, w.Intent) {
		return d.courteous(ctx, x, w)
	}
	if w.Intent == askHuman {
		return d.toPerson(x, w.Confidence)
	}
	w.Doubt = w.Doubt || x.technical()
	d.opts.Engine.Start(x.Turn, w)
	if w.Intent == changeLanguage {
		d.changeLanguage(x)
	}
	return nil
}

// courteous says the line for an intent that is no errand. What is awaited stays.
func (d *Dialogue) courteous(ctx context.Context, x *exchange, w flow.Wish) error {
	s := x.State
	if s.Errand == nil {
		s.Intent, s.Sure = w.Intent, w.Confidence
	}
	switch w.Intent {
	case neverMind:
		if s.Errand != nil {
			return d.opts.Engine.Leave(ctx, x.Turn)
		}
		s.Queue = nil
		return x.Say(nil, "left.idle")
	case outOfScope:
		return d.unknown(x)
	case repeat:
		if s.Await == "" && s.Last != "" {
			return x.Say(flow.Data{"said": s.Last}, "repeat.answer")
		}
		return nil // what is awaited is asked again anyway
	case "greet":
		if !s.Greeted && s.Await == "" {
			return x.Say(nil, "greet.first", "greet.answer")
		}
	}
	if x.Pack.Key(s.Language, w.Intent+".answer") != "" {
		return x.Say(nil, w.Intent+".answer")
	}
	for _, a := range x.Pack.Articles {
		if a.ID == w.Intent && a.Language == s.Language {
			x.Tell(a)
			return nil
		}
	}
	return x.Say(nil, w.Intent+".answer")
}

// doubtful tells whether two intents are about as likely, and neither is.
func (d *Dialogue) doubtful(x *exchange, p Part) bool {
	r := p.Reading
	return len(r.Ranked) > 1 && r.Ranked[0].Confidence < unlikely && (r.Margin < narrow || r.Ranked[0].Confidence < guessed) && x.State.Asked != x.text &&
		x.Pack.Intents[r.Ranked[1].Intent] != nil && !courtesy(x, r.Ranked[1].Intent)
}

// which asks which of two was meant.
func (d *Dialogue) which(x *exchange, p Part) error {
	s, a, b := x.State, p.Reading.Ranked[0], p.Reading.Ranked[1]
	first, second := x.Pack.Intents[a.Intent].Title.In(s.Language), x.Pack.Intents[b.Intent].Title.In(s.Language)
	if err := x.Say(flow.Data{"title": first, "other": second}, "unsure"); err != nil {
		return err
	}
	s.Await, s.Options, s.Asked = flow.AwaitIntent, []string{a.Intent, b.Intent}, x.text
	s.Intent, s.Sure = a.Intent, a.Confidence
	s.Buttons = map[string]string{first: a.Intent, second: b.Intent}
	x.Choices = []assist.Choice{{Label: first, Text: first}, {Label: second, Text: second}}
	return nil
}

// meant hears which of two was meant.
func (d *Dialogue) meant(ctx context.Context, x *exchange, parts []Part) error {
	s := x.State
	text := s.Asked
	s.Await = ""
	if intent, ok := s.Buttons[x.text]; ok {
		return d.begin1(ctx, x, flow.Wish{Intent: intent, Confidence: likely, Text: text})
	}
	items := make([]entity.Item, len(s.Options))
	for n, o := range s.Options {
		t := x.Pack.Intents[o].Title
		items[n] = entity.Item{ID: o, Names: []string{t.EN, t.ZH}}
	}
	if hits := entity.Match(x.text, items, x.Context(), nil); len(hits) == 1 || len(hits) > 1 && hits[0].Score > hits[1].Score+narrow {
		return d.begin1(ctx, x, flow.Wish{Intent: hits[0].Item.ID, Confidence: likely, Text: text + "\n" + x.text})
	}
	b := best(parts)
	switch {
	case b.Confidence >= likely && !parts[0].Reading.OutOfScope && !courtesy(x, b.Intent):
		return d.open(ctx, x, parts)
	case entity.YesNo(x.text, s.Language).Verdict == entity.Yes:
		return d.begin1(ctx, x, flow.Wish{Intent: s.Options[0], Confidence: likely, Text: text})
	}
	return d.unknown(x)
}

// unknown answers what is none of the bot's business, or what it has only an article on; the second time in a row a
// person takes over.
func (d *Dialogue) unknown(x *exchange) error {
	s := x.State
	if a, ok := d.article(x, x.text); ok {
		s.Strange = 0
		s.Intent, s.Sure = a.ID, sure
		x.Tell(a)
		return nil
	}
	s.Strange++
	if s.Errand == nil {
		s.Intent, s.Sure, s.Slots = outOfScope, 0, nil
	}
	if s.Strange >= 2 {
		x.HandOff(outOfScope, assist.PriorityNormal)
		return x.Say(nil, "handoff.out_of_scope")
	}
	return x.Say(flow.Data{"names": d.offers(x)}, "out_of_scope.answer")
}

// mostOffers is how many errands the bot names when it says what it can do.
const mostOffers = 4

func (d *Dialogue) offers(x *exchange) []string {
	var out []string
	for _, name := range x.Pack.Order {
		if x.Pack.Own(name) && len(out) < mostOffers {
			out = append(out, x.Pack.Intents[name].Title.In(x.State.Language))
		}
	}
	return out
}

// sure is from which confidence an article answers a question.
const sure = 0.4

// article is the one that a question asks for. The common pack's are lines of conversation, which intents answer.
func (d *Dialogue) article(x *exchange, text string) (knowledge.Article, bool) {
	if x.company.Index == nil {
		return knowledge.Article{}, false
	}
	hits := x.company.Index.Find(strings.ToLower(text), x.State.Language, x.company.Sources, 1)
	if len(hits) == 0 || hits[0].Confidence < sure {
		return knowledge.Article{}, false
	}
	return hits[0].Article, true
}

// dutyFirst puts the block of what is lost before all else that a message asks for, with the whole message: which card it
// is may stand in another part than that it is gone.
func dutyFirst(x *exchange, wishes []flow.Wish) {
	n := slices.IndexFunc(wishes, func(w flow.Wish) bool { return x.Pack.Intents[w.Intent].Duty && w.Confidence >= plainly })
	if n < 0 || len(wishes) == 1 {
		return
	}
	duty := wishes[n]
	duty.Text = x.text
	copy(wishes[1:n+1], wishes[:n])
	wishes[0] = duty
}
