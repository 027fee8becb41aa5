package entity

// monthNumber is 1 for January; 0 if the word is no month.
func monthNumber(w string) int {
	switch w {
	case "january", "jan":
		return 1
	case "february", "feb", "febuary": //nolint:misspell // as it is typed
		return 2
	case "march", "mar":
		return 3
	case "april", "apr":
		return 4
	case "may":
		return 5
	case "june", "jun":
		return 6
	case "july", "jul":
		return 7
	case "august", "aug":
		return 8
	case "september", "sep", "sept":
		return 9
	case "october", "oct":
		return 10
	case "november", "nov":
		return 11
	case "december", "dec":
		return 12
	}
	return 0
}

// ordinalWords are the days of a month in words.
var ordinalWords = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// dayNumber reads the day of a month at token i: "5", "5th", "fifth", "twenty first". suffixed tells that it is
// an ordinal.
func (s *source) dayNumber(i int) (n, end int, suffixed bool) {
	if s.kind(i) == digit && len(s.word(i)) <= 2 {
		v, _ := digits(s.word(i))
		if s.glued(i+1) && s.is(i+1, "st", "nd", "rd", "th") {
			return int(v), i + 2, true
		}
		return int(v), i + 1, false
	}
	if n = ordinalWords[s.word(i)]; n > 0 {
		return n, i + 1, true
	}
	if s.is(i, "twenty", "thirty") {
		j := i + 1
		if s.is(j, "-") {
			j++
		}
		if n = ordinalWords[s.word(j)]; 0 < n && n < 10 {
			return int(wordValue(s.word(i))) + n, j + 1, true
		}
	}
	return 0, 0, false
}
