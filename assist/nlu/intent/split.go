package intent

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/text"
)

// Part is one errand of a message.
type Part struct {
	Text       string
	Start, End int // bytes in the message
	Reading    nlu.Reading
}

// How sure each side of a cut must be.
const (
	partConfidence = .55
	partMargin     = .25
	mostParts      = 4
	longestSplit   = 600 // bytes; longer messages are stories, and are read whole
)

// Split cuts a message that holds several errands into its parts, in order. It cuts at punctuation and at words
// that join clauses, and only where both sides are confidently different intents, neither out of scope; what
// is in doubt stays together. There is always at least one part, and the parts cover every word of the message.
func Split(message string, c nlu.Classifier) []Part {
	whole := []Part{{Text: message, End: len(message), Reading: c.Read(message)}}
	if len(message) > longestSplit {
		return whole
	}
	clauses := clausesOf(message)
	if len(clauses) < 2 {
		return whole
	}
	parts := []Part{partOf(message, clauses[0][0], clauses[0][1], c)}
	for _, cl := range clauses[1:] {
		next := partOf(message, cl[0], cl[1], c)
		last := &parts[len(parts)-1]
		if len(parts) < mostParts && sure(last.Reading) && sure(next.Reading) && last.Reading.Best().Intent != next.Reading.Best().Intent {
			parts = append(parts, next)
			continue
		}
		*last = partOf(message, last.Start, cl[1], c)
	}
	if len(parts) == 1 || !distinct(parts) {
		return whole
	}
	return parts
}

func partOf(message string, start, end int, c nlu.Classifier) Part {
	return Part{Text: message[start:end], Start: start, End: end, Reading: c.Read(message[start:end])}
}

// sure tells whether a side of a cut can stand alone.
func sure(r nlu.Reading) bool {
	return !r.OutOfScope && r.Best().Confidence >= partConfidence && r.Margin >= partMargin
}

// distinct looks again after clauses were joined: joining may have made a part unsure, or two parts alike.
func distinct(parts []Part) bool {
	for i, p := range parts {
		if !sure(p.Reading) || i > 0 && parts[i-1].Reading.Best().Intent == p.Reading.Best().Intent {
			return false
		}
	}
	return true
}

// joiners are what a second errand begins with, besides punctuation; longer ones first.
func joiners() []string {
	return []string{"and also ", "and then ", "and please ", "as well as ", "oh and ", "plus ", "also ", "then ", "and ", "but ", "另外", "还有", "然后",
		"顺便", "以及", "同时", "接着", "再帮我", "并且", "而且"}
}

// clausesOf are the ranges of the clauses, at least two words or two Han characters each; shorter ones belong to the
// clause before.
func clausesOf(s string) [][2]int {
	var cuts []int
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("!?;。！？；，、\n", r):
			cuts = append(cuts, i+size)
		case (r == '.' || r == ',') && (i+1 == len(s) || s[i+1] == ' '):
			cuts = append(cuts, i+1)
		case joins(s, i):
			cuts = append(cuts, i)
		}
	}
	var out [][2]int
	start := 0
	for _, cut := range append(cuts, len(s)) {
		if cut <= start || cut > len(s) {
			continue
		}
		if enough(s[start:cut]) && (cut == len(s) || enough(s[cut:])) {
			out = append(out, [2]int{start, cut})
			start = cut
		}
	}
	if start < len(s) {
		if len(out) == 0 {
			return [][2]int{{0, len(s)}}
		}
		out[len(out)-1][1] = len(s)
	}
	return trimmed(s, out)
}

// joins tells whether a joining word begins at byte i.
func joins(s string, i int) bool {
	if i == 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	for _, j := range joiners() {
		latin := j[0] < utf8.RuneSelf
		if latin && !unicode.IsSpace(before) {
			continue
		}
		if len(s)-i >= len(j) && strings.EqualFold(s[i:i+len(j)], j) {
			return true
		}
	}
	return false
}

// enough tells whether a clause can be an errand at all. A number with a word or two beside it is a detail of the errand
// before: "account 6228-5566", 账号6228-5566.
func enough(s string) bool {
	words, figures := 0, 0
	for _, token := range text.Tokens(text.Normalise(s)) {
		if strings.ContainsFunc(token.Text, unicode.IsDigit) {
			figures++
			continue
		}
		words++
	}
	return words+figures >= 2 && (!numbered(s) || words >= leastBesideNumber)
}

// leastBesideNumber is how many words or Han characters make an errand of a clause that holds an id.
const leastBesideNumber = 4

// numbered tells whether a clause holds a number as long as ids have them.
func numbered(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 6
}

// trimmed takes the white space off the ranges.
func trimmed(s string, ranges [][2]int) [][2]int {
	for i, r := range ranges {
		for r[0] < r[1] && isSpace(s[r[0]]) {
			r[0]++
		}
		for r[1] > r[0] && isSpace(s[r[1]-1]) {
			r[1]--
		}
		ranges[i] = r
	}
	return ranges
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }
