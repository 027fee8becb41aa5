package entity

import "time"

// monthDay is the day and month in the year that is nearest, with a leaning to the future: what was long ago
// is the next one.
func (r *dateReader) monthDay(m, d, end int) piece {
	t, ok := dateOf(r.today.Year(), m, d, r.today.Location())
	if !ok && m == 2 && d == 29 {
		for y := 1; y <= 4 && !ok; y++ {
			t, ok = dateOf(r.today.Year()+y, m, d, r.today.Location())
		}
	}
	if !ok {
		return piece{invalid: true, end: end}
	}
	p := day(t, end)
	p.noYear = true
	if t.Before(r.today) {
		p.other = t.AddDate(1, 0, 0)
		if t.Before(addDays(r.today, -90)) {
			next := day(p.other, end)
			next.other, next.noYear = t, true
			return next
		}
	}
	return p
}

// dated is the day in the year.
func (r *dateReader) dated(y, m, d, end int) piece {
	if y < 100 {
		y += 2000
	}
	t, ok := dateOf(y, m, d, r.today.Location())
	if !ok {
		return piece{invalid: true, end: end}
	}
	return day(t, end)
}

// year reads a year at token i, perhaps behind a comma: 2026, '26.
func (s *source) year(i int) (y, end int) {
	if s.is(i, ",") {
		i++
	}
	if s.is(i, "'") && s.kind(i+1) == digit && len(s.word(i+1)) == 2 {
		v, _ := digits(s.word(i + 1))
		return 2000 + int(v), i + 2
	}
	if s.kind(i) == digit && len(s.word(i)) == 4 && (s.word(i)[:2] == "20" || s.word(i)[:2] == "19") {
		v, _ := digits(s.word(i))
		return int(v), i + 1
	}
	return 0, 0
}

// monthWord reads "March", "March 2026", "March 5th", "March 5, 2026", "March 1 to 15".
func (r *dateReader) monthWord(i int) piece {
	s := r.s
	m := monthNumber(s.word(i))
	if m == 0 {
		return piece{}
	}
	at := i + 1
	if s.is(at, ".") && s.glued(at) && len(s.word(i)) <= 4 {
		at++
	}
	if y, end := s.year(at); end > 0 {
		from := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, r.today.Location())
		return period(from, monthStart(from, 1), Month, end)
	}
	if s.is(at, "the") {
		at++
	}
	d, end, _ := s.dayNumber(at)
	if _, pm := s.meridiem(end); end == 0 || pm > 0 || s.is(end, ":") || d < 1 {
		return r.wholeMonth(i, m)
	}
	if last, next := r.lastDay(end, s.is(i-1, "between")); next > 0 && last > d && monthNumber(s.word(next)) == 0 {
		return r.dayRange(m, d, last, next)
	}
	if y, next := s.year(end); next > 0 {
		return r.dated(y, m, d, next)
	}
	return r.monthDay(m, d, end)
}

// lastDay reads the end of "March 1 to 15" at the token behind the 1.
func (r *dateReader) lastDay(i int, between bool) (d, end int) {
	s := r.s
	if !s.is(i, "to", "-", "until", "till", "through", "~") && !(between && s.is(i, "and")) {
		return 0, 0
	}
	j := i + 1
	if s.is(j, "the") {
		j++
	}
	d, end, _ = s.dayNumber(j)
	if _, pm := s.meridiem(end); end == 0 || pm > 0 || d > 31 || s.is(end, ":", "/") {
		return 0, 0
	}
	return d, end
}

// dayRange is from one day of a month to another of the same.
func (r *dateReader) dayRange(m, first, last, end int) piece {
	y := 0
	if v, next := r.s.year(end); next > 0 {
		y, end = v, next
	}
	a, z := r.monthDay(m, first, end), r.monthDay(m, last, end)
	if y > 0 {
		a, z = r.dated(y, m, first, end), r.dated(y, m, last, end)
	}
	if a.invalid || z.invalid {
		return piece{invalid: true, end: end}
	}
	return period(a.from, a.to.AddDate(0, 0, last-first), Range, end)
}

// wholeMonth is a month without a day or year: the one of this year, unless that is more than half a year
// ahead. "may" is a month only where the words beside it say so.
func (r *dateReader) wholeMonth(i, m int) piece {
	s := r.s
	if s.is(i, "may", "march", "mar", "sep", "dec", "jan") && len(s.tokens) > 1 && !r.calledMonth(i) {
		if s.is(i, "may", "march", "mar") {
			return piece{}
		}
	}
	return r.monthOf(m, i+1)
}

func (r *dateReader) calledMonth(i int) bool {
	s := r.s
	if s.is(i-1, "in", "since", "from", "for", "of", "to", "until", "till", "last", "next", "this", "during", "and", "between", "or", "'s", "the", "my", "only", "just", "-") {
		return true
	}
	return s.is(i+1, "to", "statement", "statements", "bill", "bills", "please", "pls", "only", "?", ".", "and", "invoice", "-", "thanks") && (i == 0 || !s.is(i, "may")) || i+1 == len(s.tokens) && i == 0
}

// monthOf is month m of the nearest year.
func (r *dateReader) monthOf(m, end int) piece {
	from := time.Date(r.today.Year(), time.Month(m), 1, 0, 0, 0, 0, r.today.Location())
	other := addMonths(from, 12)
	if m-int(r.today.Month()) > 6 {
		from, other = addMonths(from, -12), from
	} else if from.After(r.today) {
		other = addMonths(from, -12)
	}
	p := period(from, monthStart(from, 1), Month, end)
	p.other, p.noYear = other, true
	return p
}

// ordinalDay reads "the fifth of March", "the 15th".
func (r *dateReader) ordinalDay(i int) piece {
	if d, end, suffixed := r.s.dayNumber(i); suffixed {
		if !r.s.is(i-1, "the", "on") && monthNumber(r.s.word(end)) == 0 && !r.s.is(end, "of") {
			return piece{}
		}
		if r.s.kind(i) == word && !r.namesDay(i, d, end) {
			return piece{}
		}
		return r.dayOf(d, end, true)
	}
	return piece{}
}

// namesDay reports whether an ordinal in words is a day: "the first" is mostly one of several things.
func (r *dateReader) namesDay(i, d, end int) bool {
	s := r.s
	if monthNumber(s.word(end)) > 0 || s.is(end, "of") && (monthNumber(s.word(end+1)) > 0 || s.is(end+1, "next", "this", "last", "the") && s.is(end+2, "month")) {
		return true
	}
	return d > 10 && s.is(i-1, "the") && s.is(i-2, "on", "for", "by", "from", "to", "until")
}

// englishDayMonth reads what begins with the figure of a day: "5 March", "5th of March 2026", "1 to 15 March",
// "the 15th".
func (r *dateReader) englishDayMonth(i int) piece {
	s := r.s
	d, end, suffixed := s.dayNumber(i)
	if end == 0 || s.glued(i) && (s.kind(i-1) == word || s.is(i-1, "-", "/", ".", ":", "$", "#")) && !s.is(i-2, "to") {
		return piece{}
	}
	if last, next := r.lastDay(end, s.is(i-1, "between") || s.is(i-2, "between")); next > 0 && last > d {
		if s.is(next, "of") {
			next++
		}
		if m := monthNumber(s.word(next)); m > 0 {
			return r.dayRange(m, d, last, next+1)
		}
	}
	return r.dayOf(d, end, suffixed)
}

// dayOf reads the month behind a day. An ordinal without one is the next such day.
func (r *dateReader) dayOf(d, end int, suffixed bool) piece {
	s, at := r.s, end
	if s.is(at, "of") {
		at++
		if s.is(at, "the", "this") && s.is(at+1, "month") {
			return r.monthsDay(0, d, at+2)
		}
		if s.is(at, "next", "last") && s.is(at+1, "month") {
			n := 1
			if s.is(at, "last") {
				n = -1
			}
			return r.monthsDay(n, d, at+2)
		}
	}
	if m := monthNumber(s.word(at)); m > 0 && (at > end || s.tokens[at].gap || s.glued(at)) {
		if y, next := s.year(at + 1); next > 0 {
			return r.dated(y, m, d, next)
		}
		if s.is(at, "may") && !suffixed && at+1 < len(s.tokens) && s.is(at+1, "be", "i", "not", "have") {
			return piece{}
		}
		return r.monthDay(m, d, at+1)
	}
	if !suffixed || s.is(end, "one", "order", "item", "time", "floor", "street", "st", "ave", "avenue", "grade", "of") || d < 1 || d > 31 {
		return piece{}
	}
	return r.nextDayOfMonth(d, end)
}

// monthsDay is day d of the month n after this one.
func (r *dateReader) monthsDay(n, d, end int) piece {
	first := monthStart(r.today, n)
	return r.dated(first.Year(), int(first.Month()), d, end)
}

// nextDayOfMonth is the next day of that number, today included.
func (r *dateReader) nextDayOfMonth(d, end int) piece {
	if d < 1 || d > 31 {
		return piece{invalid: true, end: end}
	}
	for n := 0; ; n++ {
		first := monthStart(r.today, n)
		t, ok := dateOf(first.Year(), int(first.Month()), d, r.today.Location())
		if !ok || t.Before(r.today) {
			continue
		}
		p := day(t, end)
		p.dayOfMonth = d
		if n > 0 {
			p.other, _ = dateOf(r.today.Year(), int(r.today.Month()), d, r.today.Location())
		}
		return p
	}
}
