package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

const frameRadius = 10

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	r := &drawing{f: f, layer: container.NewWithoutLayout()}
	r.caret = canvas.NewRectangle(theme.Primary)
	r.placeholder = canvas.NewText("", theme.Faint)
	if f.opt.Multiline {
		p := &pane{f: f, layer: r.layer}
		p.ExtendBaseWidget(p)
		r.clip = p
	} else {
		r.clip = container.NewClip(r.layer)
	}
	if f.opt.Framed {
		r.frame = canvas.NewRectangle(theme.Surface)
		r.frame.StrokeWidth, r.frame.CornerRadius = 1, frameRadius
		r.ring = canvas.NewRectangle(theme.None)
		r.ring.CornerRadius = frameRadius
		r.objects = append(r.objects, r.ring, r.frame)
	}
	r.objects = append(r.objects, r.clip)
	f.rebuild()
	r.Refresh()
	return r
}

// drawing holds the canvas objects of a field: a text for each visible line, a rectangle for each visible line's part
// of the selection and of the composition. They are pooled and never more than what fits on screen.
type drawing struct {
	f           *Field
	objects     []fyne.CanvasObject
	frame, ring *canvas.Rectangle
	clip        fyne.CanvasObject // cuts off what stands out
	layer       *fyne.Container
	caret       *canvas.Rectangle
	placeholder *canvas.Text
	lines       []*canvas.Text
	marks       []*canvas.Rectangle // selection
	rules       []*canvas.Rectangle // under the composition
}

// Destroy implements fyne.WidgetRenderer.
func (r *drawing) Destroy() {}

// MinSize implements fyne.WidgetRenderer.
func (r *drawing) MinSize() fyne.Size { return r.f.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (r *drawing) Objects() []fyne.CanvasObject { return r.objects }

// Layout implements fyne.WidgetRenderer.
func (r *drawing) Layout(size fyne.Size) {
	if r.frame != nil {
		r.frame.Resize(size)
		r.ring.Move(fyne.NewPos(-2, -2))
		r.ring.Resize(size.AddWidthHeight(4, 4))
		r.ring.CornerRadius = frameRadius + 2
	}
	px, py := r.f.pad()
	// The caret at the right edge and the descenders need a little more than the text's own box.
	r.clip.Move(fyne.NewPos(px-1, py))
	r.clip.Resize(fyne.NewSize(max(0, size.Width-2*px)+3, max(0, size.Height-2*py)))
	r.layer.Resize(r.clip.Size())
	r.draw()
}

// Refresh implements fyne.WidgetRenderer.
func (r *drawing) Refresh() {
	if r.frame != nil {
		r.frame.StrokeColor = theme.Border
		r.ring.FillColor = theme.None
		if r.f.focused {
			r.frame.StrokeColor = theme.Primary
			if r.f.ring {
				r.ring.FillColor = theme.Focus
			}
		}
		r.ring.Refresh()
		r.frame.Refresh()
	}
	r.draw()
	canvas.Refresh(r.f)
}

// draw sets the objects to what is visible now. Inside the layer x is one pixel further right, see Layout.
func (r *drawing) draw() {
	f := r.f
	h, in := f.lineHeight(), f.inner()
	first := max(0, int(f.scrollY/h))
	last := min(len(f.v.lines)-1, int((f.scrollY+in.Height)/h))
	lines, marks, rules := 0, 0, 0
	from, to := f.buf.selection()
	from, to = f.v.toShown(from), f.v.toShown(to)
	for n := first; n <= last; n++ {
		l := f.v.lines[n]
		y := float32(n)*h - f.scrollY
		if a, b, ok := r.span(n, from, to); ok {
			place(grow(&r.marks, marks, theme.Select), a, y, b-a, h)
			marks++
		}
		if a, b, ok := r.span(n, f.v.preFrom, f.v.preTo); ok && f.pre != "" {
			place(grow(&r.rules, rules, theme.Text), a, y+h-3, b-a, 1)
			rules++
		}
		if l.End > l.Start {
			r.line(lines, n, y, h)
			lines++
		}
	}
	r.drawCaret()
	r.drawPlaceholder(h)
	r.assemble(lines, marks, rules)
}

// span returns where the part from:to of what is shown begins and ends on the line.
func (r *drawing) span(n, from, to int) (a, b float32, ok bool) {
	f, l := r.f, r.f.v.lines[n]
	from, to = max(from, l.Start), min(to, l.Next)
	if from >= to {
		return 0, 0, false
	}
	a = f.v.x(from, n, f.opt.Size, f.wrapWidth())
	b = f.v.x(to, n, f.opt.Size, f.wrapWidth())
	if b == a { // a line break alone
		b += 4
	}
	return 1 + a - f.scrollX, 1 + b - f.scrollX, true
}

func grow(pool *[]*canvas.Rectangle, n int, c theme.Color) *canvas.Rectangle {
	if n == len(*pool) {
		*pool = append(*pool, canvas.NewRectangle(c))
	}
	return (*pool)[n]
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// line shows line n of the text with object number i. A line far longer than the field is wide, as a single line may
// be, is cut to what is seen: a texture must not grow with the text.
func (r *drawing) line(i, n int, y, h float32) {
	f := r.f
	if i == len(r.lines) {
		r.lines = append(r.lines, canvas.NewText("", theme.Text))
	}
	o, l := r.lines[i], f.v.lines[n]
	s, x := f.v.shown[l.Start:l.End], float32(0)
	if wide := f.inner().Width; !f.opt.Multiline && l.Width > 3*wide {
		a := text.Offset(s, text.Regular, f.opt.Size, f.scrollX-wide/2)
		b := text.Offset(s, text.Regular, f.opt.Size, f.scrollX+wide*3/2)
		x = text.Width(s[:a], text.Regular, f.opt.Size)
		s = s[a:b]
	}
	o.TextSize, o.Color = f.opt.Size, theme.Text
	if f.disabled {
		o.Color = theme.Ghost
	}
	if s = text.Drawn(s); o.Text != s {
		o.Text = s
	}
	m := text.MetricsOf(text.Regular, f.opt.Size)
	place(o, 1+x-f.scrollX, y+text.Centre(h, text.Regular, f.opt.Size), l.Width, m.Height)
	o.Refresh()
}

func (r *drawing) drawCaret() {
	f := r.f
	from, to := f.buf.selection()
	r.caret.Hidden = !f.focused || f.caretOff || f.disabled || from != to && f.pre == ""
	pos, size := f.caretRect()
	px, py := f.pad()
	place(r.caret, 1+pos.X-px, pos.Y-py+2, caretWidth, size.Height-4)
}

func (r *drawing) drawPlaceholder(h float32) {
	f := r.f
	o := r.placeholder
	o.Hidden = f.v.shown != "" || f.opt.Placeholder == ""
	if o.Hidden {
		return
	}
	o.TextSize = f.opt.Size
	o.Text = text.Ellipsis(text.Clean(f.opt.Placeholder), text.Regular, f.opt.Size, f.inner().Width)
	place(o, 1, text.Centre(h, text.Regular, f.opt.Size), f.inner().Width, text.MetricsOf(text.Regular, f.opt.Size).Height)
}

// assemble puts the objects in use into the layer, back to front.
func (r *drawing) assemble(lines, marks, rules int) {
	objects := r.layer.Objects[:0]
	for _, o := range r.marks[:marks] {
		objects = append(objects, o)
	}
	objects = append(objects, r.placeholder)
	for _, o := range r.lines[:lines] {
		objects = append(objects, o)
	}
	for _, o := range r.rules[:rules] {
		objects = append(objects, o)
	}
	r.layer.Objects = append(objects, r.caret)
}
