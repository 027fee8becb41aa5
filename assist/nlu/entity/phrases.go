package entity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// phraseSet finds the longest of many phrases that stands at a place, by their first tokens.
type phraseSet map[string][]string

// phrases makes a set.
func phrases(list ...string) phraseSet {
	set := make(phraseSet, len(list))
	for _, p := range list {
		set[firstToken(p)] = append(set[firstToken(p)], p)
	}
	for _, same := range set {
		slices.SortStableFunc(same, func(a, b string) int { return len(b) - len(a) })
	}
	return set
}

// firstToken is the first word, number, Chinese character or mark of a phrase.
func firstToken(p string) string {
	r, size := utf8.DecodeRuneInString(p)
	k := kindOf(r)
	if k == han || k == mark {
		return p[:size]
	}
	end := strings.IndexFunc(p, func(r rune) bool { return kindOf(r) != k && r != '\'' })
	if end < 0 {
		return p
	}
	return p[:end]
}

// longest is the token behind the longest phrase of the set at token i, 0 if none stands there.
func (s *source) longest(i int, set phraseSet) int {
	if i < 0 || i >= len(s.tokens) {
		return 0
	}
	return s.afterAny(i, set[s.tokens[i].text]...)
}

// table finds the value of the longest of many phrases that stands at a place.
type table[V any] map[string][]entry[V]

// entry is a phrase and what it means.
type entry[V any] struct {
	phrase string
	value  V
}

// tableOf makes a table. Of the same phrase twice, the first counts.
func tableOf[V any](list ...entry[V]) table[V] {
	t := make(table[V], len(list))
	for _, e := range list {
		t[firstToken(e.phrase)] = append(t[firstToken(e.phrase)], e)
	}
	for _, same := range t {
		slices.SortStableFunc(same, func(a, b entry[V]) int { return len(b.phrase) - len(a.phrase) })
	}
	return t
}

// at is the value of the longest phrase at token i of s and the token behind it, 0 if none stands there.
func (t table[V]) at(s *source, i int) (value V, end int) {
	if i < 0 || i >= len(s.tokens) {
		return value, 0
	}
	for _, e := range t[s.tokens[i].text] {
		if end = s.after(i, e.phrase); end > 0 {
			return e.value, end
		}
	}
	return value, 0
}

// has reports whether one of the phrases stands anywhere.
func (s *source) has(set phraseSet) bool {
	for i := range s.tokens {
		if s.longest(i, set) > 0 {
			return true
		}
	}
	return false
}
