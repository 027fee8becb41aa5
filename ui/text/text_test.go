package text_test

import (
	"math"
	"testing"

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
		"naïve café ÀÉÎÕÜ ß ø Łódź", "→ ← ▲ ▼ ◆ ● ✓ ✗", "e\u0301te\u0301", "「你好」、《书》…… ——A", "  spaced   out  ", "😀 ok 👨‍👩‍👧 🇨🇳 👍🏽 ❤️", "한국어 텍스트", "new 🫠🥰🫱🏽‍🫲🏿 🏳️‍🌈 1️⃣ 中文😭好的👌🏿谢谢🙏 end",
	}
	for face := text.Regular; face <= text.Big; face++ {
		for _, size := range []float32{11, 12, 13, 14, 15, 22, 30} {
			for _, s := range samples {
				if face.For(s) != face {
					continue
				}
				got, want := text.Width(s, face, size), measured(b, s, face, size)
				if math.Abs(float64(got-want)) > 0.5 {
					t.Errorf("face %d size %v: width of %q is %v, Fyne draws %v", face, size, s, got, want)
				}
			}
		}
	}
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

func TestFor_EmojiTakesAFaceOfTheTheme(t *testing.T) {
	for face, want := range map[text.Face]text.Face{text.Regular: text.Regular, text.Medium: text.Regular, text.Bold: text.Bold, text.Caps: text.Bold} {
		if got := face.For("Yes 😀"); got != want {
			t.Errorf("face %d: got %d, want %d", face, got, want)
		}
	}
	if got := text.Medium.For("退款 Refund\u200d"); got != text.Medium {
		t.Errorf("what Medium has is drawn in %d", got)
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
