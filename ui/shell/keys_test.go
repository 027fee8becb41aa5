package shell

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"deskhand/ui/widget/field"
)

func TestDesk_KeysAndDialogs(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	c := o.shell.win.Canvas()
	for _, v := range []struct {
		key  fyne.KeyName
		mods fyne.KeyModifier
		want string
	}{
		{fyne.KeyT, fyne.KeyModifierShortcutDefault, "Transfer #1"},
		{fyne.KeyE, fyne.KeyModifierAlt, "How did it end?"},
		{fyne.KeyM, fyne.KeyModifierAlt, "In an hour"},
		{fyne.KeyK, fyne.KeyModifierShortcutDefault, "pinyin initials"},
		{fyne.KeyS, fyne.KeyModifierAlt, "Busy"},
		{fyne.KeyR, fyne.KeyModifierAlt, "Urgent"},
	} {
		o.press(v.key, v.mods)
		o.shows(v.want)
		if f, ok := c.Focused().(*field.Field); ok {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		} else if f := c.Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		if c.Overlays().Top() != nil {
			t.Fatalf("%s: Escape leaves it open", v.want)
		}
	}
	o.press(fyne.KeyJ, fyne.KeyModifierAlt)
	o.inbox.Show("queue")
	o.press(fyne.KeyJ, fyne.KeyModifierAlt)
	if o.selected != 3 && o.selected != 2 {
		t.Errorf("Alt+J shows %d, want one of the queue", o.selected)
	}
}

func TestDesk_HelpComesWhereverTheKeyboardIs(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	c := o.shell.win.Canvas()
	asked := map[string]int{}
	for range 40 { // once round all that takes the keyboard
		f := c.Focused()
		c.FocusNext()
		if f == nil {
			continue
		}
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if c.Overlays().Top() == nil {
			t.Fatalf("%T has the keyboard: F1 shows nothing", f)
		}
		asked[fmt.Sprintf("%T", f)]++
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	if len(asked) < 4 {
		t.Errorf("only %v had the keyboard", asked)
	}
}

func TestDesk_EscapeClosesTheFileDialog(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.act("attach")
	c := o.shell.win.Canvas()
	if c.Overlays().Top() == nil {
		t.Fatal("no dialog came")
	}
	o.shows("Add files")
	c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.Overlays().Top() != nil {
		t.Error("Escape leaves it open")
	}
	o.field() // the composer has the keyboard again
}
