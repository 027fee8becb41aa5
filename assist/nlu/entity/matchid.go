package entity

import "strings"

// byID finds items by their ids, however spaced, by the digits of an id alone, or by its last digits.
func (m *matcher) byID() {
	list := m.s.stream()
	for i := range m.items {
		m.idOf(i, m.items[i].ID, list)
		if last := m.items[i].Attributes["last4"]; last != "" {
			m.tailOf(i, last, list)
		}
	}
}

// idOf looks for the id of item i.
func (m *matcher) idOf(i int, id string, list []glyph) {
	plain := glyphsOf(id)
	if len(plain) < 2 {
		return
	}
	digits := len(plain)
	for digits > 0 && isDigit(plain[digits-1]) {
		digits--
	}
	tail := plain[digits:]
	for at := range list {
		if n := m.sameGlyphs(list, at, plain); n > 0 && m.idBounds(list, at, n, id) {
			m.add(i, evidence{score: 1, start: m.tokenAt(list[at].start), end: m.tokenAt(list[n-1].start) + 1, why: WhyID})
			return
		}
	}
	for at := range list {
		if !runStarts(list, at, joined) || at > 0 && list[at].sep == dashed && (isDigit(list[at-1].c) || afterLetters(list, at)) {
			continue
		}
		run, end := digitRun(list, at, joined)
		if spaced, e := digitRun(list, at, dashed); runStarts(list, at, dashed) && strings.HasSuffix(tail, spaced) {
			run, end = spaced, e
		}
		if len(run) < 3 || len(tail) < 4 || !strings.HasSuffix(tail, run) || beforeLetters(list, end) || end < len(list) && list[end].sep == dashed && isDigit(list[end].c) {
			continue
		}
		score := 0.5 + 0.4*float64(len(run))/float64(len(tail))
		if len(run) >= 4 {
			score = max(score, 0.8)
		}
		if m.s.tailBefore(list[at].start) {
			score = max(score, 0.9)
		}
		if len(run) == len(tail) {
			score = 0.95
		} else if m.s.isAmount(list[at].start, list[end-1].end) {
			continue
		}
		m.add(i, evidence{score: score, start: m.tokenAt(list[at].start), end: m.tokenAt(list[end-1].start) + 1, why: WhyID})
	}
}

// glyphsOf is the letters and digits of an id.
func glyphsOf(id string) string {
	b := make([]byte, 0, len(id))
	for i := range len(id) {
		c := id[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if alnum(c) {
			b = append(b, c)
		}
	}
	return string(b)
}

// sameGlyphs is the glyph behind plain if it stands at glyph at, else 0.
func (m *matcher) sameGlyphs(list []glyph, at int, plain string) int {
	if at+len(plain) > len(list) {
		return 0
	}
	for k := range len(plain) {
		if list[at+k].c != plain[k] || k > 0 && list[at+k].sep == parted {
			return 0
		}
	}
	return at + len(plain)
}

// idBounds reports whether the id stands alone: no digit or letter is joined to it, and an id with few digits
// isn't made of words that happen to follow each other.
func (m *matcher) idBounds(list []glyph, at, end int, id string) bool {
	if at > 0 && list[at].sep == joined && isDigit(list[at].c) == isDigit(list[at-1].c) {
		return false
	}
	if end < len(list) && list[end].sep <= joined && isDigit(list[end].c) == isDigit(list[end-1].c) || end < len(list) && list[end].sep == dashed && isDigit(list[end].c) {
		return false
	}
	n := 0
	for k := at; k < end; k++ {
		if isDigit(list[k].c) {
			n++
		}
		if list[k].sep == spaced && k > at && n < 3 && !isDigit(list[k].c) {
			return false
		}
	}
	if n < 3 && strings.ContainsAny(id, "-_") {
		for k := at + 1; k < end; k++ {
			if list[k].sep == dashed {
				return true
			}
		}
		return n > 0 && end-at > 3
	}
	return true
}

// tailOf looks for the last four digits of a card.
func (m *matcher) tailOf(i int, last string, list []glyph) {
	for at := range list {
		if !runStarts(list, at, joined) {
			continue
		}
		run, end := digitRun(list, at, joined)
		if run != last || beforeLetters(list, end) || m.s.isAmount(list[at].start, list[end-1].end) {
			continue
		}
		score := 0.85
		if said, alone := m.s.saysTail(list, at, end); said || alone {
			score = 0.97
		}
		m.add(i, evidence{score: score, start: m.tokenAt(list[at].start), end: m.tokenAt(list[end-1].start) + 1, why: WhyAttribute})
	}
}

// tokenAt is the token that the byte of source.low lies in.
func (m *matcher) tokenAt(at int) int {
	lo, hi := 0, len(m.s.tokens)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if m.s.tokens[mid].start <= at {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
