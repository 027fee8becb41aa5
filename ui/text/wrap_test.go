package text_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"deskhand/ui/text"
)

func lines(s string, size, width float32) []string {
	var out []string
	for _, l := range text.Wrap(s, text.Regular, size, width) {
		out = append(out, s[l.Start:l.End])
	}
	return out
}

func TestWrap(t *testing.T) {
	w := func(s string) float32 { return text.Width(s, text.Regular, 14) + 0.5 }
	cases := []struct {
		name  string
		s     string
		width float32
		want  []string
	}{
		{"empty text is one line", "", 100, []string{""}},
		{"Latin breaks at spaces", "hello brave world", w("hello brave"), []string{"hello brave", "world"}},
		{"Han breaks anywhere", "你好世界再见", w("你好世界"), []string{"你好世界", "再见"}},
		{"no closing mark at the start", "你好世界，再见", w("你好世界"), []string{"你好世", "界，再见"}},
		{"no opening mark at the end", "你好（世界）", w("你好（"), []string{"你好", "（世", "界）"}},
		{"Latin inside Han stays whole", "我的iPhone坏了", w("我的iPho"), []string{"我的", "iPhone", "坏了"}},
		{"a word longer than a line is cut", "aaaaaaaaaa", w("aaaa"), []string{"aaaa", "aaaa", "aa"}},
		{"line breaks stay", "a\n\nb\n", 100, []string{"a", "", "b", ""}},
		{"spaces hang at the end", "hello     world", w("world"), []string{"hello", "world"}},
		{"hyphenated words break behind the hyphen", "well-known", w("well-kn"), []string{"well-", "known"}},
		{"numbers keep their signs", "pay 3.50, -20%", w("pay 3.50, -2"), []string{"pay 3.50,", "-20%"}},
		{"an emoji of several runes stays whole", "👨‍👩‍👧👨‍👩‍👧", 15, []string{"👨‍👩‍👧", "👨‍👩‍👧"}},
	}
	withApp(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := lines(c.s, 14, c.width); strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// checkWrap holds what must be true of every wrapped text.
func checkWrap(t *testing.T, s string, face text.Face, size, width float32) {
	t.Helper()
	got := text.Wrap(s, face, size, width)
	if len(got) == 0 {
		t.Fatal("no lines")
	}
	at := 0
	for i, l := range got {
		if l.Start != at || l.End < l.Start || l.Next < l.End || l.Next > len(s) {
			t.Fatalf("line %d of %q is %+v, want it to start at %d", i, s, l, at)
		}
		if rest := strings.TrimFunc(s[l.End:l.Next], unicode.IsSpace); rest != "" && rest != "\u200b" {
			t.Fatalf("line %d of %q leaves out %q", i, s, rest)
		}
		drawn := s[l.Start:l.End]
		if strings.Contains(drawn, "\n") {
			t.Fatalf("line %d of %q holds a line break", i, s)
		}
		if w := text.Width(drawn, face, size); math.Abs(float64(w-l.Width)) > 0.26 {
			t.Fatalf("line %d %q says it is %v wide, but is %v", i, drawn, l.Width, w)
		}
		if l.Width > width+0.02 && text.Next(drawn, 0) < len(drawn) {
			t.Fatalf("line %d %q is %v wide, more than %v", i, drawn, l.Width, width)
		}
		at = l.Next
	}
	if at != len(s) {
		t.Fatalf("%q: the lines end at %d of %d", s, at, len(s))
	}
}

func TestWrap_HoldsForRandomText(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "To", "AV", " ", "  ", "\n", "你", "好", "，", "。", "（", "）", "(", ")", "-", "/", "…", "\t", "Wörd", "é", "e\u0301", "“", "”", "3.14", "カ", "ー"}
	for range 3000 {
		var b strings.Builder
		for range rng.IntN(40) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		checkWrap(t, b.String(), text.Face(rng.IntN(4)), float32(11+rng.IntN(5)), float32(1+rng.IntN(200)))
	}
}

func FuzzWrap(f *testing.F) {
	withApp(f)
	for _, s := range []string{english, chinese, mixed, "👨‍👩‍👧 🇨🇳\u200d\ufe0f", "e\u0301\u0302\u0303 zalgo", "\xff\xfe bad", "a\r\nb\rc", "\u202eabc", "한국어 ไทย العربية"} {
		f.Add(s, float32(120))
	}
	f.Fuzz(func(t *testing.T, s string, width float32) {
		if len(s) > 2000 || width != width || width < 0 || width > 1e6 {
			return
		}
		checkWrap(t, text.Clean(s), text.Regular, 14, width)
		checkWrap(t, s, text.Bold, 13, width)
	})
}

func BenchmarkWrap(b *testing.B) {
	for _, c := range []struct{ name, s string }{{"english", english}, {"chinese", chinese}, {"mixed", mixed}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Wrap(c.s, text.Regular, 14, 420)
			}
		})
	}
}

func TestWrap_KeepsEmojiSequencesWhole(t *testing.T) {
	withApp(t)
	const sequences = "👨‍👩‍👧 🇨🇳🇬🇧 👍🏽👩🏿‍💻 1️⃣#️⃣ 🏳️‍🌈 🫱🏽‍🫲🏿 ❤️‍🔥"
	whole := map[int]bool{}
	for i := 0; i < len(sequences); i = text.Next(sequences, i) {
		whole[i] = true
	}
	for width := float32(1); width < 200; width += 7 {
		for _, line := range text.Wrap(sequences, text.Regular, 14, width) {
			if line.Start < len(sequences) && !whole[line.Start] {
				t.Fatalf("at width %v a line begins inside a sequence, with %q", width, sequences[line.Start:])
			}
		}
	}
}
