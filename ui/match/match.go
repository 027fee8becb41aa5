// Package match finds what was typed in names and titles: by parts of words, by letters in order, and for Chinese by
// the initials of its pinyin. It is pure and starts no goroutine.
package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// Found is how a text matched: a higher Score is better, Ranges are the byte ranges to be shown as matched.
type Found struct {
	Score  int
	Ranges [][2]int
}

// The scores: a beginning beats a word's beginning beats a part beats letters in order beats initials.
const (
	scorePart     = 60
	scoreInitials = 50
	scoreLetters  = 30
	bonusWord     = 20
	bonusStart    = 20
)

// Find looks for query in text, without regard to letter case. An empty query matches everything with score 0.
func Find(text, query string) (Found, bool) {
	query = strings.TrimSpace(query)
	if query == "" {
		return Found{}, true
	}
	low, at := fold(text)
	q, _ := fold(query)
	if f, ok := part(low, at, q); ok {
		return f, true
	}
	if f, ok := initials(text, q); ok {
		return f, true
	}
	return letters(low, at, q)
}

// Holds tells whether text holds query as a part or by pinyin initials; letters in order do not count, since in a
// filter they let through too much.
func Holds(text, query string) bool {
	low, at := fold(text)
	q, _ := fold(strings.TrimSpace(query))
	if _, ok := part(low, at, q); ok {
		return true
	}
	_, ok := initials(text, q)
	return ok
}

// fold is s in lower case, rune by rune, with each rune's offset in s; one more offset is the end.
func fold(s string) (low []rune, at []int) {
	low, at = make([]rune, 0, len(s)), make([]int, 0, len(s)+1)
	for i, r := range s {
		low, at = append(low, unicode.ToLower(r)), append(at, i)
	}
	return low, append(at, len(s))
}

func part(low []rune, at []int, q []rune) (Found, bool) {
	best := -1
	for i := 0; i+len(q) <= len(low); i++ {
		if !equal(low[i:i+len(q)], q) {
			continue
		}
		if wordStart(low, i) {
			best = i
			break
		}
		if best < 0 {
			best = i
		}
	}
	if best < 0 {
		return Found{}, false
	}
	score := scorePart
	if wordStart(low, best) {
		score += bonusWord
	}
	if best == 0 {
		score += bonusStart
	}
	return Found{score, [][2]int{{at[best], at[best+len(q)]}}}, true
}

func equal(a, b []rune) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func wordStart(low []rune, i int) bool {
	return i == 0 || !(unicode.IsLetter(low[i-1]) || unicode.IsDigit(low[i-1])) || unicode.Is(unicode.Han, low[i])
}

// letters finds the runes of q in order, the first at a word's start.
func letters(low []rune, at []int, q []rune) (Found, bool) {
	if len(q) < 2 {
		return Found{}, false
	}
	f := Found{Score: scoreLetters}
	from := 0
	for n, r := range q {
		if unicode.IsSpace(r) {
			continue
		}
		i := from
		for i < len(low) && (low[i] != r || n == 0 && !wordStart(low, i)) {
			i++
		}
		if i == len(low) {
			return Found{}, false
		}
		f.Score -= min(3, i-from)
		f.Ranges = join(f.Ranges, at[i], at[i+1])
		from = i + 1
	}
	return f, true
}

// initials matches Latin letters against the first letters of the pinyin of Han characters; other characters stand
// for themselves. A character with several readings matches by any of them.
func initials(text string, q []rune) (Found, bool) {
	for _, r := range q {
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) {
			return Found{}, false
		}
	}
	type place struct {
		from, to int
		letters  string
	}
	var run []place
	for i, r := range text {
		if unicode.Is(unicode.Han, r) {
			run = append(run, place{i, i + utf8.RuneLen(r), readings(r)})
		}
	}
	for start := 0; start+len(q) <= len(run); start++ {
		n := 0
		for n < len(q) && strings.ContainsRune(run[start+n].letters, q[n]) && (n == 0 || run[start+n].from == run[start+n-1].to) {
			n++
		}
		if n == len(q) {
			score := scoreInitials
			if start == 0 {
				score += bonusStart
			}
			return Found{score, [][2]int{{run[start].from, run[start+n-1].to}}}, true
		}
	}
	return Found{}, false
}

// readings are the first letters of all the readings of a character.
func readings(r rune) string {
	args := pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true, Separator: "", Fallback: pinyin.Fallback}
	return strings.Join(pinyin.SinglePinyin(r, args), "")
}

func join(ranges [][2]int, from, to int) [][2]int {
	if n := len(ranges); n > 0 && ranges[n-1][1] == from {
		ranges[n-1][1] = to
		return ranges
	}
	return append(ranges, [2]int{from, to})
}
