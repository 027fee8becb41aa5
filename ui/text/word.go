package text

import (
	"unicode"
	"unicode/utf8"
)

// shape sorts characters for moving and selecting by words. Chinese has no spaces; every Han character counts as a
// word of its own for Ctrl+arrow, and a run of them is what a double click takes.
type shape uint8

const (
	blankShape shape = iota
	letterShape
	hanShape
	markShape
)

func shapeOf(r rune) shape {
	switch {
	case unicode.IsSpace(r):
		return blankShape
	case unicode.Is(unicode.Han, r), unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return hanShape
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_', r == '\'', r == '’':
		return letterShape
	}
	return markShape
}

func shapeAt(s string, i int) shape {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return shapeOf(r)
}

// WordRight returns where Ctrl+Right goes from i: behind the word, as the platform's editors do.
func WordRight(s string, i int) int {
	for i < len(s) && shapeAt(s, i) == blankShape {
		i = Next(s, i)
	}
	if i >= len(s) {
		return len(s)
	}
	kind := shapeAt(s, i)
	i = Next(s, i)
	for kind != hanShape && i < len(s) && shapeAt(s, i) == kind {
		i = Next(s, i)
	}
	return i
}

// WordLeft returns where Ctrl+Left goes from i: to the start of the word.
func WordLeft(s string, i int) int {
	for i > 0 && shapeAt(s, Prev(s, i)) == blankShape {
		i = Prev(s, i)
	}
	if i == 0 {
		return 0
	}
	i = Prev(s, i)
	kind := shapeAt(s, i)
	for kind != hanShape && i > 0 && shapeAt(s, Prev(s, i)) == kind {
		i = Prev(s, i)
	}
	return i
}

// Word returns the word at i, for a double click.
func Word(s string, i int) (from, to int) {
	if s == "" {
		return 0, 0
	}
	at := i
	if at >= len(s) || s[at] == '\n' && at > 0 && s[at-1] != '\n' {
		at = Prev(s, at)
	}
	kind := shapeAt(s, at)
	from, to = at, Next(s, at)
	for from > 0 && shapeAt(s, Prev(s, from)) == kind && s[Prev(s, from)] != '\n' {
		from = Prev(s, from)
	}
	for to < len(s) && shapeAt(s, to) == kind && s[to] != '\n' {
		to = Next(s, to)
	}
	return from, to
}
