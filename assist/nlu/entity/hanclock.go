package entity

// hanParts are the parts of the day.
var hanParts = tableOf(
	entry[part]{"大清早", morning},
	entry[part]{"清晨", morning},
	entry[part]{"早晨", morning},
	entry[part]{"早上", morning},
	entry[part]{"上午", morning},
	entry[part]{"一早", morning},
	entry[part]{"凌晨", dawn},
	entry[part]{"中午", noon},
	entry[part]{"正午", noon},
	entry[part]{"午后", afternoon},
	entry[part]{"下午", afternoon},
	entry[part]{"傍晚", evening},
	entry[part]{"晚上", night},
	entry[part]{"夜里", night},
	entry[part]{"夜间", night},
	entry[part]{"半夜", night},
	entry[part]{"深夜", night},
	entry[part]{"午夜", night},
)

// hanClock reads a Chinese part of the day or clock time at token i.
func (r *dateReader) hanClock(i int) piece {
	s := r.s
	if p := r.hanPart(i); p.end > 0 {
		return p
	}
	// 差五分三点, 差一刻三点
	if s.is(i, "差") {
		return r.hanBefore(i)
	}
	var n numeral
	if s.kind(i) == digit {
		v, ok := digits(s.word(i))
		if !ok || len(s.word(i)) > 2 || s.glued(i) && (s.kind(i-1) == word || s.is(i-1, "-", ".", "/")) {
			return piece{}
		}
		n = numeral{micro: v * one, end: i + 1}
	} else {
		n = r.hanSmall(i)
	}
	if n.end == 0 || !s.is(n.end, "点", "點", "时") || s.is(n.end, "时") && s.is(n.end+1, "候", "间") {
		return r.hanColon(i)
	}
	p := piece{clock: true, hour: int(n.micro / one), end: n.end + 1}
	told := r.hanMinutes(&p)
	if !told && !r.expectsHan(i, p) {
		return piece{}
	}
	p.exact = p.hour > 12 || p.hour == 0
	if p.hour > 24 || p.minute > 59 || p.hour == 24 && p.minute > 0 {
		p.invalid = true
	}
	return p
}

// hanColon reads 3:30 with Chinese round it.
func (r *dateReader) hanColon(i int) piece {
	if r.s.kind(i) == digit && r.s.is(i+1, ":") {
		return r.figureClock(i)
	}
	return piece{}
}

// hanSmall reads a Chinese number below a hundred without what may follow it (三点 is no 3.x).
func (r *dateReader) hanSmall(i int) numeral {
	s := r.s
	tens, end := int64(0), i
	d := hanDigit(s.word(end))
	if d >= 0 {
		end++
	}
	if s.is(end, "十") {
		if d < 0 {
			d = 1
		}
		tens, d = d*10, 0
		end++
		if v := hanDigit(s.word(end)); v > 0 {
			d = v
			end++
		}
	}
	if end == i {
		return numeral{}
	}
	return numeral{micro: (tens + d) * one, end: end, words: true}
}

// hanMinutes reads 半, 一刻, 三刻, 十五分, 20, 零五, 钟, 整 behind 点 and reports whether anything stood there.
func (r *dateReader) hanMinutes(p *piece) bool {
	s, i := r.s, p.end
	switch {
	case s.is(i, "半"):
		p.minute, p.end = 30, i+1
		return true
	case s.is(i, "钟", "整"):
		p.end = i + 1
		return true
	case s.is(i, "一", "三", "1", "3") && s.is(i+1, "刻"):
		p.minute = 15
		if s.is(i, "三", "3") {
			p.minute = 45
		}
		p.end = i + 2
		return true
	}
	at := i
	if s.is(at, "零", "过", "0") {
		at++
	}
	var n numeral
	if s.kind(at) == digit && s.glued(at) && len(s.word(at)) <= 2 {
		v, _ := digits(s.word(at))
		n = numeral{micro: v * one, end: at + 1}
	} else if s.kind(at) == han {
		n = r.hanSmall(at)
	}
	if n.end == 0 || s.is(n.end, "个", "万", "千", "百", "块", "元", "天", "点") {
		return false
	}
	// A single digit is a decimal, a count, or minutes: 三点五 is five past three only with 分.
	if n.micro < 10*one && at == i && !s.is(n.end, "分") {
		return false
	}
	p.minute, p.end = int(n.micro/one), n.end
	if s.is(p.end, "分") {
		p.end++
	}
	return true
}

// expectsHan reports whether 三点 at token i is a time and not a number of points.
func (r *dateReader) expectsHan(i int, p piece) bool {
	s := r.s
	if s.is(p.end, "点", "儿") || hanDigit(s.word(p.end)) >= 0 {
		return false
	}
	if n := len(r.pieces); n > 0 {
		last := r.pieces[n-1]
		if last.end >= i-2 && (last.part != 0 || last.grain == Day || last.clock) {
			return true
		}
	}
	if s.is(i, "一", "1") {
		// 便宜一点, 快一点, 一点都不: nearly always a little
		return i == 0 && p.end == len(s.tokens) && s.is(i, "1")
	}
	return !s.is(i-1, "有", "这", "那", "第", "几")
}

// hanBefore reads 差五分三点 and 差一刻三点.
func (r *dateReader) hanBefore(i int) piece {
	s := r.s
	n := r.hanSmall(i + 1)
	if s.kind(i+1) == digit && len(s.word(i+1)) <= 2 {
		v, _ := digits(s.word(i + 1))
		n = numeral{micro: v * one, end: i + 2}
	}
	if n.end == 0 {
		return piece{}
	}
	minutes := int(n.micro / one)
	switch {
	case s.is(n.end, "刻"):
		minutes *= 15
	case !s.is(n.end, "分"):
		return piece{}
	}
	at := n.end + 1
	if s.is(at, "钟") {
		at++
	}
	h := r.hanSmall(at)
	if s.kind(at) == digit {
		h = s.hourAt(at)
	}
	if h.end == 0 || !s.is(h.end, "点") || minutes < 1 || minutes > 59 || h.micro < one {
		return piece{}
	}
	return piece{clock: true, hour: (int(h.micro/one) + 23) % 24, minute: 60 - minutes, end: h.end + 1}
}

// hanPart reads the parts of the day. 中午 without a clock time behind it is twelve.
func (r *dateReader) hanPart(i int) piece {
	s := r.s
	named, j := hanParts.at(s, i)
	switch {
	case j == 0, s.is(j, "好"): // 早上好
		return piece{}
	case named == noon && s.kind(j) != digit && hanDigit(s.word(j)) < 0 && !s.is(j, "十", "的", "前", "之", "后", "以"):
		return piece{clock: true, hour: 12, exact: true, end: j}
	}
	return piece{part: named, end: j}
}
