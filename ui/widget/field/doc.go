// Package field is the product's text editing widget: one line or several, for the composer, search and every
// form.
//
// Fyne's own Entry is not used because on Linux it can't take part in an input method (GLFW reports the keys that
// the method eats, so Enter would send half a Chinese sentence), wraps at spaces only, slows down with the length
// of its text and fades its caret with a dozen repaints of the window a second. A Field keeps its text in a plain
// buffer, wraps it with package text, holds canvas objects for the visible lines only and draws a steady caret.
//
// A Field belongs to Fyne's main goroutine like every widget: no method may be called from elsewhere. The package
// starts no goroutine.
package field
