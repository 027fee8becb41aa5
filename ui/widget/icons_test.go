package widget_test

import (
	"io/fs"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"deskhand/assets"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

func TestGallery_EveryIconIsDrawn(t *testing.T) {
	var sheet *widget.Box
	win, _ := show(t, theme.Light, func() fyne.CanvasObject {
		names, err := fs.Glob(assets.Icons, "icons/*.svg")
		if err != nil {
			t.Fatal(err)
		}
		sheet = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Padding: widget.Pad(12), Wrap: true})
		for _, n := range names {
			sheet.Add(widget.NewIcon(strings.TrimSuffix(strings.TrimPrefix(n, "icons/"), ".svg"), theme.Text, 36))
		}
		return sheet
	}, 720, 520)
	shoot(t, win, "icons")
	if h := sheet.HeightFor(720); h > 520 {
		t.Errorf("icons need %v, the window is 520 high", h)
	}
}
