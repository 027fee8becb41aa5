package shell

import (
	"encoding/json"

	"fyne.io/fyne/v2"

	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/widget"
)

// The window as it comes, and the least that the agent's page needs.
const (
	windowWide, windowTall   = 1440, 900
	windowLeast, windowShort = 900, 560
)

// bareStage is a stage without a desk, for the sign-in.
func (s *Shell) bareStage() *stage.Stage {
	return &stage.Stage{Desk: &panel.Desk{Lang: s.opts.Lang, Now: s.opts.Now, Keys: s.keys.Shown, Tell: s.tell},
		Input: s.opts.Input, Canvas: s.win.Canvas, Clipboard: s.opts.App.Clipboard, Shortcut: func(fyne.Shortcut) bool { return false }}
}

// tell shows a passing notice.
func (s *Shell) tell(text string, bad bool) {
	tone := widget.Plain
	if bad {
		tone = widget.Danger
	}
	s.root.Notify(widget.Notice{Tone: tone, Text: text})
}

type extent struct{ Width, Height float32 }

func (s *Shell) restoreSize() {
	size := extent{windowWide, windowTall}
	var kept extent
	if v := s.opts.Settings.Value("window"); v != "" && json.Unmarshal([]byte(v), &kept) == nil && kept.Width >= windowLeast && kept.Height >= windowShort {
		size = kept
	}
	if s.opts.Size.Width > 0 {
		size = extent{s.opts.Size.Width, s.opts.Size.Height}
	}
	s.win.Resize(fyne.NewSize(size.Width, size.Height))
	if s.opts.Settings.Value("window") == "" {
		s.win.CenterOnScreen()
	}
}

func (s *Shell) saveSize() {
	size := s.win.Canvas().Size()
	if size.Width < windowLeast || size.Height < windowShort || s.opts.Size.Width > 0 {
		return
	}
	b, err := json.Marshal(extent{size.Width, size.Height})
	if err == nil {
		s.opts.Settings.Set("window", string(b))
	}
}

// languageChanged shows everything in the language that was chosen, leaving drafts, scroll and focus as they are.
func (s *Shell) languageChanged() {
	s.speakLibrary()
	switch {
	case s.desk != nil:
		s.desk.speak()
		s.showCount(s.desk.alerts.waiting)
	case s.sign != nil:
		s.sign.Speak()
	}
	s.win.Canvas().Content().Refresh()
}

// attend notes whether the window is the one that the person works in.
func (s *Shell) attend(active bool) {
	s.active = active
	if active && s.desk != nil {
		s.desk.thread.Attended()
	}
}
