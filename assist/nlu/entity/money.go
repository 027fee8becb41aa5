package entity

import (
	"fmt"
	"strings"
)

// Problem says why a value that stands in the text can't be used as it stands. It is a name for the
// program, not a sentence for the customer.
type Problem string

// The problems of amounts, identifiers and phones.
const (
	ProblemNegative  Problem = "negative"  // below zero
	ProblemZero      Problem = "zero"      // nothing at all
	ProblemPrecise   Problem = "precise"   // more than two decimals
	ProblemAmbiguous Problem = "ambiguous" // 1.234,50; two fifty; 500-600; seven or eight hundred
	ProblemLarge     Problem = "large"     // beyond 10^12, a slip of the keyboard
	ProblemLength    Problem = "length"    // the right beginning and the wrong number of characters
)

// Money is an amount as it was written, in hundredths of the currency.
type Money struct {
	Span
	Cents       int64
	Currency    string  // ISO 4217; "" if the text doesn't say
	Problem     Problem // "" if the amount can be used; Cents is zero with one
	Approximate bool    // "about 500", 五百左右, "up to 500"
	Bare        bool    // a mere number: no currency, nothing that makes it money; it may count something else
}

// String is the amount as the wire and the back office write it: 1234.50. It says nothing of the currency.
func (m Money) String() string {
	return fmt.Sprintf("%d.%02d", m.Cents/100, m.Cents%100)
}

// Amounts finds amounts of money in the order of the text. Numbers that belong to something else (dates,
// times, identifiers, phones, measures, counted things) are left out where the words beside them tell; what
// remains and may still be a count is Bare.
func Amounts(text string, c Context) []Money {
	s := newSource(text)
	r := moneyReader{s: s, c: c}
	for i := 0; i < len(s.tokens); {
		next := r.read(i)
		if next <= i {
			next = i + 1
		}
		i = next
	}
	return r.found
}

// moneyReader collects amounts.
type moneyReader struct {
	s     *source
	c     Context
	found []Money
}

// amount is what is known of an amount while it is read, from token start to before end.
type amount struct {
	start, end int
	n          numeral
	currency   string
	marked     bool // a currency stands with it
	negative   bool
	about      bool
}

// read takes the amount that begins at token i and returns the token behind it, or i.
func (r *moneyReader) read(i int) int {
	a := amount{start: i}
	j := r.sign(i, &a)
	j = r.prefix(j, &a)
	j = r.sign(j, &a)
	a.n = r.s.numeral(j)
	if a.n.end == 0 {
		return i
	}
	a.end = a.n.end
	if r.s.is(j, "one") && !a.n.scaled && r.s.is(j-1, "the", "that", "this", "which", "other", "no", "second", "first", "last") {
		return a.end
	}
	r.suffix(&a)
	if !a.marked && r.counts(j, &a) {
		return a.end
	}
	if end := r.rangeEnd(&a); end > 0 {
		a.n.problem, a.end = ProblemAmbiguous, end
	}
	r.approximate(&a)
	r.keep(a)
	return a.end
}

// sign takes a minus that means one: -50, "minus 50", 负五十, but not 500-600 or NW-50.
func (r *moneyReader) sign(j int, a *amount) int {
	s := r.s
	switch {
	case s.is(j, "-") && s.glued(j+1) && (!s.glued(j) || s.is(j-1, ":", "(", ",", "$", "¥", "€", "£") || s.kind(j-1) == han):
		if s.is(j+1, "$", "¥", "€", "£") || s.numeral(j+1).end > 0 {
			a.negative = true
			return j + 1
		}
	case s.is(j, "minus", "negative", "负"):
		next := j + 1
		if s.is(next, "的") {
			next++
		}
		if s.kind(next) == mark || s.numeral(next).end > 0 {
			a.negative = true
			return next
		}
	}
	return j
}

// prefix takes a currency before the number.
func (r *moneyReader) prefix(j int, a *amount) int {
	if a.marked {
		return j
	}
	currency, end := r.s.currency(j, r.c)
	if end == 0 || r.s.kind(j) == word && wordValue(r.s.word(j)) >= 0 {
		return j
	}
	at := end
	if r.s.is(at, ":") {
		at++
	}
	probe := at
	if r.s.is(probe, "-") {
		probe++
	}
	if r.s.numeral(probe).end == 0 || r.s.is(j, "元", "块", "刀", "毛", "dollars", "dollar") {
		return j
	}
	a.currency, a.marked = currency, true
	return at
}

// suffix takes a currency behind the number, and the smaller coins behind that.
func (r *moneyReader) suffix(a *amount) {
	s := r.s
	i := a.end
	if s.is(i, "多", "来", "余") && a.n.words || s.is(i, "多") {
		if _, end := s.currency(i+1, r.c); end > 0 || s.is(i+1, "块", "元") || a.n.scaled {
			a.about = true
			i++
		}
	}
	if s.is(i, "million", "m", "mil") && s.glued(i) && a.marked && !a.n.scaled {
		a.n = a.n.times(1_000_000)
		i++
		a.end = i
	}
	if end := r.coins(i, a); end > 0 {
		a.end = end
		return
	}
	currency, end := s.currency(i, r.c)
	if end == 0 {
		if a.about {
			a.end = i
		}
		return
	}
	if a.marked && a.currency != "" && currency != "" && currency != a.currency && !(s.is(i, "块", "元")) {
		if !s.is(a.start, "$", "¥") {
			return
		}
	}
	if currency != "" && (a.currency == "" || s.is(a.start, "$", "¥", "-")) {
		a.currency = currency
	}
	a.marked, a.end = true, end
	r.small(a)
}

// coins takes amounts of nothing but coins: "50 cents", 五毛.
func (r *moneyReader) coins(i int, a *amount) int {
	s := r.s
	var by int64
	currency := ""
	switch {
	case s.is(i, "cents", "cent"):
		by = 100
	case s.is(i, "pence"):
		by, currency = 100, "GBP"
	case s.is(i, "毛", "角"):
		by, currency = 10, yuan(r.c)
	case s.is(i, "分") && s.is(i+1, "钱"): // without 钱, 分 is a minute or a point
		by, currency = 100, yuan(r.c)
		i++
	default:
		return 0
	}
	if a.marked || a.n.scaled || a.n.micro%one != 0 || a.n.problem != "" {
		return 0
	}
	a.n.micro /= by
	a.marked, a.currency = true, currency
	if d := hanDigit(s.word(i + 1)); by == 10 && d > 0 && s.kind(i+2) != han {
		a.n.micro += d * one / 100
		i++
	}
	return i + 1
}

// small takes what stands behind the currency: 五块五, 三块二毛五, 三元二角五分, "5 dollars and 50 cents".
func (r *moneyReader) small(a *amount) {
	s := r.s
	if a.n.decimals > 0 || a.n.problem != "" {
		return
	}
	if !s.is(a.end-1, "块", "元", "圆", "钱") {
		i := a.end
		if s.is(i, "and") {
			i++
		}
		if n := s.numeral(i); n.end > 0 && n.problem == "" && n.micro%one == 0 && n.micro < 100*one && s.is(n.end, "cents", "cent", "pence", "p") {
			a.n.micro += n.micro / 100
			a.end = n.end + 1
		}
		return
	}
	place := int64(10)
	for i := a.end; place <= 100 && s.glued(i); place *= 10 {
		v := s.coin(i)
		if v < 0 {
			return
		}
		next := i + 1
		named := s.is(next, "毛", "角") && place == 10 || s.is(next, "分") && place == 100
		if named {
			next++
		} else if v == 0 && place == 10 {
			if s.is(i+2, "毛", "角") {
				place = 1 // 二十块零五毛; 三块零五分
			}
			a.end, i = next, next
			continue
		} else if s.kind(next) == digit || hanUnit(s.word(next)) > 0 || s.kind(next) == han && !endsAmount(s.word(next)) {
			return
		}
		a.n.micro += v * one / place
		a.end, i = next, next
	}
}

// coin is the value of the single digit at token i, -1 if there is none.
func (s *source) coin(i int) int64 {
	if s.kind(i) == digit && len(s.word(i)) == 1 {
		return int64(s.word(i)[0] - '0')
	}
	return hanDigit(s.word(i))
}

// endsAmount tells the characters that may follow 五块五: others make the digit count something.
func endsAmount(w string) bool {
	return strings.Contains("给到吧的呢啊了就转充元和,", w)
}

// keep turns what was read into Money.
func (r *moneyReader) keep(a amount) {
	m := Money{
		Span: r.s.span(a.start, a.end), Currency: a.currency, Problem: a.n.problem,
		Approximate: a.about, Bare: !a.marked && !a.n.scaled && !r.alone(&a),
	}
	switch {
	case m.Problem != "":
	case a.n.micro%(one/100) != 0 || !a.n.scaled && a.n.decimals > 2:
		m.Problem = ProblemPrecise
	case a.n.micro == 0:
		m.Problem = ProblemZero
	case a.negative:
		m.Problem = ProblemNegative
	default:
		m.Cents = a.n.micro / (one / 100)
	}
	if a.negative && m.Problem == ProblemPrecise {
		m.Problem = ProblemNegative
	}
	r.found = append(r.found, m)
}
