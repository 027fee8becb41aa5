package entity

import "slices"

// Codes finds one-time codes of six digits, also spaced, full-width or spelt out. Text is the six digits.
// Amounts, parts of identifiers and longer numbers are none.
func Codes(text string) []Span {
	s := newSource(text)
	var found []Span
	for _, c := range s.codes(s.stream()) {
		span := s.bytes(c.start, c.end)
		span.Text = c.digits
		found = append(found, span)
	}
	return found
}

// figure is digits from start to end of source.low.
type figure struct {
	start, end int
	digits     string
}

// codes finds the six-digit numbers that may be codes.
func (s *source) codes(list []glyph) []figure {
	var found []figure
	for i := 0; i < len(list); i++ {
		if !runStarts(list, i, dashed) {
			continue
		}
		run, end := digitRun(list, i, dashed)
		if len(run) != 6 || !evenGroups(list[i:end]) {
			// 123456 beside another number
			if run, end = digitRun(list, i, joined); len(run) != 6 || end < len(list) && list[end].sep == dashed {
				continue
			}
		}
		if afterLetters(list, i) && list[i].sep == dashed || afterLetters(list, i) && !s.codeWord(list[i].start) || beforeLetters(list, end) {
			continue
		}
		if !s.isAmount(list[i].start, list[end-1].end) {
			found = append(found, figure{list[i].start, list[end-1].end, run})
		}
		i = end - 1
	}
	return found
}

// evenGroups reports whether digits are typed in one piece or in groups of one, two or three, as codes are read
// out. Groups of two with a hyphen or slash between them are a date.
func evenGroups(list []glyph) bool {
	var groups []int
	hyphens := false
	for i, g := range list {
		if i == 0 || g.sep != joined {
			groups = append(groups, 0)
			hyphens = hyphens || i > 0 && g.sep == dashed
		}
		groups[len(groups)-1]++
	}
	for _, n := range groups {
		if n != groups[0] {
			return false
		}
	}
	return len(groups) != 3 || !hyphens
}

// codeWord reports whether a word for codes ends right before the byte: code123456.
func (s *source) codeWord(at int) bool {
	for i, t := range s.tokens {
		if t.end == at {
			return slices.Contains(secretWords, s.word(i))
		}
	}
	return false
}

// isAmount reports whether currency, a unit, a decimal point or a place stands beside low[start:end].
func (s *source) isAmount(start, end int) bool {
	for i, t := range s.tokens {
		if t.start == start {
			if _, to := s.currency(i-1, Context{}); to == i && i > 0 || s.is(i-1, "#", "邮", "postcode", "postal", "zip", "order", "room") || s.is(i-1, "编") && s.is(i-2, "邮") ||
				s.is(i-1, ",", ".") && s.glued(i) && s.kind(i-2) == digit {
				return true
			}
		}
		if t.start >= end {
			if _, to := s.currency(i, Context{}); to > 0 || s.is(i, "万", "千", "%", "points", "积", "gb", "年") || s.is(i, ".", ",", ":") && s.glued(i) && s.glued(i+1) && s.kind(i+1) == digit {
				return true
			}
			return false
		}
	}
	return false
}

// secretWords announce a code or password.
var secretWords = []string{"code", "codes", "otp", "pin", "password", "passcode", "pwd", "passwd", "cvv", "cvc", "码", "令"}

// tailWords announce the last digits of a card, longer ones first.
var tailWords = phrases(
	"ending in", "ending with", "ending", "ends in", "ends with", "ends", "last four digits are", "last four digits", "last four are", "last four is",
	"last four", "last 4 digits are", "last 4 digits", "last 4 are", "last 4 is", "last 4", "尾号是", "尾号为", "尾号", "末四位是", "末四位", "后四位是", "后四位", "最后四位是", "最后四位", "末尾", "尾数是", "尾数", "结尾是", "结尾",
)

// CardTail is the last four digits of a card. Text is the four digits.
type CardTail struct {
	Span
	Alone bool // nothing in the text says so: it is nothing but these digits, which may be something else
}

// CardTails finds the last four digits of a card where the text says that they are such: 尾号4821, "ending in
// 4821", "****4821", "card 4821", 4821的卡, or nothing but 4821.
func CardTails(text string) []CardTail {
	s := newSource(text)
	list := s.stream()
	var found []CardTail
	for i := range list {
		if !runStarts(list, i, joined) {
			continue
		}
		run, end := digitRun(list, i, dashed)
		if len(run) != 4 {
			run, end = digitRun(list, i, joined)
		}
		if len(run) != 4 || beforeLetters(list, end) || end < len(list) && list[end].sep == dashed {
			continue
		}
		if i > 0 && isDigit(list[i-1].c) && list[i].sep < parted && !s.tailBefore(list[i].start) {
			continue
		}
		if said, alone := s.saysTail(list, i, end); said || alone {
			span := s.glyphs(list, i, end)
			span.Text = run
			found = append(found, CardTail{span, !said})
		}
	}
	return found
}

// tailBefore reports whether one of the tail words ends right before the byte.
func (s *source) tailBefore(at int) bool {
	for i := range s.tokens {
		if j := s.longest(i, tailWords); j > 0 && s.startOf(j) == at {
			return true
		}
		if s.tokens[i].start >= at {
			break
		}
	}
	return false
}

// startOf is where token i starts; behind the last one, where the text ends.
func (s *source) startOf(i int) int {
	if i >= len(s.tokens) {
		return len(s.low)
	}
	return s.tokens[i].start
}

// saysTail reports whether the text says that the four digits are the end of a card number, or else is nothing but them.
func (s *source) saysTail(list []glyph, i, end int) (said, alone bool) {
	start, stop := list[i].start, list[end-1].end
	if s.tailBefore(start) {
		return true, false
	}
	alone = true
	for k, t := range s.tokens {
		if t.end <= start || t.start >= stop {
			alone = alone && (isFiller(t) || t.text == "one" || t.text == "card" || t.text == "卡" || t.text == "那" || t.text == "张" || t.text == "尾")
		}
		if t.end == start && (t.text == "*" || t.text == "x" || t.text == "•" || t.text == "·") {
			return true, false
		}
		if t.start == start && s.is(k-1, "card", "visa", "mastercard", "卡", "#") {
			return true, false
		}
		if t.start >= stop && s.after(k, "的卡") > 0 && s.tokens[k].start-stop < 2 || t.start == stop && s.is(k, "那", "这") && s.is(k+1, "张") {
			return true, false
		}
		if t.start >= stop && t.start-stop <= 1 && s.is(k, "card", "卡") {
			return true, false
		}
	}
	return false, alone
}
