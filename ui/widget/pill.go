package widget

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// pill is a short text in a rounded box, with an optional icon before it.
type pill struct {
	fynewidget.BaseWidget
	member
	box    *canvas.Rectangle
	words  *canvas.Text
	icon   *Icon
	face   text.Face
	high   float32
	pad    float32
	shrink bool // may be narrower, the text then ends in "…"
	whole  string
	width  float32 // of the whole text
}

const pillIcon = 9 // side of the icon

func (p *pill) set(s string, size float32) {
	p.whole = text.Clean(s)
	SetText(p.words, p.whole, p.face, size)
	p.width = text.Width(p.whole, p.face.For(p.whole), size)
}

// NaturalWidth implements Flow.
func (p *pill) NaturalWidth() float32 {
	w := p.width + 2*p.pad
	if p.icon != nil {
		w += pillIcon + 4
	}
	return ceil(max(w, p.high))
}

// LeastWidth implements Flow.
func (p *pill) LeastWidth() float32 {
	if p.shrink {
		return min(p.NaturalWidth(), 44)
	}
	return p.NaturalWidth()
}

// HeightFor implements Flow.
func (p *pill) HeightFor(float32) float32 { return p.high }

// CreateRenderer implements fyne.Widget.
func (p *pill) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{p.box, p.words}
	if p.icon != nil {
		objects = append(objects, p.icon)
	}
	return &render{objects: objects, layout: p.layout, size: p.Size(),
		least: func() fyne.Size { return fyne.NewSize(p.LeastWidth(), p.high) }}
}

func (p *pill) layout(s fyne.Size) {
	place(p.box, 0, 0, s.Width, s.Height)
	x, room := p.pad, s.Width-2*p.pad
	if p.icon != nil {
		place(p.icon, x, (s.Height-pillIcon)/2, pillIcon, pillIcon)
		x, room = x+pillIcon+4, room-pillIcon-4
	}
	drawn := p.whole
	if s.Width > 0 && p.width > room+0.5 {
		drawn = text.Ellipsis(p.whole, p.face.For(p.whole), p.words.TextSize, room)
	}
	SetText(p.words, drawn, p.face, p.words.TextSize)
	x += max(0, (room-text.Width(drawn, p.face.For(drawn), p.words.TextSize))/2)
	placeText(p.words, x, 0, s.Height, p.face)
}

func (p *pill) color(fill, ink color.Color) {
	p.box.FillColor, p.words.Color = fill, ink
}

// Chip is a small coloured word: a state, a feeling, an intent. It implements Flow.
type Chip struct {
	pill
	tone Tone
	mark string
}

// NewChip returns a chip. mark is a glyph that says the same as the colour (▲ ● ◆ ▼), or "".
func NewChip(tone Tone, mark, s string) *Chip {
	c := newChip(tone, s)
	c.mark = mark
	c.Set(tone, mark, s)
	c.ExtendBaseWidget(c)
	return c
}

// NewAIChip returns a chip with the star that marks a program's work.
func NewAIChip(s string) *Chip {
	c := newChip(Machine, s)
	c.icon = NewIcon("spark", theme.AI, pillIcon)
	c.Set(Machine, "", s)
	c.ExtendBaseWidget(c)
	return c
}

func newChip(tone Tone, s string) *Chip {
	c := &Chip{pill: pill{box: newBox(tone.Soft(), nil, 9), face: text.Medium, high: 18, pad: 7, shrink: true}, tone: tone}
	c.words = NewText("", text.Medium, theme.SizeTiny, tone.Ink())
	return c
}

// Set changes all of the chip; nothing changed costs nothing.
func (c *Chip) Set(tone Tone, mark, s string) {
	if mark != "" {
		s = mark + " " + s
	}
	if s == c.whole && tone == c.tone && c.width > 0 {
		return
	}
	c.tone, c.mark = tone, mark
	c.color(tone.Soft(), tone.Ink())
	c.set(s, theme.SizeTiny)
	c.resized()
	if c.Size().Width > 0 {
		c.Refresh()
	}
}

// Text returns what the chip says, its mark included.
func (c *Chip) Text() string { return c.whole }

// Kbd is a key cap, for example "Ctrl K". It implements Flow.
type Kbd struct{ pill }

// NewKbd returns a key cap.
func NewKbd(keys string) *Kbd {
	k := &Kbd{pill{box: newBox(theme.Raised, theme.Border, theme.RadiusSmall), face: text.Regular, high: 17, pad: 5}}
	k.words = NewText("", text.Regular, theme.SizeTiny, theme.Muted)
	k.set(keys, theme.SizeTiny)
	k.ExtendBaseWidget(k)
	return k
}

// SetKeys changes what the cap says.
func (k *Kbd) SetKeys(keys string) {
	if keys != k.whole {
		k.set(keys, theme.SizeTiny)
		k.resized()
		k.Refresh()
	}
}

// Badge is a small count on a strong colour. It implements Flow.
type Badge struct {
	pill
	count int
}

// NewBadge returns a badge, Accent or Danger; at 0 it is hidden, above 99 it says "99+".
func NewBadge(count int, tone Tone) *Badge {
	ink := theme.OnPrimary
	if tone == Danger {
		ink = theme.OnBad
	}
	b := &Badge{pill: pill{box: newBox(tone.Ink(), nil, 8), face: text.Bold, high: 16, pad: 5}, count: -1}
	b.words = NewText("", text.Bold, theme.SizeTiny, ink)
	b.ExtendBaseWidget(b)
	b.SetCount(count)
	return b
}

// SetCount changes the number.
func (b *Badge) SetCount(n int) {
	if n == b.count {
		return
	}
	b.count = n
	s := strconv.Itoa(n)
	if n > 99 {
		s = "99+"
	}
	b.set(s, theme.SizeTiny)
	SetVisible(b, n > 0)
	if n > 0 {
		b.resized()
		b.Refresh()
	}
}

// Count returns the number.
func (b *Badge) Count() int { return b.count }
