package widget

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// DialogOptions describe a Dialog.
type DialogOptions struct {
	Title   string
	Body    fyne.CanvasObject // nil: none
	Width   float32           // 0: 440
	Buttons []ButtonOptions   // at the right of the foot, the main one last; each closes unless KeepOpen
	// KeepOpen leaves closing to the caller, so that input that was refused is not lost.
	KeepOpen bool
	// Sticky dialogs are not closed by Escape or a click beside them.
	Sticky  bool
	Focus   fyne.Focusable // gets the focus; nil: the last button that does no harm
	OnClose func()         // called however it closes
}

// Dialog is something modal in the middle of the window. The keyboard stays inside; Escape closes it.
type Dialog struct {
	layer   *layer
	buttons []*Button
}

// ShowDialog opens a dialog over c.
func ShowDialog(c fyne.Canvas, o DialogOptions) *Dialog {
	if o.Width <= 0 {
		o.Width = 440
	}
	d := &Dialog{}
	box := popupBox(BoxOptions{Gap: 14, Padding: Pad(18, 20), Radius: theme.RadiusBubble}, d.parts(o)...)
	focus := o.Focus
	for i := 0; o.Focus == nil && i < len(d.buttons); i++ {
		if d.buttons[i].opts.Kind != Harm || focus == nil {
			focus = d.buttons[i]
		}
	}
	d.layer = openLayer(c, layerOptions{Box: box, Modal: true, Sticky: o.Sticky, Initial: focus, OnClose: o.OnClose,
		Place: func(room fyne.Size) (fyne.Position, fyne.Size) {
			w := min(o.Width, room.Width-32)
			h := min(box.HeightFor(w), room.Height-32)
			return fyne.NewPos((room.Width-w)/2, (room.Height-h)*0.4), fyne.NewSize(w, h)
		}})
	return d
}

func (d *Dialog) parts(o DialogOptions) []fyne.CanvasObject {
	title := NewLabel(LabelOptions{Text: o.Title, Style: TextStyle{text.Bold, theme.SizeHead, theme.Text}, Shrink: true})
	head := NewRow(8, Grow(title, 1))
	if !o.Sticky {
		head.Add(NewIconButton(IconButtonOptions{Icon: "x", Side: 26, IconSide: 16, OnTap: d.Close}))
	}
	parts := []fyne.CanvasObject{head}
	if o.Body != nil {
		parts = append(parts, Grow(o.Body, 1))
	}
	foot := []fyne.CanvasObject{Spacer()}
	for _, opts := range o.Buttons {
		tap := opts.OnTap
		opts.OnTap = func() {
			if !o.KeepOpen {
				d.Close()
			}
			if tap != nil {
				tap()
			}
		}
		b := NewButton(opts)
		d.buttons = append(d.buttons, b)
		foot = append(foot, b)
	}
	if len(d.buttons) > 0 {
		parts = append(parts, NewRow(8, foot...))
	}
	return parts
}

// Button returns the i-th button of the foot, to disable it while something is missing.
func (d *Dialog) Button(i int) *Button { return d.buttons[i] }

// Relayout fits the dialog to a body that has changed.
func (d *Dialog) Relayout() { d.layer.Refresh() }

// Close takes the dialog away and gives the focus back. A second call does nothing.
func (d *Dialog) Close() { d.layer.close() }

// Open reports whether the dialog is shown.
func (d *Dialog) Open() bool { return d.layer.open }

// Confirm asks a question with two answers. harm colours the positive one as something that cannot be undone.
func Confirm(c fyne.Canvas, title, question, no, yes string, harm bool, onYes func()) *Dialog {
	kind := Primary
	if harm {
		kind = Harm
	}
	return ShowDialog(c, DialogOptions{Title: title, Body: Prose(question, TextStyle{}),
		Buttons: []ButtonOptions{{Text: no}, {Text: yes, Kind: kind, OnTap: onYes}}})
}

// Popover is a box at an anchor, for example an emoji choice or a filter.
type Popover struct{ layer *layer }

// ShowPopover opens content below anchor (above where there is no room) at the given width; a click elsewhere or
// Escape closes it. focus may be nil.
func ShowPopover(anchor, content fyne.CanvasObject, width float32, focus fyne.Focusable, onClose func()) *Popover {
	c := canvasOf(anchor)
	box := popupBox(BoxOptions{Padding: Pad(8), Radius: theme.RadiusCard}, content)
	pos, size := absolute(anchor), anchor.Size()
	p := &Popover{}
	p.layer = openLayer(c, layerOptions{Box: box, Initial: focus, OnClose: onClose,
		Place: func(room fyne.Size) (fyne.Position, fyne.Size) {
			return beside(pos, size, fyne.NewSize(width, box.HeightFor(width)), room)
		}})
	return p
}

// Close takes the popover away. A second call does nothing.
func (p *Popover) Close() { p.layer.close() }

// beside returns where a popup of the wanted size goes for an anchor: below, else above, inside the room.
func beside(pos fyne.Position, anchor, want, room fyne.Size) (fyne.Position, fyne.Size) {
	h := min(want.Height, room.Height-16)
	x := min(max(8, pos.X), max(8, room.Width-want.Width-8))
	y := pos.Y + anchor.Height + 4
	if y+h > room.Height-8 {
		y = max(8, pos.Y-h-4)
		if pos.Y-h-4 < 8 {
			y = max(8, room.Height-h-8)
		}
	}
	return fyne.NewPos(x, y), fyne.NewSize(want.Width, h)
}
