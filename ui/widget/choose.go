package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// SelectItem is one value of a Select.
type SelectItem struct{ ID, Text string }

// SelectOptions describe a Select.
type SelectOptions struct {
	Items    []SelectItem
	Chosen   string // ID; "" none
	Hint     string // shown while none is chosen
	Disabled bool
	Tip      Tip
	OnChange func(id string)
}

// Select is a drop-down of values. Enter, Space, Up and Down open it. It implements Flow.
type Select struct {
	press
	opts  SelectOptions
	box   *canvas.Rectangle
	label *Label
	arrow *Icon
}

// NewSelect returns a drop-down.
func NewSelect(o SelectOptions) *Select {
	s := &Select{opts: o, box: newBox(theme.Surface, theme.Border, theme.RadiusButton)}
	s.label = Line("", text.Regular, theme.SizeSub, theme.Text)
	s.arrow = NewIcon("chevron-down", theme.Muted, 16)
	s.act, s.look, s.tip, s.off = s.open, s.paint, o.Tip, o.Disabled
	s.ring = focusRing(theme.RadiusButton)
	s.init(s)
	return s
}

// Chosen returns the ID of the chosen value, "" if none.
func (s *Select) Chosen() string { return s.opts.Chosen }

// Choose changes the value without calling back.
func (s *Select) Choose(id string) { s.opts.Chosen = id; s.restyle() }

// SetItems replaces the values; a chosen one that is gone is no longer chosen.
func (s *Select) SetItems(items []SelectItem) {
	s.opts.Items = items
	if s.words() == "" {
		s.opts.Chosen = ""
	}
	s.restyle()
	s.resized()
	s.Refresh()
}

func (s *Select) words() string {
	for _, it := range s.opts.Items {
		if it.ID == s.opts.Chosen {
			return it.Text
		}
	}
	return ""
}

func (s *Select) open() {
	rows := make([]MenuItem, len(s.opts.Items))
	for i, it := range s.opts.Items {
		rows[i] = MenuItem{Text: it.Text, Checked: it.ID == s.opts.Chosen, OnTap: func() { s.take(it.ID) }}
	}
	if len(rows) > 0 && canvasOf(s) != nil {
		ShowMenu(s, rows, nil)
	}
}

func (s *Select) take(id string) {
	if id == s.opts.Chosen {
		return
	}
	s.Choose(id)
	if s.opts.OnChange != nil {
		s.opts.OnChange(id)
	}
}

func (s *Select) paint() {
	words, ink := s.words(), theme.Text
	if words == "" {
		words, ink = s.opts.Hint, theme.Faint
	}
	s.box.FillColor = theme.Surface
	switch {
	case s.off:
		s.box.FillColor, ink = theme.Bubble, theme.Ghost
	case s.over || s.down:
		s.box.FillColor = theme.Raised
	}
	s.label.SetText(words)
	s.label.SetStyle(TextStyle{text.Regular, theme.SizeSub, ink})
	s.box.Refresh()
}

// TypedKey implements fyne.Focusable; the arrows open the menu too.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDown || e.Name == fyne.KeyUp {
		s.Tapped(nil)
		return
	}
	s.press.TypedKey(e)
}

// NaturalWidth implements Flow: wide enough for every value.
func (s *Select) NaturalWidth() float32 {
	w := text.Width(s.opts.Hint, text.Regular, theme.SizeSub)
	for _, it := range s.opts.Items {
		w = max(w, text.Width(it.Text, text.Regular, theme.SizeSub))
	}
	return ceil(w) + 12 + 6 + 16 + 10
}

// LeastWidth implements Flow.
func (s *Select) LeastWidth() float32 { return min(s.NaturalWidth(), 80) }

// HeightFor implements Flow.
func (s *Select) HeightFor(float32) float32 { return 32 }

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{s.ring, s.box, s.label, s.arrow}, size: s.Size(),
		least: func() fyne.Size { return fyne.NewSize(s.LeastWidth(), 32) },
		layout: func(z fyne.Size) {
			s.placeRing(z)
			place(s.box, 0, 0, z.Width, z.Height)
			place(s.label, 12, (z.Height-20)/2, z.Width-12-6-16-10, 20)
			place(s.arrow, z.Width-26, (z.Height-16)/2, 16, 16)
		}}
}
