package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// Hairline returns a line of one pixel, across a column or, in a row that stretches, between its children.
func Hairline() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Line)
	r.SetMinSize(fyne.NewSquareSize(1))
	return r
}

// Card returns a bordered box with the usual padding.
func Card(children ...fyne.CanvasObject) *Box {
	return NewBox(BoxOptions{Gap: 1, Padding: Pad(11, 12), Fill: theme.Surface, Border: theme.Border,
		Radius: theme.RadiusCard}, children...)
}

// AICard is a Card with the border of a program's work.
func AICard(children ...fyne.CanvasObject) *Box {
	return NewBox(BoxOptions{Gap: 6, Padding: Pad(11, 12), Fill: theme.Surface, Border: theme.AIBorder,
		Radius: theme.RadiusCard}, children...)
}

// Caption returns a label in small capitals, as above a card's facts.
func Caption(s string) *Label {
	return NewLabel(LabelOptions{Text: strings.ToUpper(s), Style: TextStyle{text.Caps, theme.SizeTiny, theme.Faint}, Shrink: true})
}

// Fact returns a row with one thing at the left, which may be shortened, and one at the right.
func Fact(left, right fyne.CanvasObject) *Box {
	return NewBox(BoxOptions{Axis: Row, Gap: 8, Align: Center, MinTall: 22}, Grow(left, 1), right)
}

// EmptyOptions describe an Empty state.
type EmptyOptions struct {
	Icon   string
	Title  string
	Next   string // what to do next
	Action string // label of a button; "" none
	OnAct  func()
}

// Empty returns what a panel shows when it has nothing to show: what this place is and what to do next.
func Empty(o EmptyOptions) *Box {
	parts := []fyne.CanvasObject{
		NewIcon(o.Icon, theme.Ghost, 32),
		NewLabel(LabelOptions{Text: o.Title, Style: TextStyle{text.Bold, theme.SizeHead, theme.Text}, Shrink: true}),
		NewParagraph(ParagraphOptions{Spans: []Span{{Text: o.Next}}, Style: TextStyle{Size: theme.SizeSub, Ink: theme.Muted},
			Align: fyne.TextAlignCenter}),
	}
	if o.Action != "" {
		parts = append(parts, NewButton(ButtonOptions{Text: o.Action, OnTap: o.OnAct}))
	}
	return NewBox(BoxOptions{Gap: 8, Padding: Pad(24), Align: Center, Justify: Center}, parts...)
}
