// Package settings is the page of what each person sets: language, theme, alerts, keys, and who is signed in where; and
// the sheet of all keys.
package settings

import (
	"fyne.io/fyne/v2"

	"deskhand/ui/client"
	"deskhand/ui/keymap"
	"deskhand/ui/lang"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Options are what a View needs of its surroundings.
type Options struct {
	Kept       *client.Keeper // of this computer
	Keys       *keymap.Map
	Hub        string
	Local      bool
	Version    string
	OnTheme    func()               // the theme was chosen
	OnKeys     func()               // keys were changed
	OnSound    func(volume float64) // play a sample
	OnSignOut  func()
	OnLanguage func(tag string)
}

// The keys of what is kept. Empty values are the defaults.
const (
	KeyTheme  = "theme"  // "", light, dark
	KeyAlerts = "alerts" // "", off
	KeySound  = "sound"  // "", off
)

// View is the page.
type View struct {
	stage   *stage.Stage
	opts    Options
	Content fyne.CanvasObject
	sheet   *widget.Box
	scroll  *widget.Scroll
}

// sheetWide is how wide the settings are at most, so that lines can be read.
const sheetWide = 640

// New returns the page; it is filled when it is shown.
func New(s *stage.Stage, o Options) *View {
	v := &View{stage: s, opts: o}
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 14, Padding: widget.Pad(16, 20, 24, 20), MinWidth: sheetWide})
	v.scroll = widget.NewScroll(widget.NewBox(widget.BoxOptions{Align: widget.Start}, v.sheet))
	v.Content = widget.NewColumn(0, stage.Head(s.Label("settings.title", text.Bold, theme.SizeHead, theme.Text)), widget.Hairline(), widget.Grow(v.scroll, 1))
	s.Bind(v.Fill)
	return v
}

// Fill shows the settings as they are.
func (v *View) Fill() {
	v.sheet.Set(v.looks(), v.alerts(), v.account(), v.keys())
	v.scroll.Relayout()
}

func (v *View) row(key string, right fyne.CanvasObject) fyne.CanvasObject {
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Align: widget.Center, MinTall: 38},
		widget.Grow(widget.Line(v.stage.T(key), text.Regular, theme.SizeText, theme.Text), 1), right)
}

func (v *View) card(key string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Card(append([]fyne.CanvasObject{widget.Caption(v.stage.T(key))}, rows...)...)
}

func (v *View) looks() fyne.CanvasObject {
	var languages []widget.SelectItem
	for _, t := range lang.Tags() {
		languages = append(languages, widget.SelectItem{ID: t, Text: lang.NameOf(t)})
	}
	themes := []widget.SelectItem{{ID: "system", Text: v.stage.T("settings.theme.system")},
		{ID: "light", Text: v.stage.T("settings.theme.light")}, {ID: "dark", Text: v.stage.T("settings.theme.dark")}}
	chosen := v.opts.Kept.Value(KeyTheme)
	if chosen == "" {
		chosen = "system"
	}
	return v.card("settings.looks",
		v.row("settings.language", widget.NewSelect(widget.SelectOptions{Items: languages, Chosen: v.stage.Lang.Tag(), OnChange: v.opts.OnLanguage})),
		v.row("settings.theme", widget.NewSelect(widget.SelectOptions{Items: themes, Chosen: chosen, OnChange: func(id string) {
			if id == "system" {
				id = ""
			}
			v.opts.Kept.Set(KeyTheme, id)
			v.opts.OnTheme()
		}})))
}

func (v *View) alerts() fyne.CanvasObject {
	toggle := func(key string, kept string, then func(on bool)) fyne.CanvasObject {
		return v.row(key, widget.NewToggle(widget.ToggleOptions{Switch: true, On: v.opts.Kept.Value(kept) != "off", OnChange: func(on bool) {
			value := "off"
			if on {
				value = ""
			}
			v.opts.Kept.Set(kept, value)
			then(on)
		}}))
	}
	return v.card("settings.alerts",
		toggle("settings.notify", KeyAlerts, func(bool) {}),
		toggle("settings.sound", KeySound, func(on bool) {
			if on {
				v.opts.OnSound(0.6)
			}
		}))
}

func (v *View) account() fyne.CanvasObject {
	you := v.stage.State.You()
	hub := v.opts.Hub
	if v.opts.Local {
		hub = v.stage.T("settings.local")
	}
	value := func(s string) fyne.CanvasObject {
		return widget.NewLabel(widget.LabelOptions{Text: s, Style: widget.TextStyle{Size: theme.SizeText, Ink: theme.Muted}})
	}
	return v.card("settings.account",
		v.row("settings.you", value(you.Name+" · "+v.stage.Lang.Role(you.Role))),
		v.row("settings.hub", value(hub)),
		v.row("settings.version", value(v.opts.Version)),
		widget.NewBox(widget.BoxOptions{Axis: widget.Row, Padding: widget.Pad(6, 0, 2, 0)},
			widget.NewButton(widget.ButtonOptions{Text: v.stage.T("settings.signout"), Icon: "log-out", OnTap: v.signOut})))
}

func (v *View) signOut() {
	question := v.stage.T("settings.signout.ask")
	if n := v.stage.State.Link().Queued; n > 0 {
		question += " " + v.stage.Lang.N("settings.signout.queued", n)
	}
	widget.Confirm(v.stage.Canvas(), v.stage.T("settings.signout"), question, v.stage.T("dialog.cancel"), v.stage.T("settings.signout"), false, v.opts.OnSignOut)
}
