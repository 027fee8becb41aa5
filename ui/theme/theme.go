package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Mode says which variant to show.
type Mode uint8

// The modes. System follows the operating system, also when that changes while the program runs.
const (
	System Mode = iota
	Light
	Dark
)

// Theme answers Fyne's questions about colours, fonts, icons and sizes. It is immutable; to switch, make another
// with New and hand that to Settings().SetTheme.
type Theme struct {
	mode        Mode
	light, dark palette
}

// New returns a theme showing mode.
func New(mode Mode) *Theme {
	return &Theme{mode: mode, light: lightPalette(), dark: darkPalette()}
}

// Mode returns what New was given.
func (t *Theme) Mode() Mode { return t.mode }

// Color implements fyne.Theme. A forced mode wins over the variant that Fyne passes.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := t.dark
	if t.mode == Light || t.mode == System && variant == fynetheme.VariantLight {
		p = t.light
	}
	if c, ok := p[name]; ok {
		return c
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// Font implements fyne.Theme: bold is the 600 face of the headings. Monospace stays Fyne's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return FontBold
	case style.Italic:
		return FontItalic
	}
	return FontRegular
}

// Icon implements fyne.Theme with Fyne's icons, which only stock dialogs and settings pages show.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme, in device independent pixels. Text sizes are whole: Fyne's shaper spaces a
// fractional size as the next whole one.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNamePadding:
		return 4
	case fynetheme.SizeNameInnerPadding:
		return 10
	case fynetheme.SizeNameLineSpacing:
		return 3
	case fynetheme.SizeNameInputRadius:
		return 10
	case fynetheme.SizeNameScrollBar:
		return 8
	case fynetheme.SizeNameScrollBarSmall:
		return 3
	case fynetheme.SizeNameScrollBarRadius:
		return 2
	case fynetheme.SizeNameText:
		return SizeText
	case fynetheme.SizeNameCaptionText:
		return SizeSmall
	case fynetheme.SizeNameSubHeadingText:
		return SizeHead
	case fynetheme.SizeNameHeadingText:
		return 20
	case fynetheme.SizeNameInlineIcon:
		return 18
	case fynetheme.SizeNameSeparatorThickness, fynetheme.SizeNameInputBorder:
		return 1
	}
	return fynetheme.DefaultTheme().Size(name)
}

// Text sizes and corner radii, in device independent pixels.
const (
	SizeTiny  float32 = 11 // chips, times, labels
	SizeSmall float32 = 12 // second lines
	SizeSub   float32 = 13 // buttons, tabs, rows of facts
	SizeText  float32 = 14 // messages, names
	SizeHead  float32 = 15 // panel headings
	SizeBig   float32 = 30 // figures on the wallboard

	RadiusSmall  float32 = 4  // keys
	RadiusTab    float32 = 7  // tabs
	RadiusButton float32 = 8  // buttons, menus' rows
	RadiusCard   float32 = 10 // cards, fields, banners
	RadiusBubble float32 = 12 // messages, dialogs
)
