package verify

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
)

// typed is a six-digit code in a text, in bytes.
type typed struct {
	start, end int
	digits     string
}

// find finds what may be one-time codes, in any of the ways that people type six digits: in one piece or in even groups,
// in full width, in Chinese figures, spelt out. A number that is longer, an amount or a part of an id is none.
func find(text string) []typed {
	found := figures(text)
	for _, s := range entity.Codes(text) {
		t := typed{s.Start, s.End, s.Text}
		if t.start >= 0 && t.end <= len(text) && t.start < t.end && !slices.ContainsFunc(found, t.overlaps) {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(a, b typed) int { return cmp.Compare(a.start, b.start) })
	return found
}

func (t typed) overlaps(o typed) bool { return t.start < o.end && o.start < t.end }

// group is digits without anything between them that shows.
type group struct {
	start, end int
	digits     string
}

// figures finds runs of six digits.
func figures(text string) []typed {
	var found []typed
	groups := split(text)
	for i := 0; i < len(groups); {
		n := i + 1
		for n < len(groups) && joins(text[groups[n-1].end:groups[n].start]) {
			n++
		}
		found = append(found, codesIn(text, groups[i:n])...)
		i = n
	}
	return found
}

// codesIn finds the codes in a chain of groups: all of it, or groups of six.
func codesIn(text string, chain []group) []typed {
	whole := typed{start: chain[0].start, end: chain[len(chain)-1].end}
	even := true
	for _, g := range chain {
		whole.digits += g.digits
		even = even && len(g.digits) == len(chain[0].digits)
	}
	if len(whole.digits) == 6 && even {
		if stands(text, whole) {
			return []typed{whole}
		}
		return nil
	}
	var found []typed
	for _, g := range chain {
		if t := typed(g); len(g.digits) == 6 && stands(text, t) {
			found = append(found, t)
		}
	}
	return found
}

// split cuts the groups of digits out of a text.
func split(text string) []group {
	var groups []group
	var open *group
	for at, r := range text {
		n, ok := digit(r)
		switch {
		case ok && open == nil:
			groups = append(groups, group{start: at})
			open = &groups[len(groups)-1]
			fallthrough
		case ok:
			open.digits += string(rune('0' + n))
			open.end = at + utf8.RuneLen(r)
		case open != nil && unicode.Is(unicode.Cf, r): // invisible: the digits still read as one
		default:
			open = nil
		}
	}
	return groups
}

// digit is the value of a decimal digit of any script, or of a Chinese figure.
func digit(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < utf8.RuneSelf {
		return 0, false
	}
	if n, ok := decimal(r); ok {
		return n, true
	}
	if n := strings.IndexRune("零一二三四五六七八九", r); n >= 0 {
		return n / len("零"), true
	}
	return 0, r == '〇'
}

// decimal is the value of a digit of another script. Each range of the table holds whole sets of ten.
func decimal(r rune) (int, bool) {
	for _, x := range unicode.Nd.R16 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return int(r-rune(x.Lo)) % 10, true
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return int(r-rune(x.Lo)) % 10, true
		}
	}
	return 0, false
}

// joins tells whether what stands between two groups leaves them one number.
func joins(between string) bool {
	n := 0
	for _, r := range between {
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Zs, r), unicode.Is(unicode.Pd, r), r == '\t':
			n++
		default:
			return false
		}
	}
	return n <= 2
}

// stands tells whether a number stands for itself: not with decimals, a currency, or letters before it as ids have.
func stands(text string, t typed) bool {
	before, n := utf8.DecodeLastRuneInString(text[:t.start])
	further, _ := utf8.DecodeLastRuneInString(text[:t.start-n])
	after, m := utf8.DecodeRuneInString(text[t.end:])
	beyond, _ := utf8.DecodeRuneInString(text[t.end+m:])
	_, left := digit(further)
	_, right := digit(beyond)
	switch {
	case strings.ContainsRune(".,，．", before) && left, strings.ContainsRune(".,，．", after) && right:
		return false
	case unicode.Is(unicode.Sc, before), strings.ContainsRune("元块万%", after), unicode.Is(unicode.Sc, after):
		return false
	case unicode.Is(unicode.Latin, before), unicode.Is(unicode.Latin, after):
		return false
	}
	return true
}

// withoutDigits hides every digit.
func withoutDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := digit(r); ok {
			return '•'
		}
		return r
	}, text)
}
