package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// ScrollBar is the bar of our own virtualised views: 3 wide, 8 under the pointer, drawn over the content.
type ScrollBar struct {
	fynewidget.BaseWidget
	onScroll          func(top float32)
	thumb             *canvas.Rectangle
	total, view, top  float32
	over, dragging    bool
	grabbed, grabbedY float32 // top when the drag began, and how far it went
}

// BarWidth is the room that a ScrollBar covers at the right edge of a view.
const BarWidth float32 = 10

// NewScrollBar returns a bar that calls onScroll with the offset that dragging it asks for.
func NewScrollBar(onScroll func(top float32)) *ScrollBar {
	b := &ScrollBar{onScroll: onScroll, thumb: newBox(theme.Ghost.Fade(0.5), nil, 1.5)}
	b.ExtendBaseWidget(b)
	return b
}

// Set tells the bar the height of the content, of the view, and how far it is scrolled down.
func (b *ScrollBar) Set(total, view, top float32) {
	if total == b.total && view == b.view && top == b.top {
		return
	}
	b.total, b.view, b.top = total, view, top
	b.placeThumb(b.Size())
}

func (b *ScrollBar) length() float32 {
	return max(24, b.Size().Height*b.view/max(1, b.total))
}

func (b *ScrollBar) placeThumb(s fyne.Size) {
	if b.total <= b.view || s.Height <= 0 {
		if b.thumb.Visible() {
			b.thumb.Hide()
		}
		return
	}
	w := float32(3)
	if b.over || b.dragging {
		w = 8
	}
	b.thumb.CornerRadius = w / 2
	room := s.Height - b.length()
	place(b.thumb, s.Width-w-1, room*b.top/(b.total-b.view), w, b.length())
	if !b.thumb.Visible() {
		b.thumb.Show()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *ScrollBar) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{b.thumb}, layout: b.placeThumb, size: b.Size(),
		least: func() fyne.Size { return fyne.NewSize(BarWidth, 0) }}
}

// Dragged implements fyne.Draggable.
func (b *ScrollBar) Dragged(e *fyne.DragEvent) {
	if !b.dragging {
		b.dragging, b.grabbed, b.grabbedY = true, b.top, 0
	}
	b.grabbedY += e.Dragged.DY
	if room := b.Size().Height - b.length(); room > 0 {
		top := b.grabbed + b.grabbedY*(b.total-b.view)/room
		b.onScroll(max(0, min(top, b.total-b.view)))
	}
}

// DragEnd implements fyne.Draggable.
func (b *ScrollBar) DragEnd() { b.dragging = false; b.placeThumb(b.Size()) }

// Tapped implements fyne.Tappable: a page towards the click.
func (b *ScrollBar) Tapped(e *fyne.PointEvent) {
	page := b.view * 0.9
	if e.Position.Y < b.thumb.Position().Y {
		page = -page
	} else if e.Position.Y < b.thumb.Position().Y+b.length() {
		return
	}
	b.onScroll(max(0, min(b.top+page, b.total-b.view)))
}

// MouseIn implements desktop.Hoverable.
func (b *ScrollBar) MouseIn(*desktop.MouseEvent) { b.over = true; b.placeThumb(b.Size()) }

// MouseMoved implements desktop.Hoverable.
func (b *ScrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *ScrollBar) MouseOut() { b.over = false; b.placeThumb(b.Size()) }
