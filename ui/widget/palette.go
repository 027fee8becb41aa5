package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// Choice is one row of a Palette.
type Choice struct {
	Icon    string
	Text    string
	Matched [][2]int // byte ranges of Text that matched the query, in order
	Kind    string   // what it is, at the right: "Action", "Customer · transfer"
	Keys    string   // its shortcut
	OnTake  func()
}

// PaletteOptions describe a Palette.
type PaletteOptions struct {
	// Field is the text field at the top. Its owner calls SetQuery on each change and Key on each key before the
	// field treats it. It gets the focus if it is a fyne.Focusable.
	Field fyne.CanvasObject
	// Query returns the rows for what was typed, best first. Called on the main goroutine: it must be quick.
	Query func(q string) []Choice
	// Words of the foot: what the arrows and Enter do, and a hint at the right.
	Choose, Run, Hint string
	// Nothing is shown instead of rows when there are none.
	Nothing string
	OnClose func()
}

// Palette is the box of all actions over the window.
type Palette struct {
	layer *layer
	rows  *paletteRows
	query func(string) []Choice
}

const paletteWidth, paletteShown, paletteRow = 580, 8, 37

// ShowPalette opens the palette over c with the rows for an empty query.
func ShowPalette(c fyne.Canvas, o PaletteOptions) *Palette {
	p := &Palette{query: o.Query}
	p.rows = newPaletteRows(o.Nothing, p.take)
	p.rows.set(o.Query(""))
	head := NewBox(BoxOptions{Axis: Row, Gap: 12, Padding: Pad(0, 14), Align: Center, MinTall: 50},
		NewIcon("search", theme.Muted, 18), Grow(o.Field, 1), NewKbd("Esc"))
	small := func(s string) *Label { return Line(s, text.Regular, theme.SizeTiny, theme.Muted) }
	foot := NewBox(BoxOptions{Axis: Row, Gap: 6, Padding: Pad(0, 14), Align: Center, MinTall: 31},
		NewKbd("↑"), NewKbd("↓"), small(o.Choose), NewKbd("Enter"), small(o.Run), Spacer(), small(o.Hint))
	rows := NewBox(BoxOptions{Padding: Pad(6)}, p.rows)
	box := popupBox(BoxOptions{Radius: theme.RadiusBubble}, head, Hairline(), rows, Hairline(), foot)
	focus, _ := o.Field.(fyne.Focusable)
	p.layer = openLayer(c, layerOptions{Box: box, Modal: true, Initial: focus, OnClose: o.OnClose,
		Place: func(room fyne.Size) (fyne.Position, fyne.Size) {
			w := min(paletteWidth, room.Width-32)
			return fyne.NewPos((room.Width-w)/2, max(16, room.Height*0.145)), fyne.NewSize(w, box.HeightFor(w))
		}})
	return p
}

// SetQuery shows the rows for what was typed.
func (p *Palette) SetQuery(q string) {
	p.rows.set(p.query(q))
	p.layer.Refresh()
}

// Key treats a key that moves, takes or leaves, and reports whether it did.
func (p *Palette) Key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown:
		p.rows.mark(p.rows.at + 1)
	case fyne.KeyUp:
		p.rows.mark(p.rows.at - 1)
	case fyne.KeyPageDown:
		p.rows.mark(min(p.rows.at+paletteShown, len(p.rows.all)-1))
	case fyne.KeyPageUp:
		p.rows.mark(max(p.rows.at-paletteShown, 0))
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.rows.at < len(p.rows.all) {
			p.take(p.rows.at)
		}
	case fyne.KeyEscape:
		p.Close()
	default:
		return false
	}
	return true
}

func (p *Palette) take(i int) {
	c := p.rows.all[i]
	p.Close()
	if c.OnTake != nil {
		c.OnTake()
	}
}

// Marked returns the row that Enter would take.
func (p *Palette) Marked() (c Choice, ok bool) {
	if p.rows.at < len(p.rows.all) {
		return p.rows.all[p.rows.at], true
	}
	return Choice{}, false
}

// Close takes the palette away and gives the focus back. A second call does nothing.
func (p *Palette) Close() { p.layer.close() }

// Open reports whether the palette is shown.
func (p *Palette) Open() bool { return p.layer.open }

// paletteRows draws up to paletteShown rows of all, around the marked one.
type paletteRows struct {
	fynewidget.BaseWidget
	all     []Choice
	at, top int // the marked row, the first shown
	take    func(int)
	markBox *canvas.Rectangle
	pool    [paletteShown]paletteLine
	nothing *Label
	drawn   []fyne.CanvasObject
}

type paletteLine struct {
	icon  *Icon
	words *Paragraph
	kind  *Label
	keys  *Kbd
	row   *Box
}

func newPaletteRows(nothing string, take func(int)) *paletteRows {
	r := &paletteRows{take: take, markBox: newBox(theme.PrimarySoft, nil, theme.RadiusButton)}
	r.nothing = Line(nothing, text.Regular, theme.SizeSub, theme.Muted)
	r.drawn = []fyne.CanvasObject{r.markBox, r.nothing}
	for i := range r.pool {
		l := &r.pool[i]
		l.icon = NewIcon("search", theme.Muted, 18)
		l.words = NewParagraph(ParagraphOptions{Style: TextStyle{}, MaxLines: 1})
		l.kind = Line("", text.Regular, theme.SizeSmall, theme.Muted)
		l.keys = NewKbd("")
		l.row = NewBox(BoxOptions{Axis: Row, Gap: 10, Padding: Pad(0, 10), Align: Center}, l.icon, Grow(l.words, 1), l.kind, l.keys)
		r.drawn = append(r.drawn, l.row)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *paletteRows) set(all []Choice) {
	r.all, r.at, r.top = all, 0, 0
	r.fill()
}

// mark moves to row i, around the ends.
func (r *paletteRows) mark(i int) {
	n := len(r.all)
	if n == 0 {
		return
	}
	r.at = (i%n + n) % n
	r.top = max(min(r.top, r.at), r.at-paletteShown+1)
	r.fill()
}

func (r *paletteRows) fill() {
	for i := range r.pool {
		l := &r.pool[i]
		k := r.top + i
		if k >= len(r.all) {
			l.row.Hide()
			continue
		}
		c := r.all[k]
		l.icon.Set(c.Icon, theme.Muted)
		l.words.SetSpans(matchedSpans(c)...)
		l.kind.SetText(c.Kind)
		l.keys.Hidden = c.Keys == ""
		l.keys.SetKeys(c.Keys)
		l.row.Show()
		l.row.Relayout()
	}
	r.Refresh()
}

// matchedSpans colours the letters that matched.
func matchedSpans(c Choice) (spans []Span) {
	at := 0
	for _, m := range c.Matched {
		if m[0] < at || m[1] <= m[0] || m[1] > len(c.Text) {
			continue
		}
		spans = append(spans, Span{Text: c.Text[at:m[0]]}, Span{Text: c.Text[m[0]:m[1]], Face: text.Bold, Ink: theme.Primary})
		at = m[1]
	}
	return append(spans, Span{Text: c.Text[at:]})
}

// CreateRenderer implements fyne.Widget.
func (r *paletteRows) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: r.drawn, size: r.Size(),
		least: func() fyne.Size {
			return fyne.NewSize(200, paletteRow*float32(max(1, min(paletteShown, len(r.all)))))
		},
		layout: func(s fyne.Size) {
			for i := range r.pool {
				place(r.pool[i].row, 0, float32(i)*paletteRow, s.Width, paletteRow)
			}
			place(r.markBox, 0, float32(r.at-r.top)*paletteRow, s.Width, paletteRow)
			place(r.nothing, 10, 0, s.Width-20, paletteRow)
			r.nothing.Hidden, r.markBox.Hidden = len(r.all) > 0, len(r.all) == 0
		}}
}

func (r *paletteRows) rowAt(y float32) (int, bool) {
	i := r.top + int(y/paletteRow)
	return i, y >= 0 && i < len(r.all)
}

// Tapped implements fyne.Tappable.
func (r *paletteRows) Tapped(e *fyne.PointEvent) {
	if i, ok := r.rowAt(e.Position.Y); ok {
		r.take(i)
	}
}

// MouseIn implements desktop.Hoverable. The row that happens to be under a resting pointer is not marked.
func (r *paletteRows) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (r *paletteRows) MouseMoved(e *desktop.MouseEvent) {
	if i, ok := r.rowAt(e.Position.Y); ok && i != r.at {
		r.mark(i)
	}
}

// MouseOut implements desktop.Hoverable.
func (r *paletteRows) MouseOut() {}

// Cursor implements desktop.Cursorable.
func (r *paletteRows) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Scrolled implements fyne.Scrollable.
func (r *paletteRows) Scrolled(e *fyne.ScrollEvent) {
	step := 1
	if e.Scrolled.DY > 0 {
		step = -1
	}
	if i := r.at + step; i >= 0 && i < len(r.all) {
		r.mark(i)
	}
}
