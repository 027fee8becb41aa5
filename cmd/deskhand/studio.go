package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"deskhand/ui/lang"
	"deskhand/ui/shell"
	"deskhand/ui/theme"
)

// studio draws the running window into files: light and dark, English and Chinese. Its goroutine begins with start and
// ends by itself or with close.
type studio struct {
	dir   string
	boss  bool // may approve
	words *lang.Catalogue
	app   fyne.App
	shell *shell.Shell
	stop  chan struct{}
	done  chan struct{}
	err   error
}

// look is one picture.
type look struct {
	name string
	mode theme.Mode
	tag  string
	pose shell.Posture
}

// looks are the pictures of an agent's window, or of somebody's who may approve.
func looks(approvals bool) []look {
	if approvals {
		waits := shell.Posture{Approvals: true}
		return []look{{"approvals-light-en", theme.Light, lang.English, waits}, {"approvals-dark-zh", theme.Dark, lang.Chinese, waits}}
	}
	en := shell.Posture{Language: "en", Words: "Thanks for waiting. I have read all of it and am looking into this now; one moment please."}
	zh := shell.Posture{Language: "zh", Words: "您好，我已经看到您的情况，正在为您核实，请稍等。"}
	known, knownZH := en, zh
	known.Handoff, knownZH.Handoff = true, true
	return []look{{"agent-light-en", theme.Light, lang.English, en}, {"agent-dark-en", theme.Dark, lang.English, en},
		{"agent-light-zh", theme.Light, lang.Chinese, zh}, {"agent-dark-zh", theme.Dark, lang.Chinese, zh},
		{"handoff-light-en", theme.Light, lang.English, known}, {"handoff-light-zh", theme.Light, lang.Chinese, knownZH}}
}

// Times of drawing: how often the window is looked at, how long a picture rests before it is taken, and how long all of
// it may take.
const (
	lookEvery  = 300 * time.Millisecond
	restTicks  = 6
	allWithin  = 3 * time.Minute
	firstAfter = 40 // looks before the first picture: conversations begin to move
)

func newStudio(dir string, boss bool, words *lang.Catalogue, a fyne.App) *studio {
	return &studio{dir: dir, boss: boss, words: words, app: a, stop: make(chan struct{}), done: make(chan struct{})}
}

func (s *studio) start(sh *shell.Shell) {
	s.shell = sh
	go func() {
		defer close(s.done)
		s.err = s.draw()
		fyne.Do(s.app.Quit)
	}()
}

func (s *studio) close() error {
	close(s.stop)
	if s.shell == nil {
		return nil
	}
	<-s.done
	return s.err
}

func (s *studio) draw() error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return fmt.Errorf("folder of the pictures: %w", err)
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	late := time.NewTimer(allWithin)
	defer late.Stop()
	wait := func() error {
		select {
		case <-tick.C:
			return nil
		case <-s.stop:
			return errors.New("the window was closed before all pictures were drawn")
		case <-late.C:
			return errors.New("the demo desk did not get as far as the pictures want in time")
		}
	}
	for i := 0; i < firstAfter; i++ {
		if err := wait(); err != nil {
			return err
		}
	}
	for _, l := range looks(s.boss) {
		if err := s.one(l, wait); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return nil
}

// one brings the window into a look and draws it.
func (s *studio) one(l look, wait func() error) error {
	fyne.DoAndWait(func() {
		s.app.Settings().SetTheme(theme.New(l.mode))
		_ = s.words.Use(l.tag) // one of Tags
	})
	for there := false; !there; {
		if err := wait(); err != nil {
			return err
		}
		fyne.DoAndWait(func() { there = s.shell.Pose(l.pose) })
	}
	for i := 0; i < restTicks; i++ {
		if err := wait(); err != nil {
			return err
		}
	}
	return s.capture(filepath.Join(s.dir, l.name+".png"))
}

// capture has ImageMagick read the window from the X server: what OpenGL gives back of a shown window is undefined, and
// black with Mesa's software renderer.
func (s *studio) capture(path string) error {
	var id uintptr
	fyne.DoAndWait(func() {
		if w, ok := s.shell.Window().(driver.NativeWindow); ok {
			w.RunNative(func(native any) {
				if x, ok := native.(driver.X11WindowContext); ok {
					id = x.WindowHandle
				}
			})
		}
	})
	if id == 0 {
		return errors.New("pictures are drawn from X11 windows only: run it under Xvfb")
	}
	out, err := exec.Command("import", "-window", strconv.FormatUint(uint64(id), 10), path).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ImageMagick's import: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
