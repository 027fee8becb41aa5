// Package stage is what the views of panels share on the side of Fyne: texts that follow the language, fields with
// the input method, tooltips with the keys in use. It draws nothing by itself and starts no goroutine.
package stage

import (
	"image/color"

	"fyne.io/fyne/v2"

	"deskhand/ui/panel"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Stage is what a view is given.
type Stage struct {
	*panel.Desk
	Input     field.Input        // the input method; nil is none
	Canvas    func() fyne.Canvas // of the window the view is in
	Clipboard func() fyne.Clipboard
	Shortcut  func(fyne.Shortcut) bool // takes the global shortcuts that a field leaves
	words     []func()
}

// Bind calls set now and after each switch of the language: it sets the texts that a view shows.
func (s *Stage) Bind(set func()) {
	s.words = append(s.words, set)
	set()
}

// Passing is a stage for something that is open for a moment, a dialog or a menu: what it binds is forgotten with it.
func (s *Stage) Passing() *Stage {
	passing := *s
	passing.words = nil
	return &passing
}

// Speak sets all bound texts anew.
func (s *Stage) Speak() {
	for _, set := range s.words {
		set()
	}
}

// T is the text under the key.
func (s *Stage) T(key string, args ...any) string { return s.Lang.T(key, args...) }

// Tip is a tooltip with the key of the action, if it has one.
func (s *Stage) Tip(key, action string) widget.Tip {
	t := widget.Tip{Text: s.T(key)}
	if action != "" {
		t.Keys = s.Keys(action)
	}
	return t
}

// Label is a line of text that follows the language.
func (s *Stage) Label(key string, face text.Face, size float32, ink color.Color) *widget.Label {
	l := widget.Line("", face, size, ink)
	s.Bind(func() { l.SetText(s.T(key)) })
	return l
}

// Button is a button whose text and tip follow the language; action, if not empty, shows its key in the tip.
func (s *Stage) Button(key, action string, o widget.ButtonOptions) *widget.Button {
	b := widget.NewButton(o)
	s.Bind(func() {
		b.SetText(s.T(key))
		if action != "" {
			b.SetTip(s.Tip(key, action))
		}
	})
	return b
}

// IconButton is an icon button whose tip follows the language.
func (s *Stage) IconButton(key, action string, o widget.IconButtonOptions) *widget.IconButton {
	b := widget.NewIconButton(o)
	s.Bind(func() { b.SetTip(s.Tip(key, action)) })
	return b
}

// Field is a text field with the input method, the global shortcuts and a menu for the second button. placeholder is a
// key, "" for none.
func (s *Stage) Field(placeholder string, o field.Options) *field.Field {
	o.Input = s.Input
	if o.OnShortcut == nil {
		o.OnShortcut = s.Shortcut
	}
	o.Menu = s.menu
	own := o.OnKey
	o.OnKey = func(e *fyne.KeyEvent) bool {
		if own != nil && own(e) {
			return true
		}
		return e.Name == fyne.KeyEscape && widget.Dismiss(s.Canvas())
	}
	f := field.New(o)
	if placeholder != "" {
		s.Bind(func() { f.SetPlaceholder(s.T(placeholder)) })
	}
	return f
}

func (s *Stage) menu(f *field.Field, at fyne.Position) {
	c, clip := s.Canvas(), s.Clipboard()
	chosen := f.SelectedText() != ""
	widget.ShowMenuAt(c, at, []widget.MenuItem{
		{Text: s.T("edit.cut"), Keys: "Ctrl X", Disabled: !chosen, OnTap: func() { f.Cut(clip) }},
		{Text: s.T("edit.copy"), Keys: "Ctrl C", Disabled: !chosen, OnTap: func() { f.Copy(clip) }},
		{Text: s.T("edit.paste"), Keys: "Ctrl V", OnTap: func() { f.Paste(clip) }},
		{},
		{Text: s.T("edit.all"), Keys: "Ctrl A", OnTap: f.SelectAll},
	}, func() { c.Focus(f) })
}

// Head is the bar at the top of a column: 52 high.
func Head(children ...fyne.CanvasObject) *widget.Box {
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Padding: widget.Pad(0, 14), Align: widget.Center, MinTall: 52}, children...)
}

// Small is a short line in the second rank.
func Small(s string) *widget.Label { return widget.Line(s, text.Regular, theme.SizeSmall, theme.Muted) }
