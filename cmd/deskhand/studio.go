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
	words *lang.Catalogue
	app   fyne.App
	shell *shell.Shell
	stop  chan struct{}
	done  chan struct{}
	err   error
}

// look is one picture.
type look struct {
	name  string
	mode  theme.Mode
	tag   string
	words string // being written
}

func looks() []look {
	const english = "Thanks for waiting. I have read all of it and am looking into this now; one moment please."
	const chinese = "您好，我已经看到您的情况，正在为您核实，请稍等。"
	return []look{{"agent-light-en", theme.Light, lang.English, english}, {"agent-dark-en", theme.Dark, lang.English, english},
		{"agent-light-zh", theme.Light, lang.Chinese, chinese}, {"agent-dark-zh", theme.Dark, lang.Chinese, chinese}}
}

// Times of drawing: how often the window is looked at, how long a picture rests before it is taken, and how long all of
// it may take.
const (
	lookEvery  = 300 * time.Millisecond
	restTicks  = 6
	allWithin  = 3 * time.Minute
	firstAfter = 40 // looks before the first picture: conversations begin to move
)

func newStudio(dir string, words *lang.Catalogue, a fyne.App) *studio {
	return &studio{dir: dir, words: words, app: a, stop: make(chan struct{}), done: make(chan struct{})}
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
	for _, l := range looks() {
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
		fyne.DoAndWait(func() { there = s.shell.Pose(lang.Short(l.tag), l.words) })
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
