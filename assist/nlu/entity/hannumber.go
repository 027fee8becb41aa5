package entity

import "strings"

// hanDigit is the value of a Chinese digit, -1 if the word is none.
func hanDigit(w string) int64 {
	switch w {
	case "零", "〇":
		return 0
	case "一", "壹", "幺":
		return 1
	case "二", "两", "贰", "俩":
		return 2
	case "三", "叁", "仨":
		return 3
	case "四", "肆":
		return 4
	case "五", "伍":
		return 5
	case "六", "陆":
		return 6
	case "七", "柒":
		return 7
	case "八", "捌":
		return 8
	case "九", "玖":
		return 9
	}
	return -1
}

// hanUnit is the value of 十, 百, 千, 万 or 亿, 0 if the word is none.
func hanUnit(w string) int64 {
	switch w {
	case "十", "拾":
		return 10
	case "百", "佰":
		return 100
	case "千", "仟":
		return 1000
	case "万", "萬":
		return 10_000
	case "亿":
		return 100_000_000
	}
	return 0
}

// hanReader sums a Chinese numeral up while it is read from left to right: sections of up to 千, each closed
// by 万 or 亿.
type hanReader struct {
	s              *source
	n              numeral
	total, section int64 // in millionths
	pending        int64 // the digit or figure that waits for its unit, in millionths
	waits          bool
	length         int   // digits of the pending figure
	last           int64 // the last unit
	zero           bool  // 零 stood behind the last unit
	run            string
}

// hanNumeral reads a numeral with Chinese units that begins at token i; figures, if there are any, stand
// before it (3万5). Without any digit there is no number: 千万别.
func (s *source) hanNumeral(i int, figures numeral) numeral {
	r := hanReader{s: s, n: numeral{words: figures.end == 0}}
	if figures.end > 0 {
		r.n.decimals = figures.decimals
		r.pending, r.waits, r.length = figures.micro, true, 1
		if hanUnit(s.word(i)) == 0 || s.is(i, "十") {
			return numeral{}
		}
	} else if hanDigit(s.word(i)) < 0 && hanUnit(s.word(i)) != 10 {
		return numeral{}
	}
	for i < len(s.tokens) && r.n.problem == "" {
		next := r.step(i)
		if next == i {
			break
		}
		i = next
	}
	return r.finish(i)
}

// step takes token i and returns the token to go on with, i itself where the numeral ends.
func (r *hanReader) step(i int) int {
	w := r.s.word(i)
	if d := hanDigit(w); d >= 0 {
		return r.digit(i, d)
	}
	if u := hanUnit(w); u > 0 {
		return r.unit(i, u)
	}
	switch {
	case w == "点" && r.waits && r.last == 0 && r.run != "" && hanDigit(r.s.word(i+1)) >= 0:
		return r.point(i + 1)
	case r.s.kind(i) == digit && r.s.glued(i) && r.last >= 100 && !r.waits:
		f := r.s.figures(i)
		if f.problem != "" || f.decimals > 0 {
			r.n.problem = ProblemAmbiguous
			return f.end
		}
		r.pending, r.waits, r.length = f.micro, true, len(w)
		return f.end
	case w == "几" && r.last > 0 && !r.waits:
		r.n.loose, r.n.problem = true, ProblemAmbiguous // 十几
		return i + 1
	}
	return i
}

func (r *hanReader) digit(i int, d int64) int {
	switch {
	case d == 0 && r.last > 0 && !r.waits:
		r.zero = true
		return i + 1
	case r.waits && r.last == 0 && r.run != "":
		r.run += string(rune('0' + d)) // digit by digit: 二零二六
	case r.waits && r.length == 1 && r.last > 0 && hanUnit(r.s.word(i+1)) > 0:
		r.n.problem, r.n.loose = ProblemAmbiguous, true // 一百七八十
		return i + 2
	case r.waits:
		return i
	default:
		if r.last == 0 {
			r.run = string(rune('0' + d))
		}
		r.pending, r.length = d*one, 1
	}
	r.waits = true
	return i + 1
}

func (r *hanReader) unit(i int, u int64) int {
	if len(r.run) > 1 {
		r.n.problem, r.n.loose = ProblemAmbiguous, true // 七八百
		return i + 1
	}
	if !r.waits && u == 10 && (r.last == 0 || r.zero || r.last >= 10_000) {
		r.pending, r.waits = one, true
	}
	if u >= 10_000 {
		if !r.waits && r.section == 0 && r.total == 0 {
			return i
		}
		value := r.section + r.taken()
		if r.total > 0 && r.last < 10_000 && u == 100_000_000 {
			value, r.total = value+r.total, 0 // 一万亿
		}
		if value > most*one/u {
			r.n.problem = ProblemLarge
			return i + 1
		}
		r.total, r.section = r.total+value*u, 0
	} else {
		if !r.waits || r.section > 0 && u >= r.last {
			return i
		}
		if r.pending > most*one/u {
			r.n.problem = ProblemLarge
			return i + 1
		}
		r.section += r.taken() * u
	}
	r.last, r.zero, r.run, r.n.scaled = u, false, "", true
	return i + 1
}

// taken is the pending figure, which waits no longer.
func (r *hanReader) taken() int64 {
	v := r.pending
	r.pending, r.waits, r.length = 0, false, 0
	return v
}

// point reads the digits behind 点.
func (r *hanReader) point(i int) int {
	var fraction strings.Builder
	for ; hanDigit(r.s.word(i)) >= 0; i++ {
		fraction.WriteByte('0' + byte(hanDigit(r.s.word(i))))
	}
	f := numeral{end: i}.from(r.run, fraction.String())
	r.pending, r.run = f.micro, ""
	r.n.decimals, r.n.problem, r.n.dotted = f.decimals, f.problem, true
	return i
}

// finish adds what waits: 三百五 is 350, 三百零五 is 305, 1万2000 is 12000 and 3万50 nobody knows.
func (r *hanReader) finish(end int) numeral {
	n := r.n
	n.end = end
	switch {
	case n.problem != "":
		return n
	case len(r.run) > 1:
		n.spelt = true
		v, ok := digits(r.run)
		if !ok || v > most {
			n.problem = ProblemLarge
		}
		n.micro = v * one
		return n
	case r.waits && r.last >= 100 && !r.zero && r.length == 1:
		r.pending *= r.last / 10
	case r.waits && r.last >= 100 && !r.zero && !fills(r.length, r.last):
		n.problem = ProblemAmbiguous
	}
	if n.dotted && n.scaled {
		n.dotted = false
	}
	n.micro = r.total + r.section + r.pending
	return n
}

// fills reports whether a figure of so many digits fills the places below the unit.
func fills(length int, unit int64) bool {
	for ; unit > 1; unit /= 10 {
		length--
	}
	return length == 0
}
