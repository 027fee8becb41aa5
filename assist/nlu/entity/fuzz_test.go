package entity_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
)

// seeds are the texts of the tables, and some that are odd.
func seeds(f *testing.F, files ...string) {
	f.Helper()
	for _, name := range files {
		content, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		for n, line := range strings.Split(string(content), "\n") {
			text, _, _ := strings.Cut(line, "\t")
			if n%5 == 1 {
				f.Add(text[strings.LastIndexByte(text, '|')+1:])
			}
		}
	}
	for _, odd := range []string{"", " ", "\x00", "\xff\xfe", "\u202e5\u200b00", "½", "-", "+", "(", "@", "第", "点", "月", "周", "and", "a", "九九九九九九九九九九九九九九九九九九九九", strings.Repeat("9", 400), strings.Repeat("万", 50), "ﷺ", "İ", "1/1/1/1", "99999999月", "二月", "in 999 years", "999个月后", "1000 years ago"} {
		f.Add(odd)
	}
}

// within checks that a span lies in the text, at the boundaries of characters, and isn't empty.
func within(t *testing.T, text string, s entity.Span) {
	t.Helper()
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		t.Fatalf("span %d-%d of a text of %d bytes %q", s.Start, s.End, len(text), text)
	}
	for _, at := range []int{s.Start, s.End} {
		if utf8.ValidString(text) && at < len(text) && !utf8.RuneStart(text[at]) {
			t.Fatalf("span %d-%d cuts a character of %q", s.Start, s.End, text)
		}
	}
}

// check reads all there is in a text and checks what must always hold.
func check(t *testing.T, text string, c entity.Context) {
	t.Helper()
	for _, m := range entity.Amounts(text, c) {
		within(t, text, m.Span)
		if (m.Problem == "") != (m.Cents > 0) {
			t.Fatalf("%q: %d cents with the problem %q", text, m.Cents, m.Problem)
		}
	}
	for _, d := range entity.Dates(text, c) {
		within(t, text, d.Span)
		switch {
		case d.Invalid && !d.From.IsZero(), d.To.Before(d.From):
			t.Fatalf("%q: %+v", text, d)
		case !d.Invalid && !d.Vague && (d.Grain == 0 || d.From.IsZero()):
			t.Fatalf("%q: a certain date without a day: %+v", text, d)
		case d.Ambiguous && d.Other == nil && !d.Invalid:
			t.Fatalf("%q: ambiguous without another reading: %+v", text, d)
		}
	}
	for _, d := range entity.Durations(text) {
		within(t, text, d.Span)
	}
	for _, p := range entity.Phones(text, c) {
		within(t, text, p.Span)
		if len(p.E164) > 16 || p.E164 != "" && p.E164[0] != '+' {
			t.Fatalf("%q: E.164 %q", text, p.E164)
		}
	}
	for _, id := range entity.Identifiers(text, []entity.Pattern{{Kind: "a", Shape: "NW-9999999"}, {Kind: "b", Shape: "6222-9999"}, {Kind: "c", Shape: "??99"}, {Kind: "d", Shape: ""}, {Kind: "e", Shape: "-"}}) {
		within(t, text, id.Span)
	}
	for _, x := range entity.Codes(text) {
		within(t, text, x)
		if len(x.Text) != 6 || strings.Trim(x.Text, "0123456789") != "" {
			t.Fatalf("%q: code %q", text, x.Text)
		}
	}
	spans := entity.Emails(text)
	for _, t := range entity.CardTails(text) {
		spans = append(spans, t.Span)
	}
	spans = append(spans, entity.Addresses(text, "en")...)
	for _, x := range append(spans, entity.Languages(text)...) {
		within(t, text, x)
	}
	for _, n := range entity.Numbers(text) {
		within(t, text, n.Span)
	}
	for _, o := range entity.Ordinals(text) {
		within(t, text, o.Span)
	}
	for _, p := range append(entity.Countries(text), entity.Cities(text)...) {
		within(t, text, p.Span)
	}
}

func FuzzRead(f *testing.F) {
	seeds(f, "amounts.tsv", "dates.tsv", "identifiers.tsv", "contacts.tsv", "addresses.tsv", "places.tsv", "ordinals.tsv", "durations.tsv", "secrets.tsv")
	c := at(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range []string{"en", "zh"} {
			c.Language = language
			check(t, text, c)
		}
		c.Country, c.Currency = "GB", "GBP"
		check(t, text, c)
	})
}

func FuzzClean(f *testing.F) {
	seeds(f, "secrets.tsv", "yesno.tsv")
	f.Fuzz(func(t *testing.T, text string) {
		clean := entity.Clean(text)
		if !utf8.ValidString(clean) || entity.Clean(clean) != clean || len(clean) > len(text) {
			t.Fatalf("Clean(%q) = %q", text, clean)
		}
		if entity.Visible(text) != entity.Visible(clean) {
			t.Fatalf("%q is visible, or not, only before it is cleaned", text)
		}
		if tail := entity.Tail(text, "en"); !strings.Contains(clean, tail) {
			t.Fatalf("Tail(%q) = %q, which isn't in it", text, tail)
		}
		masked := entity.Mask(text)
		if !utf8.ValidString(masked) || len(entity.Codes(masked)) > len(entity.Codes(text)) {
			t.Fatalf("Mask(%q) = %q", text, masked)
		}
	})
}

func FuzzYesNo(f *testing.F) {
	seeds(f, "yesno.tsv")
	f.Fuzz(func(t *testing.T, text string) {
		a := entity.YesNo(text, "zh")
		if a.Verdict != entity.Unclear && a.Reason != "" {
			t.Fatalf("YesNo(%q) = %+v", text, a)
		}
		if !entity.Visible(text) && a.Verdict != entity.Unclear {
			t.Fatalf("YesNo(%q) = %+v though nothing can be seen", text, a)
		}
		for _, more := range []string{" if it is free", "?", " but to 200", "，如果免费的话"} {
			if b := entity.YesNo(text+more, "en"); b.Verdict == entity.Yes {
				t.Fatalf("YesNo(%q) is a yes", text+more)
			}
		}
		if b := entity.YesNo("my wife says "+text, "en"); b.Verdict == entity.Yes {
			t.Fatalf("what the wife says counts: %q", text)
		}
	})
}

func FuzzMatch(f *testing.F) {
	seeds(f, "match.tsv", "ordinals.tsv")
	c := at(f)
	s := shop(c.Now)
	f.Fuzz(func(t *testing.T, text string) {
		for _, items := range [][]entity.Item{s.products, s.orders, s.cards, s.payees, s.classes, {{ID: text, Names: []string{text, ""}}}} {
			last := 2.0
			for _, h := range entity.Match(text, items, c, []string{"B-3", text}) {
				within(t, text, entity.Span{Start: h.Start, End: h.End})
				if h.Item == nil || h.Score <= 0 || h.Score > 1 || h.Score > last || h.Why == "" {
					t.Fatalf("Match(%q): %+v", text, h)
				}
				last = h.Score
			}
		}
	})
}
