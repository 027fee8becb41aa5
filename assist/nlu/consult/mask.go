package consult

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
)

// longest is how much of a text is sent, in characters: what somebody wants stands near its beginning.
const longest = 500

// figures are numbers that may tell who somebody is: accounts, orders, phones, postcodes, years of birth.
var figures = regexp.MustCompile(`\p{Nd}(?:[\p{Nd} .\-]*\p{Nd}){3,}`)

// mask hides what tells who the customer is: secrets, e-mail and postal addresses, phones, the names given, and all
// figures of four digits and more. What is left tells what is wanted.
func mask(text string, names []string) string {
	text = entity.Mask(text)
	text = without(text, entity.Emails(text), "[email]")
	for _, language := range []string{"en", "zh"} {
		text = without(text, entity.Addresses(text, language), "[address]")
	}
	for _, name := range withParts(names) {
		text = regexp.MustCompile(bounds(name)).ReplaceAllLiteralString(text, "[name]")
	}
	text = figures.ReplaceAllLiteralString(text, "[number]")
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest])
	}
	return text
}

func without(text string, spans []entity.Span, instead string) string {
	slices.SortFunc(spans, func(a, b entity.Span) int { return cmp.Compare(b.Start, a.Start) })
	end := len(text)
	for _, s := range spans { // from the back, so that the places in front stay where they are
		if s.End <= end {
			text, end = text[:s.Start]+instead+text[s.End:], s.Start
		}
	}
	return text
}

// withParts adds first names and family names to whole ones, the longest first.
func withParts(names []string) []string {
	var out []string
	for _, n := range names {
		n = strings.TrimSpace(n)
		for _, part := range append([]string{n}, strings.Fields(n)...) {
			if utf8.RuneCountInString(part) >= 2 && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return out
}

// bounds is a pattern for a name in any letter case: between word boundaries where the script has such.
func bounds(name string) string {
	p := regexp.QuoteMeta(name)
	if first, _ := utf8.DecodeRuneInString(name); first < utf8.RuneSelf {
		p = `\b` + p
	}
	if last, _ := utf8.DecodeLastRuneInString(name); last < utf8.RuneSelf {
		p += `\b`
	}
	return `(?i)` + p
}
