package entity

// glyph is a letter or digit of an identifier, with what stands before it.
type glyph struct {
	c          byte // 'a' to 'z', '0' to '9', or 0 for anything that ends an identifier
	start, end int  // in source.low
	sep        sep
}

// sep is what stands between two glyphs.
type sep uint8

const (
	joined sep = iota // nothing
	spaced            // white space
	dashed            // a hyphen, dot, underscore, slash or the like, perhaps with white space
	parted            // anything else
)

// readStream is the text as identifiers, codes, phones and cards see it: Latin letters and digits, also those that
// were spelt out digit by digit, and what stands between them.
func (s *source) readStream() []glyph {
	list := make([]glyph, 0, len(s.low))
	between := parted
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.gap && between == joined {
			between = spaced
		}
		switch {
		case t.kind == digit || t.kind == word && plainLatin(t.text):
			if n := s.spelt(i); n > 0 {
				for ; n > 0; n, i = n-1, i+1 {
					list = append(list, glyph{'0' + byte(speltDigit(s.word(i))), s.tokens[i].start, s.tokens[i].end, between})
					between = joined
				}
				i--
				continue
			}
			for k := range len(t.text) {
				list = append(list, glyph{t.text[k], t.start + k, t.start + k + 1, between})
				between = joined
			}
		case t.kind == han && s.inRun(i):
			list = append(list, glyph{'0' + byte(hanDigit(t.text)), t.start, t.end, between})
			between = joined
		case t.kind == mark && (t.text == "-" || t.text == "." || t.text == "_" || t.text == "/") && between <= dashed:
			between = dashed
		case t.kind == mark && t.text == "#" && between <= spaced:
			between = dashed
		default:
			between = parted
		}
	}
	return list
}

func plainLatin(w string) bool {
	for i := range len(w) {
		if !isLatin(w[i]) {
			return false
		}
	}
	return true
}

// inRun reports whether the Chinese digit at token i has another one or a figure beside it: one alone is a
// count.
func (s *source) inRun(i int) bool {
	if hanDigit(s.word(i)) < 0 || s.is(i, "两", "俩", "仨") {
		return false
	}
	beside := func(k int) bool { return hanDigit(s.word(k)) >= 0 || s.kind(k) == digit }
	return beside(i-1) || beside(i+1)
}

// spelt is how many English digit words stand in a row from token i on, if they are enough to be a number that
// is spelt out.
func (s *source) spelt(i int) int {
	n := 0
	for speltDigit(s.word(i+n)) >= 0 {
		n++
	}
	if n < 4 {
		return 0
	}
	return n
}

// speltDigit is the value of a digit's name when numbers are read out, -1 if the word is none.
func speltDigit(w string) int64 {
	switch w {
	case "oh", "o", "nought":
		return 0
	}
	if v := wordValue(w); v <= 9 {
		return v
	}
	return -1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// digitRun is the digits from glyph i on with separators up to most between them, and the glyph behind them.
func digitRun(list []glyph, i int, most sep) (text string, end int) {
	b := make([]byte, 0, 24)
	for end = i; end < len(list) && isDigit(list[end].c) && (end == i || list[end].sep <= most); end++ {
		b = append(b, list[end].c)
	}
	return string(b), end
}

// runStarts reports whether a run of digits with such separators starts at glyph i.
func runStarts(list []glyph, i int, most sep) bool {
	return isDigit(list[i].c) && (i == 0 || list[i].sep > most || !isDigit(list[i-1].c))
}

// afterLetters reports whether the glyph follows letters that make it a part of a name: NW-7731377, p100.
func afterLetters(list []glyph, i int) bool {
	return i > 0 && !isDigit(list[i-1].c) && (list[i].sep == joined || list[i].sep == dashed)
}

// beforeLetters reports whether letters follow the glyph before i without a gap.
func beforeLetters(list []glyph, i int) bool {
	return i < len(list) && !isDigit(list[i].c) && list[i].sep == joined
}
