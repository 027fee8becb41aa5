package widget_test

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// block is an object with a fixed least size.
func block(w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Black)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

type rect struct{ x, y, w, h float32 }

func frame(o fyne.CanvasObject) rect {
	return rect{o.Position().X, o.Position().Y, o.Size().Width, o.Size().Height}
}

func assertFrames(t *testing.T, got []fyne.CanvasObject, want ...rect) {
	t.Helper()
	for i, o := range got {
		if frame(o) != want[i] {
			t.Errorf("child %d is at %+v, want %+v", i, frame(o), want[i])
		}
	}
}

func TestBox_Layout(t *testing.T) {
	row, col := widget.Row, widget.Column
	for name, c := range map[string]struct {
		opts  widget.BoxOptions
		grow  [3]float32
		want  [3]rect
		sizes [3][2]float32
	}{
		"row with gap and padding": {widget.BoxOptions{Axis: row, Gap: 5, Padding: widget.Pad(1, 2, 3, 4), Align: widget.Center}, [3]float32{},
			[3]rect{{4, 44, 10, 10}, {19, 39, 20, 20}, {44, 34, 30, 30}}, [3][2]float32{{10, 10}, {20, 20}, {30, 30}}},
		"row shares what is left": {widget.BoxOptions{Axis: row}, [3]float32{0, 1, 3},
			[3]rect{{0, 0, 10, 100}, {10, 0, 60, 100}, {70, 0, 130, 100}}, [3][2]float32{{10, 10}, {25, 20}, {25, 30}}},
		"row at the end": {widget.BoxOptions{Axis: row, Justify: widget.End, Align: widget.Start}, [3]float32{},
			[3]rect{{140, 0, 10, 10}, {150, 0, 20, 20}, {170, 0, 30, 30}}, [3][2]float32{{10, 10}, {20, 20}, {30, 30}}},
		"column stretches": {widget.BoxOptions{Axis: col, Gap: 2}, [3]float32{},
			[3]rect{{0, 0, 200, 10}, {0, 12, 200, 20}, {0, 34, 200, 30}}, [3][2]float32{{10, 10}, {20, 20}, {30, 30}}},
		"column grows and centres": {widget.BoxOptions{Axis: col, Align: widget.Center}, [3]float32{0, 1, 0},
			[3]rect{{95, 0, 10, 10}, {90, 10, 20, 60}, {85, 70, 30, 30}}, [3][2]float32{{10, 10}, {20, 20}, {30, 30}}},
		"column in the middle": {widget.BoxOptions{Axis: col, Justify: widget.Center, Align: widget.End}, [3]float32{},
			[3]rect{{190, 20, 10, 10}, {180, 30, 20, 20}, {170, 50, 30, 30}}, [3][2]float32{{10, 10}, {20, 20}, {30, 30}}},
		"row that wraps": {widget.BoxOptions{Axis: row, Wrap: true, Gap: 4}, [3]float32{},
			[3]rect{{0, 0, 100, 10}, {104, 0, 90, 20}, {0, 24, 150, 30}}, [3][2]float32{{100, 10}, {90, 20}, {150, 30}}},
	} {
		t.Run(name, func(t *testing.T) {
			var plain, marked []fyne.CanvasObject
			for i, s := range c.sizes {
				o := block(s[0], s[1])
				plain = append(plain, o)
				if c.grow[i] > 0 {
					marked = append(marked, widget.Grow(o, c.grow[i]))
				} else {
					marked = append(marked, o)
				}
			}
			widget.NewBox(c.opts, marked...).Resize(fyne.NewSize(200, 100))
			assertFrames(t, plain, c.want[:]...)
		})
	}
}

func TestBox_TooNarrowSqueezesTextAndNotButtons(t *testing.T) {
	var name *widget.Label
	var button *widget.Button
	show(t, theme.Light, func() fyne.CanvasObject {
		name = widget.Line("A rather long name of a customer", text.Bold, theme.SizeText, theme.Text)
		button = widget.NewButton(widget.ButtonOptions{Text: "Resolve"})
		return widget.NewRow(8, name, button)
	}, 200, 40)
	if button.Size().Width != button.NaturalWidth() || name.Size().Width > 200-8-button.NaturalWidth() {
		t.Errorf("name %v, button %v", name.Size(), button.Size())
	}
	drawn := shownTexts(name)
	if len(drawn) != 1 || !strings.HasSuffix(drawn[0], "…") {
		t.Errorf("the name is drawn as %q", drawn)
	}
}

func TestBox_OfAWidthWrapsItsText(t *testing.T) {
	p := widget.NewParagraph(widget.ParagraphOptions{Spans: []widget.Span{{Text: strings.Repeat("word ", 40)}}})
	b := widget.NewBox(widget.BoxOptions{Width: 200}, p)
	if w := b.NaturalWidth(); w != 200 {
		t.Errorf("the box wants %v, want its width", w)
	}
	if one, h := p.HeightFor(10000), b.HeightFor(200); h < 3*one {
		t.Errorf("%v high where a line has %v: the text was not wrapped", h, one)
	}
}

func TestBox_HiddenChildrenTakeNoRoom(t *testing.T) {
	a, b, c := block(10, 10), block(20, 20), block(30, 30)
	b.Hide()
	box := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 5, Align: widget.Start}, a, b, c)
	box.Resize(fyne.NewSize(100, 40))
	if box.NaturalWidth() != 45 || c.Position().X != 15 {
		t.Errorf("natural width %v, third at %v", box.NaturalWidth(), c.Position())
	}
	b.Show()
	box.Relayout()
	if c.Position().X != 40 {
		t.Errorf("third at %v after the second is shown", c.Position())
	}
}

func TestBox_SetAndAddReplaceWhatIsDrawn(t *testing.T) {
	a, b := block(10, 10), block(10, 10)
	box := widget.NewBox(widget.BoxOptions{Fill: theme.Raised})
	box.Resize(fyne.NewSize(50, 50))
	box.Set(a)
	box.Add(b)
	if b.Position().Y != 10 || box.HeightFor(50) != 20 {
		t.Errorf("second at %v, height %v", b.Position(), box.HeightFor(50))
	}
	box.Set(b)
	if b.Position().Y != 0 {
		t.Errorf("the only child at %v", b.Position())
	}
}

func TestScroll_TextWrapsAtTheViewsWidth(t *testing.T) {
	long := strings.Repeat("A sentence that goes on. 一个很长的句子。", 30)
	p := widget.Prose(long, widget.TextStyle{})
	var s *widget.Scroll
	show(t, theme.Light, func() fyne.CanvasObject { s = widget.NewScroll(p); return s }, 300, 200)
	if p.Size().Width != 300 || p.Size().Height != p.HeightFor(300) || p.HeightFor(300) < 400 {
		t.Errorf("paragraph is %v, needs %v", p.Size(), p.HeightFor(300))
	}
	s.ToBottom()
	if s.Offset() != p.HeightFor(300)-200 {
		t.Errorf("offset at the end %v", s.Offset())
	}
	p.SetText("short")
	s.Relayout()
	if s.Offset() != 0 {
		t.Errorf("offset %v after the content became short", s.Offset())
	}
}

func TestSplitter_DragsWithinItsBounds(t *testing.T) {
	a, b := block(10, 10), block(10, 10)
	var told float32
	var s *widget.Splitter
	win, _ := show(t, theme.Light, func() fyne.CanvasObject {
		s = widget.NewSplitter(widget.SplitOptions{Fixed: a, Rest: b, FixedRight: true, Width: 300, Least: 200, Most: 400, LeastRest: 350,
			OnChange: func(w float32) { told = w }})
		return s
	}, 1000, 100)
	if frame(b) != (rect{0, 0, 699, 100}) || frame(a) != (rect{700, 0, 300, 100}) {
		t.Fatalf("panes at %+v and %+v", frame(b), frame(a))
	}
	drag(win, fyne.NewPos(699, 50), -60)
	if s.Width() != 360 || told != 360 {
		t.Errorf("after a drag to the left: %v, told %v", s.Width(), told)
	}
	drag(win, fyne.NewPos(639, 50), -500)
	if s.Width() != 400 {
		t.Errorf("beyond the upper bound: %v", s.Width())
	}
	win.Resize(fyne.NewSize(600, 100))
	if frame(a).w != 249 {
		t.Errorf("in a narrow window the fixed side is %v, want what the other leaves", frame(a).w)
	}
	win.Canvas().FocusNext()
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if s.Width() != 233 {
		t.Errorf("after the right arrow: %v", s.Width())
	}
}
