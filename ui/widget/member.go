package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// member is the part of a widget that knows the Box it stands in, so that the Box makes room when the widget's
// natural size changes. Fyne itself lays a parent out again only when a minimum size changed.
type member struct{ parent *Box }

func (m *member) join(b *Box) { m.parent = b }

// resized is called by the widget after its natural size may have changed.
func (m *member) resized() {
	if m.parent != nil {
		m.parent.childResized()
	}
}

// extent is what a Box compares to find out whether its own parent has to know.
type extent struct{ natural, tall float32 }

// childResized lays out again and tells the parent if the Box itself has become another size.
func (b *Box) childResized() {
	if b.drawn == nil || b.Size().Width <= 0 {
		b.resized()
		return
	}
	now := extent{b.NaturalWidth(), b.HeightFor(b.Size().Width)}
	if now != b.told {
		b.told = now
		b.resized()
	}
	b.Relayout()
}

// SetVisible shows or hides o and lets the Box it stands in close or make the gap.
func SetVisible(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
	if m, ok := o.(interface{ appeared() }); ok {
		m.appeared()
	}
}

// appeared makes room for the widget, or closes the gap, and asks for a repaint: Fyne does not know on which canvas an
// object is that it has never painted.
func (m *member) appeared() {
	if m.parent != nil {
		m.parent.childResized()
		canvas.Refresh(m.parent)
	}
}
