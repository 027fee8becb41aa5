package widget

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// Avatar is the circle that stands for a person: initials, or the first character of a Chinese name, on a colour
// that follows from the key.
type Avatar struct {
	fynewidget.BaseWidget
	side   float32
	circle *canvas.Rectangle
	ring   *canvas.Rectangle
	icon   *Icon
	words  *canvas.Text
}

// NewAvatar returns an avatar of the given diameter (0: 34) for name, coloured by key (a person's id, or the name).
func NewAvatar(name, key string, side float32) *Avatar {
	if side <= 0 {
		side = 34
	}
	a := &Avatar{side: side}
	a.circle = newBox(theme.Muted, nil, side/2)
	a.ring = newBox(theme.None, nil, side/2+2)
	a.ring.Hide()
	size := round(side * 0.38)
	a.words = NewText("", text.Bold, size, color.White)
	a.icon = NewIcon("bot", theme.OnRail, round(side*0.55))
	a.icon.Hide()
	a.ExtendBaseWidget(a)
	a.Set(name, key)
	return a
}

// Set shows another person.
func (a *Avatar) Set(name, key string) {
	if key == "" {
		key = name
	}
	s := Initials(name)
	fill := theme.AvatarColor(key)
	if a.words.Text == s && a.circle.FillColor == fill {
		return
	}
	a.circle.FillColor = fill
	SetText(a.words, s, text.Bold, a.words.TextSize)
	a.icon.Hide()
	a.words.Show()
	a.Refresh()
}

// SetBot shows the bot instead of a person.
func (a *Avatar) SetBot() {
	a.circle.FillColor = theme.AI
	a.words.Hide()
	a.icon.Set("bot", theme.OnPrimary)
	a.icon.Show()
	a.Refresh()
}

// SetRing draws a ring of the tone around the circle, for presence; Plain draws none. Say the presence in words too.
func (a *Avatar) SetRing(t Tone) {
	if t == Plain {
		a.ring.Hide()
		return
	}
	a.ring.FillColor = t.Ink()
	if t == Good {
		a.ring.FillColor = theme.Live
	}
	a.ring.Show()
	a.ring.Refresh()
}

// Initials returns what an avatar shows for a name: the last two digits of a number at its end ("Visitor 114"), else the
// first Han character, else the first letters of the first and the last word, else "?".
func Initials(name string) string {
	words := strings.FieldsFunc(text.Clean(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		return "?"
	}
	if last := words[len(words)-1]; len(words) > 1 && strings.Trim(last, "0123456789") == "" {
		return last[max(0, len(last)-2):]
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if first >= 0x2E80 || len(words) == 1 {
		return string(unicode.ToUpper(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return string([]rune{unicode.ToUpper(first), unicode.ToUpper(last)})
}

// CreateRenderer implements fyne.Widget.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{a.ring, a.circle, a.words, a.icon}, size: a.Size(),
		least: func() fyne.Size { return fyne.NewSquareSize(a.side) },
		layout: func(s fyne.Size) {
			x, y := round((s.Width-a.side)/2), round((s.Height-a.side)/2)
			place(a.ring, x-2, y-2, a.side+4, a.side+4)
			place(a.circle, x, y, a.side, a.side)
			w := text.Width(a.words.Text, text.Bold.For(a.words.Text), a.words.TextSize)
			placeText(a.words, x+(a.side-w)/2, y, a.side, text.Bold)
			place(a.icon, x, y, a.side, a.side)
		}}
}
