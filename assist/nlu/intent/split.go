package intent

import (
	"unicode/utf8"

	"deskhand/assist/nlu"
)

// Part is one errand of a message.
type Part struct {
	Text       string
	Start, End int // bytes in the message
	Reading    nlu.Reading
}

// demand is how sure each side of a cut must be.
type demand struct{ confidence, margin float64 }

// What cuts demand; measured on pairs of held-out phrases against phrases with a background told before or after.
const (
	mostParts    = 4
	longestSplit = 600 // bytes; longer messages are stories, and are read whole
	heard        = .01 // what the whole message must give to both sides of a cut that nothing marks
)

// Split cuts a message that holds several errands into its parts, in order. It cuts at punctuation and at words
// that join clauses, and only where both sides are confidently different intents, neither out of scope. A clause that
// only tells how things are is the background of one that asks or orders, unless a word says that something more comes
// ("also", 顺便) or what it tells of is urgent, such as a stolen card. What is in doubt stays together.
// urgent tells which intents are, nil for none. There is always at least one part, and the parts cover every word of the message.
func Split(message string, c nlu.Classifier, urgent func(intent string) bool) []Part {
	s := splitter{message: message, reader: c, urgent: urgent, whole: c.Read(message)}
	one := []Part{{Text: message, End: len(message), Reading: s.whole}}
	if len(message) > longestSplit {
		return one
	}
	clauses := clausesOf(message)
	if len(clauses) == 1 {
		return one
	}
	groups := s.group(clauses)
	if len(groups) == 1 {
		return one
	}
	parts := make([]Part, len(groups))
	for i, g := range groups {
		start, end := g.clauses[0].start, g.clauses[len(g.clauses)-1].end
		g.reading.OutOfScope = g.reading.OutOfScope && s.whole.OutOfScope
		parts[i] = Part{Text: message[start:end], Start: start, End: end, Reading: g.reading}
	}
	return parts
}

// splitter is one message while it is cut.
type splitter struct {
	message string
	reader  nlu.Classifier
	urgent  func(intent string) bool
	whole   nlu.Reading
}

// group is clauses that belong together.
type group struct {
	clauses []clause
	reading nlu.Reading
}

// states tells whether no clause of the group asks or orders.
func (g group) states() bool {
	for _, c := range g.clauses {
		if !c.states {
			return false
		}
	}
	return true
}

// group joins neighbouring clauses of one errand.
func (s splitter) group(clauses []clause) []group {
	groups := []group{s.of(clauses[:1])}
	for i, c := range clauses[1:] {
		next, last := s.of(clauses[i+1:i+2]), &groups[len(groups)-1]
		if len(groups) < mostParts && s.cuts(*last, next, c) {
			groups = append(groups, next)
			continue
		}
		*last = s.of(append(last.clauses, c))
	}
	for i := 1; i < len(groups); { // joining may have made a group unsure, or two groups alike
		if s.cuts(groups[i-1], groups[i], groups[i].clauses[0]) {
			i++
			continue
		}
		groups[i-1] = s.of(append(groups[i-1].clauses, groups[i].clauses...))
		groups = append(groups[:i], groups[i+1:]...)
		i = max(i-1, 1)
	}
	return groups
}

// cuts tells whether a second errand begins with the clause.
func (s splitter) cuts(before, after group, at clause) bool {
	if before.reading.Best().Intent == after.reading.Best().Intent {
		return false
	}
	both := func(d demand) bool { return sure(before.reading, d) && sure(after.reading, d) }
	if at.more {
		return both(demand{.3, .1}) || !s.whole.OutOfScope && plausible(before) && plausible(after)
	}
	if s.background(before) || s.background(after) {
		return false
	}
	if at.sentence && both(demand{.7, .4}) || both(demand{.85, .7}) {
		return true
	}
	return both(demand{.4, .15}) && min(s.share(before), s.share(after)) >= heard
}

// background tells whether a group only tells how things are, and that not of what is urgent.
func (s splitter) background(g group) bool {
	return g.states() && !(s.urgent != nil && s.urgent(g.reading.Best().Intent) && sure(g.reading, demand{.9, .8}))
}

// share is what the reading of the whole message gives to what a group is read as.
func (s splitter) share(g group) float64 {
	intent := g.reading.Best().Intent
	for _, r := range s.whole.Ranked {
		if r.Intent == intent {
			return r.Confidence
		}
	}
	return 0
}

// plausible is enough for both sides of a word that says that something else comes: a clause is often too short to look
// like what is known.
func plausible(g group) bool { return g.reading.Best().Confidence >= .4 }

// sure tells whether a reading is taken for granted.
func sure(r nlu.Reading, d demand) bool {
	return !r.OutOfScope && r.Best().Confidence >= d.confidence && r.Margin >= d.margin
}

// of reads clauses as one errand. All of them together were read before anything else.
func (s splitter) of(clauses []clause) group {
	text := s.message[clauses[0].begin:clauses[len(clauses)-1].end]
	if text == s.message {
		return group{clauses: clauses, reading: s.whole}
	}
	return group{clauses: clauses, reading: s.reader.Read(text)}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
