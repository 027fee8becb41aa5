package text_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"deskhand/assets"
	"deskhand/ui/text"
)

// bundled is a theme with the product's fonts, enough to compare with what Fyne draws.
type bundled struct {
	fyne.Theme
	fonts map[text.Face]fyne.Resource
}

func (b bundled) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Bold:
		return b.fonts[text.Bold]
	case style.Italic:
		return b.fonts[text.Italic]
	default:
		return b.fonts[text.Regular]
	}
}

func newBundled(t testing.TB) bundled {
	t.Helper()
	fonts := map[text.Face]fyne.Resource{}
	for f := text.Regular; f <= text.Big; f++ {
		data, err := assets.Fonts.ReadFile(f.File())
		if err != nil {
			t.Fatal(err)
		}
		fonts[f] = fyne.NewStaticResource(f.File(), data)
	}
	return bundled{Theme: theme.DefaultTheme(), fonts: fonts}
}

func withApp(t testing.TB) bundled {
	t.Helper()
	a := test.NewTempApp(t)
	b := newBundled(t)
	a.Settings().SetTheme(b)
	return b
}

const (
	english = "Hi, I ordered a pair of running shoes (size 42) last Tuesday — To: AVENUE 7, “Wave” & they still haven't arrived. Could you check?"
	chinese = "您好，我上周二买的跑鞋（42码）到现在还没有收到，订单号是 A-20391，麻烦帮我查一下物流状态好吗？谢谢！"
	mixed   = "我的 iPhone 15 Pro Max 收到了，但是 AirPods 没有。Tracking: SF1234567890，请 check 一下 — 谢谢!"
)

func TestWidth_EqualsWhatFyneDraws(t *testing.T) {
	b := withApp(t)
	samples := []string{
		english, chinese, mixed, "AVAVATAToYo", "fi fl ffi 1/2 3:45 -- => <= 100%", "Привет, как дела? Где мой заказ?", "Ελληνικά λόγια",
		"naïve café ÀÉÎÕÜ ß ø Łódź", "→ ← ▲ ▼ ◆ ● ✓ ✗", "e\u0301te\u0301", "「你好」、《书》…… ——A", "  spaced   out  ", "😀 ok 👨‍👩‍👧 🇨🇳 👍🏽 ❤️", "한국어 텍스트",
	}
	for face := text.Regular; face <= text.Big; face++ {
		for _, size := range []float32{11, 12, 13, 14, 15, 22, 30} {
			for _, s := range samples {
				if face.For(s) != face {
					continue
				}
				got, want := text.Width(s, face, size), measured(b, s, face, size)
				if math.Abs(float64(got-want)) > 0.5 && (face != text.Medium || !foreign(s)) {
					t.Errorf("face %d size %v: width of %q is %v, Fyne draws %v", face, size, s, got, want)
				}
			}
		}
	}
}

// foreign tells samples that need fonts of the system, which a FontSource picks by rules of its own.
func foreign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0xac00 || r == 0x2764 })
}

func measured(b bundled, s string, face text.Face, size float32) float32 {
	o := canvas.NewText(s, nil)
	o.TextSize = size
	switch face {
	case text.Regular:
	case text.Bold:
		o.TextStyle.Bold = true
	case text.Italic:
		o.TextStyle.Italic = true
	default:
		o.FontSource = b.fonts[face]
	}
	return o.MinSize().Width
}

func TestMetrics_EqualWhatFyneDraws(t *testing.T) {
	withApp(t)
	for _, size := range []float32{11, 12, 13, 14, 15, 30} {
		want, base := fyne.CurrentApp().Driver().RenderedTextSize("Hg你", size, fyne.TextStyle{}, nil)
		got := text.MetricsOf(text.Regular, size)
		if math.Abs(float64(got.Height-want.Height)) > 0.05 || math.Abs(float64(got.Ascent-base)) > 0.05 {
			t.Errorf("size %v: metrics %+v, want height %v baseline %v", size, got, want.Height, base)
		}
	}
}

func TestCentre_SharesBaselines(t *testing.T) {
	// Texts of two sizes centred in one row must sit on whole pixels and within one of each other's centre.
	for box := float32(20); box < 60; box++ {
		y := text.Centre(box, text.Regular, 14)
		if y != float32(math.Trunc(float64(y))) {
			t.Errorf("box %v: y %v is not a whole pixel", box, y)
		}
		m := text.MetricsOf(text.Regular, 14)
		if mid := y + m.Height/2; math.Abs(float64(mid-box/2)) > 1.1 {
			t.Errorf("box %v: centre at %v", box, mid)
		}
	}
}

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

func TestEllipsis(t *testing.T) {
	w := func(s string) float32 { return text.Width(s, text.Regular, 14) + 0.1 }
	cases := []struct {
		name  string
		s     string
		width float32
		want  string
	}{
		{"what fits stays", "hello", w("hello"), "hello"},
		{"what does not is cut", "hello world", w("hello w…"), "hello w…"},
		{"no space before the dots", "hello world", w("hello …"), "hello…"},
		{"a line break ends it", "hello\nworld", 500, "hello…"},
		{"Chinese", "你好世界", w("你好…"), "你好…"},
		{"no room at all", "hello", 2, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := text.Ellipsis(c.s, text.Regular, 14, c.width); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOffset_FindsTheNearestBoundary(t *testing.T) {
	s := "Héllo 你好 👨‍👩‍👧!"
	for i := 0; i < len(s); i = text.Next(s, i) {
		if got := text.Offset(s, text.Regular, 14, text.Width(s[:i], text.Regular, 14)+0.3); got != i {
			t.Errorf("at the left edge of byte %d: offset %d", i, got)
		}
	}
	if got := text.Offset(s, text.Regular, 14, 1e6); got != len(s) {
		t.Errorf("far right: offset %d, want %d", got, len(s))
	}
}

func TestPrev_UndoesNext(t *testing.T) {
	for _, s := range []string{english, mixed, "👨‍👩‍👧🇨🇳🇺🇸👍🏽e\u0301x\r\ny", "한국어 हिन्दी", "\xff\xfe"} {
		for i := 0; i < len(s); {
			end := text.Next(s, i)
			if got := text.Prev(s, end); got != i {
				t.Errorf("%q: Prev(%d) = %d, want %d", s, end, got, i)
			}
			i = end
		}
	}
}

func TestFor_ChineseTakesThePlainFace(t *testing.T) {
	if got := text.Caps.For("QUEUE"); got != text.Caps {
		t.Errorf("Latin label: %v", got)
	}
	if got := text.Caps.For("队列"); got != text.Bold {
		t.Errorf("Chinese label: %v", got)
	}
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

func BenchmarkClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		text.Clean(mixed)
	}
}
