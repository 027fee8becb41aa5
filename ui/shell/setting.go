package shell

import "deskhand/ui/panel/settings"

// settingsOptions are what the page of settings does.
func (d *desk) settingsOptions() settings.Options {
	s := d.shell
	return settings.Options{Kept: s.opts.Settings, Keys: s.keys, Hub: d.session.Hub, Local: d.session.Local, Version: s.opts.Version,
		OnTheme: func() {
			s.opts.Theme = ""
			s.applyTheme()
		},
		OnKeys: d.keysChanged,
		OnSound: func(volume float64) {
			if s.opts.Sound != nil {
				s.opts.Sound.Play("message", volume)
			}
		},
		OnSignOut: func() { s.leave(true, nil) },
		OnLanguage: func(tag string) {
			if err := s.opts.Lang.Use(tag); err == nil {
				s.opts.Settings.Set("language", tag)
			}
		}}
}

// keysChanged listens for the new keys and shows them.
func (d *desk) keysChanged() {
	d.unshortcut()
	d.shortcuts()
	d.speak()
}
