package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
)

// Span is a stretch of text in one face and colour.
type Span struct {
	Text string
	Face text.Face
	Ink  color.Color // nil: the paragraph's
}

// ParagraphOptions describe a Paragraph.
type ParagraphOptions struct {
	Spans    []Span
	Style    TextStyle // size and colour of all; the face is the spans' own
	MaxLines int       // 0: as many as needed; else the last ends in "…"
	Align    fyne.TextAlign
}

// Paragraph is wrapped text that may mix faces and colours. It implements Flow.
type Paragraph struct {
	fynewidget.BaseWidget
	member
	opts   ParagraphOptions
	whole  string // all spans' text
	wide   float32
	lines  [][]Piece
	forW   float32 // width that lines were made for
	drawn  *render
	laidBy float32
}

// NewParagraph returns a paragraph.
func NewParagraph(o ParagraphOptions) *Paragraph {
	o.Style = o.Style.filled()
	p := &Paragraph{opts: o}
	p.adopt(o.Spans)
	p.ExtendBaseWidget(p)
	return p
}

// Prose returns a paragraph of one span.
func Prose(s string, style TextStyle) *Paragraph {
	return NewParagraph(ParagraphOptions{Spans: []Span{{Text: s, Face: style.Face}}, Style: style})
}

// SetSpans replaces the text.
func (p *Paragraph) SetSpans(spans ...Span) {
	p.adopt(spans)
	p.laidBy = -1
	p.resized()
	p.Refresh()
}

// SetText replaces the text by one span in the paragraph's face.
func (p *Paragraph) SetText(s string) {
	if s = text.Clean(s); s == p.whole && len(p.opts.Spans) == 1 {
		return
	}
	p.SetSpans(Span{Text: s, Face: p.opts.Style.Face})
}

// Text returns the text without its looks.
func (p *Paragraph) Text() string { return p.whole }

func (p *Paragraph) adopt(spans []Span) {
	p.opts.Spans = make([]Span, len(spans))
	var whole strings.Builder
	for i, s := range spans {
		s.Text = text.Clean(s.Text)
		s.Face = s.Face.For(s.Text)
		if s.Ink == nil {
			s.Ink = p.opts.Style.Ink
		}
		p.opts.Spans[i] = s
		whole.WriteString(s.Text)
	}
	p.whole, p.lines, p.forW, p.wide = whole.String(), nil, -1, 0
	for start := 0; start <= len(p.whole); {
		end := strings.IndexByte(p.whole[start:], '\n')
		if end < 0 {
			end = len(p.whole) - start
		}
		p.wide = max(p.wide, p.measure(start, start+end))
		start += end + 1
	}
}

// measure returns how wide whole[start:end] is on one line.
func (p *Paragraph) measure(start, end int) (w float32) {
	p.slice(start, end, func(s Span, part string) { w += text.Width(part, s.Face, p.opts.Style.Size) })
	return w
}

// slice calls f with the part of each span that lies in whole[start:end].
func (p *Paragraph) slice(start, end int, f func(s Span, part string)) {
	at := 0
	for _, s := range p.opts.Spans {
		from, to := max(start, at)-at, min(end, at+len(s.Text))-at
		if from < to {
			f(s, s.Text[from:to])
		}
		at += len(s.Text)
	}
}

// wrap makes the lines for a width, once.
func (p *Paragraph) wrap(width float32) [][]Piece {
	if width == p.forW && p.lines != nil {
		return p.lines
	}
	p.forW, p.lines = width, p.lines[:0]
	if len(p.opts.Spans) < 2 {
		var face text.Face
		if len(p.opts.Spans) == 1 {
			face = p.opts.Spans[0].Face
		}
		for _, l := range text.Wrap(p.whole, face, p.opts.Style.Size, width) {
			p.emit(l.Start, l.End)
		}
	} else {
		p.wrapMixed(width)
	}
	if n := p.opts.MaxLines; n > 0 && len(p.lines) > n {
		p.shorten(n, width)
	}
	return p.lines
}

// wrapMixed finds each line with the narrowest face and gives it less room until it fits in its real faces.
func (p *Paragraph) wrapMixed(width float32) {
	size := p.opts.Style.Size
	for start := 0; ; {
		room, rest := width, p.ahead(start, width)
		l := text.Wrap(rest, text.Regular, size, room)[0]
		for tries := 0; tries < 8 && l.End > 0; tries++ {
			over := p.measure(start+l.Start, start+l.End) - width
			if over <= 0 {
				break
			}
			room -= max(over, 1)
			shorter := text.Wrap(rest, text.Regular, size, max(1, room))[0]
			if shorter.Next <= 0 {
				break
			}
			l = shorter
		}
		p.emit(start+l.Start, start+l.End)
		ended := start+l.Next >= len(p.whole)
		if start += l.Next; ended || l.Next <= 0 {
			if ended && strings.HasSuffix(p.whole[:start], "\n") && l.Next > l.End {
				p.emit(start, start)
			}
			return
		}
	}
}

// ahead returns what may come into the line that starts at start, and a bit more: wrapping all the rest for each
// line would cost the square of the length.
func (p *Paragraph) ahead(start int, width float32) string {
	rest := p.whole[start:]
	limit := 4*int(width/(0.2*p.opts.Style.Size)) + 64
	if len(rest) <= limit {
		return rest
	}
	return rest[:text.Next(rest, limit-8)]
}

func (p *Paragraph) emit(start, end int) {
	var out []Piece
	var x float32
	p.slice(start, end, func(s Span, part string) {
		w := text.Width(part, s.Face, p.opts.Style.Size)
		out = append(out, Piece{part, s.Face, s.Ink, x, w})
		x += w
	})
	p.lines = append(p.lines, out)
}

// shorten cuts the paragraph to n lines, the last ending in "…".
func (p *Paragraph) shorten(n int, width float32) {
	last := p.lines[n-1]
	p.lines = p.lines[:n]
	if len(last) == 0 {
		return
	}
	end := &last[len(last)-1]
	room := width - end.X
	if cut := text.Ellipsis(end.Text+" ……", end.Face, p.opts.Style.Size, room); cut != "" {
		end.Text = strings.TrimRight(strings.TrimSuffix(cut, "……"), " …") + "…"
		end.W = text.Width(end.Text, end.Face, p.opts.Style.Size)
	}
}

// NaturalWidth implements Flow: all on one line.
func (p *Paragraph) NaturalWidth() float32 { return ceil(p.wide) }

// LeastWidth implements Flow.
func (p *Paragraph) LeastWidth() float32 { return min(ceil(p.wide), 4*p.opts.Style.Size) }

// HeightFor implements Flow.
func (p *Paragraph) HeightFor(width float32) float32 {
	return float32(len(p.wrap(width))) * lineHeight(p.opts.Style.Size)
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.laidBy = -1
	p.drawn = &render{layout: p.layout, size: p.Size(), least: func() fyne.Size {
		w := p.Size().Width
		if w <= 0 {
			w = p.NaturalWidth()
		}
		return fyne.NewSize(p.LeastWidth(), p.HeightFor(w))
	}}
	return p.drawn
}

func (p *Paragraph) layout(size fyne.Size) {
	if size.Width == p.laidBy {
		return
	}
	p.laidBy = size.Width
	p.drawn.objects = p.drawn.objects[:0]
	high := lineHeight(p.opts.Style.Size)
	for i, l := range p.wrap(size.Width) {
		shift := float32(0)
		if len(l) > 0 && p.opts.Align != fyne.TextAlignLeading {
			shift = size.Width - l[len(l)-1].X - l[len(l)-1].W
			if p.opts.Align == fyne.TextAlignCenter {
				shift /= 2
			}
		}
		for _, piece := range l {
			t := NewText(piece.Text, piece.Face, p.opts.Style.Size, piece.Ink)
			placeText(t, shift+piece.X, float32(i)*high, high, piece.Face)
			p.drawn.objects = append(p.drawn.objects, t)
		}
	}
	canvas.Refresh(p)
}

// Piece is a stretch of one line in one face and colour, X from the line's start.
type Piece struct {
	Text string
	Face text.Face
	Ink  color.Color
	X, W float32
}

// WrapSpans cuts spans into lines no wider than width, as a Paragraph does; ink is the colour of spans without one.
func WrapSpans(spans []Span, size float32, ink color.Color, width float32) [][]Piece {
	p := Paragraph{opts: ParagraphOptions{Style: TextStyle{Size: size, Ink: ink}.filled()}}
	p.adopt(spans)
	return p.wrap(width)
}

// CutSpans is WrapSpans for one line only, which ends in "…" where there was more.
func CutSpans(spans []Span, size float32, ink color.Color, width float32) []Piece {
	p := Paragraph{opts: ParagraphOptions{Style: TextStyle{Size: size, Ink: ink}.filled(), MaxLines: 1}}
	p.adopt(spans)
	return p.wrap(width)[0]
}
