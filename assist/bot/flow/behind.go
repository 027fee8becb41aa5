package flow

import (
	"strings"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// side is the part of a text that a slot is looked for in first. "Swap the black one for blue" names what the customer
// has before the word and what they want behind it; the rest is blanked, so that places in the text stay the same.
func (t *Turn) side(i *pack.Intent, s *pack.Slot, text string, how manner) string {
	if how == asked {
		return text
	}
	for _, ref := range i.Slots {
		x := t.Pack.Slots[ref.Name]
		if len(x.Behind) == 0 {
			continue
		}
		start, end := parting(text, x.Behind)
		switch {
		case start <= 0 || t.names(text[end:]):
			return text
		case x == s:
			return blank(text, 0, end)
		}
		return blank(text, start, len(text))
	}
	return text
}

// names tells whether a text has an id of the company's: then it isn't only what is wanted.
func (t *Turn) names(text string) bool { return len(entity.Identifiers(text, t.patterns())) > 0 }

// parting is the last place of the words in the text that something stands behind; start is -1 if there is none.
func parting(text string, words []string) (start, end int) {
	low, start, end := strings.ToLower(text), -1, -1
	if len(low) != len(text) {
		return -1, -1
	}
	for _, w := range words {
		for at := len(low); at > 0; {
			if at = strings.LastIndex(low[:at], w); at < 0 {
				break
			}
			to := at + len(w)
			if to > end && strings.TrimSpace(low[to:]) != "" && alone(low, at, to) {
				start, end = at, to
				break
			}
		}
	}
	return start, end
}

// alone tells whether low[at:to] is no part of a longer word; Chinese has no spaces to tell by.
func alone(low string, at, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(low[:at])
	after, _ := utf8.DecodeRuneInString(low[to:])
	first, _ := utf8.DecodeRuneInString(low[at:])
	latin := func(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }
	return !latin(first) || !latin(before) && !latin(after)
}
