package theme

import (
	"fmt"
	"strconv"
	"strings"

	"deskhand/assets"
)

// IconStroke is the line width of the outline icons, in units of their 24 x 24 grid.
const IconStroke float32 = 1.75

// Icon is one of the bundled outline icons in the colour that a token had when it was made, usable as a
// fyne.Resource. Two of the same name, colour and stroke share Fyne's cached picture. Unlike a Color it
// does not follow the theme: make it again when the theme changes.
type Icon struct {
	name   string
	red    uint8
	green  uint8
	blue   uint8
	alpha  uint8
	stroke float32
}

// NewIcon returns the icon called name (a file of assets/icons without ".svg") in colour c; a stroke of 0 is
// IconStroke. A name that does not exist is drawn as nothing.
func NewIcon(name string, c Color, stroke float32) Icon {
	if stroke <= 0 {
		stroke = IconStroke
	}
	r, g, b, a := c.RGBA()
	if a > 0 { // RGBA is premultiplied
		r, g, b = r*0xffff/a, g*0xffff/a, b*0xffff/a
	}
	return Icon{name: name, red: uint8(r >> 8), green: uint8(g >> 8), blue: uint8(b >> 8), alpha: uint8(a >> 8), stroke: stroke}
}

// Name implements fyne.Resource. It holds all that the picture depends on, because Fyne caches by it.
func (i Icon) Name() string {
	return fmt.Sprintf("%s-%s-%02x-%s.svg", i.name, i.hex(), i.alpha, i.width())
}

// Content implements fyne.Resource.
func (i Icon) Content() []byte {
	data, err := assets.Icons.ReadFile("icons/" + i.name + ".svg")
	if err != nil {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"></svg>`)
	}
	paint := `"#` + i.hex() + `"`
	if i.alpha < 0xff {
		opacity := strconv.FormatFloat(float64(i.alpha)/0xff, 'f', 3, 32)
		paint += ` fill-opacity="` + opacity + `" stroke-opacity="` + opacity + `"`
	}
	return []byte(strings.NewReplacer(`"currentColor"`, paint,
		`stroke-width="2"`, `stroke-width="`+i.width()+`"`).Replace(string(data)))
}

func (i Icon) hex() string { return fmt.Sprintf("%02x%02x%02x", i.red, i.green, i.blue) }

func (i Icon) width() string { return strconv.FormatFloat(float64(i.stroke), 'f', -1, 32) }
