package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// layer is one overlay that covers the window: a scrim, which may be invisible, and a box. It takes all clicks, keeps
// the keyboard inside (Fyne gives each overlay its own focus chain), shows tooltips for its box, and gives the focus
// back when it closes.
type layer struct {
	fynewidget.BaseWidget
	canvas  fyne.Canvas
	scrim   *canvas.Rectangle
	box     fyne.CanvasObject
	tips    *tips
	place   func(room fyne.Size) (pos fyne.Position, size fyne.Size)
	sticky  bool // neither Escape nor a click beside the box closes it
	initial fyne.Focusable
	back    fyne.Focusable // had the focus before
	onClose func()
	open    bool
}

// layerOptions describe a layer.
type layerOptions struct {
	Box     fyne.CanvasObject
	Place   func(room fyne.Size) (fyne.Position, fyne.Size)
	Modal   bool // darken the window
	Sticky  bool
	Initial fyne.Focusable // gets the focus
	OnClose func()
}

func openLayer(c fyne.Canvas, o layerOptions) *layer {
	l := &layer{canvas: c, box: o.Box, place: o.Place, sticky: o.Sticky, initial: o.Initial, onClose: o.OnClose, open: true}
	l.scrim = canvas.NewRectangle(theme.None)
	if o.Modal {
		l.scrim.FillColor = theme.Scrim
	}
	after := RealAfter
	if r, ok := c.Content().(*Root); ok {
		after = r.after
		r.tips.drop(r.tips.anchor)
	}
	l.tips = newTips(after)
	l.back = c.Focused()
	l.ExtendBaseWidget(l)
	c.Overlays().Add(l)
	l.Resize(c.Size())
	if o.Initial != nil {
		c.Focus(o.Initial)
	}
	return l
}

// dismiss closes the layer unless it is sticky.
func (l *layer) dismiss() {
	if !l.sticky {
		l.close()
	}
}

// close takes the layer away; a second call does nothing.
func (l *layer) close() {
	if !l.open {
		return
	}
	l.open = false
	l.canvas.Overlays().Remove(l)
	if l.back != nil {
		l.canvas.Focus(l.back)
	}
	if l.onClose != nil {
		l.onClose()
	}
}

// Tapped implements fyne.Tappable: a click beside the box.
func (l *layer) Tapped(e *fyne.PointEvent) {
	pos, size := l.box.Position(), l.box.Size()
	inside := e.Position.X >= pos.X && e.Position.Y >= pos.Y && e.Position.X < pos.X+size.Width && e.Position.Y < pos.Y+size.Height
	if !inside {
		l.dismiss()
	}
	if l.open && l.initial != nil && l.canvas.Focused() == nil {
		l.canvas.Focus(l.initial)
	}
}

// TappedSecondary implements fyne.SecondaryTappable, like Tapped.
func (l *layer) TappedSecondary(e *fyne.PointEvent) { l.Tapped(e) }

// MouseIn implements desktop.Hoverable: nothing below the layer is to look hovered.
func (l *layer) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (l *layer) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *layer) MouseOut() {}

// Scrolled implements fyne.Scrollable: nothing below the layer scrolls.
func (l *layer) Scrolled(*fyne.ScrollEvent) {}

func (l *layer) expectTip(anchor fyne.CanvasObject, t Tip) { l.tips.expect(anchor, t) }
func (l *layer) dropTip(anchor fyne.CanvasObject)          { l.tips.drop(anchor) }

// CreateRenderer implements fyne.Widget.
func (l *layer) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{l.scrim, l.box, l.tips}, size: l.Size(), layout: func(s fyne.Size) {
		place(l.scrim, 0, 0, s.Width, s.Height)
		pos, size := l.place(s)
		place(l.box, pos.X, pos.Y, size.Width, size.Height)
		l.tips.room = s
	}}
}

// popupBox returns the surface of things that float above the page.
func popupBox(o BoxOptions, children ...fyne.CanvasObject) *Box {
	o.Fill, o.Border = theme.Surface, theme.Border
	b := NewBox(o, children...)
	b.back.Shadow = canvas.Shadow{Color: theme.Shade, BlurRadius: 24, Offset: fyne.NewPos(0, 8)}
	return b
}
