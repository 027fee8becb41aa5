package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/theme"
)

// Tip is what a tooltip says.
type Tip struct {
	Text string
	Keys string // shown as a key cap, for example "Alt E"; may be empty
}

// press is what all that can be clicked has in common: pointer over, pressed, disabled, the keyboard's focus with a
// ring, Enter and Space, a tooltip. The embedding widget gives act and look.
type press struct {
	fynewidget.BaseWidget
	member
	self fyne.Widget // the embedding widget, which is what Fyne knows
	act  func()      // on click, Enter, Space
	look func()      // apply the state to the drawing; must not lay out
	tip  Tip
	ring *canvas.Rectangle

	over, down, off, focused bool
	byPointer                bool           // the focus, if it comes now, comes from a click
	before                   fyne.Focusable // had the focus when the pointer was pressed
}

// init ties the parts together; every constructor calls it last.
func (p *press) init(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
	p.restyle()
}

// focusRing returns a ring object for a box of that radius; Fyne draws it outside of the widget's bounds.
func focusRing(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(theme.None)
	r.CornerRadius = radius + 2
	r.StrokeWidth = 2
	r.StrokeColor = theme.Focus
	r.Hide()
	return r
}

// placeRing puts the ring two pixels outside of a box of that size.
func (p *press) placeRing(size fyne.Size) {
	if p.ring != nil {
		place(p.ring, -2, -2, size.Width+4, size.Height+4)
	}
}

func (p *press) restyle() {
	if p.look != nil {
		p.look()
	}
	if p.ring == nil {
		return
	}
	if show := p.focused && !p.byPointer && !p.off; show != p.ring.Visible() {
		if show {
			p.ring.Show()
		} else {
			p.ring.Hide()
		}
	}
}

// Disabled reports whether clicks and keys are ignored.
func (p *press) Disabled() bool { return p.off }

// SetDisabled switches clicks and keys off or on.
func (p *press) SetDisabled(off bool) {
	if p.off == off {
		return
	}
	p.off, p.down = off, false
	p.restyle()
	p.Refresh()
}

// SetTip changes the tooltip.
func (p *press) SetTip(t Tip) { p.tip = t }

// MouseIn implements desktop.Hoverable.
func (p *press) MouseIn(*desktop.MouseEvent) {
	p.over = true
	p.restyle()
	if p.tip.Text != "" {
		if h := hostOf(p.self); h != nil {
			h.expectTip(p.self, p.tip)
		}
	}
}

// MouseMoved implements desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *press) MouseOut() {
	p.over, p.down = false, false
	p.restyle()
	p.dropTip()
}

func (p *press) dropTip() {
	if h := hostOf(p.self); h != nil {
		h.dropTip(p.self)
	}
}

// MouseDown implements desktop.Mouseable.
func (p *press) MouseDown(*desktop.MouseEvent) {
	p.byPointer = true
	p.dropTip()
	if c := canvasOf(p.self); c != nil {
		p.before = c.Focused()
	}
	if !p.off {
		p.down = true
		p.restyle()
	}
}

// MouseUp implements desktop.Mouseable.
func (p *press) MouseUp(*desktop.MouseEvent) {
	p.byPointer, p.down = p.focused && p.byPointer, false
	p.restyle()
}

// Tapped implements fyne.Tappable.
func (p *press) Tapped(*fyne.PointEvent) {
	p.giveBack()
	if !p.off && p.act != nil {
		p.act()
	}
}

// giveBack returns the focus to what had it: Fyne takes it away at every click beside it, and nobody wants to lose the
// caret of a reply for a click on a button. Before act, so that a dialog knows where to return to.
func (p *press) giveBack() {
	before := p.before
	p.before = nil
	if c := canvasOf(p.self); before != nil && c != nil && c.Focused() == nil {
		c.Focus(before)
	}
}

// Cursor implements desktop.Cursorable.
func (p *press) Cursor() desktop.Cursor {
	if p.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained implements fyne.Focusable.
func (p *press) FocusGained() {
	p.focused = true
	p.restyle()
}

// FocusLost implements fyne.Focusable.
func (p *press) FocusLost() {
	p.focused, p.byPointer = false, false
	p.restyle()
}

// TypedRune implements fyne.Focusable.
func (p *press) TypedRune(r rune) { PassRune(p.self, r) }

// TypedKey implements fyne.Focusable: Enter and Space click, Escape leaves the overlay.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.Tapped(nil)
	case fyne.KeyEscape:
		escape(p.self)
	default:
		PassKey(p.self, e)
	}
}
