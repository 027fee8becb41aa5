package field_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget/field"
)

// open shows a field of the width in a window of the software driver, focused.
func open(t testing.TB, opt field.Options, width float32) (*field.Field, fyne.Window) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	f := field.New(opt)
	w := test.NewTempWindow(t, container.NewWithoutLayout(f))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width+40, 300))
	f.Resize(fyne.NewSize(width, 20))
	f.Resize(fyne.NewSize(width, f.MinSize().Height)) // as a layout does once the width is known
	w.Canvas().Focus(f)
	return f, w
}

func press(f *field.Field, names ...fyne.KeyName) {
	for _, n := range names {
		f.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func withShift(f *field.Field, names ...fyne.KeyName) {
	f.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(f, names...)
	f.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func ctrl(f *field.Field, name fyne.KeyName, more ...fyne.KeyModifier) {
	m := fyne.KeyModifierControl
	for _, x := range more {
		m |= x
	}
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: m})
}

func typed(f *field.Field, s string) {
	for _, r := range s {
		if r == '\n' {
			press(f, fyne.KeyReturn)
			continue
		}
		f.TypedRune(r)
	}
}

func wantText(t *testing.T, f *field.Field, want string) {
	t.Helper()
	if got := f.Text(); got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
}

func wantCaret(t *testing.T, f *field.Field, want int) {
	t.Helper()
	if got := f.Caret(); got != want {
		t.Errorf("caret is at %d, want %d", got, want)
	}
}

func TestTyping(t *testing.T) {
	var changes []string
	f, _ := open(t, field.Options{Multiline: true, OnChanged: func(s string) { changes = append(changes, s) }}, 200)
	typed(f, "你a👍🏽")
	press(f, fyne.KeyBackspace)
	wantText(t, f, "你a")
	press(f, fyne.KeyLeft, fyne.KeyDelete)
	wantText(t, f, "你")
	typed(f, "\nx")
	wantText(t, f, "你\nx")
	if last := changes[len(changes)-1]; last != "你\nx" {
		t.Errorf("OnChanged last told %q", last)
	}
}

func TestEnter(t *testing.T) {
	cases := []struct {
		name       string
		opt        field.Options
		shift      bool
		submitted  bool
		wantsBreak bool
	}{
		{"a single line submits", field.Options{}, false, true, false},
		{"several lines break", field.Options{Multiline: true}, false, false, true},
		{"a composer submits", field.Options{Multiline: true, EnterSubmits: true}, false, true, false},
		{"a composer breaks with Shift", field.Options{Multiline: true, EnterSubmits: true}, true, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			submitted := false
			c.opt.OnSubmit = func(string) { submitted = true }
			f, _ := open(t, c.opt, 200)
			typed(f, "a")
			if c.shift {
				withShift(f, fyne.KeyReturn)
			} else {
				press(f, fyne.KeyReturn)
			}
			if submitted != c.submitted {
				t.Errorf("submitted: %v", submitted)
			}
			if got := strings.Contains(f.Text(), "\n"); got != c.wantsBreak {
				t.Errorf("text is %q", f.Text())
			}
		})
	}
}

func TestUndo_GoesByWords(t *testing.T) {
	f, _ := open(t, field.Options{}, 400)
	typed(f, "hello brave world")
	f.Undo()
	wantText(t, f, "hello brave ")
	f.Undo()
	wantText(t, f, "hello ")
	f.Redo()
	wantText(t, f, "hello brave ")
	press(f, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	wantText(t, f, "hello bra")
	f.Undo()
	wantText(t, f, "hello brave ")
	if f.Redo(); f.Text() != "hello bra" {
		t.Errorf("redo of erasing: %q", f.Text())
	}
	typed(f, "!")
	if f.Redo() {
		t.Error("typing must forget what was undone")
	}
}

func TestSetText_ForgetsTheOtherDraft(t *testing.T) {
	f, _ := open(t, field.Options{}, 400)
	typed(f, "to customer A")
	f.SetText("to customer B")
	if f.Undo() {
		t.Error("undo reached into another draft")
	}
	wantText(t, f, "to customer B")
	wantCaret(t, f, len("to customer B"))
}

func TestWords(t *testing.T) {
	f, _ := open(t, field.Options{Text: "hello  big-world 你好，iPhone"}, 600)
	var stops []int // from the end
	for at := f.Caret(); at > 0; at = f.Caret() {
		ctrl(f, fyne.KeyLeft)
		stops = append(stops, f.Caret())
	}
	var words []string
	end := len(f.Text())
	for _, s := range stops {
		words = append(words, strings.TrimSpace(f.Text()[s:end]))
		end = s
	}
	if got := strings.Join(words, "|"); got != "iPhone|，|好|你|world|-|big|hello" {
		t.Errorf("Ctrl+Left stops give %s", got)
	}
	ctrl(f, fyne.KeyRight)
	wantCaret(t, f, 5)
	ctrl(f, fyne.KeyDelete)
	wantText(t, f, "hello-world 你好，iPhone")
	ctrl(f, fyne.KeyEnd)
	ctrl(f, fyne.KeyBackspace)
	wantText(t, f, "hello-world 你好，")
}

func TestSelection(t *testing.T) {
	f, _ := open(t, field.Options{Text: "one two"}, 300)
	withShift(f, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if got := f.SelectedText(); got != "two" {
		t.Fatalf("selected %q", got)
	}
	c := fyne.CurrentApp().Clipboard()
	f.TypedShortcut(&fyne.ShortcutCut{Clipboard: c})
	wantText(t, f, "one ")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	wantText(t, f, "one twotwo")
	f.TypedShortcut(&fyne.ShortcutUndo{})
	wantText(t, f, "one two")
	f.TypedShortcut(&fyne.ShortcutSelectAll{})
	typed(f, "x")
	wantText(t, f, "x")
	f.TypedShortcut(&fyne.ShortcutUndo{})
	wantText(t, f, "one two")
}

func TestPaste_IsCleanAndFitsOneLine(t *testing.T) {
	f, _ := open(t, field.Options{}, 300)
	c := fyne.CurrentApp().Clipboard()
	c.SetContent("a\r\nb\x00\u202ec\td")
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	wantText(t, f, "a bc d")
	refused, _ := open(t, field.Options{OnPaste: func(s string) (string, bool) { return "", false }}, 300)
	refused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	wantText(t, refused, "")
}

func TestLimit_LeavesOutWholeCharacters(t *testing.T) {
	told := 0
	f, _ := open(t, field.Options{Limit: 3, OnLimit: func() { told++ }}, 300)
	f.InsertAtCaret("ab👍🏽c") // the thumb is two runes
	wantText(t, f, "ab")
	f.SelectAll()
	f.InsertAtCaret("xyz")
	wantText(t, f, "xyz")
	typed(f, "!")
	wantText(t, f, "xyz")
	if told != 2 {
		t.Errorf("told %d times of the limit", told)
	}
}

func TestPassword_ShowsAndCopiesNothing(t *testing.T) {
	f, _ := open(t, field.Options{Password: true, Text: "s€cret"}, 300)
	f.SelectAll()
	if got := f.SelectedText(); got != "" {
		t.Errorf("selected text gives %q away", got)
	}
	press(f, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight)
	typed(f, "X")
	wantText(t, f, "s€Xcret")
	pos, _ := f.CaretPosition()
	dot := text.Width("•", text.Regular, 14)
	if d := pos.X - 3*dot; d < -0.5 || d > 0.5 {
		t.Errorf("caret at %v, want behind three dots of %v", pos.X, dot)
	}
}

func TestReadOnly(t *testing.T) {
	f, _ := open(t, field.Options{ReadOnly: true, Text: "keep"}, 300)
	typed(f, "x")
	press(f, fyne.KeyBackspace)
	f.InsertAtCaret("y")
	wantText(t, f, "keep")
	f.SelectAll()
	if f.SelectedText() != "keep" {
		t.Error("can't be selected")
	}
}

func TestReplaceRange_KeepsCharactersWhole(t *testing.T) {
	f, _ := open(t, field.Options{Text: "/gr 你好"}, 300)
	f.ReplaceRange(0, 3, "Greetings,")
	wantText(t, f, "Greetings, 你好")
	wantCaret(t, f, len("Greetings,"))
	f.ReplaceRange(12, 13, "x") // inside of 你
	wantText(t, f, "Greetings, x你好")
	f.Undo()
	f.Undo()
	wantText(t, f, "/gr 你好")
}
