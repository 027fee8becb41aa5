package entity

// monthNumber is 1 for January; 0 if the word is no month.
func monthNumber(w string) int { return monthNames[w] }

// monthNames count from January, 1.
var monthNames = map[string]int{ //nolint:misspell // as they are typed
	"january": 1, "jan": 1, "february": 2, "feb": 2, "febuary": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, //nolint:misspell // as it is typed
	"jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11,
	"nov": 11, "december": 12, "dec": 12,
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
