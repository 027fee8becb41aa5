package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean drops what can't be seen: control characters but line feed and tab, zero-width characters, those
// that turn the direction of writing, and bytes that are no UTF-8. Nothing else changes. What a bot repeats,
// and what it stores as a value, goes through it.
func Clean(text string) string {
	if isClean(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size <= 1 {
				continue
			}
		}
		if r == '\n' || r == '\t' || !hidden(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isClean(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// Visible reports whether the text has a character that can be seen.
func Visible(text string) bool {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size <= 1 {
				continue
			}
		}
		if !unicode.IsSpace(r) && !hidden(r) && !unicode.Is(unicode.M, r) {
			return true
		}
	}
	return false
}

// hidden tells characters that leave no mark on the screen or only change how others are shown. White space
// is not among them. The last ones are letters and symbols of Unicode that are drawn as nothing.
func hidden(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f'
	case r < 0x7f:
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Variation_Selector):
		return r != 0x85
	}
	switch r {
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0:
		return true
	}
	return false
}
