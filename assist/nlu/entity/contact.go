package entity

import "strings"

// Emails finds e-mail addresses, also "bo at example dot com". Text is the address itself, in lower case.
func Emails(text string) []Span {
	s := newSource(text)
	var found []Span
	for i := 0; i < len(s.low); i++ {
		if s.low[i] != '@' {
			continue
		}
		start, end := i, i+1
		for start > 0 && localByte(s.low[start-1]) {
			start--
		}
		for end < len(s.low) && (alnum(s.low[end]) || s.low[end] == '.' || s.low[end] == '-') {
			end++
		}
		for start < i && s.low[start] == '.' {
			start++
		}
		for end > i && (s.low[end-1] == '.' || s.low[end-1] == '-') {
			end--
		}
		if start < i && domain(s.low[i+1:end]) {
			span := s.bytes(start, end)
			span.Text = s.low[start:end]
			found = append(found, span)
			i = end - 1
		}
	}
	return append(found, s.spokenEmails()...)
}

func alnum(c byte) bool { return isLatin(c) || isDigit(c) }

func localByte(c byte) bool { return alnum(c) || strings.IndexByte("._%+-", c) >= 0 }

// domain reports whether the text is labels with dots between them, the last one of letters.
func domain(d string) bool {
	labels := strings.Split(d, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) >= 2 && len(last) >= 2 && plainLatin(last)
}

// spokenEmails finds addresses with words for their signs: "bo at example dot com", "bob (at) example (dot) net".
func (s *source) spokenEmails() []Span {
	var found []Span
	for i := 1; i < len(s.tokens); i++ {
		next, sure := s.spokenSign(i, "at", "艾特")
		if next == 0 {
			continue
		}
		start := s.localStart(i)
		host, end, dots := s.spokenHost(next)
		if start == i || end == 0 || dots == 0 && !sure || !domain(host) {
			continue
		}
		span := s.span(start, end)
		span.Text = s.spokenLocal(start, i) + "@" + host
		found = append(found, span)
		i = end - 1
	}
	return found
}

// spokenSign reads a sign's name at token i, in brackets or not; sure tells that it had brackets.
func (s *source) spokenSign(i int, names ...string) (next int, sure bool) {
	if s.is(i, "(", "[", "{", "<") && s.is(i+2, ")", "]", "}", ">") && s.is(i+1, names...) {
		return i + 3, true
	}
	if j := s.after(i, "艾特"); j > 0 && names[0] == "at" {
		return j, true
	}
	if s.is(i, names...) {
		return i + 1, false
	}
	return 0, false
}

// localStart is the first token of the part before the at at token i: what is glued together, and what "dot"
// joins to it.
func (s *source) localStart(i int) int {
	start := i
	for start > 0 {
		k := start - 1
		if start < i && s.tokens[start].gap {
			if s.is(k, "dot", "underscore", "dash") && k > 0 && (s.kind(k-1) == word || s.kind(k-1) == digit) {
				start = k - 1
				continue
			}
			break
		}
		if s.kind(k) != word && s.kind(k) != digit && !s.is(k, ".", "_", "-", "+") || s.is(k, "dot", "underscore") {
			break
		}
		start = k
	}
	return start
}

func (s *source) spokenLocal(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		switch s.word(i) {
		case "dot":
			b.WriteByte('.')
		case "underscore":
			b.WriteByte('_')
		case "dash":
			b.WriteByte('-')
		default:
			b.WriteString(s.word(i))
		}
	}
	return b.String()
}

// spokenHost reads the labels of a domain from token i on, and how many of its dots were said.
func (s *source) spokenHost(i int) (host string, end, dots int) {
	var b strings.Builder
	for i < len(s.tokens) && (s.kind(i) == word || s.kind(i) == digit) && plainLatin(strings.Trim(s.word(i), "0123456789")) {
		b.WriteString(s.word(i))
		end = i + 1
		next, _ := s.spokenSign(end, "dot", "点")
		said := next > 0
		if !said && s.glued(end) && s.glued(end+1) && s.is(end, ".") {
			next = end + 1
		}
		if !said && s.glued(end) && s.glued(end+1) && s.is(end, "-") {
			b.WriteByte('-')
			i = end + 1
			continue
		}
		if next == 0 || s.kind(next) != word && s.kind(next) != digit {
			break
		}
		if said {
			dots++
		}
		b.WriteByte('.')
		i = next
	}
	return b.String(), end, dots
}
