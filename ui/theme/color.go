package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Color is the name of a colour token. It is itself a color.Color whose value is looked up in the theme of the
// running application whenever it is asked, so it may be stored in any canvas object.
type Color fyne.ThemeColorName

// The tokens. Each "Soft" colour is a fill on which the colour of the same name is legible (contrast at least
// 4.5:1, see the test).
const (
	Background  Color = "dh-background"   // the window, and wherever nothing is
	Surface     Color = "dh-surface"      // panels, cards, menus
	Raised      Color = "dh-raised"       // side panel, small keys, system lines
	Line        Color = "dh-line"         // square hairlines of 1 px
	Border      Color = "dh-border"       // the same line to the eye on a rounded box, see borderBoost
	Text        Color = "dh-text"         // text to be read
	Muted       Color = "dh-muted"        // second rank text
	Faint       Color = "dh-faint"        // third rank text: times, placeholders, small capitals
	Ghost       Color = "dh-ghost"        // no text: scroll bars, disabled marks, big empty-state icons
	Primary     Color = "dh-primary"      // main action, selection
	PrimarySoft Color = "dh-primary-soft" // selected row, selected tab
	OnPrimary   Color = "dh-on-primary"   // text on Primary
	PrimaryOver Color = "dh-primary-over" // Primary under the pointer
	PrimaryDown Color = "dh-primary-down" // Primary pressed
	AI          Color = "dh-ai"           // what a program wrote or proposes
	AISoft      Color = "dh-ai-soft"      // fill for AI
	AIBorder    Color = "dh-ai-border"    // border of AI cards and bubbles
	OK          Color = "dh-ok"           // good
	OKSoft      Color = "dh-ok-soft"      // fill for OK
	Live        Color = "dh-live"         // mark of somebody who is there; no text
	Warn        Color = "dh-warn"         // attention
	WarnSoft    Color = "dh-warn-soft"    // fill for Warn, private notes
	Bad         Color = "dh-bad"          // error, breach
	BadSoft     Color = "dh-bad-soft"     // fill for Bad
	OnBad       Color = "dh-on-bad"       // text on Bad
	Bubble      Color = "dh-bubble"       // a customer's message, plain chips
	Rail        Color = "dh-rail"         // navigation rail
	RailText    Color = "dh-rail-text"    // icons on the rail
	RailOver    Color = "dh-rail-over"    // chosen place on the rail
	OnRail      Color = "dh-on-rail"      // icon of the chosen place
	Over        Color = "dh-over"         // veil over what the pointer is on
	Down        Color = "dh-down"         // veil over what is pressed
	Focus       Color = "dh-focus"        // ring around what has the keyboard
	Scrim       Color = "dh-scrim"        // over the window behind something modal
	Shade       Color = "dh-shade"        // shadow of popups
	Tip         Color = "dh-tip"          // tooltip
	OnTip       Color = "dh-on-tip"       // text on Tip
	TipMuted    Color = "dh-tip-muted"    // key on Tip
	TipBorder   Color = "dh-tip-border"   // frame of a key on Tip
	Select      Color = "dh-select"       // selected text
	None        Color = "dh-none"         // transparent
)

// RGBA implements color.Color with the value that the theme in use gives the token.
func (c Color) RGBA() (r, g, b, a uint32) {
	return fynetheme.Color(fyne.ThemeColorName(c)).RGBA()
}

// Faded is a token at a part of its opacity; like Color it follows the theme.
type Faded struct {
	Color Color
	Alpha uint8 // 255 is opaque
}

// Fade returns c at the given share of its opacity, from 0 (invisible) to 1.
func (c Color) Fade(share float32) Faded {
	return Faded{Color: c, Alpha: uint8(max(0, min(1, share))*255 + 0.5)}
}

// RGBA implements color.Color.
func (f Faded) RGBA() (r, g, b, a uint32) {
	r, g, b, a = f.Color.RGBA()
	k := uint32(f.Alpha)
	return r * k / 255, g * k / 255, b * k / 255, a * k / 255
}

// AvatarColor returns a fill for the circle that stands for a person, the same for the same key at every start.
// White letters are legible on each of them.
func AvatarColor(key string) color.Color {
	hues := [...]uint32{0xB54708, 0x175CD3, 0x6941C6, 0x067647, 0xC11574, 0x026AA2, 0x0E7C72, 0xC4320A, 0x3E4784, 0x4F6B1D}
	h := uint32(2166136261) // FNV-1a, 32 bit
	for i := 0; i < len(key); i++ {
		h = (h ^ uint32(key[i])) * 16777619
	}
	h ^= h >> 15 // the low bits alone are poorly mixed for short keys
	return rgb(hues[h%uint32(len(hues))])
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func rgba(v uint32, alpha uint8) color.NRGBA {
	c := rgb(v)
	c.A = alpha
	return c
}
