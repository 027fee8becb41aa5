package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/text"
)

// TypedShortcut implements fyne.Shortcutable. The input method sees shortcuts first (Ctrl+Space is one of its own),
// then the editing ones are done here, the rest goes to OnShortcut and to the canvas.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	name, mods := keyOf(s)
	f.held = nil
	if name == "" {
		f.doShortcut(s)
		return
	}
	f.offer(Key{Name: name, Modifiers: mods | f.modifiers()}, func() { f.doShortcut(s) })
}

// keyOf returns the key behind a shortcut, which Fyne does not hand on.
func keyOf(s fyne.Shortcut) (fyne.KeyName, fyne.KeyModifier) {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		return s.KeyName, s.Modifier
	case *fyne.ShortcutCopy:
		if s.Secondary {
			return fyne.KeyInsert, fyne.KeyModifierControl
		}
		return fyne.KeyC, fyne.KeyModifierControl
	case *fyne.ShortcutCut:
		if s.Secondary {
			return fyne.KeyDelete, fyne.KeyModifierShift
		}
		return fyne.KeyX, fyne.KeyModifierControl
	case *fyne.ShortcutPaste:
		if s.Secondary {
			return fyne.KeyInsert, fyne.KeyModifierShift
		}
		return fyne.KeyV, fyne.KeyModifierControl
	case *fyne.ShortcutSelectAll:
		return fyne.KeyA, fyne.KeyModifierControl
	case *fyne.ShortcutUndo:
		return fyne.KeyZ, fyne.KeyModifierControl
	case *fyne.ShortcutRedo:
		return fyne.KeyY, fyne.KeyModifierControl
	}
	return "", 0
}

func (f *Field) doShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		f.Copy(s.Clipboard)
	case *fyne.ShortcutCut:
		f.Cut(s.Clipboard)
	case *fyne.ShortcutPaste:
		f.Paste(s.Clipboard)
	case *fyne.ShortcutSelectAll:
		f.SelectAll()
	case *fyne.ShortcutUndo:
		f.Undo()
	case *fyne.ShortcutRedo:
		f.Redo()
	case *desktop.CustomShortcut:
		if !f.doCustom(s) {
			f.bubble(s)
		}
	default:
		f.bubble(s)
	}
}

// doCustom does the editing keys that come with Ctrl, and reports whether s was one.
func (f *Field) doCustom(s *desktop.CustomShortcut) bool {
	keep := s.Modifier&fyne.KeyModifierShift != 0
	if s.Modifier&^fyne.KeyModifierShift != wordModifier {
		return false
	}
	b := &f.buf
	switch s.KeyName {
	case fyne.KeyLeft:
		f.move(text.WordLeft(b.text, b.caret), keep)
	case fyne.KeyRight:
		f.move(text.WordRight(b.text, b.caret), keep)
	case fyne.KeyHome, fyne.KeyUp:
		f.move(0, keep)
	case fyne.KeyEnd, fyne.KeyDown:
		f.move(len(b.text), keep)
	case fyne.KeyBackspace:
		f.edit(func() bool { b.removeTo(text.WordLeft(b.text, b.caret), other); return false })
	case fyne.KeyDelete:
		f.edit(func() bool { b.removeTo(text.WordRight(b.text, b.caret), other); return false })
	case fyne.KeyZ:
		if !keep {
			return false
		}
		f.Redo()
	default:
		return false
	}
	return true
}

// bubble hands on a shortcut that is no editing of text.
func (f *Field) bubble(s fyne.Shortcut) {
	if f.opt.OnShortcut != nil && f.opt.OnShortcut(s) {
		return
	}
	if c, ok := f.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// Copy puts the selected text on the clipboard; nothing of a password.
func (f *Field) Copy(c fyne.Clipboard) {
	if s := f.SelectedText(); s != "" && c != nil {
		c.SetContent(s)
	}
}

// Cut copies the selected text and takes it out.
func (f *Field) Cut(c fyne.Clipboard) {
	if s := f.SelectedText(); s != "" && c != nil && f.editable() {
		c.SetContent(s)
		f.edit(func() bool { return f.buf.insert("", other) })
	}
}

// Paste inserts the clipboard's text, if OnPaste lets it.
func (f *Field) Paste(c fyne.Clipboard) {
	if c != nil && f.editable() {
		f.insertForeign(c.Content())
	}
}

// Drop inserts text dropped at the position relative to the field.
func (f *Field) Drop(s string, at fyne.Position) {
	if f.editable() {
		i, _ := f.offsetAt(at)
		f.move(i, false)
		f.insertForeign(s)
	}
}

func (f *Field) insertForeign(s string) {
	if f.opt.OnPaste != nil {
		var ok bool
		if s, ok = f.opt.OnPaste(s); !ok {
			return
		}
	}
	if s != "" {
		f.InsertAtCaret(s)
	}
}
