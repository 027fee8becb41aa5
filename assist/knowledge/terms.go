package knowledge

import (
	"strings"
	"unicode"
)

// terms cuts text into what is compared: Latin words without their endings, and single and paired Han
// characters (Chinese is written without spaces, and most of its words have two characters).
func terms(text string) []string {
	var out []string
	var word []rune
	var before rune // the Han character just before, 0 if none
	flush := func() {
		if len(word) > 0 {
			out = append(out, stem(string(word)))
			word = word[:0]
		}
	}
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			out = append(out, string(r))
			if before != 0 {
				out = append(out, string([]rune{before, r}))
			}
			before = r
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, r)
		case r == '\'' || r == '’':
			// don't → dont: people leave it out as often as not
		default:
			flush()
		}
		before = 0
	}
	flush()
	return out
}

// stem strips the commonest English endings, after the S-stemmer of D. Harman, "How effective is suffixing?"
// (JASIS 42(1), 1991), and -ing and -ed besides.
func stem(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		return strings.TrimSuffix(w[:len(w)-3], "e")
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		return strings.TrimSuffix(w[:len(w)-2], "e")
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && len(w) > 3:
		w = w[:len(w)-1]
	}
	if len(w) > 3 {
		return strings.TrimSuffix(w, "e")
	}
	return w
}

// functionShare is how much a word without content of its own weighs against others.
const functionShare = 0.35

// function are the closed word classes of both languages: articles, pronouns, auxiliaries, prepositions,
// conjunctions, question words and particles. They hold grammar together and say nothing about the matter.
var function = functionWords(
	`a an the this that these those i you he she it we they me him her us them my your his its our their mine yours
	am is are was were be been being do does did have has had will would shall should can could may might must
	of in on at to for from by with about into over after before between as than then so and or but if when while
	what which who whom whose where why how there here not no yes any some all please just also very too
	im ive id ill youre its dont doesnt didnt cant couldnt isnt arent wasnt wont`,
	"的了吗呢啊吧呀嘛哦我你您他她它们这那哪个是在有和与跟就都也还很把被给让请么怎什为能可以会要想")

func functionWords(english, chinese string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(english) {
		m[stem(w)] = true
	}
	for _, r := range chinese {
		m[string(r)] = true
	}
	return m
}
