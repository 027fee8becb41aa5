package stage

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/widget"
)

// Cards fills a scrolled sheet with a card for each item, or with words where there is none.
func Cards[T any](sheet *widget.Box, scroll *widget.Scroll, items []T, card func(T) fyne.CanvasObject, none widget.EmptyOptions) {
	cards := make([]fyne.CanvasObject, len(items))
	for i, it := range items {
		cards[i] = card(it)
	}
	if len(cards) == 0 {
		cards = append(cards, widget.Empty(none))
	}
	sheet.Set(cards...)
	scroll.Relayout()
}
