package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Scroll shows content that is higher than the room. The content is told the width of the view, so text wraps there.
// Its bar is Fyne's: 3 wide over the content, 8 under the pointer (see theme).
type Scroll struct {
	fynewidget.BaseWidget
	inner *container.Scroll
	sheet *sheet
}

// NewScroll returns a scroll around content, which should be a Flow.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{sheet: &sheet{content: content}}
	s.sheet.ExtendBaseWidget(s.sheet)
	s.inner = container.NewVScroll(s.sheet)
	s.ExtendBaseWidget(s)
	return s
}

// Relayout fits the view to content that has changed.
func (s *Scroll) Relayout() {
	s.sheet.Refresh()
	s.inner.Refresh()
}

// ToTop shows the beginning.
func (s *Scroll) ToTop() { s.inner.ScrollToTop() }

// ToBottom shows the end.
func (s *Scroll) ToBottom() { s.inner.ScrollToBottom() }

// Offset returns how far the view is scrolled down.
func (s *Scroll) Offset() float32 { return s.inner.Offset.Y }

// ScrollTo shows what is at y of the content.
func (s *Scroll) ScrollTo(y float32) { s.inner.ScrollToOffset(fyne.NewPos(0, y)) }

// CreateRenderer implements fyne.Widget.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{s.inner}, size: s.Size(),
		least: func() fyne.Size { return fyne.NewSize(LeastWidth(s.sheet.content), 40) },
		layout: func(size fyne.Size) {
			s.sheet.width = size.Width
			s.inner.Resize(size)
			s.inner.Refresh() // the content's height may follow from the new width
		}}
}

// sheet answers Fyne's question for a minimum size with the height for the view's width.
type sheet struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	width   float32
}

func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{s.content}, size: s.Size(),
		least:  func() fyne.Size { return fyne.NewSize(1, HeightFor(s.content, s.width)) },
		layout: func(size fyne.Size) { place(s.content, 0, 0, size.Width, size.Height) }}
}
