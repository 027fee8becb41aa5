package field_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/widget/field"
)

func TestLines(t *testing.T) {
	width := text.Width("你好世界", text.Regular, 14) + 1
	f, _ := open(t, field.Options{Multiline: true, Text: "你好世界再见\nab"}, width)
	f.SetCaret(0)
	press(f, fyne.KeyEnd)
	wantCaret(t, f, len("你好世界"))
	press(f, fyne.KeyHome)
	wantCaret(t, f, 0) // the end of a wrapped line still belongs to it
	press(f, fyne.KeyRight, fyne.KeyDown)
	wantCaret(t, f, len("你好世界再"))
	press(f, fyne.KeyDown, fyne.KeyDown)
	wantCaret(t, f, len(f.Text()))
	press(f, fyne.KeyUp, fyne.KeyUp)
	if got := f.Caret(); got != len("你") && got != len("你好") {
		t.Errorf("the column was not kept: caret at %d", got)
	}
	f.SetCaret(len("你好世界再"))
	press(f, fyne.KeyUp, fyne.KeyUp)
	wantCaret(t, f, 0)
}

func TestHeight_GrowsBetweenItsBounds(t *testing.T) {
	resized := 0
	f, _ := open(t, field.Options{Multiline: true, MinLines: 2, MaxLines: 4, OnResize: func() { resized++ }}, 200)
	two := f.MinSize().Height
	typed(f, "a\nb\nc")
	three := f.MinSize().Height
	typed(f, "\nd\ne\nf")
	most := f.MinSize().Height
	if line := two / 2; three != 3*line || most != 4*line {
		t.Errorf("heights %v, %v, %v", two, three, most)
	}
	if resized != 2 {
		t.Errorf("told %d times of a new height", resized)
	}
	at, h := f.CaretPosition()
	if f.Resize(fyne.NewSize(200, most)); at.Y+h < 0 {
		t.Error("caret above the field")
	}
	if at, h = f.CaretPosition(); at.Y < 0 || at.Y+h > most+1 {
		t.Errorf("the caret at %v is scrolled out of the %v high field", at.Y, most)
	}
}

func TestSingleLine_ScrollsToItsCaret(t *testing.T) {
	f, _ := open(t, field.Options{Text: strings.Repeat("long text ", 500)}, 120)
	if at, _ := f.CaretPosition(); at.X < 0 || at.X > 121 {
		t.Errorf("the caret at %v is outside of the 120 wide field", at.X)
	}
	press(f, fyne.KeyHome)
	if at, _ := f.CaretPosition(); at.X > 1 {
		t.Errorf("at the start the caret is drawn at %v", at.X)
	}
}

func TestLongText_HoldsObjectsForVisibleLinesOnly(t *testing.T) {
	f, _ := open(t, field.Options{Multiline: true, MaxLines: 10, Text: long(50_000)}, 400)
	f.Resize(fyne.NewSize(400, f.MinSize().Height))
	if n := objects(f); n > 40 {
		t.Errorf("%d objects for ten visible lines", n)
	}
}

func objects(f *field.Field) int {
	n := 0
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		n++
		switch o := o.(type) {
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		}
	}
	walk(f)
	return n
}

func long(n int) string {
	const piece = "Dear customer, 您的订单已经发货，预计三天内送达。Thank you for waiting!\n"
	return string([]rune(strings.Repeat(piece, n/40))[:n])
}

func BenchmarkOpen50k(b *testing.B) {
	s := long(50_000)
	f, _ := open(b, field.Options{Multiline: true, MaxLines: 10}, 400)
	b.ReportAllocs()
	for b.Loop() {
		f.SetText(s)
	}
}

func BenchmarkTypeInto50k(b *testing.B) {
	f, _ := open(b, field.Options{Multiline: true, MaxLines: 10, Text: long(50_000)}, 400)
	f.SetCaret(25_000)
	b.ReportAllocs()
	for b.Loop() {
		f.TypedRune('x')
		press(f, fyne.KeyBackspace)
	}
}

func BenchmarkTypeIntoMessage(b *testing.B) {
	f, _ := open(b, field.Options{Multiline: true, MaxLines: 10, Text: long(300)}, 400)
	for b.Loop() {
		f.TypedRune('x')
		press(f, fyne.KeyBackspace)
	}
}
