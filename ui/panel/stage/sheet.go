package stage

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/panel"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Sheet draws a command in full, below its title: what the customer agreed to, what is sent, what is about it.
func Sheet(sh panel.Sheet) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if sh.ReadBack != "" {
		parts = append(parts, widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10), Fill: theme.Bubble, Radius: theme.RadiusButton},
			widget.Prose(sh.ReadBack, widget.TextStyle{Size: theme.SizeSub})))
	}
	for i, facts := range [][]panel.Fact{sh.Facts, sh.About} {
		if i > 0 && len(parts) > 0 && len(facts) > 0 {
			parts = append(parts, widget.Hairline())
		}
		for _, f := range facts {
			parts = append(parts, fact(f))
		}
	}
	return parts
}

// factName is how wide the names of facts are.
const factName = 150

func fact(f panel.Fact) fyne.CanvasObject {
	name := widget.NewBox(widget.BoxOptions{Width: factName}, widget.Line(f.Name, text.Regular, theme.SizeSub, theme.Muted))
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Start}, name,
		widget.Grow(widget.Prose(f.Value, widget.TextStyle{Size: theme.SizeSub}), 1))
}
