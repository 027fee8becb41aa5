package widget_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// TestText_EmojiAreDrawn draws emoji of all ages in every face. Each must be about as large as a letter is tall: Fyne's
// own font has none younger than 2016, and some of those come out tiny or empty.
func TestText_EmojiAreDrawn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	const size = 40
	for _, face := range []text.Face{text.Regular, text.Medium, text.Bold, text.Italic, text.Caps} {
		missing := inkOf(t, "\U000E0FFF", face, size) // nobody has this one
		for _, s := range []string{"😀", "😭", "👍", "👍🏽", "🙏", "❤️", "✅", "❗", "📱", "💻", "🤣", "🥰", "🥺", "🫠", "🫶", "🇨🇳", "👨‍👩‍👧", "🏳️‍🌈", "1️⃣", "🧑‍💻"} {
			got := inkOf(t, s, face, size)
			if max(got.Dx(), got.Dy()) < size*6/10 || got.Dy() > size*13/10 {
				t.Errorf("face %d: %s is drawn in %v", face, s, got)
			}
			if got == missing {
				t.Errorf("face %d: %s is drawn as what is missing", face, s)
			}
		}
	}
}

// inkOf returns the extent of what is drawn for s.
func inkOf(t *testing.T, s string, face text.Face, size float32) image.Rectangle {
	t.Helper()
	win := test.NewWindow(widget.NewText(s, face, size, theme.Text))
	defer win.Close()
	win.SetPadded(false)
	win.Resize(fyne.NewSize(3*size, 2*size))
	picture := win.Canvas().Capture()
	ground := picture.At(picture.Bounds().Max.X-1, picture.Bounds().Max.Y-1)
	var ink image.Rectangle
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if picture.At(x, y) != ground {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}
