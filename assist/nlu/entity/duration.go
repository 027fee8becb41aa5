package entity

import "time"

// Duration is a length of time: Months and Days of the calendar, and Clock beside them.
type Duration struct {
	Span
	Months, Days int
	Clock        time.Duration
	Approximate  bool // "about two years", 几个月
}

// Durations finds lengths of time in the order of the text: "18 months", 两年半, "half an hour".
func Durations(text string) []Duration {
	s := newSource(text)
	var found []Duration
	for i := 0; i < len(s.tokens); {
		d, end := s.length(i)
		if end == 0 {
			i++
			continue
		}
		d.Span = s.span(i, end)
		d.Approximate = d.Approximate || s.is(i-1, "about", "around", "roughly", "approximately", "约", "概", "近") || s.is(end, "左", "来", "多") || s.after(end, "or so") > 0
		found = append(found, d)
		i = end
	}
	return found
}

// unit is a measure of time.
type unit uint8

const (
	minutes unit = iota + 1
	hours
	days
	weeks
	months
	years
)

// of is n halves of the unit as a Duration; half a month is fifteen days.
func (u unit) of(halves int) Duration {
	switch u {
	case minutes:
		return Duration{Clock: time.Duration(halves) * 30 * time.Second}
	case hours:
		return Duration{Clock: time.Duration(halves) * 30 * time.Minute}
	case days:
		return Duration{Days: halves / 2, Clock: time.Duration(halves%2) * 12 * time.Hour}
	case weeks:
		return Duration{Days: halves * 7 / 2, Clock: time.Duration(halves%2) * 12 * time.Hour}
	case months:
		return Duration{Months: halves / 2, Days: halves % 2 * 15}
	case years:
		return Duration{Months: halves * 6}
	}
	return Duration{}
}

func (d Duration) plus(e Duration) Duration {
	d.Months += e.Months
	d.Days += e.Days
	d.Clock += e.Clock
	d.Approximate = d.Approximate || e.Approximate
	return d
}

// longest bounds counts, so that sums of them stay dates.
const longest = 1000

// length reads the length of time at token i and returns the token behind it, 0 if there is none.
func (s *source) length(i int) (Duration, int) {
	d, u, end := s.oneLength(i)
	if end == 0 {
		return Duration{}, 0
	}
	// 两年零三个月, "2 years and 6 months", "an hour and a half"
	if j := s.afterAny(end, "and a half", "半"); j > 0 && (u != years || !s.is(j, "个", "月")) && !s.is(j, "小") {
		return d.plus(u.of(1)), j
	}
	at := end
	if s.is(at, "and", "零", "又", ",") {
		at++
	}
	if e, v, next := s.oneLength(at); next > 0 && v < u {
		d, end = d.plus(e), next
	}
	return d, end
}

// oneLength reads a count and its unit.
func (s *source) oneLength(i int) (Duration, unit, int) {
	halves, end, loose := s.count(i)
	if end == 0 {
		return Duration{}, 0, 0
	}
	if s.is(end, "-") && s.glued(end) {
		end++ // three-year
	}
	u, next := s.timeUnit(end)
	if next == 0 {
		return Duration{}, 0, 0
	}
	if s.is(next-1, "刻", "钟") && s.after(next-2, "刻钟") == next {
		halves *= 15
	}
	if s.is(next-1, "fortnight", "fortnights") {
		halves *= 2
	}
	d := u.of(halves)
	d.Approximate = loose
	return d, u, next
}

// count reads how many, in halves: "3", "a", "half a", "one and a half", "2.5", "a couple of", 两个半, 几.
func (s *source) count(i int) (halves, end int, loose bool) {
	if !s.countStarts(i) {
		return 0, 0, false
	}
	if j := s.afterAny(i, "half a", "half an", "half"); j > 0 {
		return 1, j, false
	}
	if j := s.afterAny(i, "a couple of", "a couple", "couple of", "couple"); j > 0 {
		return 4, j, false
	}
	if j := s.afterAny(i, "a few", "few", "several", "some", "好几", "几", "数"); j > 0 {
		return 6, s.classifier(j), true
	}
	if s.is(i, "半") {
		return 1, s.classifier(i + 1), false
	}
	if s.is(i, "a", "an") {
		return 2, i + 1, false
	}
	if s.glued(i) && (s.kind(i) == digit && (s.kind(i-1) == word || s.is(i-1, "-", ".", "/", ":")) || s.is(i-1, "第")) {
		return 0, 0, false
	}
	n := s.numeral(i)
	if n.end == 0 || n.problem != "" || n.micro > longest*one || n.micro*2%one != 0 || n.spelt {
		return 0, 0, false
	}
	halves, end = int(n.micro*2/one), n.end
	if j := s.after(end, "and a half"); j > 0 {
		return halves + 1, j, false
	}
	if j := s.classifier(end); j > end {
		end = j
		if s.is(end, "半") {
			return halves + 1, end + 1, false
		}
	}
	return halves, end, s.is(end, "多", "来")
}

// countStarts reports whether a count can begin at token i.
func (s *source) countStarts(i int) bool {
	switch w := s.word(i); s.kind(i) {
	case digit:
		return true
	case han:
		return hanDigit(w) >= 0 || s.is(i, "十", "半", "几", "好", "数", "拾")
	case word:
		return wordValue(w) >= 0 || s.is(i, "a", "an", "half", "couple", "few", "several", "some")
	}
	return s.is(i, ".")
}

// classifier skips 个.
func (s *source) classifier(i int) int {
	if s.is(i, "个") {
		return i + 1
	}
	return i
}

// timeUnit reads a unit of time at token i.
func (s *source) timeUnit(i int) (unit, int) {
	if s.kind(i) == han {
		return s.hanTimeUnit(i)
	}
	switch s.word(i) {
	case "minute", "minutes", "min", "mins":
		return minutes, i + 1
	case "hour", "hours", "hr", "hrs", "h":
		return hours, i + 1
	case "day", "days":
		return days, i + 1
	case "week", "weeks", "wk", "wks", "fortnight", "fortnights":
		return weeks, i + 1
	case "month", "months", "mth", "mths", "mo":
		return months, i + 1
	case "year", "years", "yr", "yrs":
		return years, i + 1
	}
	return 0, 0
}

func (s *source) hanTimeUnit(i int) (unit, int) {
	for _, u := range []struct {
		name string
		unit unit
	}{
		{"分钟", minutes}, {"刻钟", minutes}, {"小时", hours}, {"钟头", hours}, {"天", days}, {"日", days},
		{"星期", weeks}, {"礼拜", weeks}, {"周", weeks}, {"月", months}, {"年", years},
	} {
		j := s.after(i, u.name)
		switch {
		case j == 0:
			continue
		case u.name == "月" && !s.is(i-1, "个", "半"):
			return 0, 0 // 三月 is March
		case u.name == "日":
			return 0, 0 // 三日 is the third
		case (u.name == "星期" || u.name == "礼拜" || u.name == "周") && hanWeekday(s.word(j)) >= 0 && !s.is(i-1, "个"):
			return 0, 0
		case u.name == "年" && (s.after(j, "级") > 0 || s.glued(i) && s.kind(i-1) == digit && len(s.word(i-1)) == 4):
			return 0, 0
		}
		return u.unit, j
	}
	return 0, 0
}
