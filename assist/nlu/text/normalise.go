// Package text turns what a customer typed into what the classifiers count: a normalised form, tokens, stems
// and hashed features. It knows no intents and keeps no state; everything in it is a pure function that never
// panics, whatever bytes come in. It starts no goroutines.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxRunes bounds how much of a text is looked at. What somebody wants stands in the first lines; a pasted
// novel must not cost a hundred times a message.
const MaxRunes = 1000

// Normalise folds what writes alike: full-width forms (NFKC), case, quotes, runs of white space. Control,
// zero-width and bidirectional characters go, since they only hide what a text says; invalid UTF-8 becomes
// white space. The result has no space at its ends.
func Normalise(s string) string {
	var b strings.Builder
	b.Grow(min(len(s), 4*MaxRunes))
	space, n := true, 0
	for _, r := range norm.NFKC.String(firstRunes(s, MaxRunes)) {
		r = fold(r)
		if r < 0 || r == ' ' && space {
			continue
		}
		if n++; n > MaxRunes {
			break
		}
		space = r == ' '
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ")
}

// firstRunes is the beginning of s, at most n runes long.
func firstRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// fold maps one rune of a text: -1 drops it.
func fold(r rune) rune {
	switch r {
	case '\u2018', '\u2019', '\u02bc', '`', '\u00b4':
		return '\''
	case '\u201c', '\u201d':
		return '"'
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return '-'
	case utf8.RuneError:
		return ' '
	}
	switch {
	case r < 0x80 && r > ' ' && r != 0x7f:
		return unicode.ToLower(r)
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Variation_Selector):
		return -1
	}
	return unicode.ToLower(r)
}
