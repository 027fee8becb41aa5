package entity

import "time"

// dayFrom is a day counted from today, and the part of it that its word names.
type dayFrom struct {
	days int
	part part
}

// hanDays are Chinese days counted from today.
var hanDays = tableOf(
	entry[dayFrom]{"大后天", dayFrom{3, 0}},
	entry[dayFrom]{"大前天", dayFrom{-3, 0}},
	entry[dayFrom]{"后天", dayFrom{2, 0}},
	entry[dayFrom]{"前天", dayFrom{-2, 0}},
	entry[dayFrom]{"明天", dayFrom{1, 0}},
	entry[dayFrom]{"明日", dayFrom{1, 0}},
	entry[dayFrom]{"明儿", dayFrom{1, 0}},
	entry[dayFrom]{"明早", dayFrom{1, morning}},
	entry[dayFrom]{"明晚", dayFrom{1, night}},
	entry[dayFrom]{"明晨", dayFrom{1, morning}},
	entry[dayFrom]{"今日", dayFrom{0, 0}},
	entry[dayFrom]{"今儿", dayFrom{0, 0}},
	entry[dayFrom]{"今早", dayFrom{0, morning}},
	entry[dayFrom]{"今晨", dayFrom{0, morning}},
	entry[dayFrom]{"今晚", dayFrom{0, night}},
	entry[dayFrom]{"当天", dayFrom{0, 0}},
	entry[dayFrom]{"昨天", dayFrom{-1, 0}},
	entry[dayFrom]{"昨日", dayFrom{-1, 0}},
	entry[dayFrom]{"昨儿", dayFrom{-1, 0}},
	entry[dayFrom]{"昨晚", dayFrom{-1, night}},
	entry[dayFrom]{"昨夜", dayFrom{-1, night}},
	entry[dayFrom]{"后晚", dayFrom{2, night}},
	entry[dayFrom]{"前晚", dayFrom{-2, night}},
	entry[dayFrom]{"今天", dayFrom{0, 0}}, entry[dayFrom]{"今天儿", dayFrom{0, 0}},
)

// hanVague name no day at all.
var hanVague = phrases(
	"改天", "改日", "哪天", "某天", "有空", "有时间", "有时间的时候", "过几天", "过两天", "这两天", "这几天", "前几天", "前两天", "前些天", "前阵子", "前段时间",
	"过阵子", "过段时间", "过一阵", "随时", "什么时候都", "哪天都", "尽快", "回头", "以后再", "晚点", "晚些时候", "最近几天", "近几天", "近期", "几天后", "几天前",
)

// hanDay reads Chinese days, weekdays, weeks, months, quarters and years at token i.
func (r *dateReader) hanDay(i int) piece {
	s := r.s
	if d, j := hanDays.at(s, i); j > 0 {
		p := day(addDays(r.today, d.days), j)
		p.part = d.part
		return p
	}
	if j := s.longest(i, hanVague); j > 0 {
		return piece{vague: true, end: j}
	}
	for _, read := range []func(int) piece{r.hanTurn, r.hanWeek, r.hanEdge, r.hanQuarter, r.feast} {
		if p := read(i); p.end > 0 {
			return p
		}
	}
	return piece{}
}

// hanTurns are what stands before 周, 月, 季度 and 年.
var hanTurns = tableOf(
	entry[int]{"下下个", 2},
	entry[int]{"上上个", -2},
	entry[int]{"下下", 2},
	entry[int]{"上上", -2},
	entry[int]{"下个", 1},
	entry[int]{"下一个", 1},
	entry[int]{"下", 1},
	entry[int]{"上个", -1},
	entry[int]{"上一个", -1},
	entry[int]{"上", -1},
	entry[int]{"这个", 0},
	entry[int]{"本", 0},
	entry[int]{"这", 0},
	entry[int]{"当", 0},
)

// hanYears are the years counted from this one.
var hanYears = tableOf(entry[int]{"明年", 1}, entry[int]{"后年", 2}, entry[int]{"去年", -1}, entry[int]{"前年", -2}, entry[int]{"今年", 0}, entry[int]{"本年", 0})

// hanTurn reads 下周六, 下个月3号, 上月底, 这个月, 本季度, 今年.
func (r *dateReader) hanTurn(i int) piece {
	s := r.s
	if n, j := hanYears.at(s, i); j > 0 {
		return r.hanYear(n, j)
	}
	n, at := hanTurns.at(s, i)
	if at == 0 {
		return piece{}
	}
	if w := s.afterAny(at, "星期", "礼拜", "周"); w > 0 {
		return r.hanWeekOf(n, w)
	}
	if m := s.afterAny(at, "月份", "月"); m > 0 {
		return r.hanMonthOf(monthStart(r.today, n), m, false)
	}
	if q := s.afterAny(at, "季度", "季"); q > 0 {
		return r.counted("quarter", n, q)
	}
	return piece{}
}

// hanWeekOf is a day of the week n after this one, its weekend, or all of it.
func (r *dateReader) hanWeekOf(n, at int) piece {
	start := weekStart(r.today, n)
	if d := hanWeekday(r.s.word(at)); d >= 0 && !r.s.is(at+1, "个") {
		p := day(addDays(start, d), at+1)
		return p
	}
	if r.s.is(at, "末") {
		return period(addDays(start, 5), addDays(start, 7), Range, at+1)
	}
	return period(start, addDays(start, 7), Week, at)
}

// hanWeekday is the number of the character behind 周, from Monday, 0; -1 if it is none.
func hanWeekday(w string) int {
	switch w {
	case "一", "1":
		return 0
	case "二", "2":
		return 1
	case "三", "3":
		return 2
	case "四", "4":
		return 3
	case "五", "5":
		return 4
	case "六", "6":
		return 5
	case "日", "天", "7":
		return 6
	}
	return -1
}

// hanWeek reads 周五 and its like, the next such day, and 周末.
func (r *dateReader) hanWeek(i int) piece {
	at := r.s.afterAny(i, "星期", "礼拜", "周")
	if at == 0 {
		return piece{}
	}
	if r.s.is(at, "末") {
		start := weekStart(r.today, 0)
		return period(addDays(start, 5), addDays(start, 7), Range, at+1)
	}
	n := hanWeekday(r.s.word(at))
	if n < 0 || r.s.is(at+1, "年", "岁", "个") || r.s.kind(at+1) == digit && r.s.kind(at) == digit {
		return piece{}
	}
	p := day(r.comingWeekday(n), at+1)
	p.weekday = n + 1
	if weekday(r.today) == n {
		p.other = r.today
	}
	return p
}

// hanMonthOf reads what stands behind a month: its day, its edges, or nothing.
func (r *dateReader) hanMonthOf(first time.Time, at int, near bool) piece {
	s := r.s
	if s.is(at, "的") && !near {
		if d, _ := r.hanDayNumber(at + 1); d > 0 {
			at++
		}
	}
	if d, end := r.hanDayNumber(at); d > 0 {
		if near {
			return r.monthDay(int(first.Month()), d, end)
		}
		return r.dated(first.Year(), int(first.Month()), d, end)
	}
	last := addDays(monthStart(first, 1), -1)
	third := func(from, to int) piece {
		p := period(addDays(first, from), addDays(first, to), Range, at+2)
		p.vague = true
		return p
	}
	if end := s.afterAny(at, "最后一天", "的最后一天", "最后那天"); end > 0 {
		return day(last, end)
	}
	if end := s.afterAny(at, "第一天", "的第一天", "头一天"); end > 0 {
		return day(first, end)
	}
	switch {
	case s.is(at, "底", "末"):
		return day(last, at+1)
	case s.is(at, "初"):
		p := day(first, at+1)
		p.vague = true
		return p
	case s.is(at, "中") && !s.is(at+1, "间"), s.is(at, "中") && s.is(at+1, "旬"), s.is(at, "上", "下") && s.is(at+1, "旬"):
		switch {
		case s.is(at, "上"):
			return third(0, 10)
		case s.is(at, "下"):
			return third(20, monthDays(first))
		case s.is(at+1, "旬"):
			return third(10, 20)
		}
		p := day(addDays(first, 14), at+1)
		p.vague = true
		return p
	}
	return period(first, monthStart(first, 1), Month, at)
}

// hanYear reads what stands behind a year: its month and day, its end, or nothing.
func (r *dateReader) hanYear(n, at int) piece {
	from := yearStart(r.today, n)
	if r.s.is(at, "底", "末") {
		return day(addDays(yearStart(from, 1), -1), at+1)
	}
	if m, end := r.hanMonthNumber(at); m > 0 {
		return r.hanMonthOf(time.Date(from.Year(), time.Month(m), 1, 0, 0, 0, 0, from.Location()), end, false)
	}
	if r.s.is(at, "级") {
		return piece{}
	}
	return period(from, yearStart(from, 1), Year, at)
}

// hanEdge reads 月底, 月初, 月中, 年底, 周末 without what they are of.
func (r *dateReader) hanEdge(i int) piece {
	s := r.s
	switch {
	case s.is(i, "月") && s.is(i+1, "底", "末", "初", "中") && hanDigit(s.word(i-1)) < 0 && s.kind(i-1) != digit:
		return r.hanMonthOf(monthStart(r.today, 0), i+1, false)
	case s.is(i, "年") && s.is(i+1, "底", "末") && s.kind(i-1) != digit:
		return r.hanYear(0, i+1)
	}
	return piece{}
}

// hanQuarter reads 第一季度, 一季度.
func (r *dateReader) hanQuarter(i int) piece {
	s := r.s
	at := i
	if s.is(at, "第") {
		at++
	}
	if n := hanDigit(s.word(at)); 1 <= n && n <= 4 && s.is(at+1, "季") {
		end := at + 2
		if s.is(end, "度") {
			end++
		}
		return r.quarterOf(int(n), 0, end)
	}
	return piece{}
}
