package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// Progress is a bar that is filled from the left. Say the number in words beside it. It does not move by itself: any
// moving thing repaints the window.
type Progress struct {
	fynewidget.BaseWidget
	share       float32
	back, front *canvas.Rectangle
}

// NewProgress returns a bar filled to share (0 to 1) in the tone's colour.
func NewProgress(share float32, tone Tone) *Progress {
	p := &Progress{share: max(0, min(1, share)), back: newBox(theme.Bubble, nil, 3), front: newBox(tone.Ink(), nil, 3)}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills the bar to share, from 0 to 1, in the tone's colour.
func (p *Progress) Set(share float32, tone Tone) {
	share = max(0, min(1, share))
	if share == p.share && p.front.FillColor == tone.Ink() {
		return
	}
	p.share, p.front.FillColor = share, tone.Ink()
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{p.back, p.front}, size: p.Size(),
		least: func() fyne.Size { return fyne.NewSize(40, 6) },
		layout: func(s fyne.Size) {
			y := (s.Height - 6) / 2
			place(p.back, 0, y, s.Width, 6)
			w := p.share * s.Width
			if p.share > 0 {
				w = max(w, 6) // the round ends need it
			}
			place(p.front, 0, y, w, 6)
		}}
}

// Sparkline is a row of thin bars, the newest at the right, scaled to the largest value.
type Sparkline struct {
	fynewidget.BaseWidget
	tone   Tone
	values []float64
	bars   []*canvas.Rectangle
	drawn  *render
}

// NewSparkline returns a sparkline of values, none below 0.
func NewSparkline(tone Tone, values ...float64) *Sparkline {
	s := &Sparkline{tone: tone}
	s.ExtendBaseWidget(s)
	s.Set(tone, values...)
	return s
}

// Set replaces the values.
func (s *Sparkline) Set(tone Tone, values ...float64) {
	s.tone, s.values = tone, append(s.values[:0], values...)
	for len(s.bars) < len(values) {
		s.bars = append(s.bars, canvas.NewRectangle(tone.Ink()))
	}
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	s.drawn = &render{size: s.Size(), layout: s.layout,
		least: func() fyne.Size { return fyne.NewSize(float32(3*len(s.values)), 20) }}
	return s.drawn
}

func (s *Sparkline) layout(size fyne.Size) {
	s.drawn.objects = s.drawn.objects[:0]
	if len(s.values) == 0 {
		return
	}
	top := 0.0
	for _, v := range s.values {
		top = max(top, v)
	}
	step := size.Width / float32(len(s.values))
	for i, v := range s.values {
		h := float32(1)
		if top > 0 && v > 0 {
			h = max(1, round(size.Height*float32(v/top)))
		}
		ink := s.tone.Ink().Fade(0.55)
		if i == len(s.values)-1 {
			ink = s.tone.Ink().Fade(1)
		}
		s.bars[i].FillColor = ink
		place(s.bars[i], float32(i)*step, size.Height-h, max(1, round(step)-1), h)
		s.drawn.objects = append(s.drawn.objects, s.bars[i])
	}
}
