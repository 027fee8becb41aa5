package entity

import "time"

// hanDate reads Chinese dates that begin with a number: 2026年3月2日, 3月5号, 三月, 15号, 3月1-15号.
func (r *dateReader) hanDate(i int) piece {
	s := r.s
	if s.glued(i) && (s.kind(i-1) == word || s.is(i-1, "第", "-", ".", "/")) && !(s.is(i-1, "-") && len(r.pieces) > 0 && r.pieces[len(r.pieces)-1].end == i-1) {
		return piece{}
	}
	if y, at := r.hanYearNumber(i); at > 0 {
		if m, end := r.hanMonthNumber(at); m > 0 {
			return r.hanMonthOf(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, r.today.Location()), end, false)
		}
		return r.hanYear(y-r.today.Year(), at)
	}
	if m, at := r.hanMonthNumber(i); m > 0 {
		if first, last, end := r.hanDayRange(at); end > 0 {
			return r.dayRange(m, first, last, end)
		}
		if d, _ := r.hanDayNumber(at); d > 0 || s.is(at, "底", "末", "初", "中", "上", "下") {
			base := r.monthOf(m, at)
			return r.hanMonthOf(base.from, at, d > 0)
		}
		return r.monthOf(m, at)
	}
	if first, last, end := r.hanDayRange(i); end > 0 {
		a := r.nextDayOfMonth(first, end)
		if a.invalid || last <= first || last > 31 {
			return piece{}
		}
		return period(a.from, addDays(a.from, last-first+1), Range, end)
	}
	if n, at := r.smallNumber(i); at > 0 && n > 12 && s.is(at, "月") {
		if _, end := r.hanDayNumber(at + 1); end > 0 {
			return piece{invalid: true, end: end}
		}
	}
	if s.is(i-1, "路", "街", "道", "巷", "弄", "村", "里", "区", "厦", "座") {
		return piece{} // 曙光路22号
	}
	d, end := r.hanDayNumber(i)
	if end == 0 || s.is(end, "楼", "线", "店", "门", "码", "机", "桌", "院", "单", "室", "仓", "卡", "内", "馆", "厅", "班", "弄", "球", "车") {
		return piece{}
	}
	return r.nextDayOfMonth(d, end)
}

// smallNumber reads a number below a hundred in figures or Chinese digits.
func (r *dateReader) smallNumber(i int) (n, end int) {
	if r.s.kind(i) == digit && len(r.s.word(i)) <= 2 {
		v, _ := digits(r.s.word(i))
		return int(v), i + 1
	}
	if r.s.kind(i) == han {
		if h := r.hanSmall(i); h.end > 0 {
			return int(h.micro / one), h.end
		}
	}
	return 0, 0
}

// hanYearNumber reads 2026年, 二零二六年, 26年.
func (r *dateReader) hanYearNumber(i int) (y, end int) {
	s := r.s
	if s.kind(i) == digit && len(s.word(i)) == 4 && s.is(i+1, "年") {
		v, _ := digits(s.word(i))
		return int(v), i + 2
	}
	if hanDigit(s.word(i)) < 0 {
		return 0, 0
	}
	v, at := int64(0), i
	for ; hanDigit(s.word(at)) >= 0 && at < i+4; at++ {
		v = v*10 + hanDigit(s.word(at))
	}
	if at == i+4 && s.is(at, "年") && v >= 1900 && v < 2100 {
		return int(v), at + 1
	}
	return 0, 0
}

// hanMonthNumber reads 3月, 三月, 3月份.
func (r *dateReader) hanMonthNumber(i int) (m, end int) {
	n, at := r.smallNumber(i)
	if at == 0 || n < 1 || n > 12 || !r.s.is(at, "月") {
		return 0, 0
	}
	if r.s.is(at+1, "份") {
		return n, at + 2
	}
	return n, at + 1
}

// hanDayNumber reads 5号, 五日, and 5 alone where it ends what is said.
func (r *dateReader) hanDayNumber(i int) (d, end int) {
	n, at := r.smallNumber(i)
	if at == 0 || n < 1 {
		return 0, 0
	}
	if r.s.is(at, "号", "日", "號") {
		return n, at + 1
	}
	if r.s.is(i-1, "月") && n <= 31 && (at == len(r.s.tokens) || r.s.kind(at) == mark && !r.s.is(at, ".", ":")) {
		return n, at
	}
	return 0, 0
}

// hanDayRange reads 1-15号, 1号到15号.
func (r *dateReader) hanDayRange(i int) (first, last, end int) {
	s := r.s
	first, at := r.smallNumber(i)
	if at == 0 {
		return 0, 0, 0
	}
	if s.is(at, "号", "日") {
		at++
	}
	if !s.is(at, "-", "到", "至", "~") {
		return 0, 0, 0
	}
	last, at = r.smallNumber(at + 1)
	if at == 0 || !s.is(at, "号", "日") || first < 1 || last <= first || last > 31 {
		return 0, 0, 0
	}
	return first, last, at + 1
}
