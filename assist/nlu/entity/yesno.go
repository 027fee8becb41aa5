package entity

import (
	"slices"
	"strings"
)

// Verdict is what an answer to a yes-or-no question comes to.
type Verdict uint8

// The verdicts. The zero value is Unclear.
const (
	Unclear Verdict = iota
	Yes
	No
)

// Why an answer that has a yes in it is none.
const (
	Conditional = "conditional" // "yes if it is free"
	Reported    = "reported"    // "my wife says yes"
	Correction  = "correction"  // "yes but to 200"; also values said again, which the caller compares
	Question    = "question"    // "yes?"
	Addressed   = "addressed"   // "yes honey": a yes to somebody else
	Hedged      = "hedged"      // "I think so", 应该可以吧
)

// Answer is how a yes-or-no question was answered.
type Answer struct {
	Verdict Verdict
	Reason  string // with Unclear, why a yes in the text doesn't count; else ""
}

// YesNo reads the answer to a read-back. It is strict: only the customer's own, direct and unconditional yes
// is Yes; what else there is in the text must be courtesy or the errand said again. "Never mind" and "cancel"
// are No. action is words for what would be done (cancel, 取消): "yes, cancel it" is a yes to a cancellation only,
// and without action, when that isn't known, to nothing. language is that of the conversation.
func YesNo(text, language string, action ...string) Answer {
	s := newSource(text)
	r := reply{s: s, cancels: slices.ContainsFunc(action, isCancel), action: strings.Join(action, " ")}
	for i := 0; i < len(s.tokens); {
		next := r.read(i)
		i = max(next, i+1)
	}
	r.close()
	return r.answer()
}

func isCancel(w string) bool {
	s := readSource(w)
	return s.has(cancelPhrases)
}

// reply counts what a text says, from left to right.
type reply struct {
	s       *source
	cancels bool   // the errand is a cancellation
	action  string // words for what would be done

	yes, no, cancel                  int
	parts                            int  // of other words and wishes, that would be a yes alone
	strong                           bool // the yes is more than an ok
	first                            Verdict
	condition, report, correction    bool
	opened                           bool // a condition stands before any yes or no
	question, addressed, hedge, wait bool
	figures                          bool
	unknown                          int // words, or Chinese characters, that say something else
	clause                           clause
}

// clause is what is known of the clause that is being read: a yes counts only for what else stands with it.
type clause struct {
	start   int
	said    []saying
	strange int // of unknown
	foreign int // words for another errand than the one that was read back
}

// saying is a yes or a no in a clause.
type saying struct {
	verdict    Verdict
	start, end int
	before     int // of what is strange, before it
}

// read takes what begins at token i and returns the token behind it.
func (r *reply) read(i int) int {
	s := r.s
	if s.kind(i) == mark {
		return r.mark(i)
	}
	if s.kind(i) == han && i > r.clause.start && !s.glued(i) && s.kind(i-1) == han { // a space is a comma to many
		r.close()
		r.clause = clause{start: i}
	}
	if s.kind(i) == han && (s.is(i+1, "吧") || len(s.tokens) == 1) && !r.cancelsAt(i) && s.longest(i, noPhrases) == 0 && strings.Contains(r.action, s.word(i)) { // 换吧, where the errand is 换货
		r.say(Yes, i, min(i+2, len(s.tokens)))
		return i + 2
	}
	if i == r.clause.start && s.is(i, "is", "are", "was", "were", "am", "has", "have", "did", "does", "do", "can", "could", "will", "would", "should") &&
		s.is(i+1, "my", "the", "i", "we", "you", "it", "that", "this", "these", "there", "an", "a", "he", "she", "they") && !(s.is(i, "do", "have") && s.is(i+1, "it", "that", "this", "a")) {
		r.question = true
	}
	n, end := signalAt.at(s, i)
	if w := squeezed(s.word(i)); end == 0 && w != "" {
		if len(yesPhrases[w]) > 0 && yesPhrases[w][len(yesPhrases[w])-1] == w {
			r.say(Yes, i, i+1)
			return i + 1
		}
		if w == "no" || w == "nope" {
			r.say(No, i, i+1)
			return i + 1
		}
	}
	if end == 0 {
		r.other(i)
		return i + 1
	}
	signals[n].means(r, i, end)
	return end
}

// cancelsAt reports whether a word for cancelling stands at token i, or ends there.
func (r *reply) cancelsAt(i int) bool {
	return r.s.longest(i, cancelPhrases) > 0 || i > 0 && r.s.longest(i-1, cancelPhrases) > 0
}

// mark takes punctuation and pictures.
func (r *reply) mark(i int) int {
	switch w := r.s.word(i); {
	case strings.Contains("👍👌✅✔🆗🙆", w):
		r.say(Yes, i, i+1)
	case strings.Contains("👎❌✖🙅🚫", w):
		r.say(No, i, i+1)
	case w == "?":
		r.question = true
	case w == "@" && r.s.glued(i) && r.s.glued(i+1): // an address of e-mail: a value
		r.figures = true
	case w == "@":
		r.addressed = true
	}
	if r.s.is(i, ",", ".", "!", "?", ";", "。", "、", "…", ":") {
		r.close()
		r.clause = clause{start: i + 1}
	}
	return i + 1
}

// other takes a word that no list has.
func (r *reply) other(i int) {
	weight := 2
	switch r.s.kind(i) {
	case digit:
		r.figures = true
		return
	case han:
		weight = 1
		if hanDigit(r.s.word(i)) > 0 || hanUnit(r.s.word(i)) > 0 {
			r.figures = true
		}
	default:
		if wordValue(r.s.word(i)) >= 0 && !r.s.is(i, "one") || scaleOf(r.s.word(i)) > 0 {
			r.figures = true
		}
	}
	r.unknown += weight
	r.clause.strange += weight
}

// errand takes a word for an errand: the one that was read back is only said again, another one is something else.
func (r *reply) errand(i, end int) {
	if r.action == "" {
		return
	}
	var said strings.Builder
	for k := i; k < end; k++ {
		said.WriteString(r.s.word(k))
	}
	if !strings.Contains(strings.ReplaceAll(strings.ToLower(r.action), " ", ""), said.String()) {
		r.clause.foreign++
	}
}

// say notes a yes or no. A yes with a "not" before it in the same clause, or right behind it, is a no.
func (r *reply) say(v Verdict, i, end int) {
	if v == Yes && (r.denied(i) || r.s.is(end, "not")) {
		v = No
	}
	r.clause.said = append(r.clause.said, saying{v, i, end, r.clause.strange})
}

// close ends a clause: what was said in it counts, but for a yes that is only a part of something else.
func (r *reply) close() {
	for _, x := range r.clause.said {
		switch {
		case x.verdict == Yes && !r.counts(x):
			r.parts++
			continue
		case r.first == Unclear:
			r.first = x.verdict
		}
		if x.verdict == No {
			r.no++
			continue
		}
		r.yes++
		r.strong = r.strong || r.s.longest(x.start, weakPhrases) < x.end
	}
	r.clause.said = nil
}

// counts reports whether a yes is one for what stands beside it in the clause. 行 in 银行卡 is none, 要 in 要多久 neither, nor
// is "great" in "great service"; "yes" and 确认 bear a word that nobody knows behind them.
func (r *reply) counts(x saying) bool {
	c := r.clause
	one := r.s.kind(x.start) == han && x.end == x.start+1
	switch {
	case one, r.s.longest(x.start, weakPhrases) >= x.end, r.s.longest(x.start, frailPhrases) >= x.end:
		return c.strange == 0 && c.foreign == 0
	case r.s.kind(x.start) == han:
		return x.before == 0 && c.foreign == 0
	}
	return x.before == 0
}

// denied reports whether a "not" stands before token i in its clause.
func (r *reply) denied(i int) bool {
	for k := i - 1; k >= max(r.clause.start, i-4); k-- {
		if r.s.is(k, "not", "don't", "dont", "can't", "cannot", "cant", "won't", "wont", "isn't", "isnt", "doesn't", "never", "no", "aren't", "didn't", "wasn't", "wouldn't", "without", "不", "别", "没", "勿", "莫", "甭") {
			return true
		}
	}
	return false
}

// mostUnknown is how much a yes bears that says something else: one word, or two Chinese characters. It may well be the name
// of something that was not read back.
const mostUnknown = 2

// trails reports whether the text ends in dots: "ok…", 嗯…….
func (r *reply) trails() bool {
	n := len(r.s.tokens)
	return n > 0 && r.s.is(n-1, "…") || n > 1 && r.s.is(n-1, ".", "。") && r.s.is(n-2, ".", "。")
}

// answer weighs up what was said.
func (r *reply) answer() Answer {
	none := func(why string) Answer {
		if r.yes+r.parts == 0 {
			why = ""
		}
		return Answer{Unclear, why}
	}
	switch {
	case r.question:
		return none(Question)
	case r.report:
		return none(Reported)
	case r.addressed:
		return none(Addressed)
	case r.opened && r.yes+r.no > 0:
		return Answer{Unclear, Conditional}
	case r.yes == 0 && r.no+r.cancel > 0 && !r.hedge:
		return Answer{Verdict: No}
	case r.yes+r.parts == 0:
		return Answer{}
	case r.condition:
		return none(Conditional)
	case r.no > 0, r.correction, r.figures:
		return none(Correction)
	case r.cancel > 0 && !(r.strong && r.cancels && r.first == Yes):
		return none(Correction)
	case r.hedge, !r.strong && r.trails():
		return none(Hedged)
	case r.wait:
		return none(Conditional)
	case r.unknown > mostUnknown, r.yes == 0:
		return none("")
	}
	return Answer{Verdict: Yes}
}

// squeezed is a word without the letters that its end repeats: "yesss" is yes; "" if there are none.
func squeezed(w string) string {
	n := len(w)
	for n > 1 && w[n-1] == w[n-2] && isLatin(w[n-1]) {
		n--
	}
	if n == len(w) {
		return ""
	}
	return w[:n]
}
