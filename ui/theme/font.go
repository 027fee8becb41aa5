package theme

import (
	"fyne.io/fyne/v2"

	"deskhand/assets"
)

// Font is one of the bundled faces, usable as a fyne.Resource. The file is read when Fyne first asks for it.
type Font uint8

// The bundled faces. The Latin-only ones fall back to Fyne's choice of system font for other scripts, so use
// FontBold for Chinese headings and figures.
const (
	FontRegular Font = iota // text; Latin and Chinese
	FontMedium              // weight 500: chips, quiet buttons
	FontBold                // weight 600: headings, names, buttons
	FontItalic              // quoted typing, asides
	FontCaps                // small capitals of labels, spaced; Latin only
	FontNum                 // tabular digits for columns; Latin only
	FontBig                 // big figures, weight 700; Latin only
)

// Name implements fyne.Resource. Fyne's font cache keys on it.
func (f Font) Name() string {
	names := [...]string{"ui-400.otf", "ui-500.otf", "ui-600.otf", "ui-400i.otf", "caps-600.otf", "num-400.otf", "big-700.otf"}
	return names[f]
}

// Content implements fyne.Resource. It panics when the file is missing from the binary, which a build cannot
// produce.
func (f Font) Content() []byte {
	data, err := assets.Fonts.ReadFile("fonts/" + f.Name())
	if err != nil {
		panic("ui/theme: bundled font: " + err.Error())
	}
	return data
}

// Style says how a canvas.Text asks for the face: faces that Theme.Font answers by style (regular, bold, italic)
// go without a source, because only the theme's fonts fall back to Fyne's emoji and symbols.
func (f Font) Style() (style fyne.TextStyle, source fyne.Resource) {
	switch f {
	case FontRegular:
		return fyne.TextStyle{}, nil
	case FontBold:
		return fyne.TextStyle{Bold: true}, nil
	case FontItalic:
		return fyne.TextStyle{Italic: true}, nil
	}
	return fyne.TextStyle{}, f
}
