package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// ButtonKind is a button's rank.
type ButtonKind uint8

// The kinds. Use one Primary in a place.
const (
	Quiet    ButtonKind = iota // framed
	Primary                    // the main action
	AIButton                   // asks a program
	Harm                       // cannot be undone
	Bare                       // text only
)

// ButtonOptions describe a Button.
type ButtonOptions struct {
	Text      string
	Icon      string // before the text; "" none
	IconAfter string // behind the text; "" none
	Kind      ButtonKind
	Small     bool // 28 instead of 32 high
	Tiny      bool // 24 high with smaller text, for a row of rewrites
	Tip       Tip
	Disabled  bool
	OnTap     func()
}

// Button is a labelled button: click, Enter or Space. It implements Flow; its text is never shortened.
type Button struct {
	press
	opts          ButtonOptions
	box           *canvas.Rectangle
	label         *canvas.Text
	before, after *Icon
}

// NewButton returns a button.
func NewButton(o ButtonOptions) *Button {
	b := &Button{opts: o}
	b.opts.Text = text.Clean(o.Text)
	b.box = newBox(theme.None, nil, theme.RadiusButton)
	b.label = NewText(b.opts.Text, b.face(), b.size(), theme.Text)
	if o.Icon != "" {
		b.before = NewIcon(o.Icon, theme.Text, b.iconSide())
	}
	if o.IconAfter != "" {
		b.after = NewIcon(o.IconAfter, theme.Text, b.iconSide())
	}
	b.act, b.look, b.tip, b.off = b.tap, b.paint, o.Tip, o.Disabled
	b.ring = focusRing(theme.RadiusButton)
	b.init(b)
	return b
}

func (b *Button) tap() {
	if b.opts.OnTap != nil {
		b.opts.OnTap()
	}
}

// Text returns the label.
func (b *Button) Text() string { return b.opts.Text }

// SetText changes the label.
func (b *Button) SetText(s string) {
	if s = text.Clean(s); s == b.opts.Text {
		return
	}
	b.opts.Text = s
	SetText(b.label, s, b.face(), b.size())
	b.resized()
	b.Refresh()
}

// SetKind changes the rank.
func (b *Button) SetKind(k ButtonKind) {
	b.opts.Kind = k
	SetText(b.label, b.opts.Text, b.face(), b.size())
	b.restyle()
	b.resized()
	b.Refresh()
}

func (b *Button) face() text.Face {
	if b.opts.Kind == Primary || b.opts.Kind == Harm {
		return text.Bold
	}
	return text.Medium
}

// colours returns fill, border (nil: none) and ink for the state.
func (b *Button) colours() (fill, border color.Color, ink theme.Color) {
	over := func(plain, hovered, pressed theme.Color) theme.Color {
		switch {
		case b.off:
			return plain
		case b.down:
			return pressed
		case b.over:
			return hovered
		}
		return plain
	}
	switch b.opts.Kind {
	case Primary:
		fill, ink = over(theme.Primary, theme.PrimaryOver, theme.PrimaryDown), theme.OnPrimary
	case Harm:
		fill, ink = theme.Bad, theme.OnBad
	case AIButton:
		fill, ink = theme.AISoft, theme.AI
	case Bare:
		fill, ink = over(theme.None, theme.Over, theme.Down), theme.Muted
	default:
		fill, border, ink = over(theme.Surface, theme.Raised, theme.Bubble), theme.Border, theme.Text
	}
	if (b.opts.Kind == Harm || b.opts.Kind == AIButton) && (b.over || b.down) && !b.off {
		fill = theme.Color(fill.(theme.Color)).Fade(0.86)
	}
	if b.off {
		ink = theme.Ghost
		if fill != theme.None {
			fill = theme.Bubble
		}
	}
	return fill, border, ink
}

func (b *Button) paint() {
	fill, border, ink := b.colours()
	b.box.FillColor, b.box.StrokeColor, b.box.StrokeWidth = fill, border, 0
	if border != nil {
		b.box.StrokeWidth = 1
	}
	b.box.Refresh()
	if b.label.Color != ink {
		b.label.Color = ink
		b.label.Refresh()
	}
	for _, i := range []*Icon{b.before, b.after} {
		if i != nil {
			i.Set(i.name, ink)
		}
	}
}

func (b *Button) size() float32 {
	if b.opts.Tiny {
		return theme.SizeTiny
	}
	return theme.SizeSub
}

func (b *Button) iconSide() float32 {
	if b.opts.Tiny {
		return 10
	}
	return 16
}

func (b *Button) pad() float32 {
	if b.opts.Small || b.opts.Tiny {
		return 10
	}
	return 14
}

// NaturalWidth implements Flow.
func (b *Button) NaturalWidth() float32 {
	w := 2*b.pad() + text.Width(b.opts.Text, b.face().For(b.opts.Text), b.size())
	for _, i := range []*Icon{b.before, b.after} {
		if i != nil {
			w += b.iconSide() + 6
		}
	}
	return ceil(w)
}

// LeastWidth implements Flow.
func (b *Button) LeastWidth() float32 { return b.NaturalWidth() }

// HeightFor implements Flow.
func (b *Button) HeightFor(float32) float32 {
	switch {
	case b.opts.Tiny:
		return 24
	case b.opts.Small:
		return 28
	}
	return 32
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.ring, b.box, b.label}
	for _, i := range []*Icon{b.before, b.after} {
		if i != nil {
			objects = append(objects, i)
		}
	}
	return &render{objects: objects, layout: b.layout, size: b.Size(),
		least: func() fyne.Size { return fyne.NewSize(b.NaturalWidth(), b.HeightFor(0)) }}
}

func (b *Button) layout(s fyne.Size) {
	b.placeRing(s)
	side := b.iconSide()
	place(b.box, 0, 0, s.Width, s.Height)
	x := (s.Width-b.NaturalWidth())/2 + b.pad()
	if b.before != nil {
		place(b.before, x, (s.Height-side)/2, side, side)
		x += side + 6
	}
	placeText(b.label, x, 0, s.Height, b.face())
	if b.after != nil {
		place(b.after, x+b.label.Size().Width+6, (s.Height-side)/2, side, side)
	}
}
