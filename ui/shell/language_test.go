package shell

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	fynelang "fyne.io/fyne/v2/lang"

	"deskhand/ui/lang"
)

func TestDesk_LanguageSwitchKeepsDraftAndFocus(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	f := o.field()
	f.TypedRune('x')
	for _, page := range []string{pageCustomers, pageSettings, pageInbox} {
		o.goTo(page)
	}
	o.shell.win.Canvas().Focus(f)
	if err := o.stage.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if o.field() != f || f.Text() != "x" {
		t.Errorf("after the switch %q in the field, same field: %t", f.Text(), o.field() == f)
	}
	o.shows("我的 1", "转接", "解决", "助手", "回复", "发送", "已连接")
	english := map[string]string{}
	for _, key := range o.stage.Lang.Keys(lang.English) {
		english[key] = ""
	}
	if err := o.stage.Lang.Use(lang.English); err != nil {
		t.Fatal(err)
	}
	for key := range english {
		english[key] = o.stage.T(key)
	}
	if err := o.stage.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{pageInbox, pageCustomers, pageSettings} {
		o.goTo(page)
		texts := o.texts()
		for key, words := range english {
			if words != o.stage.T(key) && len(words) > 3 && slices.Contains(texts, words) {
				t.Errorf("page %s still says %q (%s)", page, words, key)
			}
		}
	}
}

func TestShell_LibrarySpeaksTheLanguageInUse(t *testing.T) {
	o := openOffice(t)
	for _, v := range []struct{ tag, cancel, parent string }{{lang.Chinese, "取消", "上一级"}, {lang.English, "Cancel", "up"}} {
		if err := o.stage.Lang.Use(v.tag); err != nil {
			t.Fatal(err)
		}
		if cancel, parent := fynelang.L("Cancel"), fynelang.X("file.parent", "Parent"); cancel != v.cancel || parent != v.parent {
			t.Errorf("%s: the file dialog says %q and %q, want %q and %q", v.tag, cancel, parent, v.cancel, v.parent)
		}
	}
}
