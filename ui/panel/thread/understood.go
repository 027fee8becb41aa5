package thread

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"deskhand/assist"
	"deskhand/ui/panel"
)

// From which margin on a reading is not in doubt, and from which confidence on the runner-up is worth a word.
const (
	plainMargin  = 0.2
	worthTelling = 0.05
)

// outOfScope is the intent of what the bot has no errand for.
const outOfScope = "out_of_scope"

// turnTo is what the bot made of the i-th message: of what a customer wrote last before the bot answered.
func (b *builder) turnTo(i int) *assist.BotTurn {
	if b.c.Messages[i].From.Kind != assist.ActorCustomer {
		return nil
	}
	for _, m := range b.c.Messages[i+1:] {
		switch {
		case m.From.Kind == assist.ActorBot && m.Bot != nil && m.Bot.Intent != "":
			return m.Bot
		case m.Kind == assist.KindText:
			return nil // they wrote on, or somebody else answered
		}
	}
	return nil
}

// briefly is what the bot understood in one line.
func (b *builder) briefly(t assist.BotTurn) []Part {
	l := b.p.desk.Lang
	doubt := t.Intent == outOfScope || t.Step == "choose" || t.RunnerUp != "" && t.Margin < plainMargin
	out := []Part{{Text: l.T("understood.line") + " "}, {Text: l.Intent(t.Intent), Bold: true, Doubt: doubt}}
	rest := ""
	if t.Confidence > 0 {
		rest = " " + share(t.Confidence)
	}
	switch second := t.Confidence - t.Margin; {
	case t.RunnerUp == "":
	case t.Intent == outOfScope:
		rest += " · " + l.T("understood.nearest", "name", l.Intent(t.RunnerUp))
	case second >= worthTelling:
		rest += " · " + l.Intent(t.RunnerUp) + " " + share(second)
	}
	for _, k := range slices.Sorted(maps.Keys(t.Slots)) {
		rest += " · " + l.Arg(k) + " " + b.p.desk.Value(t.Slots[k], t.Words[k])
	}
	if s := b.step(t); s != "" {
		rest += " · " + s
	}
	return append(out, Part{Text: rest})
}

// share is a confidence or a margin as people read it.
func share(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// step says what the bot did about it.
func (b *builder) step(t assist.BotTurn) string {
	l := b.p.desk.Lang
	switch {
	case t.Handoff != nil:
		return l.T("handoff.reason") + l.Handoff(t.Handoff.Reason)
	case t.Step == "" && t.Awaiting != "":
		return l.T("step.collect", "name", l.Arg(t.Awaiting))
	case t.Step == "":
		return ""
	}
	return l.Try("step."+t.Step, strings.ReplaceAll(t.Step, "_", " "), "name", l.Arg(t.Awaiting))
}

// understood is what the bot made of what the customer said, in full.
func (b *builder) understood(t assist.BotTurn) []panel.Fact {
	l := b.p.desk.Lang
	out := []panel.Fact{{Name: l.T("understood.intent"), Value: l.Intent(t.Intent)}}
	add := func(key, value string) {
		if value != "" {
			out = append(out, panel.Fact{Name: l.T(key), Value: value})
		}
	}
	if t.Confidence > 0 {
		add("understood.confidence", share(t.Confidence))
	}
	if t.RunnerUp != "" {
		add("understood.runner_up", l.T("understood.apart", "name", l.Intent(t.RunnerUp), "margin", share(t.Margin)))
	}
	for _, k := range slices.Sorted(maps.Keys(t.Slots)) {
		out = append(out, panel.Fact{Name: l.Arg(k), Value: b.p.desk.Value(t.Slots[k], t.Words[k])})
	}
	add("understood.step", b.step(t))
	if len(t.Sources) > 0 {
		add("understood.sources", b.sources(t.Sources))
	}
	return out
}

func (b *builder) sources(sources []assist.Source) string {
	titles := make([]string, len(sources))
	for i, s := range sources {
		titles[i] = s.Title
	}
	return strings.Join(titles, b.p.desk.Lang.T("list.comma"))
}
