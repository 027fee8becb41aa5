package rehearse

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/nlu/entity"
)

// Verdict is how a scenario ended.
type Verdict struct {
	ID   string `json:"id"`
	Pass bool   `json:"pass"`
	Why  string `json:"why"` // what differs, in a line; empty if it passed

	WrongAction  bool     `json:"-"`
	Unsafe       int      `json:"-"` // changes made without what they need
	Moved        bool     `json:"-"` // what the back office holds was changed
	WrongHandoff bool     `json:"-"`
	WrongIntent  bool     `json:"-"`
	Broken       bool     `json:"-"` // the hub or the conversation failed
	Transcript   []string `json:"-"`
}

// judge compares how it went with what was expected.
func judge(s Scenario, p played, needs func(action string) Needs, phone func(party string) string) Verdict {
	v := Verdict{ID: s.ID, Moved: p.moved}
	var why []string
	differs := func(wrong bool, format string, args ...any) bool {
		if wrong {
			why = append(why, fmt.Sprintf(format, args...))
		}
		return wrong
	}
	e, o := s.Expect, outcomeOf(p)
	differs(p.ended != "", "%s", p.ended)
	v.WrongIntent = differs(len(e.Intent) > 0 && !slices.Contains(e.Intent, p.intent()), "intent %s, want %s", p.intent(), strings.Join(e.Intent, " or "))
	slots := p.slots()
	for _, name := range slices.Sorted(maps.Keys(e.Slots)) {
		differs(slots[name] != e.Slots[name], "slot %s is %q, want %q", name, slots[name], e.Slots[name])
	}
	if e.Calls != nil {
		v.WrongAction = differs(!sameCalls(*e.Calls, p.changes), "changes %s, want %s", describe(p.changes), describeCalls(*e.Calls))
	}
	wrongOutcome := differs(len(e.Outcome) > 0 && !slices.Contains(e.Outcome, o), "outcome %s, want %s", o, strings.Join(e.Outcome, " or "))
	wrongReason := differs(o == handoff && len(e.Reason) > 0 && !slices.Contains(e.Reason, p.reason()), "reason %s, want %s", p.reason(), strings.Join(e.Reason, " or "))
	v.WrongHandoff = wrongReason || (wrongOutcome && (o == handoff || slices.Contains(e.Outcome, handoff)))
	for _, text := range e.ReplyHas {
		differs(!p.said(text), "no bot turn has %q", text)
	}
	for _, text := range e.ReplyLacks {
		differs(p.said(text), "a bot turn has %q", text)
	}
	for _, c := range p.changes {
		if lack := lacking(s, p, c, needs(c.Action), phone(c.Party)); lack != "" {
			v.Unsafe++
			differs(true, "unsafe %s: %s", c.Action, lack)
		}
	}
	v.Pass, v.Why, v.Transcript = len(why) == 0, strings.Join(why, "; "), p.transcript()
	return v
}

// outcomeOf: a handoff, else done if at least one change was made, else answered.
func outcomeOf(p played) string {
	switch {
	case p.reason() != "":
		return handoff
	case len(p.changes) > 0:
		return done
	}
	return answered
}

func (p played) turns() []*assist.BotTurn {
	var out []*assist.BotTurn
	for _, l := range p.lines {
		if l.bot != nil {
			out = append(out, l.bot)
		}
	}
	return out
}

// intent is that of the bot's first answer.
func (p played) intent() string {
	if t := p.turns(); len(t) > 0 {
		return t[0].Intent
	}
	return ""
}

// slots are the last value that any bot message carried.
func (p played) slots() map[string]string {
	out := map[string]string{}
	for _, t := range p.turns() {
		maps.Copy(out, t.Slots)
	}
	return out
}

func (p played) reason() string {
	for _, t := range p.turns() {
		if t.Handoff != nil {
			return t.Handoff.Reason
		}
	}
	return ""
}

// said tells whether some bot turn holds the text, letter case and white space apart.
func (p played) said(text string) bool {
	return slices.ContainsFunc(p.lines, func(l line) bool { return l.bot != nil && strings.Contains(bare(l.text), bare(text)) })
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func (p played) transcript() []string {
	var out []string
	for _, l := range p.lines {
		if l.bot == nil {
			out = append(out, "  > "+l.text)
			continue
		}
		head := fmt.Sprintf("  [%s %.2f", l.bot.Intent, l.bot.Confidence)
		if l.bot.Awaiting != "" {
			head += " awaits " + l.bot.Awaiting
		}
		if l.bot.Handoff != nil {
			head += " handoff " + l.bot.Handoff.Reason
		}
		out = append(out, head+fmt.Sprintf(" %v] %s", l.bot.Slots, strings.ReplaceAll(l.text, "\n", " / ")))
	}
	for _, c := range p.changes {
		out = append(out, "  ! "+describe([]Change{c}))
	}
	return out
}

// sameCalls: no more and no fewer, in any order; args that are not named are free.
func sameCalls(want []Call, got []Change) bool {
	rest := slices.Clone(got)
	for _, w := range want {
		i := slices.IndexFunc(rest, func(c Change) bool { return fits(w, c) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return len(rest) == 0
}

func fits(w Call, c Change) bool {
	if w.Action != c.Action {
		return false
	}
	for name, value := range w.Args {
		if c.Args[name] != value {
			return false
		}
	}
	return true
}

// lacking says what a change was made without; empty if it had all that it needs. It goes by what was typed and
// said and by what the back office did, not by what the bot notes of itself.
func lacking(s Scenario, p played, c Change, n Needs, phone string) string {
	before := slices.DeleteFunc(slices.Clone(p.lines), func(l line) bool { return l.at.After(c.At) })
	codes := slices.ContainsFunc(before, func(l line) bool { return l.code })
	switch {
	case !n.Known:
		return "no intent of the pack makes it"
	case n.Signed && s.Customer != "" && c.Party != s.Customer:
		return "made for " + c.Party
	case n.Signed && s.Customer == "" && !typed(before, phone):
		return "the customer was not identified"
	case n.Strong && !codes:
		return "no one-time code came back"
	case n.Duty:
		return ""
	}
	return unread(before, c, append(n.Doing, c.Action))
}

// typed tells whether the customer typed the phone on file, country code and trunk prefix apart.
func typed(lines []line, phone string) bool {
	return slices.ContainsFunc(lines, func(l line) bool { return l.bot == nil && entity.SamePhone(phone, l.text) })
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, entity.Clean(s))
}

// unread says whether the read-back or the yes is missing: the customer's last words before the change must be a plain
// yes, said to a turn that awaited one.
func unread(before []line, c Change, doing []string) string {
	i := len(before) - 1
	for i >= 0 && before[i].bot != nil {
		i--
	}
	j := i - 1
	for j >= 0 && before[j].bot == nil {
		j--
	}
	switch {
	case i < 0 || j < 0 || before[j].bot.Awaiting != "confirm":
		return "nothing was read back before it"
	case !plainYes(before[i].text, before[j].text, doing):
		return fmt.Sprintf("%q is no yes", before[i].text)
	}
	for name, value := range c.Args {
		if name == "amount" && !strings.Contains(strings.ReplaceAll(bare(before[j].text), ",", ""), plainAmount(value)) {
			return fmt.Sprintf("the read-back doesn't name %s %s", name, value)
		}
	}
	return ""
}

// plainYes: the customer's own and direct one. To a cancellation "yes, cancel it" is one, to anything else it is none. A yes
// that says again what was read back is one as well, but not with a number that was not.
func plainYes(text, readBack string, doing []string) bool {
	a := entity.YesNo(text, "", doing...)
	if a.Reason != entity.Correction {
		return a.Verdict == entity.Yes
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }) {
		if !strings.Contains(digits(readBack), word) {
			return false
		}
	}
	return true
}

// plainAmount is an amount as people may write it: no decimals where there are none.
func plainAmount(value string) string { return strings.TrimSuffix(value, ".00") }

func describe(changes []Change) string {
	calls := make([]Call, len(changes))
	for i, c := range changes {
		calls[i] = Call{c.Action, c.Args}
	}
	return describeCalls(calls)
}

func describeCalls(calls []Call) string {
	var out []string
	for _, c := range calls {
		out = append(out, c.Action+fmt.Sprint(c.Args))
	}
	return "[" + strings.Join(out, " ") + "]"
}
