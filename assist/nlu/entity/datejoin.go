package entity

// join puts together what belongs to one date: 明天 下午 三点, "3 pm on Friday", "Friday of next week", "from Monday
// to Wednesday"; then it minds what stands round it: "before Friday", "since March".
func (r *dateReader) join() {
	r.mergeNeighbours()
	r.mergeApart()
	r.mergeRanges()
	for i := range r.pieces {
		r.bound(&r.pieces[i])
	}
}

// mergeNeighbours merges pieces with nothing but linking words between them, from left to right.
func (r *dateReader) mergeNeighbours() {
	kept := r.pieces[:0]
	for _, p := range r.pieces {
		for len(kept) > 0 && r.linked(kept[len(kept)-1].end, p.start) {
			q, ok := r.merge(kept[len(kept)-1], p)
			if !ok {
				break
			}
			p, kept = q, kept[:len(kept)-1]
		}
		kept = append(kept, p)
	}
	r.pieces = kept
}

// linked reports whether the tokens between belong to the date.
func (r *dateReader) linked(i, j int) bool {
	if j-i > 3 {
		return false
	}
	for ; i < j; i++ {
		if !r.s.is(i, "at", "on", "in", "the", "around", "about", "of", ",", "@", "approximately", "(", ")", "for", "的", "大", "概", "约", "early", "late", "是", "那", "天", "day", ".") {
			return false
		}
	}
	return true
}

// merge makes one piece of two, if they can be one.
func (r *dateReader) merge(p, q piece) (piece, bool) {
	m := p
	m.end = q.end
	switch {
	case p.exactTime || q.exactTime || p.invalid && q.invalid:
		return p, false
	case p.invalid || q.invalid:
		m.invalid = p.isTime() || q.isTime() || p.isDay() || q.isDay()
		return m, m.invalid && (p.isTime() || q.isTime())
	case p.grain == 0 && p.vague && q.grain != 0, q.grain == 0 && q.vague && p.grain != 0:
		if p.grain == 0 {
			m = q
			m.start = p.start
		}
		m.vague = true
		return m, true
	case p.isTime() && q.isTime():
		return mergeTimes(p, q)
	case p.grain == Day && !p.clock && q.isTime():
		if q.part != 0 && p.part != 0 {
			return p, false
		}
		m.clock, m.hour, m.minute, m.exact, m.vague = q.clock, q.hour, q.minute, q.exact, p.vague || q.vague
		if q.part != 0 {
			m.part = q.part
		}
		return m, true
	case p.clock && p.part == 0 && !p.exact && q.isTime() && !q.clock:
		m.part = q.part // "tomorrow at nine in the morning"
		return m, true
	case p.isTime() && q.grain == Day && !q.clock && q.part == 0:
		n, ok := r.merge(q, p)
		n.start, n.end = p.start, q.end
		return n, ok
	case p.grain != 0 && q.grain != 0:
		return r.mergeDays(p, q)
	}
	return p, false
}

// mergeTimes joins a part of the day and a clock time.
func mergeTimes(p, q piece) (piece, bool) {
	if p.clock == q.clock || p.clock && p.part != 0 || q.clock && q.part != 0 {
		return p, false
	}
	m := p
	if q.clock {
		m = q
		m.part = p.part
	} else {
		m.part = q.part
	}
	m.start, m.end = p.start, q.end
	return m, true
}

// mergeDays joins two statements about the same day: "Friday, March 6", "next week Friday", "3rd, next month".
func (r *dateReader) mergeDays(p, q piece) (piece, bool) {
	if p.clock && q.clock {
		return p, false
	}
	timed := p
	if q.clock || q.part != 0 {
		timed = q
	}
	fit := func(m piece) (piece, bool) {
		m.clock, m.hour, m.minute, m.exact, m.part = timed.clock, timed.hour, timed.minute, timed.exact, timed.part
		m.start, m.end = p.start, q.end
		return m, true
	}
	for _, two := range [][2]piece{{p, q}, {q, p}} {
		a, b := two[0], two[1]
		switch {
		case a.grain == Week && b.weekday > 0:
			return fit(day(addDays(a.from, b.weekday-1), 0))
		case a.grain == Month && b.dayOfMonth > 0:
			return fit(r.dated(a.from.Year(), int(a.from.Month()), b.dayOfMonth, 0))
		case a.grain == Day && b.weekday > 0 && a.weekday == 0:
			return fit(r.onWeekday(a, b.weekday-1))
		}
	}
	if p.grain == Day && q.grain == Day && p.from.Equal(q.from) {
		return fit(p)
	}
	return p, false
}

// onWeekday is the date p, which was said to be that day of the week. If it isn't, one of the two is wrong.
func (r *dateReader) onWeekday(p piece, n int) piece {
	if weekday(p.from) == n {
		return p
	}
	for i := 0; p.dayOfMonth > 0 && i < 12; i++ {
		first := monthStart(p.from, i)
		if t, ok := dateOf(first.Year(), int(first.Month()), p.dayOfMonth, r.today.Location()); ok && weekday(t) == n {
			p.from, p.to = t, addDays(t, 1)
			return p
		}
	}
	p.ambiguous, p.other = true, r.comingWeekday(n)
	return p
}

// mergeApart joins the only day and the only time of a text, wherever they stand.
func (r *dateReader) mergeApart() {
	dayAt, timeAt := -1, -1
	for i, p := range r.pieces {
		switch {
		case p.grain == Day && !p.clock && !p.exactTime && !p.invalid:
			if dayAt >= 0 {
				return
			}
			dayAt = i
		case p.isTime():
			if timeAt >= 0 {
				return
			}
			timeAt = i
		default:
			return
		}
	}
	if dayAt < 0 || timeAt < 0 {
		return
	}
	if m, ok := r.merge(r.pieces[0], r.pieces[1]); ok {
		r.pieces = append(r.pieces[:0], m)
	}
}

// mergeRanges joins two dates or two times with "to" between them.
func (r *dateReader) mergeRanges() {
	kept := r.pieces[:0]
	for _, p := range r.pieces {
		if n := len(kept); n > 0 {
			if q, ok := r.rangeOf(kept[n-1], p); ok {
				kept[n-1] = q
				continue
			}
		}
		kept = append(kept, p)
	}
	r.pieces = kept
}

// rangeOf is from p to q, if the words between say so.
func (r *dateReader) rangeOf(p, q piece) (piece, bool) {
	s, i := r.s, p.end
	between := s.is(i, "and") && s.is(p.start-1, "between")
	if q.start-i < 1 || q.start-i > 2 || !s.is(i, "to", "-", "until", "till", "through", "~", "到", "至") && !between {
		return p, false
	}
	if q.start-i == 2 && !s.is(i+1, "the", "around") || p.invalid || q.invalid || p.vague || q.vague {
		return p, false
	}
	if p.isTime() && q.isTime() || p.clock && q.isTime() {
		m := p
		m.end, m.vague = q.end, true // a time within a window is none
		return m, true
	}
	if p.grain == 0 || q.grain == 0 || p.clock != q.clock {
		return p, false
	}
	if q.dayOfMonth > 0 && p.dayOfMonth == 0 {
		q = r.dated(p.from.Year(), int(p.from.Month()), q.dayOfMonth, q.end)
	}
	for years := 0; years < 2 && !q.to.After(p.from); years++ {
		if q.dayOfMonth > 0 {
			q.to = addMonths(addDays(q.to, -1), 1)
			q.to = addDays(q.to, 1)
		} else if q.weekday > 0 {
			q.to = addDays(q.to, 7)
		} else if p.noYear && p.grain != Day && p.other.Before(p.from) {
			p.from = p.other
		} else {
			q.to = q.to.AddDate(1, 0, 0)
		}
	}
	if q.invalid || !q.to.After(p.from) {
		return p, false
	}
	m := period(p.from, q.to, Range, q.end)
	m.start = p.start
	return m, true
}

// window reports whether the clock time at token i is the end of a time within which something may happen:
// "between 2 and 4 pm", "2-4pm", 两点到四点.
func (r *dateReader) window(i int) bool {
	s := r.s
	number := s.kind(i-2) == digit || s.is(i-2, "点", "半") || wordValue(s.word(i-2)) > 0
	return number && (s.is(i-1, "to", "-", "~", "到", "至") || s.is(i-1, "and") && s.is(i-3, "between"))
}

// bound minds words that make a date the end or the beginning of something.
func (r *dateReader) bound(p *piece) {
	s := r.s
	if p.grain == Day && p.exactTime {
		return
	}
	i := p.start
	if s.is(i-1, "the", "this") {
		i--
	}
	switch {
	case s.is(i-1, "since") || s.is(i-1, "自", "从") && (s.is(p.end, "以", "开", "起") || s.is(p.end, "到") && s.is(p.end+1, "现", "今")) || s.is(p.end, "以", "至") && s.is(p.end+1, "来", "今"):
		if p.grain != 0 && p.from.Before(addDays(r.today, 1)) {
			p.to, p.grain, p.clock, p.part = addDays(r.today, 1), Range, false, 0
		}
	case s.is(i-1, "before", "by", "until", "till", "after", "than", "past"), s.is(p.end, "onwards", "onward"), s.after(p.end, "or later") > 0,
		s.after(p.end, "or so") > 0, s.is(p.end, "前", "后") && !s.is(p.end+1, "台", "面"), s.is(p.end, "之", "以") && s.is(p.end+1, "前", "后"):
		p.vague = true
	case s.is(i-1, "sometime", "someday", "某"):
		p.vague = true
	}
}
