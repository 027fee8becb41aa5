package verify

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Whatever is typed: what is found can be cut out, and nothing of it is left.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"123456", "１２３ ４５６", "一二三四五六", "code 12-34-56.", "1\u200b2345\u200d6", "𝟏𝟐𝟑𝟒𝟓𝟔", "١٢٣٤٥٦", "123456 654321", "¥123456", "\xff123456\xfe", "〇〇〇〇〇〇", "one two three four five six", "12345 6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := find(text)
		at := 0
		for _, c := range found {
			if c.start < at || c.end <= c.start || c.end > len(text) {
				t.Fatalf("%q: %+v after %d", text, c, at)
			}
			if len(c.digits) != 6 || strings.Trim(c.digits, "0123456789") != "" {
				t.Fatalf("%q: %+v", text, c)
			}
			at = c.end
		}
		hidden := hide(text, found)
		if utf8.ValidString(text) && !utf8.ValidString(hidden) {
			t.Fatalf("%q: cut within a character: %q", text, hidden)
		}
		if strings.Count(hidden, Hidden) < len(found) {
			t.Fatalf("%q: %d codes, %q", text, len(found), hidden)
		}
		if preview := withoutDigits(text); strings.ContainsFunc(preview, unicode.IsDigit) {
			t.Fatalf("%q: the preview shows %q", text, preview)
		}
		wrapped := "。" + text + "。482915。"
		for _, c := range find(wrapped) {
			if c.digits == "482915" && !strings.Contains(text, "482915") {
				return
			}
		}
		if !strings.Contains(text, "482915") && utf8.ValidString(text) {
			t.Fatalf("%q: the code behind it isn't found", wrapped)
		}
	})
}
