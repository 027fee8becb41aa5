package field

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/text"
)

// Key is one event of the keyboard as it is offered to an input method.
type Key struct {
	Name      fyne.KeyName     // what Fyne calls it, "" if only the character is known
	Rune      rune             // the character it makes, 0 if none
	Code      int              // of the hardware: on X11 the X key code, 0 if unknown
	Modifiers fyne.KeyModifier // held before the event
	Release   bool
}

// Input is an input method: what turns keys into Chinese. A Field offers it each key and does itself what the method
// leaves. All calls are made, and answers given, on the main goroutine.
type Input interface {
	// Key offers a key. answer is called exactly once, in the order of the Key calls, before Key returns or later,
	// with whether the method used the key up. Text that the key committed is delivered before its answer.
	Key(k Key, answer func(used bool))
	// FocusIn makes t the target of what the method composes; FocusOut ends that.
	FocusIn(t Target)
	FocusOut(t Target)
	// Reset gives up what is being composed.
	Reset(t Target)
	// Caret tells where t's caret is, so that candidates are shown there.
	Caret(t Target)
}

// Target is what an input method writes to: a Field.
type Target interface {
	// Commit inserts finished text in the place of the composition.
	Commit(s string)
	// SetPreedit shows what is being composed, with the caret at the given byte of it; "" ends the composition.
	SetPreedit(s string, caret int)
	// Forward does what a key does that the method sends back.
	Forward(k Key)
	// DeleteAround removes n characters beginning offset characters away from the caret.
	DeleteAround(offset, n int)
	// CaretBox answers where the caret is on which canvas; nil when it is not shown.
	CaretBox() (c fyne.Canvas, at fyne.Position, size fyne.Size)
}

var _ Target = (*Field)(nil)

// method returns the input method, if this field shares its keys with one.
func (f *Field) method() Input {
	if f.opt.Password || !f.editable() {
		return nil
	}
	return f.opt.Input
}

// offer runs do unless the input method uses the key up. Keys are done in the order they came, however late the
// method answers; but not once another draft is shown, which they were never meant for: an Enter would send it.
func (f *Field) offer(k Key, do func()) {
	m := f.method()
	if m == nil {
		do()
		return
	}
	f.waiting++
	draft := f.draft
	m.Key(k, func(used bool) {
		f.waiting--
		if !used && f.draft == draft {
			do()
		}
	})
}

// Commit inserts text that an input method finished, in the place of the composition and the selection.
func (f *Field) Commit(s string) {
	f.pre, f.preCaret = "", 0
	if s == "" {
		f.moved()
		return
	}
	f.edit(func() bool { return f.buf.insert(s, typing) })
	f.moved()
}

// SetPreedit shows what an input method is composing at the caret, underlined; it is no part of Text and of what can
// be undone. caret is a byte offset in s.
func (f *Field) SetPreedit(s string, caret int) {
	if !f.editable() {
		return
	}
	s = text.Clean(s)
	if s == f.pre && caret == f.preCaret {
		return
	}
	if from, to := f.buf.selection(); s != "" && from != to {
		f.edit(func() bool { f.buf.remove(from, to, other); return false })
	}
	f.pre, f.preCaret = s, snap(s, caret)
	f.upper = false
	f.moved()
}

// Composing reports whether an input method has an unfinished composition here.
func (f *Field) Composing() bool { return f.pre != "" }

// Forward does what k does; an input method calls it with keys it sends back.
func (f *Field) Forward(k Key) {
	if k.Release {
		return
	}
	if k.Rune >= ' ' && k.Modifiers&^fyne.KeyModifierShift == 0 {
		f.typeRune(k.Rune)
		return
	}
	f.doKey(&fyne.KeyEvent{Name: k.Name, Physical: fyne.HardwareKey{ScanCode: k.Code}}, k.Modifiers)
}

// DeleteAround removes n characters beginning offset characters away from the caret, for input methods that rewrite
// what stands before it.
func (f *Field) DeleteAround(offset, n int) {
	s := f.buf.text
	runes := func(from, count int) int {
		for ; count > 0 && from < len(s); count-- {
			from = text.Next(s, from)
		}
		for ; count < 0 && from > 0; count++ {
			from = text.Prev(s, from)
		}
		return from
	}
	from := runes(f.buf.caret, offset)
	f.edit(func() bool { f.buf.replace(from, runes(from, max(0, n)), "", other); return false })
}

// CaretBox answers where the caret is, for the window of candidates.
func (f *Field) CaretBox() (c fyne.Canvas, at fyne.Position, size fyne.Size) {
	app := fyne.CurrentApp()
	if app == nil {
		return nil, at, size
	}
	if c = app.Driver().CanvasForObject(f); c == nil {
		return nil, at, size
	}
	pos, size := f.caretRect()
	return c, app.Driver().AbsolutePositionForObject(f).Add(pos), size
}

// dropComposition gives up what is being composed, here and in the method, and what keys not answered yet would
// compose: it was meant for the text that goes away.
func (f *Field) dropComposition() {
	composing := f.pre != ""
	f.pre, f.preCaret = "", 0
	if m := f.method(); m != nil && (composing && f.focused || f.waiting > 0) {
		m.Reset(f)
	}
}

// tellCaret tells the method where the caret went.
func (f *Field) tellCaret() {
	if m := f.method(); m != nil && f.focused {
		m.Caret(f)
	}
}
