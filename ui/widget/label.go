package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// TextStyle is how a text looks. The zero value is regular, SizeText, theme.Text.
type TextStyle struct {
	Face text.Face
	Size float32     // 0: theme.SizeText; whole numbers only
	Ink  color.Color // nil: theme.Text
}

func (s TextStyle) filled() TextStyle {
	if s.Size <= 0 {
		s.Size = theme.SizeText
	}
	if s.Ink == nil {
		s.Ink = theme.Text
	}
	return s
}

// LabelOptions describe a Label.
type LabelOptions struct {
	Text  string
	Style TextStyle
	// Shrink lets the label be narrower than its text, which then ends in "…".
	Shrink bool
	Align  fyne.TextAlign // where the text stands in a wider label
	Tall   float32        // height; 0: the line height of the size
}

// Label is one line of text. It implements Flow.
type Label struct {
	fynewidget.BaseWidget
	member
	opts  LabelOptions
	ink   *canvas.Text
	width float32 // of the whole text
}

// NewLabel returns a label.
func NewLabel(o LabelOptions) *Label {
	o.Style = o.Style.filled()
	o.Text = text.Clean(o.Text)
	if o.Tall <= 0 {
		o.Tall = lineHeight(o.Style.Size)
	}
	l := &Label{opts: o}
	l.ink = NewText(o.Text, o.Style.Face, o.Style.Size, o.Style.Ink)
	l.measure()
	l.ExtendBaseWidget(l)
	return l
}

// Line returns a label of that text, face, size and colour that may be shortened.
func Line(s string, face text.Face, size float32, ink color.Color) *Label {
	return NewLabel(LabelOptions{Text: s, Style: TextStyle{face, size, ink}, Shrink: true})
}

// Text returns the whole text.
func (l *Label) Text() string { return l.opts.Text }

// SetText replaces the text; the same text costs nothing.
func (l *Label) SetText(s string) {
	s = text.Clean(s)
	if s == l.opts.Text {
		return
	}
	l.opts.Text = s
	l.remeasure()
}

// SetStyle changes the look.
func (l *Label) SetStyle(s TextStyle) {
	s = s.filled()
	if s == l.opts.Style {
		return
	}
	l.opts.Style = s
	l.ink.Color = s.Ink
	l.remeasure()
}

// remeasure draws anew and lets the parent make room.
func (l *Label) remeasure() {
	before := l.width
	l.measure()
	if l.width != before {
		l.resized()
	}
	l.fit(l.Size().Width)
	l.ink.Refresh()
}

func (l *Label) measure() {
	face := l.opts.Style.Face.For(l.opts.Text)
	l.width = text.Width(l.opts.Text, face, l.opts.Style.Size)
}

// fit sets what is drawn in a label of that width.
func (l *Label) fit(width float32) {
	s, face := l.opts.Text, l.opts.Style.Face.For(l.opts.Text)
	drawn := l.width
	if l.opts.Shrink && width > 0 && l.width > width {
		s = text.Ellipsis(s, face, l.opts.Style.Size, width)
		drawn = text.Width(s, face, l.opts.Style.Size)
	}
	SetText(l.ink, s, l.opts.Style.Face, l.opts.Style.Size)
	x := float32(0)
	switch l.opts.Align {
	case fyne.TextAlignCenter:
		x = (width - drawn) / 2
	case fyne.TextAlignTrailing:
		x = width - drawn
	}
	placeText(l.ink, max(0, x), 0, l.Size().Height, l.opts.Style.Face)
}

// NaturalWidth implements Flow.
func (l *Label) NaturalWidth() float32 { return ceil(l.width) }

// LeastWidth implements Flow.
func (l *Label) LeastWidth() float32 {
	if l.opts.Shrink {
		return min(ceil(l.width), 2*l.opts.Style.Size)
	}
	return ceil(l.width)
}

// HeightFor implements Flow.
func (l *Label) HeightFor(float32) float32 { return l.opts.Tall }

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	return &render{
		objects: []fyne.CanvasObject{l.ink},
		layout:  func(s fyne.Size) { l.fit(s.Width) },
		least:   func() fyne.Size { return fyne.NewSize(l.LeastWidth(), l.opts.Tall) },
		size:    l.Size(),
	}
}
