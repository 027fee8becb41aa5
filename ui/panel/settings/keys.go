package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/keymap"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

var groups = [...]string{"conversation", "writing", "moving", "desk"}

// keys is the card of all shortcuts, each of which can be changed.
func (v *View) keys() fyne.CanvasObject {
	rows := []fyne.CanvasObject{}
	for _, g := range groups {
		for _, a := range keymap.Actions() {
			if a.Group == g {
				rows = append(rows, v.keyRow(a.ID))
			}
		}
	}
	rows = append(rows, widget.NewBox(widget.BoxOptions{Axis: widget.Row, Padding: widget.Pad(6, 0, 2, 0)},
		widget.NewButton(widget.ButtonOptions{Text: v.stage.T("settings.keys.reset"), OnTap: func() {
			v.opts.Keys.Reset()
			v.changed()
		}})))
	return v.card("settings.keys", rows...)
}

func (v *View) keyRow(id string) fyne.CanvasObject {
	var right fyne.CanvasObject = widget.NewLabel(widget.LabelOptions{Text: v.stage.T("settings.keys.none"), Style: widget.TextStyle{Size: theme.SizeSub, Ink: theme.Faint}})
	if k := v.opts.Keys.Shown(id); k != "" {
		right = widget.NewKbd(k)
	}
	row := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Align: widget.Center, MinTall: 30},
		widget.Grow(widget.Line(v.stage.T("action."+id), text.Regular, theme.SizeSub, theme.Text), 1), right)
	return widget.NewTap(row, 6, v.stage.Tip("settings.keys.change", ""), func() { v.ask(id) })
}

func (v *View) changed() {
	v.opts.Kept.Set("keys", v.opts.Keys.Encode())
	v.opts.OnKeys()
	v.Fill()
}

// ask waits for the new shortcut of an action.
func (v *View) ask(id string) {
	var d *widget.Dialog
	catch := newCatcher(v.stage.T("settings.keys.press"), func(key string) {
		d.Close()
		before, err := v.opts.Keys.Set(id, key)
		if err != nil {
			v.stage.Tell(v.stage.T("settings.keys.bad"), true)
			return
		}
		if before != "" {
			v.stage.Tell(v.stage.T("settings.keys.taken", "key", keymap.Show(key), "action", v.stage.T("action."+before)), false)
		}
		v.changed()
	})
	clear := func() {
		if _, err := v.opts.Keys.Set(id, ""); err == nil {
			v.changed()
		}
	}
	d = widget.ShowDialog(v.stage.Canvas(), widget.DialogOptions{Title: v.stage.T("action." + id), Body: catch, Focus: catch,
		Buttons: []widget.ButtonOptions{{Text: v.stage.T("settings.keys.clear"), OnTap: clear}, {Text: v.stage.T("dialog.cancel")}}})
}

// catcher takes the next shortcut that is pressed.
type catcher struct {
	fynewidget.BaseWidget
	words string
	got   func(key string)
}

func newCatcher(words string, got func(string)) *catcher {
	c := &catcher{words: words, got: got}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *catcher) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(widget.NewBox(widget.BoxOptions{Align: widget.Center, Justify: widget.Center, MinTall: 76, Fill: theme.Raised,
		Border: theme.Primary, Radius: theme.RadiusCard}, widget.Line(c.words, text.Regular, theme.SizeText, theme.Muted)))
}

// TypedShortcut implements fyne.Shortcutable.
func (c *catcher) TypedShortcut(s fyne.Shortcut) {
	if k, ok := s.(fyne.KeyboardShortcut); ok {
		c.got(keymap.Write(k.Key(), k.Mod()))
	}
}

// TypedKey implements fyne.Focusable: function keys need no modifier.
func (c *catcher) TypedKey(e *fyne.KeyEvent) {
	if len(e.Name) >= 2 && e.Name[0] == 'F' && e.Name[1] >= '0' && e.Name[1] <= '9' {
		c.got(string(e.Name))
	}
}

// KeyDown implements desktop.Keyable.
func (c *catcher) KeyDown(*fyne.KeyEvent) {}

// KeyUp implements desktop.Keyable.
func (c *catcher) KeyUp(*fyne.KeyEvent) {}

// FocusGained implements fyne.Focusable.
func (c *catcher) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (c *catcher) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (c *catcher) TypedRune(rune) {}

var _ desktop.Keyable = (*catcher)(nil)

// ShowKeys opens the sheet of all shortcuts.
func ShowKeys(s *stage.Stage, keys *keymap.Map, onChange func()) {
	columns := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 28, Align: widget.Start})
	column := widget.NewColumn(2)
	for i, g := range groups {
		column.Add(widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 0, 2, 0)}, widget.Caption(s.T("keys.group."+g))))
		for _, a := range keymap.Actions() {
			if k := keys.Shown(a.ID); a.Group == g && k != "" {
				column.Add(widget.Fact(widget.Line(s.T("action."+a.ID), text.Regular, theme.SizeSub, theme.Text), widget.NewKbd(k)))
			}
		}
		if i == 1 {
			for _, fixed := range []struct{ key, keys string }{{"keys.send", "Enter"}, {"keys.line", "Shift Enter"}, {"keys.macro", "/"}, {"keys.colleague", "@"}} {
				column.Add(widget.Fact(widget.Line(s.T(fixed.key), text.Regular, theme.SizeSub, theme.Text), widget.NewKbd(fixed.keys)))
			}
			columns.Add(widget.Grow(column, 1))
			column = widget.NewColumn(2)
		}
	}
	columns.Add(widget.Grow(column, 1))
	widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("action.keys"), Body: columns, Width: 720,
		Buttons: []widget.ButtonOptions{{Text: s.T("settings.keys.all"), OnTap: onChange}, {Text: s.T("dialog.close"), Kind: widget.Primary}}})
}
