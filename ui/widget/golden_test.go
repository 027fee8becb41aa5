package widget_test

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// update rewrites the golden pictures: go test ./ui/widget -run Golden -update, then look at them.
var update = flag.Bool("update", false, "rewrite golden pictures")

// mostDifferent is the share of pixels that may differ visibly: processors round blending differently.
const mostDifferent = 0.002

func TestGolden_ButtonsChipsAndBanner(t *testing.T) {
	each(t, func(t *testing.T, mode theme.Mode, name string) {
		win, _ := show(t, mode, func() fyne.CanvasObject {
			return widget.NewBox(widget.BoxOptions{Gap: 8, Padding: widget.Pad(10)},
				widget.NewRow(6, widget.NewButton(widget.ButtonOptions{Text: "Resolve", Kind: widget.Primary, IconAfter: "send"}),
					widget.NewButton(widget.ButtonOptions{Text: "转接"}), widget.NewIconButton(widget.IconButtonOptions{Icon: "smile"})),
				widget.NewRow(6, widget.NewChip(widget.Danger, "▼", "frustrated"), widget.NewAIChip("Next step"), widget.NewKbd("Alt 1"), widget.NewAvatar("王晓明", "", 30)),
				widget.Banner(widget.Caution, "Reconnecting", "since 14:02", "2 messages are queued. 网络中断。"))
		}, 300, 150)
		compare(t, filepath.Join("testdata", "set-"+name+".png"), win.Canvas().Capture())
	})
}

func compare(t *testing.T, file string, got image.Image) {
	t.Helper()
	if *update {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, got); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("picture is %v, want %v", got.Bounds(), want.Bounds())
	}
	if share := difference(got, want); share > mostDifferent {
		t.Errorf("%.2f %% of the pixels differ from %s", 100*share, file)
	}
}

// difference returns the share of pixels of which a channel differs by more than a twentieth.
func difference(a, b image.Image) float64 {
	r, bad := a.Bounds(), 0
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > 0xffff/20 }
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) {
				bad++
			}
		}
	}
	return float64(bad) / float64(r.Dx()*r.Dy())
}
