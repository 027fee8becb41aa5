package entity

import "slices"

// Number is a number that stands in the text, in figures or words.
type Number struct {
	Span
	Value float64
	Whole bool // without a fraction; Value is exact up to 10^12
}

// Numbers finds numbers in the order of the text. What can be read in two ways, or is a part of a version or
// an address such as 192.0.2.15, is none.
func Numbers(text string) []Number {
	s := newSource(text)
	var found []Number
	for i := 0; i < len(s.tokens); {
		n := s.numeral(i)
		if n.end == 0 {
			i++
			continue
		}
		if n.problem == "" {
			found = append(found, Number{
				Span:  s.span(i, n.end),
				Value: float64(n.micro) / one,
				Whole: n.micro%one == 0,
			})
		}
		i = n.end
	}
	return found
}

// one is the number 1 as numerals count: in millionths, so that sums are exact.
const one = 1_000_000

// most is the largest number that is read; beyond it, amounts are slips of the keyboard.
const most = 1_000_000_000_000

// numeral is a number that begins at some token.
type numeral struct {
	micro    int64
	decimals int     // as written, before 万 or k scaled them
	end      int     // the token behind it; 0 if there is no number
	problem  Problem // "" if it can be read in one way only
	loose    bool    // 十几, "a couple of hundred"
	scaled   bool    // says hundred, 千, k, …
	words    bool    // not in figures
	dotted   bool    // 三点五, which is a time as well
	spelt    bool    // digit by digit: 五零零
}

// numeral reads the number that begins at token i.
func (s *source) numeral(i int) numeral {
	var n numeral
	switch s.kind(i) {
	case digit:
		n = s.figures(i)
	case mark:
		if n = s.pointFirst(i); n.end == 0 {
			return n
		}
	case han:
		if s.is(i-1, "几", "数", "好几") {
			return numeral{}
		}
		return s.hanNumeral(i, numeral{})
	case word:
		return s.wordNumeral(i, numeral{})
	default:
		return n
	}
	if n.problem != "" {
		return n
	}
	if s.kind(n.end) == han {
		if h := s.hanNumeral(n.end, n); h.end > n.end {
			return h
		}
		return n
	}
	if w := s.scale(n.end, n); w.end > n.end {
		return w
	}
	return n
}

// figures reads a number in ASCII digits: 1,234.50 and the like.
func (s *source) figures(i int) numeral {
	n := numeral{end: i + 1}
	whole := s.tokens[i].text
	if j, grouped, ok := s.groups(i); grouped {
		if !ok {
			return numeral{end: j, problem: ProblemAmbiguous}
		}
		for k := i + 2; k < j; k += 2 {
			whole += s.tokens[k].text
		}
		n.end = j
	}
	if s.kind(n.end) == digit && len(s.tokens[n.end].text) == 3 && len(s.tokens[n.end-1].text) <= 3 {
		// 1 500 is one number to many Europeans.
		return numeral{end: n.end + 1, problem: ProblemAmbiguous}
	}
	if s.glued(n.end) && s.glued(n.end+1) && s.kind(n.end+1) == digit && s.is(n.end, "'", "·", "*", "+", "^", "×", "`", "_") {
		return numeral{end: n.end + 2, problem: ProblemAmbiguous} // 1'000, 100+50
	}
	fraction := ""
	if s.is(n.end, ".") && s.glued(n.end) && s.glued(n.end+1) && s.kind(n.end+1) == digit {
		fraction = s.tokens[n.end+1].text
		n.end += 2
		if s.glued(n.end) && s.glued(n.end+1) && s.is(n.end, ".", ",") && s.kind(n.end+1) == digit {
			return s.dotRun(n.end)
		}
	}
	return n.from(whole, fraction)
}

// groups reports where digits with commas between them end, whether there are commas at all, and whether
// they stand as thousands do. 1,50 is a European's 1.50 and nobody's thousand.
func (s *source) groups(i int) (end int, grouped, ok bool) {
	ok = len(s.tokens[i].text) <= 3
	for end = i + 1; s.is(end, ",") && s.glued(end) && s.glued(end+1) && s.kind(end+1) == digit; end += 2 {
		if at := s.at[s.tokens[end].start]; s.raw[at] != ',' && s.raw[s.at[s.tokens[i].start]] < 0x80 {
			break // the Chinese comma between two numbers
		}
		grouped = true
		ok = ok && len(s.tokens[end+1].text) == 3
	}
	return end, grouped, ok
}

// dotRun skips versions, IP addresses and dates with dots: digits and dots that are no number.
func (s *source) dotRun(end int) numeral {
	for s.glued(end) && s.glued(end+1) && s.is(end, ".", ",") && s.kind(end+1) == digit {
		end += 2
	}
	return numeral{end: end, problem: ProblemAmbiguous}
}

// pointFirst reads .50, which must not be taken for 50.
func (s *source) pointFirst(i int) numeral {
	if !s.is(i, ".") || s.kind(i+1) != digit || !s.glued(i+1) {
		return numeral{}
	}
	if s.glued(i) && (s.kind(i-1) == word || s.kind(i-1) == han || s.is(i-1, ".")) {
		return numeral{} // the end of a sentence
	}
	return numeral{end: i + 2}.from("0", s.tokens[i+1].text)
}

// from sets the value of n from the digits before and behind the point.
func (n numeral) from(whole, fraction string) numeral {
	n.decimals = len(fraction)
	value, ok := digits(whole)
	if !ok || value > most {
		n.problem = ProblemLarge
		return n
	}
	n.micro = value * one
	unit := int64(one)
	for _, c := range []byte(fraction) {
		if unit /= 10; unit == 0 {
			n.problem = ProblemPrecise
			return n
		}
		n.micro += int64(c-'0') * unit
	}
	return n
}

// digits is the value of ASCII digits that fit.
func digits(text string) (int64, bool) {
	var v int64
	for i := 0; i < len(text); i++ {
		if v > most {
			return 0, false
		}
		v = v*10 + int64(text[i]-'0')
	}
	return v, len(text) > 0
}

// times multiplies n, minding that it stays within what is read.
func (n numeral) times(factor int64) numeral {
	if n.micro > most*one/factor {
		n.problem = ProblemLarge
		return n
	}
	n.micro *= factor
	n.scaled = true
	return n
}

// scale reads what multiplies figures in Latin letters: 1.5k, 2 grand, "3 thousand 500", 0.6w.
func (s *source) scale(i int, n numeral) numeral {
	switch {
	case s.is(i, "k"):
		n = n.times(1000)
		n.end = i + 1
		if s.glued(i+1) && s.kind(i+1) == digit {
			n.problem, n.end = ProblemAmbiguous, i+2 // 2k5
		}
	case s.is(i, "w") && s.glued(i):
		// 万 as it is typed in a hurry; nobody means watts where money is the matter.
		n = n.times(10_000)
		n.end = i + 1
	case slices.Contains(scaleWords, s.word(i)):
		return s.wordNumeral(i, n)
	}
	return n
}
