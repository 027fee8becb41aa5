package demo

import "strings"

// samePhone compares a phone on file, with its country code, with one as somebody typed it: by digits, and the country
// code or the zeros that stand for it may be missing.
func samePhone(file, typed string) bool {
	a, b := digitsOf(file), strings.TrimLeft(digitsOf(typed), "0")
	if len(b) < leastPhone || !strings.HasSuffix(a, b) {
		return false
	}
	missing := len(a) - len(b)
	return missing == 0 || missing <= mostCountryCode && strings.HasPrefix(strings.TrimSpace(file), "+")
}

const (
	leastPhone      = 7
	mostCountryCode = 3
)

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return r
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, text)
}
