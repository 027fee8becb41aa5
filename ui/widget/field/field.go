package field

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
)

// Options are what a Field is made of; the zero value is an empty single line without a frame.
type Options struct {
	Text        string // what it holds at first
	Placeholder string // shown while it is empty
	Label       string // what a screen reader calls it; default Placeholder

	Multiline bool    // several lines; Enter makes a new one unless EnterSubmits
	MinLines  int     // height in lines when empty; default 1
	MaxLines  int     // height in lines at most, then it scrolls; default 1, or 8 if Multiline
	Limit     int     // most runes; default 100,000
	Size      float32 // text size, whole; default 14
	Password  bool    // shows bullets, copies nothing, is kept from the input method
	ReadOnly  bool    // can be selected and copied
	Framed    bool    // draws a box around itself

	// EnterSubmits makes Enter submit and Shift+Enter begin a new line, as a composer wants it. A single line
	// always submits.
	EnterSubmits bool

	OnChanged func(text string)  // after every change by the person, not after SetText
	OnSubmit  func(text string)  // Enter
	OnFocus   func(focused bool) // focus came or went
	OnLimit   func()             // something was left out for want of room
	OnResize  func()             // the height that MinSize answers changed
	OnCaret   func()             // the caret moved, or what it stands in changed

	// OnKey sees each key before the field does and after the input method; true means it was used up. So a list
	// of macros takes Up, Down, Enter, Tab and Escape while it is open.
	OnKey func(key *fyne.KeyEvent) bool
	// OnPaste sees the clipboard's text before it is inserted; it returns what to insert and whether to.
	OnPaste func(text string) (string, bool)
	// OnShortcut gets shortcuts that are no editing of text (Ctrl+K, Alt+J…); true means it was used up. Others go
	// to the canvas, so that global shortcuts work while typing.
	OnShortcut func(shortcut fyne.Shortcut) bool
	// Menu opens a menu for a secondary click at the absolute position; nil is no menu.
	Menu func(f *Field, at fyne.Position)

	Input Input            // the input method; nil is none
	Now   func() time.Time // for counting clicks; default time.Now
	// Blink calls tick at the pace the caret shall blink in, on the main goroutine, until stop is called. nil is a
	// steady caret, the default: each blink repaints the window.
	Blink func(tick func()) (stop func())
}

func (o Options) withDefaults() Options {
	if o.Label == "" {
		o.Label = o.Placeholder
	}
	if o.MinLines < 1 || !o.Multiline {
		o.MinLines = 1
	}
	if !o.Multiline {
		o.MaxLines = 1
	} else if o.MaxLines < 1 {
		o.MaxLines = 8
	}
	o.MaxLines = max(o.MaxLines, o.MinLines)
	if o.Limit == 0 {
		o.Limit = 100_000
	}
	if o.Size == 0 {
		o.Size = 14
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Field is an editable text. Make it with New.
type Field struct {
	widget.BaseWidget
	opt Options
	buf buffer
	v   view

	pre      string // composition of the input method, not part of the text
	preCaret int

	laidFor  float32 // width that the lines are for; 0 when they must be laid out anew
	scrollX  float32 // of a single line
	scrollY  float32
	wantX    float32 // column that Up and Down keep; negative when they have none
	upper    bool    // the caret stands at the end of a line that wraps there, not at the start of the next
	rows     int     // height in lines last answered by MinSize
	disabled bool

	focused  bool
	ring     bool // focus came by keyboard
	caretOff bool // blinked away
	stop     func()
	shift    bool
	clicks   clicks
	waiting  int  // keys that the input method has not answered yet
	draft    int  // counts SetText, so that keys are known that were typed before
	held     *Key // printable key whose character comes next
}

// New returns a field.
func New(options Options) *Field {
	f := &Field{opt: options.withDefaults(), wantX: -1}
	f.buf.single, f.buf.limit = !f.opt.Multiline, f.opt.Limit
	f.buf.set(f.opt.Text)
	f.rows = f.opt.MinLines
	f.relayout()
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what was typed, without what an input method is still composing.
func (f *Field) Text() string { return f.buf.text }

// SetText replaces the text without calling OnChanged, puts the caret at its end and forgets what could be undone:
// it is for switching drafts. A composition is given up, and with it what was typed and not answered by the input method.
func (f *Field) SetText(s string) {
	f.dropComposition()
	f.draft++
	f.hold(s)
}

// Clear empties the field as SetText does, when what it held was taken, as a message that is sent. What was typed after
// that goes on: it is the beginning of the next one.
func (f *Field) Clear() { f.hold("") }

func (f *Field) hold(s string) {
	f.buf.set(s)
	f.scrollX, f.scrollY = 0, 0
	f.changed(false)
}

// InsertAtCaret puts s in the place of the selection; it can be undone and calls OnChanged.
func (f *Field) InsertAtCaret(s string) { f.edit(func() bool { return f.buf.insert(s, other) }) }

// ReplaceRange puts s in the place of the bytes from:to and the caret behind it; it can be undone and calls
// OnChanged. Offsets are moved to the start of the character they lie in.
func (f *Field) ReplaceRange(from, to int, s string) {
	from, to = snap(f.buf.text, min(from, to)), snap(f.buf.text, max(from, to))
	f.edit(func() bool { return f.buf.replace(from, to, s, other) })
}

// Caret returns the byte offset of the caret.
func (f *Field) Caret() int { return f.buf.caret }

// SetCaret puts the caret at the byte offset and selects nothing.
func (f *Field) SetCaret(i int) { f.move(snap(f.buf.text, i), false) }

// Selection returns the selected bytes' offsets; they are equal when nothing is selected.
func (f *Field) Selection() (from, to int) { return f.buf.selection() }

// SelectedText returns the selected text; nothing from a password.
func (f *Field) SelectedText() string {
	if f.opt.Password {
		return ""
	}
	return f.buf.selected()
}

// Select selects the bytes from:to with the caret at to.
func (f *Field) Select(from, to int) {
	f.buf.selectRange(from, to)
	f.moved()
}

// SelectAll selects the whole text.
func (f *Field) SelectAll() { f.Select(0, len(f.buf.text)) }

// Undo takes the last change back and Redo does it again; they report whether there was one.
func (f *Field) Undo() bool { return f.rewind(f.buf.undo) }

// Redo does again what Undo took back.
func (f *Field) Redo() bool { return f.rewind(f.buf.redo) }

func (f *Field) rewind(step func() bool) bool {
	if !f.editable() || !step() {
		return false
	}
	f.changed(true)
	return true
}

// SetPlaceholder changes the words shown while the field is empty, for a change of language.
func (f *Field) SetPlaceholder(s string) {
	if f.opt.Label == f.opt.Placeholder {
		f.opt.Label = s
	}
	f.opt.Placeholder = s
	f.Refresh()
}

// Disable makes the field pass over keys and clicks and look so.
func (f *Field) Disable() { f.setDisabled(true) }

// Enable undoes Disable.
func (f *Field) Enable() { f.setDisabled(false) }

// Disabled reports whether Disable was called last.
func (f *Field) Disabled() bool { return f.disabled }

func (f *Field) setDisabled(v bool) {
	if f.disabled != v {
		f.disabled = v
		f.Refresh()
	}
}

// AccessibilityLabel answers what a screen reader calls the field.
func (f *Field) AccessibilityLabel() string { return f.opt.Label }

// AccessibilityRole answers that the field is text.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (f *Field) editable() bool { return !f.opt.ReadOnly && !f.disabled }

// edit makes one change by the person and tells who wants to know.
func (f *Field) edit(do func() (cut bool)) {
	if !f.editable() {
		return
	}
	before := f.buf.text
	cut := do()
	if f.buf.text != before {
		f.changed(true)
	}
	if cut && f.opt.OnLimit != nil {
		f.opt.OnLimit()
	}
}

// changed follows a change of the text.
func (f *Field) changed(tell bool) {
	f.wantX, f.upper = -1, false
	f.relayout()
	f.showCaret()
	if tell && f.opt.OnChanged != nil {
		f.opt.OnChanged(f.buf.text)
	}
}

// move puts the caret at i, with keep drawing the selection along.
func (f *Field) move(i int, keep bool) {
	f.buf.moveTo(i, keep)
	f.wantX, f.upper = -1, false
	f.moved()
}

// moved follows a move of the caret.
func (f *Field) moved() {
	f.rebuild()
	f.showCaret()
}

func (f *Field) lineHeight() float32 {
	return float32(int(text.MetricsOf(text.Regular, f.opt.Size).Height+f.opt.Size*0.2) + 1)
}
