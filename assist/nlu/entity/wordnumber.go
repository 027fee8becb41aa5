package entity

// scaleWords multiply the number before them.
var scaleWords = []string{"hundred", "hundreds", "hunderd", "thousand", "thousands", "thousend", "grand", "million", "millions", "mil"} //nolint:misspell // as it is typed

// wordValue is the value of an English number word below a hundred, -1 if the word is none.
func wordValue(w string) int64 {
	if v, ok := numberWords[w]; ok {
		return v
	}
	return -1
}

var numberWords = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, //nolint:misspell // as it is typed
	"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "ninty": 90, //nolint:misspell // as it is typed
}

func scaleOf(w string) int64 {
	switch w {
	case "hundred", "hundreds", "hunderd": //nolint:misspell // as it is typed
		return 100
	case "thousand", "thousands", "thousend", "grand", "k":
		return 1000
	case "million", "millions", "mil":
		return 1_000_000
	}
	return 0
}

// wordReader sums an English numeral up from left to right: groups below a thousand, each closed by its scale.
type wordReader struct {
	s          *source
	n          numeral
	total, cur int64 // in millionths
	open       bool  // cur holds something that no scale has closed
	tens       bool  // the last word was twenty, thirty, …, and may take a digit
	small      bool  // the last word closed the group: nothing below a hundred may follow
}

// wordNumeral reads a number in English words that begins at token i; figures, if there are any, stand before
// it ("3 thousand 500").
func (s *source) wordNumeral(i int, figures numeral) numeral {
	r := wordReader{s: s, n: numeral{words: figures.end == 0, decimals: figures.decimals}}
	if figures.end > 0 {
		r.cur, r.open, r.small = figures.micro, true, true
	} else if i = r.begin(i); i == 0 {
		return numeral{}
	}
	for i < len(s.tokens) && r.n.problem == "" {
		next := r.step(i)
		if next == i {
			break
		}
		i = next
	}
	for r.n.problem != "" && (wordValue(s.word(i)) >= 0 || scaleOf(s.word(i)) > 1) {
		i++ // the rest of what can't be read
	}
	r.n.end, r.n.micro = i, r.total+r.cur
	return r.n
}

// begin takes the first word: "five", "a" before a scale, "half a" before a scale. 0 if no number begins here.
func (r *wordReader) begin(i int) int {
	s := r.s
	if wordValue(s.word(i)) >= 0 {
		return r.below(i, wordValue(s.word(i)))
	}
	if !s.is(i, "a", "an", "half", "couple") {
		return 0
	}
	if j := s.afterAny(i, "half a", "half"); j > 0 && scaleOf(s.word(j)) > 1 {
		r.cur, r.open, r.small = one/2, true, true
		return j
	}
	if j := s.afterAny(i, "a couple of", "a couple", "couple of", "couple"); j > 0 && scaleOf(s.word(j)) > 1 {
		r.cur, r.open, r.small, r.n.loose = 2*one, true, true, true
		return j
	}
	if s.is(i, "a", "an") && scaleOf(s.word(i+1)) > 1 && s.tokens[i+1].text != "k" {
		r.cur, r.open, r.small = one, true, true
		return i + 1
	}
	return 0
}

// step takes token i and returns the token to go on with, i itself where the numeral ends.
func (r *wordReader) step(i int) int {
	s, w := r.s, r.s.word(i)
	switch {
	case w == "-" && s.glued(i) && s.glued(i+1) && r.tens && wordValue(s.word(i+1)) > 0 && wordValue(s.word(i+1)) < 10:
		return i + 1
	case w == "and":
		return r.and(i)
	case w == "point" && r.open && wordValue(s.word(i+1)) >= 0 && r.cur < 1000*one:
		return r.point(i + 1)
	case scaleOf(w) > 1 && r.open:
		return r.scaled(i, scaleOf(w))
	case wordValue(w) >= 0:
		return r.below(i, wordValue(w))
	case s.kind(i) == digit && r.n.scaled && !r.small && s.tokens[i].gap:
		return r.figure(i)
	}
	return i
}

// below takes a word below a hundred.
func (r *wordReader) below(i int, v int64) int {
	fits := !r.small
	if r.tens {
		fits = 0 < v && v < 10
	}
	if !fits {
		if r.n.words {
			r.n.problem = ProblemAmbiguous // "two fifty" is 250 or 2.50; "one two three" is a code
			return i + 1
		}
		return i
	}
	r.cur += v * one
	r.open, r.tens, r.small = true, v >= 20, v < 20 || r.tens
	return i + 1
}

// figure takes figures behind a scale: "3 thousand 500".
func (r *wordReader) figure(i int) int {
	f := r.s.figures(i)
	if f.problem != "" || f.decimals > 0 {
		return i
	}
	if lowest := r.lowest(); f.micro >= lowest {
		return i
	}
	r.cur, r.open, r.small = r.cur+f.micro, true, true
	return f.end
}

// lowest is the scale below which something may still be added.
func (r *wordReader) lowest() int64 {
	if r.cur > 0 {
		return 100 * one
	}
	return 1000 * one
}

// and takes the "and" of "two hundred and fifty" and of "one and a half thousand".
func (r *wordReader) and(i int) int {
	s := r.s
	if j := s.after(i, "and a half"); j > 0 && r.open && scaleOf(s.word(j)) > 1 {
		r.cur += one / 2
		r.small = true
		return j
	}
	if r.n.scaled && !r.small && !r.tens && wordValue(s.word(i+1)) > 0 {
		return i + 1
	}
	return i
}

// point takes "point five".
func (r *wordReader) point(i int) int {
	unit := int64(one)
	for wordValue(r.s.word(i)) >= 0 && wordValue(r.s.word(i)) < 10 {
		if unit /= 10; unit == 0 {
			r.n.problem = ProblemPrecise
			return i
		}
		r.cur += wordValue(r.s.word(i)) * unit
		r.n.decimals++
		i++
	}
	r.open, r.tens, r.small = true, false, true
	return i
}

func (r *wordReader) scaled(i int, by int64) int {
	if r.cur > most*one/by {
		r.n.problem = ProblemLarge
		return i + 1
	}
	r.cur *= by
	if by > 100 {
		r.total, r.cur, r.open = r.total+r.cur, 0, false
	}
	r.n.scaled, r.tens, r.small = true, false, false
	return i + 1
}
