package flow

import (
	"regexp"
	"slices"
	"strings"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

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
		return vagueAmount(text, how)
	}
	if all = t.otherThanBefore(all, how); len(all) == 1 && t.replaced(all[0], how) && denies(text[:all[0].Start]) {
		return troubled("denied", all[0].Text)
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

// otherThanBefore leaves out of a correction the amount that it corrects, if another one is named: "300, not 200".
func (t *Turn) otherThanBefore(all []entity.Money, how manner) []entity.Money {
	others := slices.DeleteFunc(slices.Clone(all), func(m entity.Money) bool { return t.replaced(m, how) })
	if len(others) == 0 {
		return all
	}
	return others
}

// replaced tells whether an amount is the one that a correction may put another in the place of.
func (t *Turn) replaced(m entity.Money, how manner) bool {
	return how == amended && m.Problem == "" && pack.Decimal(m.Cents) == t.amending
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

// vagueWords are amounts that nobody can count.
var vagueWords = regexp.MustCompile(`(?i)\b(?:a few|a couple of|several|some|lots of|a lot of|loads of|tens of|hundreds?|thousands?|half|most|the rest|the remainder|everything|all of (?:it|my money)|all my money|a bit(?: of money)?|a little(?: money)?|not (?:too )?much|as much as (?:possible|i can|you can)|whatever(?: is left| you can)?)\b|几[十百千万]|几个亿|一些钱?|一点|点儿?钱|多少都行|全部|所有的?钱|一半|剩下的|差不多|若干`)

// vagueAmount finds an amount that says how much only roughly, in the answer to the question for it.
func vagueAmount(text string, how manner) found {
	if how != asked {
		return found{}
	}
	if at := vagueWords.FindString(text); at != "" && !NonAnswer(text) {
		return troubled("vague", at)
	}
	return found{}
}
