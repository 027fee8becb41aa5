package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	fynelang "fyne.io/fyne/v2/lang"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/cmd/internal/keyring"
	"deskhand/cmd/internal/version"
	"deskhand/storage/outbox"
	uiclient "deskhand/ui/client"
	"deskhand/ui/ime"
	"deskhand/ui/lang"
	"deskhand/ui/shell"
	"deskhand/ui/widget/field"
)

// program is the running desktop.
type program struct {
	opts     options
	out      io.Writer
	started  time.Time
	dir      string // of everything that is kept
	log      *slog.Logger
	logFile  *os.File
	memory   *outbox.Store // settings of this computer
	settings *uiclient.Keeper
	keys     *keyring.Keyring
	local    local
	closers  []func() error // in the order of opening; closed backwards
}

// alreadyRuns is another program working with the same folder.
type alreadyRuns struct {
	dir string
	error
}

func (a alreadyRuns) Unwrap() error { return a.error }

func (o *options) check() error {
	if o.Shot != "" {
		o.Demo = true
	}
	if o.Demo && o.Hub != "" {
		return errors.New("--demo runs a desk of its own: leave out --hub")
	}
	if o.Lang != "" {
		o.Lang = lang.Pick(o.Lang)
	}
	if _, err := o.size(); err != nil {
		return err
	}
	return nil
}

func (o *options) size() (fyne.Size, error) {
	if o.Size == "" {
		if o.Shot != "" {
			return fyne.NewSize(1440, 900), nil
		}
		return fyne.Size{}, nil
	}
	var w, h float32
	if n, err := fmt.Sscanf(o.Size, "%gx%g", &w, &h); n != 2 || err != nil || w < 400 || h < 300 || w > 10000 || h > 10000 {
		return fyne.Size{}, fmt.Errorf("--size %q: write it like 1440x900", o.Size)
	}
	return fyne.NewSize(w, h), nil
}

// start opens what is kept, makes the window and runs until it is closed.
func start(ctx context.Context, o options, out, fault io.Writer) (err error) {
	p := &program{opts: o, out: out, started: time.Now()}
	defer func() { err = errors.Join(err, p.close()) }()
	if err := p.open(ctx, fault); err != nil {
		return err
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // the library makes its folder in it, not this one; without, it says so and goes on
	}
	if err := ime.PrepareEnv(); err != nil {
		return fmt.Errorf("prepare the input method: %w", err)
	}
	return p.window(ctx)
}

// open makes the folder and opens log, settings and keyring.
func (p *program) open(ctx context.Context, fault io.Writer) error {
	if err := p.folder(); err != nil {
		return err
	}
	if err := p.openLog(fault); err != nil {
		return err
	}
	var err error
	if p.memory, err = p.openStore(ctx, "settings.db"); err != nil {
		return err
	}
	p.closers = append(p.closers, p.memory.Close)
	p.settings = uiclient.NewKeeper(p.memory, p.log)
	p.closers = append(p.closers, p.settings.Close)
	p.keys, err = keyring.New(keyring.Options{Dir: p.dir, FileOnly: p.opts.Data != "" || p.opts.Demo, Log: p.log})
	return err
}

func (p *program) openStore(ctx context.Context, name string) (*outbox.Store, error) {
	s, err := outbox.Open(ctx, filepath.Join(p.dir, name))
	if assist.CodeOf(err) == assist.CodeLocked {
		return nil, alreadyRuns{p.dir, err}
	}
	return s, err
}

func (p *program) folder() error {
	switch {
	case p.opts.Data != "":
		p.dir = p.opts.Data
	case p.opts.Demo:
		dir, err := os.MkdirTemp("", "deskhand-demo-")
		if err != nil {
			return fmt.Errorf("folder of the demo: %w", err)
		}
		p.dir = dir
		p.closers = append(p.closers, func() error { return os.RemoveAll(dir) })
		return nil
	default:
		base, err := os.UserConfigDir()
		if err != nil {
			return fmt.Errorf("the user's configuration folder: %w", err)
		}
		p.dir = filepath.Join(base, "deskhand")
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return fmt.Errorf("make the folder %s: %w", p.dir, err)
	}
	return nil
}

// logMost is the size at which the log of former starts is put aside.
const logMost = 4 << 20

// openLog writes the log into the folder, warnings to the console too, and has a crash written there as well.
func (p *program) openLog(fault io.Writer) error {
	path := filepath.Join(p.dir, "deskhand.log")
	if info, err := os.Stat(path); err == nil && info.Size() > logMost {
		if err := os.Rename(path, path+".old"); err != nil {
			return fmt.Errorf("put the old log aside: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	p.logFile = f
	p.log = slog.New(slog.NewTextHandler(f, nil))
	p.closers = append(p.closers, f.Close)
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("send crashes to the log: %w", err)
	}
	fmt.Fprintf(fault, "deskhand: the log is %s\n", path)
	return nil
}

func (p *program) close() error {
	err := p.local.close()
	for i := len(p.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, p.closers[i]())
	}
	return err
}

func (p *program) language() string {
	if p.opts.Lang != "" {
		return p.opts.Lang
	}
	if kept := p.settings.Value("language"); kept != "" {
		return kept
	}
	return lang.Pick(string(fynelang.SystemLocale()))
}

// window makes the window and runs until it is closed or ctx ends.
func (p *program) window(ctx context.Context) error {
	words, err := lang.New(lang.Options{Files: assets.Lang, Tag: p.language()})
	if err != nil {
		return err
	}
	if p.opts.Hub == "" {
		p.local.begin(ctx, p) // the hub starts while the window is made
	}
	a := app.NewWithID("io.deskhand.deskhand")
	input, stopInput := p.input(ctx)
	defer stopInput()
	noise := newNoise(p.log)
	defer noise.close()
	size, _ := p.opts.size() // was checked
	o := shell.Options{App: a, Lang: words, Log: p.log, Settings: p.settings, SignIn: p.signIn, Login: p.opts.Login, Hub: p.opts.Hub,
		Sound: noise, Input: input, Version: version.Number, Theme: p.opts.Theme, Size: size, OnReady: p.ready}
	there := desktopServices()
	o.Tray, o.Notify, o.Themed = there.tray, there.notify, there.themed
	p.ways(&o)
	var studio *studio
	if p.opts.Shot != "" {
		studio = newStudio(p.opts.Shot, p.opts.Login != "", words, a)
	}
	s, err := shell.New(o)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	defer stop()
	a.Lifecycle().SetOnStarted(func() {
		s.Start()
		if studio != nil {
			studio.start(s)
		}
	})
	a.Run()
	err = s.Close()
	if studio != nil {
		err = errors.Join(err, studio.close())
	}
	return err
}

// input is the input method, where the system needs one of ours.
func (p *program) input(ctx context.Context) (field.Input, func()) {
	if !ime.Wanted() {
		return nil, func() {}
	}
	c, err := ime.New(ime.Options{Post: fyne.Do, Log: p.log})
	if err != nil {
		p.log.Error("input method not available", "component", "deskhand", "err", err)
		return nil, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.Run(ctx) // returns nil always
	}()
	return c, func() { cancel(); <-done }
}

// ready prints how long the start took, if that was asked for.
func (p *program) ready() {
	if p.opts.Timing {
		fmt.Fprintf(p.out, "first live inbox after %d ms\n", time.Since(processStarted(p.started)).Milliseconds())
	}
}
