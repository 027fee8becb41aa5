package field

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/ui/text"
)

// shape sorts characters for moving and selecting by words. Chinese has no spaces; every Han character counts as a
// word of its own for Ctrl+arrow, and a run of them is what a double click takes.
type shape uint8

const (
	blanks shape = iota
	letters
	hans
	marks
)

func shapeOf(r rune) shape {
	switch {
	case unicode.IsSpace(r):
		return blanks
	case unicode.Is(unicode.Han, r), unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return hans
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_', r == '\'', r == '’':
		return letters
	}
	return marks
}

func shapeAt(s string, i int) shape {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return shapeOf(r)
}

// wordRight returns where Ctrl+Right goes from i: behind the word, as the platform's editors do.
func wordRight(s string, i int) int {
	for i < len(s) && shapeAt(s, i) == blanks {
		i = text.Next(s, i)
	}
	if i >= len(s) {
		return len(s)
	}
	kind := shapeAt(s, i)
	i = text.Next(s, i)
	for kind != hans && i < len(s) && shapeAt(s, i) == kind {
		i = text.Next(s, i)
	}
	return i
}

// wordLeft returns where Ctrl+Left goes from i: to the start of the word.
func wordLeft(s string, i int) int {
	for i > 0 && shapeAt(s, text.Prev(s, i)) == blanks {
		i = text.Prev(s, i)
	}
	if i == 0 {
		return 0
	}
	i = text.Prev(s, i)
	kind := shapeAt(s, i)
	for kind != hans && i > 0 && shapeAt(s, text.Prev(s, i)) == kind {
		i = text.Prev(s, i)
	}
	return i
}

// wordAround returns the word at i, for a double click.
func wordAround(s string, i int) (from, to int) {
	if s == "" {
		return 0, 0
	}
	at := i
	if at >= len(s) || s[at] == '\n' && at > 0 && s[at-1] != '\n' {
		at = text.Prev(s, at)
	}
	kind := shapeAt(s, at)
	from, to = at, text.Next(s, at)
	for from > 0 && shapeAt(s, text.Prev(s, from)) == kind && s[text.Prev(s, from)] != '\n' {
		from = text.Prev(s, from)
	}
	for to < len(s) && shapeAt(s, to) == kind && s[to] != '\n' {
		to = text.Next(s, to)
	}
	return from, to
}

// paragraphAround returns the line of s, between line breaks, that i lies in, for a triple click.
func paragraphAround(s string, i int) (from, to int) {
	from = strings.LastIndexByte(s[:i], '\n') + 1
	to = len(s)
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		to = i + n
	}
	return from, to
}
