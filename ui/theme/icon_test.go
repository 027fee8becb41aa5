package theme_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"deskhand/assets"
	"deskhand/ui/theme"
)

func TestIcon_EveryBundledIconIsDrawnAsAnOutline(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	names, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil || len(names) < 100 {
		t.Fatalf("icons: %d, %v", len(names), err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "icons/"), ".svg")
		icon := theme.NewIcon(name, theme.Text, 0)
		if bytes.Contains(icon.Content(), []byte("currentColor")) {
			t.Errorf("%s: not recoloured", name)
		}
		img := canvas.NewImageFromResource(icon)
		img.SetMinSize(fyne.NewSize(48, 48))
		shot := software.Render(img, app.Settings().Theme())
		inked, b := 0, shot.Bounds()
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if _, _, _, a := shot.At(x, y).RGBA(); a > 0x7fff {
					if r, _, _, _ := shot.At(x, y).RGBA(); r < 0x7fff {
						inked++
					}
				}
			}
		}
		share := float64(inked) / float64(b.Dx()*b.Dy())
		if share < 0.005 || share > 0.45 {
			t.Errorf("%s: %.3f of the picture is inked, want an outline", name, share)
		}
	}
}

func TestIcon_NameTellsColourAndStrokeApart(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	seen := map[string]bool{}
	for _, icon := range []theme.Icon{theme.NewIcon("send", theme.Text, 0), theme.NewIcon("send", theme.Bad, 0),
		theme.NewIcon("send", theme.Bad, 1.5), theme.NewIcon("x", theme.Bad, 0), theme.NewIcon("x", theme.Over, 0)} {
		if seen[icon.Name()] {
			t.Errorf("%s: two icons share the name", icon.Name())
		}
		seen[icon.Name()] = true
	}
	if got := string(theme.NewIcon("no-such-icon", theme.Text, 0).Content()); !strings.HasPrefix(got, "<svg") {
		t.Errorf("unknown icon: got %q, want an empty picture", got)
	}
}
