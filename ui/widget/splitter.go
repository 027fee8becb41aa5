package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// SplitOptions describe a Splitter.
type SplitOptions struct {
	Fixed, Rest fyne.CanvasObject // the side that keeps its width when the window changes, and the other
	FixedRight  bool              // Fixed is the right side
	Width       float32           // of Fixed
	Least, Most float32           // bounds of Width; Most 0: none
	LeastRest   float32           // the other side keeps at least this
	OnChange    func(width float32)
}

// Splitter is two panes with a line between that can be dragged, or moved with the arrow keys when it has the focus.
type Splitter struct {
	fynewidget.BaseWidget
	opts   SplitOptions
	handle *splitHandle
	line   *canvas.Rectangle
}

// NewSplitter returns a splitter.
func NewSplitter(o SplitOptions) *Splitter {
	s := &Splitter{opts: o, line: canvas.NewRectangle(theme.Line)}
	s.handle = &splitHandle{split: s, glow: canvas.NewRectangle(theme.None)}
	s.handle.ExtendBaseWidget(s.handle)
	s.ExtendBaseWidget(s)
	return s
}

// Width returns the width of the fixed side as it is drawn.
func (s *Splitter) Width() float32 { return s.bounded(s.opts.Width) }

// SetWidth changes the width of the fixed side within the bounds.
func (s *Splitter) SetWidth(w float32) {
	s.opts.Width = s.bounded(w)
	s.Refresh()
	if s.opts.OnChange != nil {
		s.opts.OnChange(s.opts.Width)
	}
}

func (s *Splitter) bounded(w float32) float32 {
	if s.opts.Most > 0 {
		w = min(w, s.opts.Most)
	}
	if room := s.Size().Width; room > 0 {
		w = min(w, room-1-s.opts.LeastRest)
	}
	return round(max(w, s.opts.Least))
}

// CreateRenderer implements fyne.Widget.
func (s *Splitter) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{s.opts.Fixed, s.opts.Rest, s.line, s.handle}, size: s.Size(),
		least: func() fyne.Size {
			a, b := s.opts.Fixed.MinSize(), s.opts.Rest.MinSize()
			return fyne.NewSize(s.opts.Least+1+s.opts.LeastRest, max(a.Height, b.Height))
		},
		layout: s.layout}
}

func (s *Splitter) layout(size fyne.Size) {
	w := s.bounded(s.opts.Width)
	at := w // x of the line
	if s.opts.FixedRight {
		at = size.Width - w - 1
		place(s.opts.Rest, 0, 0, at, size.Height)
		place(s.opts.Fixed, at+1, 0, w, size.Height)
	} else {
		place(s.opts.Fixed, 0, 0, at, size.Height)
		place(s.opts.Rest, at+1, 0, size.Width-at-1, size.Height)
	}
	place(s.line, at, 0, 1, size.Height)
	place(s.handle, at-4, 0, 8, size.Height)
}

// splitHandle is the 8 pixels over the line that can be grabbed.
type splitHandle struct {
	fynewidget.BaseWidget
	split         *Splitter
	glow          *canvas.Rectangle
	over, focused bool
	dragging      bool
	raw           float32 // the width that the pointer asks for, before the bounds
}

func (h *splitHandle) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{h.glow}, size: h.Size(),
		least:  func() fyne.Size { return fyne.NewSize(8, 0) },
		layout: func(s fyne.Size) { place(h.glow, 3, 0, 3, s.Height) }}
}

func (h *splitHandle) paint() {
	h.glow.FillColor = theme.None
	if h.over || h.focused || h.dragging {
		h.glow.FillColor = theme.Focus
	}
	h.glow.Refresh()
}

func (h *splitHandle) sign() float32 {
	if h.split.opts.FixedRight {
		return -1
	}
	return 1
}

// Dragged implements fyne.Draggable.
func (h *splitHandle) Dragged(e *fyne.DragEvent) {
	if !h.dragging {
		h.dragging, h.raw = true, h.split.Width()
	}
	h.raw += h.sign() * e.Dragged.DX
	h.split.SetWidth(h.raw)
}

// DragEnd implements fyne.Draggable.
func (h *splitHandle) DragEnd() { h.dragging = false; h.paint() }

// MouseIn implements desktop.Hoverable.
func (h *splitHandle) MouseIn(*desktop.MouseEvent) { h.over = true; h.paint() }

// MouseMoved implements desktop.Hoverable.
func (h *splitHandle) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (h *splitHandle) MouseOut() { h.over = false; h.paint() }

// Cursor implements desktop.Cursorable.
func (h *splitHandle) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// FocusGained implements fyne.Focusable.
func (h *splitHandle) FocusGained() { h.focused = true; h.paint() }

// FocusLost implements fyne.Focusable.
func (h *splitHandle) FocusLost() { h.focused = false; h.paint() }

// TypedRune implements fyne.Focusable.
func (h *splitHandle) TypedRune(r rune) { PassRune(h, r) }

// TypedKey implements fyne.Focusable.
func (h *splitHandle) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		h.split.SetWidth(h.split.Width() - 16*h.sign())
	case fyne.KeyRight:
		h.split.SetWidth(h.split.Width() + 16*h.sign())
	default:
		PassKey(h, e)
	}
}
