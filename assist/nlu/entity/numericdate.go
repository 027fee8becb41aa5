package entity

import "slices"

// numericDate reads a date in figures: 2026-03-02, 2026/3/2, 30.11.2025, 3/5, 3/5/2026, 03-05, 3.1-3.15.
func (r *dateReader) numericDate(i int) piece {
	s := r.s
	if s.glued(i) && (s.kind(i-1) == word || s.kind(i-1) == digit || s.is(i-1, "/", ".", "#", "$", "¥", "€", "£", "*") || s.is(i-1, "-") && s.glued(i-1) && s.kind(i-2) == word) {
		return piece{}
	}
	sep := s.word(i + 1)
	if sep != "-" && sep != "/" && sep != "." || !s.glued(i+1) || s.kind(i+2) != digit || !s.glued(i+2) {
		return piece{}
	}
	a, _ := digits(s.word(i))
	b, _ := digits(s.word(i + 2))
	if c, end := s.third(i+3, sep); end > 0 {
		return r.threeNumbers(i, int(a), int(b), c, end)
	}
	if p := r.dottedRange(i, int(a), int(b)); p.end > 0 {
		return p
	}
	if s.glued(i+3) && (s.is(i+3, "%", ":", "-") || s.kind(i+3) == digit) || len(s.word(i)) > 2 || len(s.word(i+2)) > 2 {
		return piece{}
	}
	if sep == "." || sep == "-" && (s.word(i)[0] != '0' && len(s.word(i)) < 2 || len(s.word(i+2)) < 2 || s.word(i)[0] != '0' && s.word(i + 2)[0] != '0') {
		return piece{}
	}
	if a == 24 && b == 7 {
		return piece{} // round the clock
	}
	return r.twoNumbers(int(a), int(b), i+3)
}

// third reads the separator and third number of a date.
func (s *source) third(i int, sep string) (n, end int) {
	if !s.is(i, sep) || !s.glued(i) || s.kind(i+1) != digit || !s.glued(i+1) || len(s.word(i+1)) > 4 {
		return 0, 0
	}
	if s.glued(i+2) && s.is(i+2, sep) && s.kind(i+3) == digit && s.glued(i+3) {
		return 0, 0
	}
	v, _ := digits(s.word(i + 1))
	return int(v), i + 2
}

// threeNumbers is year-month-day, or day and month in the order of the place before a year.
func (r *dateReader) threeNumbers(i, a, b, c, end int) piece {
	s := r.s
	first, last := len(s.word(i)), len(s.word(end-1))
	switch {
	case first == 4 && last <= 2 && 1900 <= a && a < 2100:
		return r.dated(a, b, c, end)
	case first <= 2 && (last == 4 && 1900 <= c && c < 2100 || last == 2 && s.is(i+1, "/")):
		if s.is(i+1, ".") {
			return r.dated(c, b, a, end)
		}
		m, d, sure := r.order(a, b)
		if m == 0 {
			return piece{invalid: true, end: end}
		}
		p := r.dated(c, m, d, end)
		if !sure {
			p.ambiguous, p.other = true, r.dated(c, d, m, end).from
		}
		return p
	}
	return piece{}
}

// twoNumbers is a day and month in the order of the place.
func (r *dateReader) twoNumbers(a, b, end int) piece {
	m, d, sure := r.order(a, b)
	if m == 0 {
		return piece{}
	}
	p := r.monthDay(m, d, end)
	if !sure && !p.invalid {
		if q := r.monthDay(d, m, end); !q.invalid {
			p.ambiguous, p.other = true, q.from
		}
	}
	return p
}

// order tells month and day, and whether the place or the numbers settle it; 0 if there is no such date.
func (r *dateReader) order(a, b int) (month, day int, sure bool) {
	switch {
	case a < 1 || b < 1 || a > 31 || b > 31 || a > 12 && b > 12:
		return 0, 0, false
	case a > 12:
		return b, a, true
	case b > 12 || a == b || r.s.chinese():
		return a, b, true
	}
	monthFirst, sure := r.monthFirst()
	if monthFirst {
		return a, b, sure
	}
	return b, a, sure
}

// monthFirst reports whether 3/4 is in March here: by language, then country, then currency.
func (r *dateReader) monthFirst() (first, sure bool) {
	switch {
	case r.c.Language == "zh":
		return true, true
	case slices.Contains([]string{"US", "CN", "TW", "JP", "KR", "PH", "MN"}, r.c.Country):
		return true, true
	case r.c.Country != "" && r.c.Country != "CA":
		return false, true
	case slices.Contains([]string{"USD", "CNY", "TWD", "JPY", "KRW"}, r.c.Currency):
		return true, true
	case r.c.Currency != "" && r.c.Currency != "CAD":
		return false, true
	}
	return true, false
}

// dottedRange reads 3.1-3.15, as Chinese customers write it.
func (r *dateReader) dottedRange(i, m, d int) piece {
	s := r.s
	if !s.is(i+1, ".") || !s.is(i+3, "-", "~", "到", "至") || s.kind(i+4) != digit || !s.is(i+5, ".") || !s.glued(i+5) || s.kind(i+6) != digit || !s.glued(i+6) {
		return piece{}
	}
	m2, _ := digits(s.word(i + 4))
	d2, _ := digits(s.word(i + 6))
	a, z := r.monthDay(m, d, i+7), r.monthDay(int(m2), int(d2), i+7)
	if a.invalid || z.invalid || !z.from.After(a.from) {
		return piece{}
	}
	return period(a.from, z.to, Range, i+7)
}
