package field_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/widget/field"
)

// slowMethod is an input method that answers when the test says so, as one behind a socket does.
type slowMethod struct {
	target  field.Target
	keys    []field.Key
	answers []func(bool)
	resets  int
	log     []string
}

func (m *slowMethod) Key(k field.Key, answer func(bool)) {
	m.keys = append(m.keys, k)
	m.answers = append(m.answers, answer)
}
func (m *slowMethod) FocusIn(t field.Target)  { m.target = t; m.log = append(m.log, "in") }
func (m *slowMethod) FocusOut(t field.Target) { m.log = append(m.log, "out") }
func (m *slowMethod) Reset(field.Target)      { m.resets++ }
func (m *slowMethod) Caret(field.Target)      {}

func (m *slowMethod) answer(used bool) {
	a := m.answers[0]
	m.answers = m.answers[1:]
	a(used)
}

func stroke(f *field.Field, name fyne.KeyName, r rune) {
	e := &fyne.KeyEvent{Name: name, Physical: fyne.HardwareKey{ScanCode: 38}}
	f.KeyDown(e)
	f.TypedKey(e)
	if r != 0 {
		f.TypedRune(r)
	}
	f.KeyUp(e)
}

func TestInput_KeysHappenInOrderOnceAnswered(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Multiline: true, Input: m}, 300)
	stroke(f, fyne.KeyA, 'a')
	stroke(f, fyne.KeyB, 'b')
	stroke(f, fyne.KeyBackspace, 0)
	stroke(f, fyne.KeyC, 'c')
	wantText(t, f, "")
	for len(m.answers) > 0 {
		m.answer(false)
	}
	wantText(t, f, "ac")
	var got strings.Builder
	for _, k := range m.keys {
		if k.Code != 38 {
			t.Errorf("key %+v has lost its code", k)
		}
		if k.Rune != 0 {
			got.WriteRune(k.Rune)
		}
	}
	if got.String() != "abc" {
		t.Errorf("the method saw %q", got.String())
	}
}

func TestInput_UsedKeysDoNothing(t *testing.T) {
	m := &slowMethod{}
	submitted := false
	f, _ := open(t, field.Options{Multiline: true, EnterSubmits: true, Input: m, Text: "早", OnSubmit: func(string) { submitted = true }}, 300)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyLeft, fyne.KeyTab, fyne.KeyEscape} {
		stroke(f, k, 0)
	}
	stroke(f, fyne.KeySpace, ' ')
	ctrl(f, fyne.KeySpace)
	for len(m.answers) > 0 {
		m.answer(true)
	}
	if submitted || !f.Focused() {
		t.Error("a key that the method used reached the field")
	}
	wantText(t, f, "早")
	wantCaret(t, f, len("早"))
}

func TestPreedit_IsNotText(t *testing.T) {
	m := &slowMethod{}
	changed := 0
	f, _ := open(t, field.Options{Input: m, Text: "ab", OnChanged: func(string) { changed++ }}, 300)
	press(f, fyne.KeyLeft)
	m.answer(false)
	before, _ := f.CaretPosition()
	m.target.SetPreedit("ni hao", 6)
	after, _ := f.CaretPosition()
	if wantText(t, f, "ab"); after.X <= before.X || !f.Composing() || changed != 0 {
		t.Errorf("composing %v, caret from %v to %v, %d changes", f.Composing(), before.X, after.X, changed)
	}
	m.target.Commit("你好")
	wantText(t, f, "a你好b")
	wantCaret(t, f, len("a你好"))
	if f.Composing() || changed != 1 {
		t.Errorf("after the commit: composing %v, %d changes", f.Composing(), changed)
	}
	f.Undo()
	wantText(t, f, "ab")
}

func TestPreedit_ReplacesTheSelection(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Input: m, Text: "old words"}, 300)
	f.SelectAll()
	m.target.SetPreedit("x", 1)
	m.target.Commit("新")
	wantText(t, f, "新")
}

func TestSetText_GivesUpTheComposition(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Input: m}, 300)
	m.target.SetPreedit("ni", 2)
	f.SetText("draft of another conversation")
	if f.Composing() || m.resets != 1 {
		t.Errorf("composing %v, %d resets", f.Composing(), m.resets)
	}
	wantText(t, f, "draft of another conversation")
}

func TestSetText_KeysTypedBeforeDoNothingToTheOtherDraft(t *testing.T) {
	m := &slowMethod{}
	submitted := ""
	f, _ := open(t, field.Options{Multiline: true, EnterSubmits: true, Input: m, OnSubmit: func(s string) { submitted = s }}, 300)
	stroke(f, fyne.KeyN, 'n')
	stroke(f, fyne.KeyReturn, 0)
	f.SetText("draft of another conversation")
	stroke(f, fyne.KeyX, 'x')
	for len(m.answers) > 0 {
		m.answer(false)
	}
	if submitted != "" || m.resets != 1 {
		t.Errorf("sent %q, %d resets", submitted, m.resets)
	}
	wantText(t, f, "draft of another conversationx")
}

func TestClear_KeysTypedSinceBeginTheNextMessage(t *testing.T) {
	m := &slowMethod{}
	var sent []string
	var f *field.Field
	f, _ = open(t, field.Options{Multiline: true, EnterSubmits: true, Input: m, OnSubmit: func(s string) {
		sent = append(sent, s)
		f.Clear()
	}}, 300)
	stroke(f, fyne.KeyA, 'a')
	stroke(f, fyne.KeyReturn, 0)
	stroke(f, fyne.KeyB, 'b')
	stroke(f, fyne.KeyReturn, 0)
	for len(m.answers) > 0 {
		m.answer(false)
	}
	if strings.Join(sent, " ") != "a b" || m.resets != 0 {
		t.Errorf("sent %q, %d resets; want a and b", sent, m.resets)
	}
	wantText(t, f, "")
}

func TestFocusLost_EndsTheComposition(t *testing.T) {
	m := &slowMethod{}
	f, w := open(t, field.Options{Input: m}, 300)
	m.target.SetPreedit("ni", 2)
	w.Canvas().Unfocus()
	if f.Composing() || strings.Join(m.log, " ") != "in out" {
		t.Errorf("composing %v, log %v", f.Composing(), m.log)
	}
}

func TestInput_HearsModifiersAndReleases(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Input: m}, 300)
	f.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	f.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if len(m.keys) != 2 || m.keys[0].Modifiers != 0 || m.keys[0].Release || !m.keys[1].Release || m.keys[1].Modifiers != fyne.KeyModifierShift {
		t.Errorf("the method heard %+v", m.keys)
	}
}

func TestPassword_IsKeptFromTheMethod(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Input: m, Password: true}, 300)
	stroke(f, fyne.KeyA, 'a')
	if wantText(t, f, "a"); len(m.keys) != 0 || m.target != nil {
		t.Errorf("the method saw %v", m.keys)
	}
}

func TestDeleteAround(t *testing.T) {
	m := &slowMethod{}
	f, _ := open(t, field.Options{Input: m, Text: "甲乙丙丁"}, 300)
	m.target.DeleteAround(-2, 1)
	wantText(t, f, "甲乙丁")
}

func FuzzEditing(f *testing.F) {
	f.Add("hello 你好\nx", []byte{1, 2, 3, 40, 5, 66, 7, 8, 9})
	f.Add("👨‍👩‍👧e\u0301\xff", []byte{10, 11, 12, 13, 14, 15, 16, 0, 0, 3})
	f.Fuzz(func(t *testing.T, s string, ops []byte) {
		if len(s) > 300 || len(ops) > 60 {
			return
		}
		fl := field.New(field.Options{Multiline: true, Text: s, Limit: 200})
		fl.Resize(fyne.NewSize(80, 60))
		keys := []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd,
			fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyPageUp, fyne.KeyPageDown}
		for _, op := range ops {
			edit(fl, op, s, keys)
			from, to := fl.Selection()
			if c := fl.Caret(); c < 0 || c > len(fl.Text()) || from > to || to > len(fl.Text()) {
				t.Fatalf("caret %d, selection %d:%d of %d", c, from, to, len(fl.Text()))
			}
		}
		for fl.Undo() {
		}
		if first := field.New(field.Options{Multiline: true, Text: s, Limit: 200}).Text(); len(ops) > 0 && fl.Text() != first {
			t.Fatalf("undone to %q, began as %q", fl.Text(), first)
		}
	})
}

func edit(fl *field.Field, op byte, s string, keys []fyne.KeyName) {
	switch {
	case op < 100:
		press(fl, keys[int(op)%len(keys)])
	case op < 140:
		withShift(fl, keys[int(op)%len(keys)])
	case op < 180:
		ctrl(fl, keys[int(op)%len(keys)])
	case op < 200:
		fl.InsertAtCaret(s)
	case op < 215:
		fl.ReplaceRange(int(op)-200, int(op)-190, "é你")
	case op < 230:
		fl.SetPreedit("ni", int(op)%3)
	case op < 240:
		fl.Commit("你")
	default:
		typed(fl, "a b")
	}
}
