package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"deskhand/ui/text"
)

func FuzzClean(f *testing.F) {
	for _, s := range []string{english, chinese, "a\u202eb\u200b\x00c", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "👨‍👩‍👧 ❤️", "\xff", "\ue000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) = %q is not valid UTF-8", s, got)
		}
		if again := text.Clean(got); again != got {
			t.Fatalf("Clean(%q) = %q, cleaned again %q", s, got, again)
		}
		for _, r := range got {
			if r != '\n' && r != '\t' && unicode.Is(unicode.Cc, r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("Clean(%q) = %q keeps %U", s, got, r)
			}
		}
	})
}

func TestClean(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"plain text is kept", mixed, mixed},
		{"line ends become one kind", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"controls go, tabs stay", "a\x00b\tc\x1b[31m\x7f", "ab\tc[31m"},
		{"direction overrides go", "invoice\u202efdp.exe\u2066x\u2069", "invoicefdp.exex"},
		{"zero width fillers go", "a\u200bb\ufeffc\u2060d", "abcd"},
		{"emoji keep their joiners", "👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"},
		{"a joiner without reason goes", "a\u200db", "ab"},
		{"private and unassigned become a box", "\ue000\U000e1234a", "□□a"},
		{"invalid bytes become a box", "a\xffb", "a□b"},
		{"heaps of marks are cut", "a" + strings.Repeat("\u0301", 50) + "b", "a" + strings.Repeat("\u0301", 4) + "b"},
		{"letters of other scripts stay", "한국어 ไทย العربية עברית हिन्दी", "한국어 ไทย العربية עברית हिन्दी"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := text.Clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		text.Clean(mixed)
	}
}
