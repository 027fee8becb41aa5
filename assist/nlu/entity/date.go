package entity

import "time"

// Grain is how finely a date is told.
type Grain uint8

// The grains. Only Minute and Day (and DayPart) name one day.
const (
	Minute  Grain = iota + 1
	DayPart       // "tomorrow morning": a day without a clock time
	Day
	Week
	Month
	Quarter
	Year
	Range // from one day to another, or from one clock time to another
)

// Date is a resolved date, date with time, or period. From is in it, To is the first moment behind it; with
// Minute both are the moment itself.
type Date struct {
	Span
	From, To  time.Time  // in the location of Context.Now; zero if Invalid, or Vague without any bounds
	Grain     Grain      // 0 if Vague without any bounds
	Past      bool       // it is over at Context.Now
	Vague     bool       // no certain date: 改天, "sometime next week", "before the weekend", "after 5 pm"
	Ambiguous bool       // 3/4 may be two dates, "at 7" two times; Other is the other one
	Other     *time.Time // the other reading of From; nil if there is none. Also set where one reading is usual
	TimeOnly  bool       // a clock time without a date; From is the next such time
	Invalid   bool       // there is no such date: February 30, 25:00
	Negated   bool       // "not Friday", 不是周五
}

// Day is From as 2006-01-02.
func (d Date) Day() string { return d.From.Format(time.DateOnly) }

// Minute is From as 2006-01-02T15:04, local time.
func (d Date) Minute() string { return d.From.Format("2006-01-02T15:04") }

// HasTime reports whether the date has a clock time.
func (d Date) HasTime() bool { return d.Grain == Minute }

// OneDay reports whether the date names one certain day, with or without a time.
func (d Date) OneDay() bool {
	return !d.Vague && !d.Invalid && (d.Grain == Minute || d.Grain == DayPart || d.Grain == Day)
}

// On is the clock time d on the day of day, for a customer who tells them one by one.
func (d Date) On(day Date, c Context) Date {
	d.From = clockOn(day.From, d.From.Hour(), d.From.Minute())
	d.To, d.TimeOnly, d.Other = d.From, false, nil
	d.Past = !d.From.After(c.Now)
	return d
}

// Dates finds dates, times and periods in the order of the text. A date and the time of day said with it are
// one, wherever in the text they stand. A weekday is the next one after today, 下周六 and "next Saturday" the one
// of next week; weeks start on Monday. A day and month without a year is the one that is nearest, with a
// leaning to the future.
func Dates(text string, c Context) []Date {
	s := newSource(text)
	r := dateReader{s: s, c: c, today: midnight(c.Now)}
	for i := 0; i < len(s.tokens); {
		p := r.piece(i)
		if p.end <= i {
			i++
			continue
		}
		p.start = i
		p.vague = p.vague || p.clock && p.grain == 0 && r.window(i)
		r.pieces = append(r.pieces, p)
		i = p.end
	}
	r.join()
	found := make([]Date, 0, len(r.pieces))
	for _, p := range r.pieces {
		if d, ok := r.resolve(p); ok {
			found = append(found, d)
		}
	}
	return found
}

// dateReader finds the pieces of dates and puts them together.
type dateReader struct {
	s      *source
	c      Context
	today  time.Time // midnight
	pieces []piece
}

// piece is a part of a date: a day or period, a part of the day, a clock time, or several of them joined.
type piece struct {
	start, end   int // tokens
	from, to     time.Time
	grain        Grain // of from and to; 0 if there are none
	other        time.Time
	part         part
	hour, minute int
	clock        bool // hour and minute are told
	exact        bool // the hour is one of 24: a.m. or p.m. was said, or it can't be else
	vague        bool
	ambiguous    bool
	invalid      bool
	dayOfMonth   int  // the date is nothing but this day of a month
	weekday      int  // the date is nothing but this day of the week, 1 for Monday
	exactTime    bool // from is a moment: "in two hours"
	noYear       bool // the year was not told
}

// isDay reports whether the piece has a day and no time.
func (p piece) isDay() bool { return p.grain == Day && !p.clock && !p.exactTime }

// isTime reports whether the piece has a time of day and no day.
func (p piece) isTime() bool { return p.grain == 0 && (p.clock || p.part != 0) && !p.invalid }

// day makes a piece of one day.
func day(t time.Time, end int) piece {
	return piece{from: t, to: addDays(t, 1), grain: Day, end: end}
}

// period makes a piece of several days.
func period(from, to time.Time, g Grain, end int) piece {
	return piece{from: from, to: to, grain: g, end: end}
}

// piece reads the piece that begins at token i; its end is 0 if there is none.
func (r *dateReader) piece(i int) piece {
	switch r.s.kind(i) {
	case digit:
		if p := r.numericDate(i); p.end > 0 {
			return p
		}
		if p := r.englishDayMonth(i); p.end > 0 {
			return p
		}
		if p := r.hanDate(i); p.end > 0 {
			return p
		}
		if p := r.relative(i); p.end > 0 {
			return p
		}
		return r.clock(i)
	case word:
		if !wordStarts[r.s.word(i)] && !wordStarts[r.s.baseWord(i)] {
			return piece{}
		}
		if p := r.dayWord(i); p.end > 0 {
			return p
		}
		return r.clock(i)
	case han:
		if !hanStarts[r.s.word(i)] {
			return piece{}
		}
		if p := r.hanDay(i); p.end > 0 {
			return p
		}
		if p := r.hanDate(i); p.end > 0 {
			return p
		}
		if p := r.relative(i); p.end > 0 {
			return p
		}
		return r.hanClock(i)
	}
	return piece{}
}

// resolve turns a piece into a Date.
func (r *dateReader) resolve(p piece) (Date, bool) {
	d := Date{
		Span: r.s.span(p.start, p.end), From: p.from, To: p.to, Grain: p.grain,
		Vague: p.vague, Ambiguous: p.ambiguous, Invalid: p.invalid, Negated: r.s.negated(p.start),
	}
	if !p.other.IsZero() {
		d.Other = &p.other
	}
	switch {
	case p.invalid:
		d.From, d.To, d.Grain, d.Other = time.Time{}, time.Time{}, 0, nil
		return d, true
	case p.exactTime:
		d.Grain, d.To = Minute, d.From
	case p.clock && p.grain == 0:
		r.nextTime(&d, p)
	case p.clock && p.grain == Day:
		r.setClock(&d, p)
	case p.part != 0 && p.grain == Day:
		d.From, d.To = p.part.on(p.from)
		d.Grain = DayPart
	case p.part != 0 && p.grain == 0:
		d.Grain, d.TimeOnly, d.Vague = DayPart, true, true
		if d.From, d.To = p.part.on(r.today); !d.To.After(r.c.Now) {
			d.From, d.To = p.part.on(addDays(r.today, 1))
		}
	case p.grain == 0 && !p.vague:
		return Date{}, false
	}
	d.Past = d.Grain != 0 && !d.To.After(r.c.Now)
	return d, true
}

// nextTime sets d to the next time that the clock shows what p says.
func (r *dateReader) nextTime(d *Date, p piece) {
	p.from = r.today
	r.setClock(d, p)
	if !d.From.After(r.c.Now) {
		p.from = addDays(r.today, 1)
		r.setClock(d, p)
	}
	d.TimeOnly = true
}

// setClock sets d to the clock time of p on the day of p.
func (r *dateReader) setClock(d *Date, p piece) {
	hour, over := p.hour, 0
	switch {
	case p.exact:
	case p.part != 0:
		hour, over = p.part.hour(p.hour)
	case hour >= 1 && hour <= 6:
		hour += 12 // nobody is called on at four in the morning
		other := clockOn(p.from, p.hour, p.minute)
		d.Other = &other
	case hour == 7 || hour == 8:
		other := clockOn(p.from, hour+12, p.minute)
		d.Other, d.Ambiguous = &other, true
	}
	if hour == 24 {
		hour, over = 0, over+1
	}
	d.From = clockOn(addDays(p.from, over), hour, p.minute)
	d.To, d.Grain = d.From, Minute
}

// negated reports whether the words before token i say that what follows is not meant.
func (s *source) negated(i int) bool {
	for k := 0; k < 2 && s.is(i-1, "on", "at", "the", "to", "for", "in", "a"); k++ {
		i--
	}
	return s.is(i-1, "not", "isn't", "别", "非") || s.is(i-1, "是", "要", "到", "在", "转") && s.is(i-2, "不", "别")
}
