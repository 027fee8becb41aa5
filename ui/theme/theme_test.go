package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"deskhand/ui/theme"
)

// luminance and contrast follow WCAG 2.2, "relative luminance" and "contrast ratio".
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	f := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(r) + 0.7152*f(g) + 0.0722*f(b)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestTheme_TextIsLegibleOnEveryFillItIsUsedOn(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		th := theme.New(mode)
		at := func(c theme.Color) color.Color { return th.Color(fyne.ThemeColorName(c), 0) }
		for fill, inks := range map[theme.Color][]theme.Color{
			theme.Surface:     {theme.Text, theme.Muted, theme.Faint, theme.Primary, theme.AI, theme.OK, theme.Warn, theme.Bad},
			theme.Background:  {theme.Text, theme.Muted, theme.Faint},
			theme.Raised:      {theme.Text, theme.Muted, theme.Faint},
			theme.PrimarySoft: {theme.Text, theme.Muted, theme.Primary, theme.Bad},
			theme.AISoft:      {theme.Text, theme.AI}, theme.OKSoft: {theme.Text, theme.OK},
			theme.WarnSoft: {theme.Text, theme.Warn}, theme.BadSoft: {theme.Text, theme.Bad},
			theme.Bubble: {theme.Text, theme.Muted}, theme.Rail: {theme.RailText, theme.OnRail},
			theme.Primary: {theme.OnPrimary}, theme.PrimaryOver: {theme.OnPrimary}, theme.PrimaryDown: {theme.OnPrimary},
			theme.Bad: {theme.OnBad}, theme.Tip: {theme.OnTip, theme.TipMuted},
		} {
			for _, ink := range inks {
				if got := contrast(at(ink), at(fill)); got < 4.5 {
					t.Errorf("mode %d: %s on %s: contrast %.2f, want at least 4.5", mode, ink, fill, got)
				}
			}
		}
	}
}

func TestAvatarColor_WhiteIsLegibleAndTheSameKeyKeepsItsColour(t *testing.T) {
	for _, name := range []string{"", "a", "Maria Gomez", "王晓明", "Anna Kowalski", "李娜", "b", "c", "d", "e", "f"} {
		got := theme.AvatarColor(name)
		if c := contrast(got, color.White); c < 4.5 {
			t.Errorf("%q: contrast %.2f, want at least 4.5", name, c)
		}
		if again := theme.AvatarColor(name); again != got {
			t.Errorf("%q: got %v then %v", name, got, again)
		}
	}
}

func TestColor_FollowsTheThemeInUse(t *testing.T) {
	app := test.NewTempApp(t)
	box := canvas.NewRectangle(theme.Surface)
	app.Settings().SetTheme(theme.New(theme.Light))
	light := luminance(box.FillColor)
	app.Settings().SetTheme(theme.New(theme.Dark))
	if dark := luminance(box.FillColor); dark >= light {
		t.Errorf("surface after the switch to dark: luminance %.3f, before %.3f", dark, light)
	}
	_, _, _, a := theme.Primary.Fade(0.5).RGBA()
	if a < 0x7f00 || a > 0x81ff {
		t.Errorf("half faded alpha: got %#x", a)
	}
}

func TestTheme_SystemFollowsTheVariantAndForcedModesDoNot(t *testing.T) {
	name := fyne.ThemeColorName(theme.Surface)
	sys := theme.New(theme.System)
	if sys.Color(name, fynetheme.VariantLight) == sys.Color(name, fynetheme.VariantDark) {
		t.Error("system: light and dark are the same colour")
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		th := theme.New(mode)
		if th.Color(name, fynetheme.VariantLight) != th.Color(name, fynetheme.VariantDark) {
			t.Errorf("mode %d follows the variant", mode)
		}
	}
}

func TestTheme_EveryTokenAndFyneNameHasAColour(t *testing.T) {
	th := theme.New(theme.Light)
	for _, name := range []fyne.ThemeColorName{fyne.ThemeColorName(theme.Border), fynetheme.ColorNameForeground,
		fynetheme.ColorNameInputBorder, fynetheme.ColorNameScrollBar, fynetheme.ColorNameShadow} {
		if th.Color(name, fynetheme.VariantLight) == nil {
			t.Errorf("%s: no colour", name)
		}
	}
}

func TestFont_EveryFaceIsBundledAndDrawsWithItsOwnWidth(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	for f := theme.FontRegular; f <= theme.FontBig; f++ {
		if len(f.Content()) < 10_000 {
			t.Errorf("%s: %d bytes", f.Name(), len(f.Content()))
		}
		label := canvas.NewText("Refund 12:34", color.Black)
		label.TextStyle, label.FontSource = f.Style()
		if label.MinSize().Width < 20 {
			t.Errorf("%s: width %v", f.Name(), label.MinSize().Width)
		}
	}
	bold, regular := canvas.NewText("退款 Refund", color.Black), canvas.NewText("退款 Refund", color.Black)
	bold.TextStyle.Bold = true
	if bold.MinSize().Width <= regular.MinSize().Width {
		t.Errorf("bold is not wider: %v, regular %v", bold.MinSize().Width, regular.MinSize().Width)
	}
}
