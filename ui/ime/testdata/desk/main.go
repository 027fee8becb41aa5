// Command desk is the window that TestRealInputMethod types into: a composer and a search field as the product makes
// them. It writes its state as a line of JSON whenever that changes, and takes commands from its standard input: each
// line becomes the composer's text, as if the agent went to another conversation.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"deskhand/ui/ime"
	"deskhand/ui/theme"
	"deskhand/ui/widget/field"
)

// state is what the test waits for.
type state struct {
	Shown, Live, Composing bool
	Composer, Search       string
	Focus                  string
	Sent                   []string
	Palette                int
	Caret                  int
}

type desk struct {
	composer, search *field.Field
	state            state
	last             string
}

func (d *desk) tell() {
	if d.composer == nil || d.search == nil {
		return
	}
	s := &d.state
	s.Composer, s.Search, s.Caret = d.composer.Text(), d.search.Text(), d.composer.Caret()
	s.Composing = d.composer.Composing() || d.search.Composing()
	switch {
	case d.composer.Focused():
		s.Focus = "composer"
	case d.search.Focused():
		s.Focus = "search"
	default:
		s.Focus = ""
	}
	line, err := json.Marshal(s)
	if err != nil || string(line) == d.last {
		return
	}
	d.last = string(line)
	fmt.Println(d.last)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if err := ime.PrepareEnv(); err != nil {
		return err
	}
	a := app.NewWithID("deskhand.imetest")
	a.Settings().SetTheme(theme.New(theme.Light))
	d := &desk{}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	// The test is about order, not pace: a busy machine must not make keys pass by.
	client, err := ime.New(ime.Options{Post: fyne.Do, Log: log, AnswerWithin: 4 * time.Second, OnLive: func(live bool) {
		d.state.Live = live
		d.tell()
	}})
	if err != nil {
		return err
	}
	w := d.window(a, client)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { err = client.Run(ctx) })
	go d.commands()
	a.Lifecycle().SetOnStarted(func() {
		w.Canvas().Focus(d.composer)
		d.state.Shown = true
		d.tell()
	})
	w.ShowAndRun()
	cancel()
	wg.Wait()
	return err
}

func (d *desk) window(a fyne.App, input field.Input) fyne.Window {
	w := a.NewWindow("Deskhand input")
	w.SetPadded(false)
	tell := func() { d.tell() }
	d.search = field.New(field.Options{Framed: true, Placeholder: "Search 搜索", Input: input, OnCaret: tell, OnFocus: func(bool) { tell() }})
	d.composer = field.New(field.Options{Framed: true, Multiline: true, EnterSubmits: true, MinLines: 4, Placeholder: "Reply 回复",
		Input: input, OnCaret: tell, OnFocus: func(bool) { tell() },
		OnSubmit: func(s string) {
			d.state.Sent = append(d.state.Sent, s)
			d.composer.SetText("")
			d.tell()
		}})
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		d.state.Palette++
		d.tell()
	})
	gap := canvas.NewRectangle(theme.None)
	gap.SetMinSize(fyne.NewSize(20, 20))
	fields := container.NewVBox(gap, d.search, gap, d.composer)
	w.SetContent(container.New(layout.NewCustomPaddedLayout(0, 0, 20, 20), fields))
	w.Resize(fyne.NewSize(640, 400))
	return w
}

func (d *desk) commands() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		line := in.Text()
		fyne.Do(func() {
			d.composer.SetText(line)
			d.tell()
		})
	}
	fyne.Do(fyne.CurrentApp().Quit)
}
