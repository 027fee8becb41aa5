package entity

import "time"

// part is a part of the day.
type part uint8

const (
	dawn part = iota + 1 // 凌晨
	morning
	noon // around it
	afternoon
	evening
	night
)

// on is from when to when the part lasts on a day.
func (p part) on(day time.Time) (from, to time.Time) {
	first, last := 0, 0
	switch p {
	case dawn:
		first, last = 0, 6
	case morning:
		first, last = 6, 12
	case noon:
		first, last = 11, 14
	case afternoon:
		first, last = 12, 18
	case evening, night:
		first, last = 18, 24
	}
	return clockOn(day, first, 0), clockOn(day, last, 0)
}

// hour is the hour of 24 that an hour on the dial means in this part of the day, and how many days later it is:
// 晚上十二点 and "one at night" belong to the next day.
func (p part) hour(h int) (hour, days int) {
	if h > 12 {
		return h, 0
	}
	switch p {
	case dawn:
		return h % 12, 0
	case noon:
		if h < 10 {
			return h + 12, 0
		}
		return h, 0
	case afternoon:
		return h%12 + 12, 0
	case evening, night:
		switch {
		case h == 12:
			return 0, 1
		case h < 5:
			return h, 1
		}
		return h + 12, 0
	}
	return h, 0
}

func afternoonHours(later bool) int {
	if later {
		return 12
	}
	return 0
}

// clock reads an English clock time or part of the day at token i.
func (r *dateReader) clock(i int) piece {
	s := r.s
	if s.kind(i) == word {
		if p := r.partWord(i); p.end > 0 {
			return p
		}
		if p := r.spokenClock(i); p.end > 0 {
			return p
		}
		return r.wordClock(i)
	}
	if s.glued(i) && (s.kind(i-1) == word || s.is(i-1, "-", "/", ".", "$", "¥", "€", "£", "#", "*")) && !s.is(i-1, "at", "@") {
		if !(s.is(i-1, "-") && len(r.pieces) > 0 && r.pieces[len(r.pieces)-1].end == i-1) {
			return piece{}
		}
	}
	if s.kind(i+1) == han || s.kind(i) == han {
		return r.hanClock(i)
	}
	if p := r.spokenClock(i); p.end > 0 {
		return p
	}
	return r.figureClock(i)
}

// figureClock reads 3pm, 3:30, 3.30pm, 1530, 730pm, 15:00, "3 o'clock", "at 5".
func (r *dateReader) figureClock(i int) piece {
	s, text := r.s, r.s.word(i)
	p := piece{clock: true, end: i + 1, exact: text[0] == '0' && len(text) == 2}
	hour, ok := digits(text)
	if !ok || len(text) > 4 {
		return piece{}
	}
	p.hour = int(hour)
	minuted := false
	if s.is(i+1, ":") && s.glued(i+1) && s.kind(i+2) == digit && s.glued(i+2) && len(s.word(i+2)) == 2 {
		v, _ := digits(s.word(i + 2))
		p.minute, p.end, minuted = int(v), i+3, true
		if s.is(p.end, ":") && s.kind(p.end+1) == digit && s.glued(p.end+1) {
			p.end += 2 // seconds
		}
	} else if s.is(i+1, ".") && s.glued(i+1) && s.kind(i+2) == digit && s.glued(i+2) && len(s.word(i+2)) == 2 {
		if _, end := s.meridiem(i + 3); end > 0 {
			v, _ := digits(s.word(i + 2))
			p.minute, p.end, minuted = int(v), i+3, true
		}
	} else if len(text) >= 3 {
		if _, end := s.meridiem(i + 1); end == 0 {
			return piece{}
		}
		p.hour, p.minute, minuted = int(hour/100), int(hour%100), true
	}
	if !r.closeClock(i, &p, minuted) {
		return piece{}
	}
	return p
}

// closeClock reads what follows the figures of a clock time and reports whether they are one at all.
func (r *dateReader) closeClock(i int, p *piece, minuted bool) bool {
	s := r.s
	marked := minuted
	if later, end := s.meridiem(p.end); end > 0 {
		if p.hour > 12 && later || p.hour == 0 || p.hour > 24 {
			p.exact = p.hour < 24
		} else if p.hour <= 12 {
			p.hour = p.hour%12 + afternoonHours(later)
			p.exact = true
		}
		p.end, marked = end, true
	} else if j := s.afterAny(p.end, "o'clock", "oclock", "o clock"); j > 0 {
		p.end, marked = j, true
	} else if s.is(p.end, "h") && s.glued(p.end) && p.hour > 12 {
		p.end, marked = p.end+1, true
	}
	if !marked && !r.expectsClock(i, p.end) {
		return false
	}
	if p.hour > 12 || minuted && p.hour == 0 {
		p.exact = true
	}
	if p.hour > 24 || p.hour == 24 && p.minute > 0 || p.minute > 59 {
		p.invalid = marked
		return marked
	}
	return true
}

// expectsClock reports whether a bare number from token i to before end is a clock time because of what stands
// before it: "at 5", "around 5", "tomorrow 5", or a part of the day behind it.
func (r *dateReader) expectsClock(i, end int) bool {
	s := r.s
	if v, _ := digits(s.word(i)); s.kind(i) == digit && (v > 24 || len(s.word(i)) > 2) {
		return false
	}
	if s.is(end, "%", "gb", "dollars", "usd", "/") || s.is(end, ".") && s.glued(end+1) && s.kind(end+1) == digit {
		return false
	}
	if _, next := s.timeUnit(end); next > 0 {
		return false
	}
	if s.after(end, "in the morning") > 0 || s.after(end, "in the afternoon") > 0 || s.after(end, "in the evening") > 0 ||
		s.after(end, "at night") > 0 || s.after(end, "tonight") > 0 || s.after(end, "tomorrow") > 0 && s.is(i-1, "at") {
		return true
	}
	if s.is(i-1, "at", "@") || s.is(i-1, "around", "about") && s.is(i-2, "at", "tomorrow", "today") {
		return !s.is(i-2, "look")
	}
	n := len(r.pieces)
	if n == 0 {
		return false
	}
	last := r.pieces[n-1]
	dated := last.grain == Day && last.dayOfMonth == 0 || last.grain == 0 && last.part != 0
	return last.end == i && dated && !last.clock && !s.is(i-1, ",") ||
		s.is(i-1, "to", "-", "until", "till", "and") && last.end == i-1 && last.clock
}

// meridiem reads a.m. or p.m. at token i.
func (s *source) meridiem(i int) (later bool, end int) {
	switch {
	case s.is(i, "am", "pm"):
		return s.is(i, "pm"), i + 1
	case s.is(i, "a", "p") && s.is(i+1, ".") && s.is(i+2, "m") && s.glued(i+1) && s.glued(i+2):
		end = i + 3
		if s.is(end, ".") && s.glued(end) {
			end++
		}
		return s.is(i, "p"), end
	case s.is(i, "a", "p") && s.glued(i) && s.kind(i-1) == digit && s.kind(i+1) != digit:
		return s.is(i, "p"), i + 1
	case s.is(i, "a", "p") && s.is(i+1, "m") && s.tokens[i].gap:
		return s.is(i, "p"), i + 2
	}
	return false, 0
}
