package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/theme"
)

// IconButtonOptions describe an IconButton.
type IconButtonOptions struct {
	Icon     string
	Side     float32 // of the square; 0: 30
	IconSide float32 // of the picture; 0: 18, or 14 in a square below 28
	Tip      Tip
	Disabled bool
	OnTap    func()
	// Rail is the look on the navigation rail: light on dark, the chosen one on a lighter square.
	Rail bool
	// Floating is the look of a round button over content: filled, with a shadow.
	Floating bool
}

// IconButton is a square button with a picture only; give it a tip that says what it does.
type IconButton struct {
	press
	opts  IconButtonOptions
	on    bool
	box   *canvas.Rectangle
	icon  *Icon
	badge *Badge
}

// NewIconButton returns an icon button.
func NewIconButton(o IconButtonOptions) *IconButton {
	if o.Side <= 0 {
		o.Side = 30
	}
	if o.IconSide <= 0 {
		o.IconSide = 18
		if o.Side < 28 {
			o.IconSide = 14
		}
	}
	b := &IconButton{opts: o, box: newBox(theme.None, nil, theme.RadiusButton), badge: NewBadge(0, Danger)}
	radius := theme.RadiusButton
	if o.Floating {
		radius = o.Side / 2
		b.box = newBox(theme.Surface, theme.Border, radius)
		b.box.Shadow = canvas.Shadow{Color: theme.Shade, BlurRadius: 8, Offset: fyne.NewPos(0, 2)}
	}
	b.icon = NewIcon(o.Icon, theme.Muted, o.IconSide)
	b.act, b.look, b.tip, b.off = b.tap, b.paint, o.Tip, o.Disabled
	b.ring = focusRing(radius)
	b.init(b)
	return b
}

func (b *IconButton) tap() {
	if b.opts.OnTap != nil {
		b.opts.OnTap()
	}
}

// SetOn marks the button as chosen, or not.
func (b *IconButton) SetOn(on bool) {
	if b.on != on {
		b.on = on
		b.restyle()
	}
}

// On reports whether the button is marked as chosen.
func (b *IconButton) On() bool { return b.on }

// SetIcon changes the picture.
func (b *IconButton) SetIcon(name string) { b.opts.Icon = name; b.restyle() }

// SetCount shows a number at the corner; 0 shows none.
func (b *IconButton) SetCount(n int) {
	b.badge.SetCount(n)
	b.Refresh()
}

func (b *IconButton) paint() {
	fill, ink := theme.None, theme.Muted
	if b.opts.Rail {
		ink = theme.RailText
	}
	switch {
	case b.off:
		ink = theme.Ghost
	case b.opts.Floating:
		fill = theme.Surface
		if b.over || b.down {
			fill, ink = theme.Raised, theme.Text
		}
	case b.on && b.opts.Rail:
		fill, ink = theme.RailOver, theme.OnRail
	case b.on:
		fill, ink = theme.PrimarySoft, theme.Primary
	case b.opts.Rail && (b.over || b.down):
		fill, ink = theme.RailOver, theme.OnRail
	case b.down:
		fill = theme.Down
	case b.over:
		fill, ink = theme.Over, theme.Text
	}
	b.box.FillColor = fill
	b.box.Refresh()
	b.icon.Set(b.opts.Icon, ink)
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{b.ring, b.box, b.icon, b.badge}, size: b.Size(),
		least: func() fyne.Size { return fyne.NewSquareSize(b.opts.Side) },
		layout: func(s fyne.Size) {
			b.placeRing(s)
			place(b.box, 0, 0, s.Width, s.Height)
			place(b.icon, 0, 0, s.Width, s.Height)
			m := b.badge.MinSize()
			place(b.badge, s.Width-m.Width+1, -1, m.Width, m.Height)
		}}
}
