package widget

import "fyne.io/fyne/v2"

// Dismiss closes the topmost dialog, menu, popover or palette over c, as Escape does, and reports whether there was
// one. It is for what takes the keys itself, such as a text field in a dialog. A sticky dialog stays.
func Dismiss(c fyne.Canvas) bool {
	l, ok := c.Overlays().Top().(*layer)
	if ok {
		l.dismiss()
	}
	return ok
}
