package entity

// spokenClock reads "half past four", "quarter to five", "ten past six", "20 to 7".
func (r *dateReader) spokenClock(i int) piece {
	s := r.s
	minute, at := int64(-1), 0
	if j := s.afterAny(i, "half", "a quarter", "quarter"); j > 0 {
		minute, at = 15, j
		if s.is(i, "half") {
			minute = 30
		}
	} else if n := s.numeral(i); n.end > 0 && n.problem == "" && n.micro%one == 0 && n.micro < 60*one {
		minute, at = n.micro/one, n.end
		if s.is(at, "minutes", "mins", "min", "minute") {
			at++
		}
	}
	if minute < 0 || !s.is(at, "past", "to", "til", "before", "after") {
		return piece{}
	}
	before := !s.is(at, "past", "after")
	h := s.hourAt(at + 1)
	if h.end == 0 || h.micro > 12*one || h.micro < one {
		return piece{}
	}
	if before && minute%5 != 0 || !s.is(at, "past") && !s.is(i, "half", "a", "quarter") && !r.saysTime(i, h.end) {
		return piece{} // "from 10 to 12", "five to seven people"
	}
	p := piece{clock: true, hour: int(h.micro / one), minute: int(minute), end: h.end}
	if before {
		p.hour, p.minute = (p.hour+10)%12+1, 60-p.minute
	}
	return r.daytime(p)
}

// saysTime reports whether "ten to five" is a time: something before or behind it says so.
func (r *dateReader) saysTime(i, end int) bool {
	_, next := r.s.meridiem(end)
	spoken := r.s.kind(i) == word && r.s.kind(end-1) == word
	return r.s.is(i-1, "at") || next > 0 && r.s.kind(i) == word || spoken && (r.s.is(end, "on", "tomorrow", "today", "this") || i == 0 && end == len(r.s.tokens))
}

// hourAt reads an hour in figures or words without its scale words.
func (s *source) hourAt(i int) numeral {
	if s.kind(i) == digit && len(s.word(i)) <= 2 {
		v, _ := digits(s.word(i))
		return numeral{micro: v * one, end: i + 1}
	}
	if v := wordValue(s.word(i)); v > 0 && v <= 12 {
		return numeral{micro: v * one, end: i + 1, words: true}
	}
	return numeral{}
}

// daytime reads a.m. or p.m. behind a time on the dial.
func (r *dateReader) daytime(p piece) piece {
	if later, end := r.s.meridiem(p.end); end > 0 && p.hour <= 12 {
		p.hour, p.exact, p.end = p.hour%12+afternoonHours(later), true, end
	}
	return p
}

// wordClock reads "seven pm", "seven thirty", "at five", "five o'clock".
func (r *dateReader) wordClock(i int) piece {
	s := r.s
	h := s.hourAt(i)
	if h.end == 0 {
		return piece{}
	}
	p := piece{clock: true, hour: int(h.micro / one), end: h.end}
	minuted := false
	if v := wordValue(s.word(p.end)); v == 15 || v == 20 || v == 30 || v == 40 || v == 45 || v == 50 || v == 10 {
		p.minute, p.end, minuted = int(v), p.end+1, true
		if d := wordValue(s.word(p.end)); v%10 == 0 && v >= 20 && d > 0 && d < 10 {
			p.minute, p.end = p.minute+int(d), p.end+1
		}
	}
	if _, end := s.meridiem(p.end); end > 0 {
		return r.daytime(p)
	}
	if j := s.afterAny(p.end, "o'clock", "oclock", "o clock"); j > 0 {
		p.end = j
		return r.daytime(p)
	}
	if !r.expectsClock(i, p.end) || minuted && !s.is(i-1, "at") && len(r.pieces) == 0 {
		return piece{}
	}
	return p
}

// partWord reads English parts of the day and the times that have names.
func (r *dateReader) partWord(i int) piece {
	s := r.s
	if s.after(i, "good morning") > 0 || s.is(i-1, "good", "have") {
		return piece{}
	}
	switch {
	case s.is(i, "morning", "mornings", "morn"):
		return piece{part: morning, end: i + 1}
	case s.is(i, "afternoon"):
		return piece{part: afternoon, end: i + 1}
	case s.is(i, "evening", "eve"):
		return piece{part: evening, end: i + 1}
	case s.is(i, "night"):
		return piece{part: night, end: i + 1}
	case s.is(i, "noon", "midday", "lunchtime"):
		return piece{clock: true, hour: 12, exact: true, end: i + 1}
	case s.is(i, "midnight"):
		return piece{clock: true, hour: 24, exact: true, end: i + 1}
	}
	return piece{}
}
