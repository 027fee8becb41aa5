package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// borderBoost is how much further from its background a rounded 1 px line must be to look like a square one:
// antialiasing spreads it to about 70 % at the peak.
const borderBoost = 1.4

type palette map[fyne.ThemeColorName]color.Color

func lightPalette() palette {
	return finish(map[Color]color.NRGBA{
		Background: rgb(0xFFFFFF), Surface: rgb(0xFFFFFF), Raised: rgb(0xFAFBFC), Line: rgb(0xE4E7EC),
		Text: rgb(0x1A1F29), Muted: rgb(0x5C667A), Faint: rgb(0x6A7385), Ghost: rgb(0x98A2B3),
		Primary: rgb(0x2563EB), PrimarySoft: rgb(0xEAF1FF), OnPrimary: rgb(0xFFFFFF),
		PrimaryOver: rgb(0x1F57D3), PrimaryDown: rgb(0x1A4BB8),
		AI: rgb(0x7C3AED), AISoft: rgb(0xF3EEFF), AIBorder: rgb(0xBFA3F2),
		OK: rgb(0x0B7A4F), OKSoft: rgb(0xE4F6EE), Live: rgb(0x12B76A), Warn: rgb(0x8F5B0A), WarnSoft: rgb(0xFDF3DC),
		Bad: rgb(0xC43030), BadSoft: rgb(0xFDEBEB), OnBad: rgb(0xFFFFFF), Bubble: rgb(0xEEF1F6),
		Rail: rgb(0x111827), RailText: rgb(0x9CA3AF), RailOver: rgba(0xFFFFFF, 0x1A), OnRail: rgb(0xFFFFFF),
		Over: rgba(0x101828, 0x0B), Down: rgba(0x101828, 0x17), Focus: rgba(0x2563EB, 0x66),
		Scrim: rgba(0x101828, 0x80), Shade: rgba(0x101828, 0x2E),
		Tip: rgb(0x111827), OnTip: rgb(0xFFFFFF), TipMuted: rgb(0xB6BDC9), TipBorder: rgb(0x4A5364),
		Select: rgba(0x2563EB, 0x40), None: {},
	})
}

func darkPalette() palette {
	return finish(map[Color]color.NRGBA{
		Background: rgb(0x171B23), Surface: rgb(0x171B23), Raised: rgb(0x1C212B), Line: rgb(0x2A313D),
		Text: rgb(0xE6EAF2), Muted: rgb(0x9EA8B8), Faint: rgb(0x8A94A6), Ghost: rgb(0x667085),
		Primary: rgb(0x5B8DEF), PrimarySoft: rgb(0x1C2740), OnPrimary: rgb(0x0B1220),
		PrimaryOver: rgb(0x74A0F5), PrimaryDown: rgb(0x4A7BDB),
		AI: rgb(0xA78BFA), AISoft: rgb(0x251E3D), AIBorder: rgb(0x564585),
		OK: rgb(0x3CC58F), OKSoft: rgb(0x12302A), Live: rgb(0x3CC58F), Warn: rgb(0xE7B24C), WarnSoft: rgb(0x352A14),
		Bad: rgb(0xF07171), BadSoft: rgb(0x3A1C20), OnBad: rgb(0x1A0B0C), Bubble: rgb(0x232936),
		Rail: rgb(0x0A0D12), RailText: rgb(0x8A93A3), RailOver: rgba(0xFFFFFF, 0x1A), OnRail: rgb(0xFFFFFF),
		Over: rgba(0xFFFFFF, 0x0D), Down: rgba(0xFFFFFF, 0x1A), Focus: rgba(0x5B8DEF, 0x80),
		Scrim: rgba(0x000000, 0x99), Shade: rgba(0x000000, 0x80),
		Tip: rgb(0x05070A), OnTip: rgb(0xE6EAF2), TipMuted: rgb(0x98A2B3), TipBorder: rgb(0x3A4250),
		Select: rgba(0x5B8DEF, 0x55), None: {},
	})
}

// finish derives the border and answers Fyne's own colour names from the same tokens.
func finish(tokens map[Color]color.NRGBA) palette {
	tokens[Border] = away(tokens[Line], tokens[Surface], borderBoost)
	p := make(palette, len(tokens)+32)
	for name, value := range tokens {
		p[fyne.ThemeColorName(name)] = value
	}
	for name, token := range map[fyne.ThemeColorName]Color{
		fynetheme.ColorNameBackground: Background, fynetheme.ColorNameButton: Bubble,
		fynetheme.ColorNameDisabled: Ghost, fynetheme.ColorNameDisabledButton: Raised,
		fynetheme.ColorNameError: Bad, fynetheme.ColorNameFocus: Focus, fynetheme.ColorNameForeground: Text,
		fynetheme.ColorNameForegroundOnError: OnBad, fynetheme.ColorNameForegroundOnPrimary: OnPrimary,
		fynetheme.ColorNameForegroundOnSuccess: OnPrimary, fynetheme.ColorNameForegroundOnWarning: OnPrimary,
		fynetheme.ColorNameHeaderBackground: Raised, fynetheme.ColorNameHover: Over,
		fynetheme.ColorNameHyperlink: Primary, fynetheme.ColorNameInputBackground: Surface,
		fynetheme.ColorNameMenuBackground: Surface, fynetheme.ColorNameOverlayBackground: Surface,
		fynetheme.ColorNamePlaceHolder: Faint, fynetheme.ColorNamePressed: Down,
		fynetheme.ColorNamePrimary: Primary, fynetheme.ColorNameScrollBarBackground: None,
		fynetheme.ColorNameSelection: Select, fynetheme.ColorNameSeparator: Line,
		fynetheme.ColorNameSuccess: OK, fynetheme.ColorNameWarning: Warn,
		fynetheme.ColorNameInnerWindowBorder: Border, fynetheme.ColorNameInnerWindowBorderInactive: Border,
	} {
		p[name] = tokens[token]
	}
	// A stroke round a transparent fill blends with transparent black, so stock Entry and Select get a
	// translucent line; the scroll bar and the edge shadow are translucent to show what is below.
	ink := tokens[Text]
	p[fynetheme.ColorNameInputBorder] = color.NRGBA{R: ink.R, G: ink.G, B: ink.B, A: 0x2E}
	bar := tokens[Ghost]
	bar.A = 0x80
	p[fynetheme.ColorNameScrollBar] = bar
	shade := tokens[Shade]
	shade.A /= 3
	p[fynetheme.ColorNameShadow] = shade
	return p
}

// away moves c from base by the factor k, clamped.
func away(c, base color.NRGBA, k float64) color.NRGBA {
	f := func(a, b uint8) uint8 {
		return uint8(max(0, min(255, float64(b)+k*(float64(a)-float64(b))+0.5)))
	}
	return color.NRGBA{R: f(c.R, base.R), G: f(c.G, base.G), B: f(c.B, base.B), A: 255}
}
