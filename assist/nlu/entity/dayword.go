package entity

import (
	"strings"
	"time"
)

// dayWords are English days counted from today; with a part of the day where the word has one.
var dayWords = map[string]dayFrom{
	"today": {0, 0}, "2day": {0, 0}, "tonight": {0, night}, "tonite": {0, night}, "tomorrow": {1, 0}, "tmr": {1, 0}, "tmrw": {1, 0},
	"tmw": {1, 0}, "tomorow": {1, 0}, "tommorow": {1, 0}, "tommorrow": {1, 0}, "tomorrrow": {1, 0}, "tomoz": {1, 0}, "2moro": {1, 0}, //nolint:misspell // as it is typed
	"tomo": {1, 0}, "overmorrow": {2, 0}, "yesterday": {-1, 0}, "yday": {-1, 0}, "yesturday": {-1, 0}, "eod": {0, evening},
}

// dayPhrases are the same in several words.
var dayPhrases = tableOf(
	entry[dayFrom]{"the day after tomorrow", dayFrom{2, 0}},
	entry[dayFrom]{"day after tomorrow", dayFrom{2, 0}},
	entry[dayFrom]{"the day before yesterday", dayFrom{-2, 0}},
	entry[dayFrom]{"day before yesterday", dayFrom{-2, 0}},
	entry[dayFrom]{"last night", dayFrom{-1, night}},
	entry[dayFrom]{"this morning", dayFrom{0, morning}},
	entry[dayFrom]{"this afternoon", dayFrom{0, afternoon}},
	entry[dayFrom]{"this evening", dayFrom{0, evening}},
	entry[dayFrom]{"later today", dayFrom{0, 0}},
	entry[dayFrom]{"end of the day", dayFrom{0, evening}},
	entry[dayFrom]{"end of day", dayFrom{0, evening}},
)

// vaguePhrases name no day at all.
var vaguePhrases = phrases(
	"sometime", "some time", "someday", "some day", "some other time", "another day", "another time", "whenever", "anytime", "any time", "any day",
	"one of these days", "one day", "in a few days", "a few days ago", "the other day", "a while ago", "in a while", "soon", "asap",
	"as soon as possible", "later on", "later", "at some point", "whichever day", "not sure when", "don't know when",
)

// baseWord is the word at token i without a possessive 's.
func (s *source) baseWord(i int) string { return strings.TrimSuffix(s.word(i), "'s") }

// dayWord reads the English dates and periods that begin with a word at token i.
func (r *dateReader) dayWord(i int) piece {
	s := r.s
	if d, ok := dayWords[s.baseWord(i)]; ok {
		p := day(addDays(r.today, d.days), i+1)
		p.part = d.part
		return p
	}
	if d, j := dayPhrases.at(s, i); j > 0 {
		p := day(addDays(r.today, d.days), j)
		p.part = d.part
		return p
	}
	for _, read := range []func(int) piece{r.relative, r.edge, r.turn, r.weekdayWord, r.monthWord, r.ordinalDay, r.quarter, r.feast} {
		if p := read(i); p.end > 0 {
			return p
		}
	}
	if s.is(i, "weekend") {
		return r.counted("weekend", 0, i+1)
	}
	if j := s.longest(i, vaguePhrases); j > 0 {
		return piece{vague: true, end: j}
	}
	return piece{}
}

// weekdayNumber counts from Monday, 0; -1 if the word is no weekday.
func weekdayNumber(w string) int {
	if n, ok := weekdayNames[strings.TrimSuffix(w, "'s")]; ok {
		return n
	}
	return -1
}

// weekdayNames count from Monday, 0.
var weekdayNames = map[string]int{ //nolint:misspell // as they are typed
	"monday": 0, "mon": 0, "mondays": 0, "tuesday": 1, "tue": 1, "tues": 1, "tuesdays": 1, "teusday": 1, "wednesday": 2, "wed": 2,
	"weds": 2, "wednesdays": 2, "wensday": 2, "wednsday": 2, "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "thursdays": 3, //nolint:misspell // as it is typed
	"thurday": 3, "friday": 4, "fri": 4, "fridays": 4, "firday": 4, "friady": 4, "saturday": 5, "sat": 5, "saturdays": 5, "saterday": 5, //nolint:misspell // as it is typed
	"sunday": 6, "sun": 6, "sundays": 6,
}

// comingWeekday is the next such day of the week after today.
func (r *dateReader) comingWeekday(n int) time.Time {
	return addDays(r.today, (n-weekday(r.today)+6)%7+1)
}

// weekdayWord reads "Friday", "Friday week", "Friday after next".
func (r *dateReader) weekdayWord(i int) piece {
	n := weekdayNumber(r.s.word(i))
	if n < 0 || r.s.is(i, "sat", "sun", "wed") && r.s.is(i-1, "i", "we", "he", "she", "it", "they", "the", "just", "was") && !r.s.is(i-2, "on", "for", "to") {
		return piece{}
	}
	p := day(r.comingWeekday(n), i+1)
	p.weekday = n + 1
	if weekday(r.today) == n {
		p.other = r.today
	}
	if r.s.is(i+1, "week") {
		p = day(addDays(p.from, 7), i+2)
	} else if j := r.s.after(i+1, "after next"); j > 0 {
		p = day(addDays(weekStart(r.today, 2), n), j)
	}
	return p
}

// turns count from the present one.
var turns = map[string]int{"this": 0, "current": 0, "next": 1, "nxt": 1, "coming": 1, "following": 1, "last": -1, "previous": -1, "past": -1, "prior": -1}

// turn reads what this, next, last and coming make of weeks, months, years, quarters, weekends, weekdays and
// months.
func (r *dateReader) turn(i int) piece {
	s := r.s
	n, ok := turns[s.word(i)]
	if !ok {
		return piece{}
	}
	j := i + 1
	if s.is(i, "this") && s.is(j, "coming", "next", "past", "current", "last") {
		return r.turn(j)
	}
	if w := weekdayNumber(s.word(j)); w >= 0 {
		return r.turnedWeekday(i, w, n)
	}
	if m := monthNumber(s.word(j)); m > 0 {
		return r.turnedMonth(j, m, n)
	}
	p := r.counted(s.baseWord(j), n, j+1)
	if p.end > 0 && s.after(p.end, "but one") > 0 || p.end > 0 && s.after(p.end, "after next") > 0 {
		q := r.counted(s.baseWord(j), 2*n, p.end+2)
		return q
	}
	return p
}

// counted is the week, month, … n after this one.
func (r *dateReader) counted(unit string, n, end int) piece {
	t := r.today
	switch unit {
	case "week", "wk":
		return period(weekStart(t, n), weekStart(t, n+1), Week, end)
	case "weekend":
		from := addDays(weekStart(t, n), 5)
		return period(from, addDays(from, 2), Range, end)
	case "month":
		return period(monthStart(t, n), monthStart(t, n+1), Month, end)
	case "quarter":
		return period(quarterStart(t, n), quarterStart(t, n+1), Quarter, end)
	case "year":
		return period(yearStart(t, n), yearStart(t, n+1), Year, end)
	}
	return piece{}
}

// turnedWeekday is "this Friday" (the next one), "next Friday" (of next week), "coming Friday", "last Friday"
// (the one before today).
func (r *dateReader) turnedWeekday(i, w, n int) piece {
	p := day(r.comingWeekday(w), i+2)
	p.weekday = w + 1
	switch {
	case r.s.is(i, "next", "nxt", "following"):
		coming := p.from
		p = day(addDays(weekStart(r.today, 1), w), i+2)
		if !coming.Equal(p.from) {
			p.other = coming
		}
	case n < 0:
		p = day(addDays(r.comingWeekday(w), -7), i+2)
		if weekday(r.today) == w {
			p.from, p.to = addDays(p.from, -7), addDays(p.to, -7)
		}
	}
	return p
}

// turnedMonth is "last March", "next March", "this March".
func (r *dateReader) turnedMonth(j, m, n int) piece {
	from, _ := dateOf(r.today.Year(), m, 1, r.today.Location())
	switch {
	case n < 0 && !monthStart(from, 1).Before(monthStart(r.today, 1)):
		from = addMonths(from, -12)
	case n > 0 && !from.After(r.today):
		from = addMonths(from, 12)
	}
	return period(from, monthStart(from, 1), Month, j+1)
}

// edge reads the beginning, middle and end of months, weeks and years: "end of next month", "mid March".
func (r *dateReader) edge(i int) piece {
	s := r.s
	if s.is(i, "the") {
		i++
	}
	if at := s.afterAny(i, "last day of", "first day of"); at > 0 {
		return r.outermost(at, s.is(i, "first"))
	}
	at := s.afterAny(i, "end of", "beginning of", "start of", "middle of", "mid -", "mid", "early", "late", "month end", "month's end", "year end", "year's end")
	if at == 0 {
		return piece{}
	}
	var p piece
	switch {
	case s.is(i, "month", "month's"):
		p = r.counted("month", 0, at)
	case s.is(i, "year", "year's"):
		p = r.counted("year", 0, at)
	default:
		p = r.span(at)
	}
	if p.end == 0 || p.grain == Day {
		return piece{}
	}
	switch {
	case s.is(i, "end") && p.grain == Week:
		last := day(addDays(p.from, 4), p.end)
		last.vague = true
		return last
	case s.is(i, "end", "month", "month's", "year", "year's"):
		return day(addDays(p.to, -1), p.end)
	case s.is(i, "beginning", "start"):
		first := day(p.from, p.end)
		first.vague = true
		return first
	}
	p.vague = true
	return p
}

// span reads a week, month or year at token at: "this month", "next year", "March".
func (r *dateReader) span(at int) piece {
	if r.s.is(at, "the", "this") {
		at++
	}
	p := r.turn(at)
	if p.end == 0 {
		p = r.counted(r.s.baseWord(at), 0, at+1)
	}
	if p.end == 0 {
		p = r.monthWord(at)
	}
	return p
}

// outermost reads the first or the last day of what begins at token at.
func (r *dateReader) outermost(at int, first bool) piece {
	p := r.span(at)
	switch {
	case p.end == 0 || p.grain == Day:
		return piece{}
	case first:
		return day(p.from, p.end)
	}
	return day(addDays(p.to, -1), p.end)
}

// monthAndDay is a day of every year.
type monthAndDay struct{ month, day int }

// feasts are the holidays that have the same date every year.
var feasts = tableOf(
	entry[monthAndDay]{"christmas eve", monthAndDay{12, 24}},
	entry[monthAndDay]{"christmas day", monthAndDay{12, 25}},
	entry[monthAndDay]{"christmas", monthAndDay{12, 25}},
	entry[monthAndDay]{"xmas", monthAndDay{12, 25}},
	entry[monthAndDay]{"boxing day", monthAndDay{12, 26}},
	entry[monthAndDay]{"new year's eve", monthAndDay{12, 31}},
	entry[monthAndDay]{"new years eve", monthAndDay{12, 31}},
	entry[monthAndDay]{"new year's day", monthAndDay{1, 1}},
	entry[monthAndDay]{"new year's", monthAndDay{1, 1}},
	entry[monthAndDay]{"halloween", monthAndDay{10, 31}},
	entry[monthAndDay]{"valentine's day", monthAndDay{2, 14}},
	entry[monthAndDay]{"平安夜", monthAndDay{12, 24}},
	entry[monthAndDay]{"圣诞节", monthAndDay{12, 25}},
	entry[monthAndDay]{"圣诞", monthAndDay{12, 25}},
	entry[monthAndDay]{"元旦", monthAndDay{1, 1}},
	entry[monthAndDay]{"国庆节", monthAndDay{10, 1}},
	entry[monthAndDay]{"国庆", monthAndDay{10, 1}},
	entry[monthAndDay]{"十一假期", monthAndDay{10, 1}},
	entry[monthAndDay]{"劳动节", monthAndDay{5, 1}},
	entry[monthAndDay]{"五一", monthAndDay{5, 1}},
	entry[monthAndDay]{"儿童节", monthAndDay{6, 1}},
	entry[monthAndDay]{"六一", monthAndDay{6, 1}},
	entry[monthAndDay]{"情人节", monthAndDay{2, 14}},
	entry[monthAndDay]{"教师节", monthAndDay{9, 10}},
	entry[monthAndDay]{"双十一", monthAndDay{11, 11}},
	entry[monthAndDay]{"双11", monthAndDay{11, 11}},
)

// feast reads a holiday with a fixed date.
func (r *dateReader) feast(i int) piece {
	f, j := feasts.at(r.s, i)
	if j == 0 {
		return piece{}
	}
	p := r.monthDay(f.month, f.day, j)
	if p.from.Before(r.today) {
		p = day(p.from.AddDate(1, 0, 0), j) // a holiday that was is past talking about
	}
	p.noYear = true
	return p
}
