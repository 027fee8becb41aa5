package intent

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/nlu/text"
)

// clause is a piece of a message that may be an errand of its own.
type clause struct {
	start, end int  // bytes in the message
	begin      int  // where it begins behind the word that joins it
	more       bool // that word says that something else comes
	sentence   bool // a sentence ended before it
	states     bool // it neither asks nor orders
}

// joiner is what a clause begins with when it goes on from the one before.
type joiner struct {
	word string
	more bool // it says that something else comes
}

// joiners are those of both languages; longer ones first.
var joiners = []joiner{{"and also ", true}, {"and by the way ", true}, {"by the way ", true}, {"and another thing ", true}, {"another thing ", true},
	{"one more thing ", true}, {"and then ", false}, {"and please ", false}, {"as well as ", true}, {"oh and ", true}, {"plus ", true}, {"also ", true},
	{"btw ", true}, {"then ", false}, {"and ", false}, {"but ", false},
	{"还有就是", true}, {"另外", true}, {"还有", true}, {"还想", true}, {"然后", false}, {"顺便", true}, {"顺带", true}, {"以及", true}, {"同时", true},
	{"对了", true}, {"接着", false}, {"再帮我", true}, {"并且", false}, {"而且", false}}

// clausesOf are the clauses of a message, in order; what is too short to be one belongs to the clause before.
func clausesOf(s string) []clause {
	var out []clause
	start := 0
	for _, c := range append(cutsOf(s), cut{at: len(s)}) {
		left := enough
		if c.more {
			left = several
		}
		if c.at > start && c.at <= len(s) && left(s[start:c.at]) && (c.at == len(s) || enough(s[c.at:])) {
			out = append(out, clause{start: start, end: c.at})
			start = c.at
		}
	}
	switch {
	case len(out) == 0:
		return []clause{clause{end: len(s)}.trimmed(s)}
	case start < len(s):
		out[len(out)-1].end = len(s)
	}
	for i := range out {
		out[i] = out[i].trimmed(s)
	}
	return out
}

// cut is where a clause may end.
type cut struct {
	at   int  // byte in the message
	more bool // a word follows that says that something else comes: what stands before it is an errand, however it is put
}

// cutsOf are the cuts at marks and at joining words, ascending.
func cutsOf(s string) []cut {
	var cuts []cut
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch j := joinerAt(s, i); {
		case strings.ContainsRune("!?;。！？；，、\n", r):
			cuts = append(cuts, followed(s, i+size))
		case (r == '.' || r == ',') && (i+1 == len(s) || s[i+1] == ' '), r == ' ' && betweenHan(s, i):
			cuts = append(cuts, followed(s, i+1))
		case j != nil:
			cuts = append(cuts, cut{i, j.more})
		}
	}
	return cuts
}

// followed is the cut behind a mark.
func followed(s string, at int) cut {
	next := at + len(s[at:]) - len(strings.TrimLeft(s[at:], " "))
	if next == len(s) {
		return cut{at: at}
	}
	j := joinerAt(s, next)
	return cut{at, j != nil && j.more}
}

// askingPart is what asks or orders in a message that tells a background, too; "" where nothing or everything does.
func askingPart(s string) string {
	if len(s) > longestSplit {
		return ""
	}
	var asks []string
	clauses := clausesOf(s)
	for _, c := range clauses {
		if !c.states {
			asks = append(asks, s[c.begin:c.end])
		}
	}
	if len(asks) == len(clauses) {
		return ""
	}
	return strings.Join(asks, ", ")
}

// betweenHan tells whether the space at byte i stands between Han characters, where it is a comma.
func betweenHan(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, after)
}

// trimmed takes white space off a clause, and looks at how it begins.
func (c clause) trimmed(s string) clause {
	before := strings.TrimRight(s[:c.start], " \n\t\r")
	c.sentence = before != "" && strings.ContainsRune(".?!;。？！；", lastRune(before)) || strings.ContainsAny(s[len(before):c.start], "\n")
	text := strings.TrimSpace(s[c.start:c.end])
	c.start += strings.Index(s[c.start:c.end], text)
	c.end = c.start + len(text)
	c.begin = c.start
	for c.start > 0 {
		j := joinerAt(s, c.begin)
		if j == nil || !enough(s[c.begin+len(j.word):c.end]) {
			break
		}
		c.more = c.more || j.more
		c.begin += len(j.word)
		c.begin += len(s[c.begin:c.end]) - len(strings.TrimLeft(s[c.begin:c.end], " ,，:："))
	}
	c.states = states(s[c.begin:c.end])
	return c
}

// joinerAt is the joining word that begins at byte i, or nil.
func joinerAt(s string, i int) *joiner {
	if first, _ := utf8.DecodeRuneInString(s[i:]); i == 0 || !strings.ContainsRune("abopt还另然顺以同对接再并而ABOPT", first) {
		return nil // spares looking at each of them at each letter
	}
	before := lastRune(s[:i])
	for _, j := range joiners {
		latin := j.word[0] < utf8.RuneSelf
		if latin && !unicode.IsSpace(before) {
			continue
		}
		n := len(strings.TrimRight(j.word, " "))
		if len(s)-i <= n || !strings.EqualFold(s[i:i+n], j.word[:n]) || latin && s[i+n] != ' ' && s[i+n] != ',' {
			continue
		}
		if j.word == "还有" && !unicode.IsPunct(before) && strings.ContainsAny(firstRune(s[i+n:]), "多几没剩啥什哪") {
			continue // 我还有多少: it is "still have" here
		}
		return &joiner{s[i : i+n], j.more}
	}
	return nil
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// enough tells whether a clause can be an errand at all. One that only gives a number, with a word or two beside it or as
// what something is, is a detail of the errand before: "account 6228-5566", "my phone number is …", 账号6228-5566.
func enough(s string) bool {
	words, all := wordsIn(s)
	if all < 2 || !numbered(s) {
		return all >= 2
	}
	return !states(s) && (words >= leastBesideNumber || words >= 2 && orders(s))
}

// orders tells whether a short clause in Latin letters begins like an order, "cancel order 123456", and not with what a
// number is of, "phone number 123456".
func orders(s string) bool {
	first := text.Tokens(text.Normalise(s))[0]
	return !first.Han && !strings.ContainsFunc(first.Text, unicode.IsDigit) && !slices.Contains([]string{"order", "phone", "mobile", "cell",
		"tel", "telephone", "number", "no", "account", "acct", "card", "id", "email", "mail", "line", "ticket", "reference", "ref", "for", "on",
		"about", "regarding", "re", "from", "to", "with", "by"}, first.Text)
}

// several tells whether a text has more than one word.
func several(s string) bool {
	_, all := wordsIn(s)
	return all >= 2
}

// wordsIn counts the words, and with figures and the letters of ids.
func wordsIn(s string) (words, all int) {
	figures, beside := 0, 0
	for _, token := range text.Tokens(text.Normalise(s)) {
		switch {
		case strings.ContainsFunc(token.Text, unicode.IsDigit):
			figures++
		case !token.Han && len(token.Text) <= longestPrefix:
			beside++ // the letters of an id, such as NW
		default:
			words++
		}
	}
	return words, words + figures + beside
}

const (
	longestPrefix     = 2 // letters before an id's figures
	leastBesideNumber = 4 // words or Han characters that make an errand of a clause that holds an id
)

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
