package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// pane is the part of a field of several lines that the text is drawn in. Fyne cuts off what stands out of whatever
// can be scrolled, so it is the pane that scrolls: were it the field, its focus ring would be cut off.
type pane struct {
	widget.BaseWidget
	f     *Field
	layer *fyne.Container
}

var _ fyne.Scrollable = (*pane)(nil)

// CreateRenderer implements fyne.Widget.
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.layer) }

// MinSize implements fyne.CanvasObject: the field decides.
func (p *pane) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// Scrolled implements fyne.Scrollable.
func (p *pane) Scrolled(e *fyne.ScrollEvent) { p.f.scroll(e) }
