package sqlite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// words cuts a text into the words under which it is found: lower case, without diacritics, full-width
// letters as plain ones, and every Chinese or Japanese character a word of its own, because SQLite's
// tokenizer would take a whole clause for one word. Marks, symbols and punctuation only separate.
//
// Both the index and the search cut with this function, so they cannot disagree.
func words(text string) []string {
	var out []string
	var word []byte
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = word[:0]
		}
	}
	for _, r := range plain(text) {
		switch {
		case r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z'):
			word = append(word, byte(r))
		case r >= 'A' && r <= 'Z':
			word = append(word, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			flush()
		case ideographic(r):
			flush()
			out = append(out, string(r))
		case unicode.Is(unicode.M, r): // a diacritic belongs to its letter and is left out
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			word = utf8.AppendRune(word, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return out
}

// plain decomposes what isn't ASCII, so that é begins with e and Ａ is A (Unicode Standard Annex 15, NFKD).
func plain(text string) string {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return norm.NFKD.String(text)
		}
	}
	return text
}

func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// Limits of a question; what goes beyond is left out.
const (
	maxPhrases     = 12
	maxPhraseWords = 40
	minPrefixRunes = 3 // shorter beginnings find half of everything; the index is made for three
)

// question is what somebody looks for: phrases that must all occur, the last one perhaps unfinished.
type question struct {
	phrases []phrase
}

type phrase struct {
	words  []string
	prefix bool // the last word may go on
}

func parseQuestion(text string) question {
	var q question
	for _, field := range strings.Fields(text) {
		if w := words(field); len(w) > 0 && len(q.phrases) < maxPhrases {
			q.phrases = append(q.phrases, phrase{words: w[:min(len(w), maxPhraseWords)]})
		}
	}
	if n := len(q.phrases); n > 0 {
		p := &q.phrases[n-1]
		last := p.words[len(p.words)-1]
		ending, _ := utf8.DecodeLastRuneInString(text)
		first, _ := utf8.DecodeRuneInString(last)
		typing := unicode.IsLetter(ending) || unicode.IsNumber(ending)
		p.prefix = typing && !ideographic(first) && utf8.RuneCountInString(last) >= minPrefixRunes
	}
	return q
}

// wider is the question with no more of the unfinished word than the index for beginnings holds; false if it asks for
// no more than that.
func (q question) wider() (question, bool) {
	n := len(q.phrases)
	if n == 0 || !q.phrases[n-1].prefix {
		return q, false
	}
	last := q.phrases[n-1]
	word := []rune(last.words[len(last.words)-1])
	if len(word) == minPrefixRunes {
		return q, false
	}
	last.words = append(slices.Clone(last.words[:len(last.words)-1]), string(word[:minPrefixRunes]))
	return question{phrases: append(slices.Clone(q.phrases[:n-1]), last)}, true
}

// match is the question in the syntax of FTS5. The words hold letters and digits only, so nothing that
// was typed can be taken for syntax.
func (q question) match() string {
	var b strings.Builder
	for i, p := range q.phrases {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`"` + strings.Join(p.words, " ") + `"`)
		if p.prefix {
			b.WriteString(" *")
		}
	}
	return b.String()
}

// finds tells whether a text cut into words answers the question, as FTS5 would.
func (q question) finds(text []string) bool {
	for _, p := range q.phrases {
		if !p.in(text) {
			return false
		}
	}
	return true
}

func (p phrase) in(text []string) bool {
	n := len(p.words)
	for start := 0; start+n <= len(text); start++ {
		if p.at(text[start : start+n]) {
			return true
		}
	}
	return false
}

func (p phrase) at(text []string) bool {
	last := len(p.words) - 1
	for i, w := range p.words {
		if text[i] != w && !(p.prefix && i == last && strings.HasPrefix(text[i], w)) {
			return false
		}
	}
	return true
}
