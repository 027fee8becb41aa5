package entity

import (
	"slices"
	"strings"
)

// Mask cleans a text and hides what a bot must not repeat: one-time codes, PINs and passwords that are
// announced as such, card numbers and Chinese ID numbers. Of cards the last four digits remain.
func Mask(text string) string {
	text = Clean(text)
	s := newSource(text)
	list := s.stream()
	secrets := append(s.longNumbers(list), s.announced()...)
	for _, c := range s.codes(list) {
		if !s.inAddress(c) {
			secrets = append(secrets, secret{c.start, c.end, "******"})
		}
	}
	if len(secrets) == 0 {
		return text
	}
	slices.SortStableFunc(secrets, func(a, b secret) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, x := range secrets {
		span := s.bytes(x.start, x.end)
		if span.Start < at {
			at = max(at, span.End)
			continue
		}
		b.WriteString(text[at:span.Start])
		b.WriteString(x.shown)
		at = span.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// secret is a stretch of source.low and what is shown for it.
type secret struct {
	start, end int
	shown      string
}

// longNumbers finds card numbers and Chinese ID numbers, however they are spaced.
func (s *source) longNumbers(list []glyph) []secret {
	var found []secret
	for i := 0; i < len(list); i++ {
		if !runStarts(list, i, dashed) || afterLetters(list, i) && list[i].sep == joined {
			continue
		}
		run, end := digitRun(list, i, dashed)
		switch {
		case len(run) == 17 && end < len(list) && list[end].c == 'x' && list[end].sep <= spaced && birthday(run[6:14]):
			found = append(found, secret{list[i].start, list[end].end, "******"})
		case len(run) == 18 && birthday(run[6:14]):
			found = append(found, secret{list[i].start, list[end-1].end, "******"})
		case s.dialled(list[i].start, run):
		case len(run) > 19: // two cards, or a card and an amount: nobody can tell where one ends
			found = append(found, secret{list[i].start, list[end-1].end, "****"})
		case len(run) >= 13:
			found = append(found, secret{list[i].start, list[end-1].end, "****" + run[len(run)-4:]})
		}
		i = max(i, end-1)
	}
	return found
}

// dialled reports whether digits are an international phone number.
func (s *source) dialled(start int, run string) bool {
	if start > 0 && s.low[start-1] == '+' || strings.HasPrefix(run, "00") {
		return len(run) <= 16
	}
	return len(run) == 13 && strings.HasPrefix(run, "861")
}

// birthday reports whether eight digits are a date of the last two centuries.
func birthday(d string) bool {
	m, _ := digits(d[4:6])
	day, _ := digits(d[6:8])
	return (d[:2] == "19" || d[:2] == "20") && m >= 1 && m <= 12 && day >= 1 && day <= 31
}

// announced finds what follows a word for a code or password.
func (s *source) announced() []secret {
	var found []secret
	for i := range s.tokens {
		if !slices.Contains(secretWords, s.word(i)) || s.is(i, "码") && !s.is(i-1, "证", "密", "验", "动", "全") {
			continue
		}
		j := i + 1
		for s.is(j, "is", ":", "=", "was", "number", "are", "是", "为", "it", "'s", ",") {
			j++
		}
		end, digits, letters := j, false, false
		for end < len(s.tokens) && (end == j || s.glued(end)) && (s.kind(end) == word || s.kind(end) == digit || s.kind(end) == mark && !s.is(end, ",", ".", "。", "、", "?", "!", ";")) {
			digits, letters = digits || s.kind(end) == digit, letters || s.kind(end) == word
			end++
		}
		// Behind "code" mere digits are one-time codes; with letters they are vouchers, which anybody may see.
		if letters && s.is(i, "code", "codes", "码") && !s.is(i-1, "pass", "access", "security", "证", "密", "全", "令") {
			continue
		}
		if digits && end > j && s.tokens[end-1].end-s.tokens[j].start >= 3 {
			found = append(found, secret{s.tokens[j].start, s.tokens[end-1].end, "******"})
		}
	}
	return found
}

// inAddress reports whether a six-digit number stands in an address, where it is a postcode.
func (s *source) inAddress(c figure) bool {
	for _, a := range s.addresses() {
		if a.start <= c.start && c.end <= a.end {
			return true
		}
	}
	return false
}
