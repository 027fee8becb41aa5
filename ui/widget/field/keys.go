package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/text"
)

// FocusGained implements fyne.Focusable.
func (f *Field) FocusGained() {
	f.focused, f.caretOff = true, false
	f.ring = !f.clicks.pressing
	if f.opt.Blink != nil && f.stop == nil {
		f.stop = f.opt.Blink(func() {
			f.caretOff = !f.caretOff
			f.Refresh()
		})
	}
	if m := f.method(); m != nil {
		m.FocusIn(f)
	}
	f.Refresh()
	f.tellCaret()
	if f.opt.OnFocus != nil {
		f.opt.OnFocus(true)
	}
}

// FocusLost implements fyne.Focusable. What was being composed is given up, as the method's FocusOut does.
func (f *Field) FocusLost() {
	if m := f.method(); m != nil {
		m.FocusOut(f)
	}
	f.focused, f.ring, f.shift, f.held = false, false, false, nil
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	if f.pre != "" {
		f.pre, f.preCaret = "", 0
		f.rebuild()
	}
	f.buf.past.close()
	f.Refresh()
	if f.opt.OnFocus != nil {
		f.opt.OnFocus(false)
	}
}

// Focused reports whether the field has the keyboard.
func (f *Field) Focused() bool { return f.focused }

// AcceptsTab implements fyne.Tabbable: Tab must pass the input method and OnKey first, then it moves the focus.
func (f *Field) AcceptsTab() bool { return true }

// modifiers returns the modifiers held now. The driver knows; drivers that don't leave Shift to KeyDown.
func (f *Field) modifiers() fyne.KeyModifier {
	var m fyne.KeyModifier
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			m = d.CurrentKeyModifiers()
		}
	}
	if f.shift {
		m |= fyne.KeyModifierShift
	}
	return m
}

// KeyDown implements desktop.Keyable. Only the modifiers are dealt with here: of other keys TypedKey, TypedRune or
// TypedShortcut follows and knows more.
func (f *Field) KeyDown(e *fyne.KeyEvent) {
	held := f.modifiers()
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		f.shift = true
	}
	if bit, ok := modifierKey(e.Name); ok && f.focused {
		f.offer(Key{Name: e.Name, Code: e.Physical.ScanCode, Modifiers: held &^ bit}, func() {})
	}
}

// KeyUp implements desktop.Keyable. Input methods want releases too: Shift alone switches languages when let go.
func (f *Field) KeyUp(e *fyne.KeyEvent) {
	held := f.modifiers()
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		f.shift = false
	}
	bit, _ := modifierKey(e.Name)
	if f.focused {
		f.offer(Key{Name: e.Name, Code: e.Physical.ScanCode, Modifiers: held | bit, Release: true}, func() {})
	}
}

func modifierKey(name fyne.KeyName) (fyne.KeyModifier, bool) {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift, true
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl, true
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		return fyne.KeyModifierAlt, true
	case desktop.KeySuperLeft, desktop.KeySuperRight:
		return fyne.KeyModifierSuper, true
	case desktop.KeyCapsLock:
		return 0, true
	}
	return 0, false
}

// TypedKey implements fyne.Focusable. A key that makes a character is kept until TypedRune brings it, since that is
// what the input method must be told; the driver calls both for one press.
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	mods := f.modifiers()
	if _, ok := modifierKey(e.Name); ok {
		return
	}
	if f.printable(e.Name, mods) {
		f.held = &Key{Name: e.Name, Code: e.Physical.ScanCode, Modifiers: mods}
		return
	}
	f.held = nil
	f.offer(Key{Name: e.Name, Code: e.Physical.ScanCode, Modifiers: mods}, func() { f.doKey(e, mods) })
}

// TypedRune implements fyne.Focusable.
func (f *Field) TypedRune(r rune) {
	k := Key{Modifiers: f.modifiers()}
	if f.held != nil {
		k, f.held = *f.held, nil
	}
	k.Rune = r
	f.offer(k, func() { f.typeRune(r) })
}

func (f *Field) typeRune(r rune) {
	f.edit(func() bool { return f.buf.insert(string(r), typing) })
}

// printable reports whether TypedRune follows the key: it does for all but the keys that doKey knows and those
// without a character.
func (f *Field) printable(name fyne.KeyName, mods fyne.KeyModifier) bool {
	if mods&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) != 0 {
		return false
	}
	return name == fyne.KeySpace || name == fyne.KeyUnknown || len(name) == 1
}

// doKey does what a key does that the input method left.
func (f *Field) doKey(e *fyne.KeyEvent, mods fyne.KeyModifier) {
	if f.opt.OnKey != nil && f.opt.OnKey(e) {
		return
	}
	shift := mods&fyne.KeyModifierShift != 0
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.enter(shift)
	case fyne.KeyTab:
		f.passFocus(shift)
	case fyne.KeyBackspace:
		f.edit(func() bool { f.buf.removeTo(text.Prev(f.buf.text, f.buf.caret), erasing); return false })
	case fyne.KeyDelete:
		f.edit(func() bool { f.buf.removeTo(text.Next(f.buf.text, f.buf.caret), deleting); return false })
	default:
		f.doMove(e, shift)
	}
}

func (f *Field) doMove(e *fyne.KeyEvent, keep bool) {
	b := &f.buf
	from, to := b.selection()
	switch e.Name {
	case fyne.KeyLeft:
		if from != to && !keep {
			f.move(from, false)
		} else {
			f.move(text.Prev(b.text, b.caret), keep)
		}
	case fyne.KeyRight:
		if from != to && !keep {
			f.move(to, false)
		} else {
			f.move(text.Next(b.text, b.caret), keep)
		}
	case fyne.KeyUp:
		f.vertical(-1, keep)
	case fyne.KeyDown:
		f.vertical(1, keep)
	case fyne.KeyPageUp:
		f.vertical(-f.page(), keep)
	case fyne.KeyPageDown:
		f.vertical(f.page(), keep)
	case fyne.KeyHome:
		f.move(f.lineStart(), keep)
	case fyne.KeyEnd:
		f.toLineEnd(keep)
	case fyne.KeyEscape:
		if from != to {
			f.move(b.caret, false)
		} else {
			f.passKey(e)
		}
	default:
		f.passKey(e)
	}
}

// passKey hands on to the canvas a key that means nothing to a text: Escape closes what is open, F1 helps.
func (f *Field) passKey(e *fyne.KeyEvent) {
	if c := f.canvas(); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

func (f *Field) enter(shift bool) {
	if f.opt.Multiline && (shift || !f.opt.EnterSubmits) {
		f.edit(func() bool { return f.buf.insert("\n", typing) })
		return
	}
	if f.opt.OnSubmit != nil && !f.disabled {
		f.opt.OnSubmit(f.buf.text)
	}
}

// passFocus moves the focus on, as Tab does everywhere else.
func (f *Field) passFocus(back bool) {
	c := f.canvas()
	switch {
	case c == nil:
	case back:
		c.FocusPrevious()
	default:
		c.FocusNext()
	}
}

func (f *Field) canvas() fyne.Canvas {
	if app := fyne.CurrentApp(); app != nil {
		return app.Driver().CanvasForObject(f)
	}
	return nil
}
