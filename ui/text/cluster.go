package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// next decodes the first rune of the grapheme cluster of s that starts at i; first is the end of that rune,
// end the end of the cluster.
func next(s string, i int) (r rune, first, end int) {
	if c := s[i]; c < utf8.RuneSelf {
		r, first = rune(c), i+1
	} else {
		var n int
		r, n = utf8.DecodeRuneInString(s[i:])
		first = i + n
	}
	if first == len(s) || plain(r) && s[first] < utf8.RuneSelf {
		return r, first, first
	}
	if after, _ := utf8.DecodeRuneInString(s[first:]); plain(after) && (plain(r) || r != 0x200d) {
		return r, first, first
	}
	return r, first, clusterEnd(s, i)
}

// plain reports whether r neither joins what stands before it nor what comes after it: the Latin, Greek and
// Cyrillic letters, Han, kana and the usual punctuation, which is all of nearly every message.
func plain(r rune) bool {
	switch {
	case r < 0x300:
		return r != 0xa9 && r != 0xae && r != 0xad
	case r >= 0x370 && r < 0x483, r >= 0x48a && r < 0x530:
		return true
	case r >= 0x2010 && r < 0x2028, r >= 0x20a0 && r < 0x20c0:
		return true
	case r >= 0x3001 && r < 0x302a, r >= 0x3041 && r < 0x3097, r >= 0x309b && r < 0x3297:
		return true
	case r >= 0x3400 && r < 0xa000:
		return true
	case r >= 0xff01 && r < 0xff9e:
		return true
	}
	return false
}

// clusterEnd finds the end of the cluster at i by Unicode's rules (UAX #29). It looks at a bounded stretch
// only: a heap of a thousand combining marks is cut into several clusters rather than measured again and
// again. An invalid byte is a cluster of its own.
func clusterEnd(s string, i int) int {
	const stretch = 128 // runes
	end := i
	for range stretch {
		r, n := utf8.DecodeRuneInString(s[end:])
		if n == 0 || r == utf8.RuneError && n == 1 {
			break
		}
		end += n
	}
	it := graphemes.FromString(s[i:end])
	if end == i || !it.Next() || len(it.Value()) == 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		return i + n
	}
	return i + len(it.Value())
}

// combines reports whether rest, what follows the first rune of a cluster, is drawn onto it without widening
// it: combining marks.
func combines(rest string) bool {
	for _, r := range rest {
		if !unicode.Is(unicode.Mn, r) || r >= 0xfe00 && r < 0xfe10 || r == 0x20e3 {
			return false
		}
	}
	return true
}

// Next returns the end of the grapheme cluster (what a person sees as one character) that starts at i; at the
// end of s it returns len(s).
func Next(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	_, _, end := next(s, max(0, i))
	return end
}

// Prev returns the start of the grapheme cluster that ends at i; at the start of s it returns 0.
func Prev(s string, i int) int {
	if i <= 0 {
		return 0
	}
	i = min(i, len(s))
	// Clusters are found from the left, so go back to where one surely begins: between two plain runes.
	const farthest = 512
	r, n := utf8.DecodeLastRuneInString(s[:i])
	from := i - n
	for from > 0 && i-from < farthest {
		before, size := utf8.DecodeLastRuneInString(s[:from])
		if plain(before) && plain(r) {
			break
		}
		r, from = before, from-size
	}
	last := from
	for at := from; at < i; at = Next(s, at) {
		last = at
	}
	return last
}
