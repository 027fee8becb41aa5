package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// shownTexts returns the visible strings below a widget, in drawing order.
func shownTexts(o fyne.CanvasObject) (out []string) {
	if !o.Visible() {
		return nil
	}
	switch v := o.(type) {
	case *canvas.Text:
		return []string{v.Text}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(v).Objects() {
			out = append(out, shownTexts(c)...)
		}
	case *fyne.Container:
		for _, c := range v.Objects {
			out = append(out, shownTexts(c)...)
		}
	}
	return out
}

func drag(win fyne.Window, at fyne.Position, dx float32) { test.Drag(win.Canvas(), at, dx, 0) }

// flat returns the lines of WrapSpans as strings and checks that each fits.
func flat(t *testing.T, spans []widget.Span, width float32) (lines []string) {
	t.Helper()
	for _, line := range widget.WrapSpans(spans, 14, theme.Text, width) {
		s := ""
		for _, p := range line {
			s += p.Text
			if p.X+p.W > width+0.5 && len([]rune(s)) > 1 {
				t.Errorf("%q ends at %v of %v", s, p.X+p.W, width)
			}
		}
		lines = append(lines, s)
	}
	return lines
}

func TestWrapSpans_MixedFacesFitAndKeepTheirWords(t *testing.T) {
	spans := []widget.Span{{Text: "Thanks Maria. Order "}, {Text: "#7731-204", Face: text.Bold},
		{Text: " was received at the warehouse; 退款 329.00 元的金额超过了我可以批准的额度,"}, {Text: "所以请同事来处理", Face: text.Bold}, {Text: "。\nSecond paragraph."}}
	for _, width := range []float32{90, 150, 240, 333, 1000} {
		lines := flat(t, spans, width)
		got := strings.Join(strings.Fields(strings.Join(lines, " ")), "")
		want := ""
		for _, s := range spans {
			want += s.Text
		}
		want = strings.Join(strings.Fields(want), "")
		if got != want {
			t.Errorf("at %v: %q, want %q", width, got, want)
		}
		for _, l := range lines {
			if strings.HasPrefix(l, "。") || strings.HasPrefix(l, ",") {
				t.Errorf("at %v a line begins with a closing mark: %q", width, l)
			}
		}
	}
}

func FuzzWrapSpans(f *testing.F) {
	f.Add("Hello ", "world 你好", " end.", uint16(80))
	f.Add("a\n", "\n\n", "b", uint16(20))
	f.Fuzz(func(t *testing.T, a, b, c string, width uint16) {
		spans := []widget.Span{{Text: a}, {Text: b, Face: text.Bold}, {Text: c, Face: text.Italic}}
		lines := flatQuiet(spans, float32(width%600)+20)
		strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := strip(strings.Join(lines, " ")), strip(text.Clean(a)+text.Clean(b)+text.Clean(c)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func flatQuiet(spans []widget.Span, width float32) (lines []string) {
	for _, line := range widget.WrapSpans(spans, 14, theme.Text, width) {
		s := ""
		for _, p := range line {
			s += p.Text
		}
		lines = append(lines, s)
	}
	return lines
}

func TestParagraph_HeightFollowsTheWidthAndMaxLinesCut(t *testing.T) {
	long := strings.Repeat("word 字 ", 40)
	p := widget.NewParagraph(widget.ParagraphOptions{Spans: []widget.Span{{Text: long}}, MaxLines: 2})
	if h := p.HeightFor(120); h != 40 {
		t.Errorf("two lines are %v high", h)
	}
	show(t, theme.Light, func() fyne.CanvasObject { return p }, 120, 60)
	lines := shownTexts(p)
	if len(lines) != 2 || !strings.HasSuffix(lines[1], "…") {
		t.Errorf("drawn %q", lines)
	}
	p.SetText("short")
	if got := shownTexts(p); len(got) != 1 || got[0] != "short" {
		t.Errorf("after SetText: %q", got)
	}
}

func TestLabel_IsCleanedAndShortened(t *testing.T) {
	l := widget.NewLabel(widget.LabelOptions{Text: "evil\x1b[0m\u202Etext", Shrink: true})
	if strings.ContainsAny(l.Text(), "\x1b\u202e") {
		t.Errorf("text %q", l.Text())
	}
	l.Resize(fyne.NewSize(30, 20))
	if got := shownTexts(l); len(got) != 1 || !strings.HasSuffix(got[0], "…") {
		t.Errorf("drawn %q", got)
	}
	l.SetText("ok")
	if got := shownTexts(l); got[0] != "ok" {
		t.Errorf("drawn %q", got)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Maria Gomez": "MG", "王晓明": "王", "anna": "A", "Jean-Luc de la Tour": "JT", "": "?", "!!!": "?", "Ян Ку": "ЯК", "  li  wei ": "LW",
		"Visitor 7": "7", "Visitor 114": "14", "访客 23": "23", "42": "4"} {
		if got := widget.Initials(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestBadge_CountsAndHides(t *testing.T) {
	b := widget.NewBadge(0, widget.Danger)
	if b.Visible() {
		t.Error("0 is shown")
	}
	b.SetCount(120)
	if got := shownTexts(b); len(got) != 1 || got[0] != "99+" || b.Count() != 120 {
		t.Errorf("120 is drawn as %q", got)
	}
}

func TestChip_ChangesToneAndWords(t *testing.T) {
	c := widget.NewChip(widget.Good, "●", "calm")
	show(t, theme.Light, func() fyne.CanvasObject { return widget.NewRow(0, c) }, 200, 30)
	before := c.Size().Width
	c.Set(widget.Danger, "▼", "frustrated")
	if c.Size().Width <= before {
		t.Errorf("the row gives the longer chip no more room: %v", c.Size())
	}
	objects := test.WidgetRenderer(c).Objects()
	if got := shownTexts(c); got[0] != "▼ frustrated" || objects[0].(*canvas.Rectangle).FillColor != theme.BadSoft {
		t.Errorf("drawn %q on %v", got, objects[0].(*canvas.Rectangle).FillColor)
	}
}
