package entity

// relative reads what counts from now: "in two weeks", "3 days ago", "the last three months", 三天后, 近三个月.
func (r *dateReader) relative(i int) piece {
	s := r.s
	if p := r.stretch(i); p.end > 0 {
		return p
	}
	if s.is(i, "in", "within") {
		return r.inLength(i)
	}
	if s.is(i, "过", "再") {
		return r.hanIn(i)
	}
	d, end := s.length(i)
	if end == 0 {
		return piece{}
	}
	if j := s.afterAny(end, "ago", "back", "earlier", "before today", "之前", "以前", "前"); j > 0 {
		return r.at(d, -1, j)
	}
	if j := s.afterAny(end, "from now", "from today", "later", "hence", "之后", "以后", "过后", "后"); j > 0 {
		return r.at(d, +1, j)
	}
	if j := s.afterAny(end, "from", "after"); j > 0 {
		if p := r.dayWord(j); p.end > 0 && p.isDay() && d.Clock == 0 {
			return day(shift(p.from, d, 1), p.end)
		}
	}
	if s.is(end, "内") || s.is(end, "之", "以") && s.is(end+1, "内") {
		p := r.at(d, +1, end+1)
		p.vague = true
		return p
	}
	return piece{}
}

// at is a length of time away from now.
func (r *dateReader) at(d Duration, sign, end int) piece {
	if d.Clock != 0 && d.Days == 0 && d.Months == 0 {
		from := shift(r.c.Now, d, sign)
		return piece{from: from, to: from, grain: Day, exactTime: true, vague: d.Approximate, end: end}
	}
	p := day(shift(r.today, d, sign), end)
	p.vague = d.Approximate
	return p
}

// inLength reads "in two weeks", "in a week's time", "within 3 days".
func (r *dateReader) inLength(i int) piece {
	s := r.s
	if j := s.after(i, "in the"); j > 0 {
		if p := r.stretch(j); p.end > 0 {
			return p
		}
		return piece{}
	}
	d, end := s.length(i + 1)
	if end == 0 {
		return piece{}
	}
	if s.is(end, "'") && s.is(end+1, "time") {
		end++
	}
	if s.is(end, "time") {
		end++
	}
	p := r.at(d, 1, end)
	p.vague = p.vague || s.is(i, "within")
	return p
}

// hanIn reads 过三天, 再过两周. 过两天 is as vague as 过几天.
func (r *dateReader) hanIn(i int) piece {
	s := r.s
	at := i + 1
	if s.is(i, "再") {
		if !s.is(at, "过") {
			return piece{}
		}
		at++
	}
	d, end := s.length(at)
	if end == 0 {
		return piece{}
	}
	p := r.at(d, 1, end)
	if s.is(at, "两") && d.Days == 2 {
		p.vague = true
	}
	if j := s.afterAny(end, "之后", "以后", "后"); j > 0 {
		p.end = j
	}
	return p
}

// stretch reads the time up to now or from now on: "last 3 months", "past week", 近半年, 最近一周, 未来三天.
func (r *dateReader) stretch(i int) piece {
	s := r.s
	at := s.afterAny(i, "the last", "the past", "last", "past", "previous", "最近", "过去", "近", "前")
	sign := -1
	if at == 0 {
		at = s.afterAny(i, "the next", "next", "coming", "未来", "接下来", "今后", "往后")
		sign = 1
	}
	if at == 0 {
		return piece{}
	}
	if s.is(at, "的") {
		at++
	}
	d, end := s.length(at)
	if end == 0 {
		// "the past week" is seven days, "last week" is a calendar's
		if u, next := s.timeUnit(at); next > 0 && s.is(at-1, "past") && u >= days {
			d, end = u.of(2), next
		}
	}
	if end == 0 || s.is(i, "前") && !d.Approximate {
		return piece{}
	}
	if d.Clock != 0 && d.Days == 0 && d.Months == 0 {
		return piece{}
	}
	if sign > 0 {
		p := period(r.today, addDays(shift(r.today, d, 1), 1), Range, end)
		p.vague = d.Approximate
		return p
	}
	p := period(shift(r.today, d, -1), addDays(r.today, 1), Range, end)
	p.vague = d.Approximate
	return p
}

// quarter reads "Q1", "first quarter", "Q1 2026".
func (r *dateReader) quarter(i int) piece {
	s := r.s
	var n, end int
	if s.is(i, "q") && s.kind(i+1) == digit && s.glued(i+1) && len(s.word(i+1)) == 1 {
		n, end = int(s.word(i + 1)[0]-'0'), i+2
	} else if n = ordinalWords[s.word(i)]; n > 0 && s.is(i+1, "quarter") {
		end = i + 2
	}
	if n < 1 || n > 4 {
		return piece{}
	}
	if s.is(end, "of") && s.kind(end+1) == digit {
		end++
	}
	y, next := s.year(end)
	if next > 0 {
		end = next
	}
	return r.quarterOf(n, y, end)
}

// quarterOf is quarter n of year y, or with 0 of this year; one that has not begun is more likely last year's.
func (r *dateReader) quarterOf(n, y, end int) piece {
	from, _ := dateOf(r.today.Year(), 3*n-2, 1, r.today.Location())
	if y > 0 {
		from, _ = dateOf(y, 3*n-2, 1, r.today.Location())
	}
	p := period(from, quarterStart(from, 1), Quarter, end)
	if y == 0 && from.After(r.today) {
		p.other = addMonths(from, -12)
	}
	return p
}
