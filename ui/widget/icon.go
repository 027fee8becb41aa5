package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// Icon is one of the bundled icons in a token's colour; it follows the theme.
type Icon struct {
	fynewidget.BaseWidget
	name  string
	ink   theme.Color
	side  float32
	image *canvas.Image
}

// NewIcon returns the icon of that name (see assets/icons) in a square of the given side; 0 is 18. Below 12
// outlines blur: use a filled shape ("spark") there.
func NewIcon(name string, ink theme.Color, side float32) *Icon {
	if side <= 0 {
		side = 18
	}
	i := &Icon{name: name, ink: ink, side: side}
	i.image = canvas.NewImageFromResource(theme.NewIcon(name, ink, 0))
	i.image.FillMode = canvas.ImageFillContain
	i.ExtendBaseWidget(i)
	return i
}

// Set changes the icon and its colour.
func (i *Icon) Set(name string, ink theme.Color) {
	if name == i.name && ink == i.ink {
		return
	}
	i.name, i.ink = name, ink
	i.Refresh()
}

func (i *Icon) renew() {
	if res := theme.NewIcon(i.name, i.ink, 0); i.image.Resource != fyne.Resource(res) {
		i.image.Resource = res
		i.image.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.renew()
	return &render{
		objects: []fyne.CanvasObject{i.image},
		restyle: i.renew,
		least:   func() fyne.Size { return fyne.NewSquareSize(i.side) },
		layout: func(s fyne.Size) {
			place(i.image, (s.Width-i.side)/2, (s.Height-i.side)/2, i.side, i.side)
		},
		size: i.Size(),
	}
}
