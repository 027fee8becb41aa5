package widget

import "fyne.io/fyne/v2"

// PassKey hands on to its window a key that means nothing to the focused object, so that F1 and a person's own function
// keys work wherever the keyboard is.
func PassKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(from); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// PassRune is PassKey for a character.
func PassRune(from fyne.CanvasObject, r rune) {
	if c := canvasOf(from); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}
