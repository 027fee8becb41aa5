package flow

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// manner is how a text stands to a slot: less must be certain in the answer to the very question.
type manner uint8

const (
	asked   manner = iota // it answers the question for the slot
	opening               // the errand began with it
	mined                 // it answered another question
	amended               // it corrects something while something else is awaited
)

// found is what a text gives for a slot: a value, a value that can't be taken, several that it may mean, or nothing.
type found struct {
	value   *Value
	why     string // of an item: one of entity.Why…
	trouble *Trouble
	several []backoffice.Item
	all     bool          // every item that there is
	used    []entity.Span // of the text, that can't mean anything else
	part    string        // the day of a time whose hour is not said
}

func (f found) nothing() bool {
	return f.value == nil && f.trouble == nil && len(f.several) == 0 && f.part == "" && !f.all
}

// extract reads a text for a slot.
func (e *Engine) extract(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, text string, how manner) (found, error) {
	switch s.Type {
	case pack.Item:
		items, err := t.candidates(ctx, i, s)
		if err != nil {
			return found{}, err
		}
		if f, strange := strangeTail(items, text, how); strange {
			return f, nil
		}
		if allThere(i, s, items, text) {
			return found{all: true}, nil
		}
		f := t.matchItem(i, s, items, text, how)
		kind, free := i.Free[s.Name]
		switch {
		case free && kind == pack.DateTime:
			return t.newTime(s, items, f, text), nil
		case free && f.nothing():
			fresh := *s
			fresh.Type = kind
			return e.extract(ctx, t, i, &fresh, text, how)
		}
		return f, nil
	case pack.Money:
		return t.amount(text, how), nil
	case pack.Date, pack.DateTime:
		return t.meantAsTime(i, t.moment(s, text), how), nil
	case pack.Period:
		return t.period(s, text), nil
	case pack.Number:
		return number(text, how), nil
	case pack.Phone:
		return t.phone(text), nil
	case pack.Email:
		if all := entity.Emails(text); len(all) > 0 {
			return taken(all[len(all)-1], all[len(all)-1].Text), nil
		}
		return t.ownEmail(text, how), nil
	case pack.Code:
		return t.voucher(text, how), nil
	case pack.Address:
		return t.address(text, how), nil
	case pack.Choice:
		return choice(s, text, how, t.State.Language), nil
	case pack.Shape:
		return shaped(s, text), nil
	case pack.Place:
		if s.Kind == "area" {
			return t.area(text, how), nil
		}
		return place(s, text), nil
	case pack.FreeText:
		return t.freeText(s, text, how), nil
	case pack.Name:
		return t.newName(text, how), nil
	case pack.Duration:
		return t.duration(s, text, how), nil
	}
	return found{}, nil
}

func taken(at entity.Span, value string) found {
	return found{value: &Value{V: value}, used: []entity.Span{at}}
}

func troubled(code, value string) found { return found{trouble: &Trouble{Code: code, Value: value}} }

// amount reads money. Where the question was another one, a mere number counts only in the text that the errand began
// with or that corrects it, and only if it isn't part of something else.
func (t *Turn) amount(text string, how manner) found {
	var all []entity.Money
	for _, m := range entity.Amounts(text, t.Context()) {
		if how != asked && (m.Bare && how == mined || m.Problem == "" && t.otherwise(text, m.Span)) {
			continue
		}
		if !slices.ContainsFunc(all, func(o entity.Money) bool { return o.Cents == m.Cents && o.Problem == m.Problem }) {
			all = append(all, m)
		}
	}
	if clear := slices.DeleteFunc(slices.Clone(all), func(m entity.Money) bool { return m.Bare }); len(clear) > 0 {
		all = clear
	}
	if len(all) == 0 {
		return found{}
	}
	m := all[0]
	switch {
	case len(all) > 1 && how != amended && !corrects(text):
		return troubled("ambiguous", m.Text)
	case len(all) > 1:
		m = all[len(all)-1]
	}
	switch {
	case m.Problem == entity.ProblemPrecise:
		return troubled("decimals", m.Text)
	case m.Problem != "":
		return troubled(string(m.Problem), m.Text)
	case m.Approximate:
		return troubled("vague", m.Text)
	case m.Currency != "" && t.Profile.Currency != "" && m.Currency != t.Profile.Currency:
		return troubled("currency", m.Text)
	}
	return taken(m.Span, pack.Decimal(m.Cents))
}

// otherwise tells whether a number in a text is part of an id, a phone, an address of e-mail or a date.
func (t *Turn) otherwise(text string, at entity.Span) bool {
	over := func(s entity.Span) bool { return s.Start < at.End && at.Start < s.End }
	for _, x := range entity.Identifiers(text, t.patterns()) {
		if over(x.Span) && !x.Partial {
			return true
		}
	}
	for _, x := range entity.Phones(text, t.Context()) {
		if over(x.Span) {
			return true
		}
	}
	for _, x := range entity.Dates(text, t.Context()) {
		if over(x.Span) && x.End-x.Start > at.End-at.Start {
			return true
		}
	}
	return slices.ContainsFunc(entity.Emails(text), over) || slices.ContainsFunc(entity.CardTails(text), func(t entity.CardTail) bool {
		return over(t.Span) && !t.Alone
	})
}

// corrects tells whether a text takes back what it says first: "200, no, 300".
func corrects(text string) bool {
	low := " " + strings.ToLower(text) + " "
	for _, w := range []string{" no, ", " sorry, ", " i mean ", " rather ", " instead", " make it ", " not ", "不对", "不是", "改成", "改为", "应该是"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// moment reads a day, or a day with its time.
func (t *Turn) moment(s *pack.Slot, text string) found {
	all := slices.DeleteFunc(entity.Dates(text, t.Context()), func(d entity.Date) bool { return d.Negated })
	if len(all) == 0 {
		return found{}
	}
	d := all[0]
	if len(all) > 1 && corrects(text) {
		d = all[len(all)-1]
	}
	if day, ok := t.part(s.Name); ok && d.TimeOnly && d.HasTime() { // the hour of a day that was said before
		return t.settled(s, d, day+d.Minute()[len(day):])
	}
	switch {
	case d.Invalid:
		return troubled("invalid", d.Text)
	case d.Vague, d.Grain > entity.Day:
		return troubled("vague", d.Text)
	case s.Future && d.Past:
		return troubled("past", d.Text)
	case s.Past && !d.Past && d.From.After(t.Now):
		return troubled("future", d.Text)
	case s.Type == pack.Date:
		return taken(d.Span, d.Day())
	case !d.HasTime():
		return found{part: d.Day(), trouble: &Trouble{Code: "time", Value: d.Text, Facts: map[string]any{"day": d.Day()}}}
	case d.Ambiguous && d.TimeOnly:
		return troubled("ambiguous", d.Text)
	}
	return taken(d.Span, d.Minute())
}

// meantAsTime leaves out a day that is only part of a description: "broken since this morning" is no wish for a visit.
func (t *Turn) meantAsTime(i *pack.Intent, f found, how manner) found {
	describes := slices.ContainsFunc(i.Slots, func(r pack.SlotRef) bool { return t.Pack.Slots[r.Name].Opening })
	if how != asked && describes && f.value == nil {
		return found{}
	}
	return f
}

// settled is a time whose day was said before.
func (t *Turn) settled(s *pack.Slot, d entity.Date, value string) found {
	if s.Future && value <= t.Now.Format("2006-01-02T15:04") {
		return troubled("past", d.Text)
	}
	return taken(d.Span, value)
}

func (t *Turn) part(slot string) (string, bool) {
	r := t.State.Errand
	if r == nil {
		return "", false
	}
	day, ok := r.Part[slot]
	return day, ok
}

// period reads a stretch of days; both ends belong to it.
func (t *Turn) period(s *pack.Slot, text string) found {
	for _, d := range entity.Dates(text, t.Context()) {
		switch {
		case d.Negated:
			continue
		case d.Invalid:
			return troubled("invalid", d.Text)
		case d.From.IsZero() || d.Vague:
			return troubled("vague", d.Text)
		case s.Past && d.From.After(t.Now):
			return troubled("future", d.Text)
		}
		last := d.To
		if last.After(d.From) {
			last = last.AddDate(0, 0, -1)
		}
		if s.Past && last.After(t.Now) {
			last = t.Now
		}
		return taken(d.Span, d.From.Format("2006-01-02")+"/"+last.Format("2006-01-02"))
	}
	for _, d := range entity.Durations(text) {
		if d.Months != 0 || d.Days != 0 {
			return taken(d.Span, t.Now.AddDate(0, -d.Months, -d.Days).Format("2006-01-02")+"/"+t.Now.Format("2006-01-02"))
		}
	}
	return found{}
}

// duration reads a length of time; asked for it, the customer may also say "as long as it takes".
func (t *Turn) duration(s *pack.Slot, text string, how manner) found {
	if all := entity.Durations(text); len(all) > 0 {
		return taken(all[0].Span, all[0].Text)
	}
	if how == asked {
		return t.freeText(s, text, how)
	}
	return found{}
}

func number(text string, how manner) found {
	all := entity.Numbers(text)
	if len(all) == 0 || how != asked && len(all) > 1 || math.IsNaN(all[0].Value) {
		return found{}
	}
	return taken(all[0].Span, strconv.FormatFloat(all[0].Value, 'f', -1, 64))
}

func (t *Turn) phone(text string) found {
	all := entity.Phones(text, t.Context())
	if len(all) == 0 {
		return found{}
	}
	switch p := all[0]; {
	case p.Problem != "":
		return troubled(string(p.Problem), p.Text)
	case strings.Contains(p.Text, "+") && p.E164 != "":
		return taken(p.Span, p.E164)
	default:
		return taken(p.Span, p.Digits)
	}
}

func (t *Turn) address(text string, how manner) found {
	if all := entity.Addresses(text, t.State.Language); len(all) > 0 {
		return taken(all[len(all)-1], all[len(all)-1].Text)
	}
	if own := t.ownAddress(text, how); own.value != nil || how != asked || NonAnswer(text) {
		return own
	}
	if tail := entity.Tail(text, t.State.Language); utf8.RuneCountInString(tail) >= leastAddress && strings.ContainsAny(tail, "0123456789０１２３４５６７８９号路街区室栋") {
		return found{value: &Value{V: tail}}
	}
	return found{}
}

const leastAddress = 5

func choice(s *pack.Slot, text string, how manner, language string) found {
	items := make([]entity.Item, len(s.Options))
	for n, o := range s.Options {
		items[n] = entity.Item{ID: o.ID, Names: slices.Concat(o.EN, o.ZH)}
	}
	hits := entity.Match(text, items, entity.Context{Language: language}, nil)
	least := hitMined
	if how == asked {
		least = hitAsked
	}
	if len(hits) == 0 || hits[0].Score < least || len(hits) > 1 && hits[1].Score > hits[0].Score-nearTie && hits[1].Item.ID != hits[0].Item.ID {
		return found{}
	}
	if how == mined && hits[0].Why == entity.WhyPosition {
		return found{}
	}
	n := slices.IndexFunc(s.Options, func(o pack.Option) bool { return o.ID == hits[0].Item.ID })
	v := Value{V: s.Options[n].ID, EN: s.Options[n].Name("en"), ZH: s.Options[n].Name("zh")}
	return found{value: &v}
}

func shaped(s *pack.Slot, text string) found {
	all := entity.Identifiers(text, []entity.Pattern{{Kind: s.Name, Shape: s.Shape}})
	switch {
	case len(all) == 0:
		return found{}
	case all[0].Problem != "":
		return troubled(string(all[0].Problem), all[0].Text)
	}
	return taken(all[0].Span, all[0].Value)
}

func place(s *pack.Slot, text string) found {
	all := entity.Countries(text)
	if s.Kind == "city" {
		all = entity.Cities(text)
	}
	if len(all) == 0 {
		return found{}
	}
	p := all[len(all)-1]
	v := inItsLanguage(p)
	return found{value: &v, used: []entity.Span{p.Span}}
}
