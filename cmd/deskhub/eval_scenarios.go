package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/bench"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/rehearse"
)

type evalScenariosCmd struct {
	Files   []string `arg:"" help:"Scenarios: YAML lists of errands, see contracts/scenarios.md."`
	Only    string   `help:"Play those alone whose id holds this." placeholder:"TEXT"`
	AtOnce  int      `help:"How many are played at the same time; default: one a processor." placeholder:"N"`
	Models  string   `help:"Keep models trained from the packs in this folder, for the next run; default: they go with the run." env:"DESKHAND_EVAL_MODELS" placeholder:"DIR"`
	Verbose bool     `help:"Print what was said in those that fail." short:"v"`
	JSON    bool     `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (e *evalScenariosCmd) Run(ctx context.Context, c *console) error {
	scenarios, err := e.read()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "deskhub-eval-")
	if err != nil {
		return fmt.Errorf("a folder to work in: %w", err)
	}
	sum, err := e.play(ctx, c, dir, scenarios)
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		return err
	}
	return c.line(sum)
}

func (e *evalScenariosCmd) read() ([]rehearse.Scenario, error) {
	var all []rehearse.Scenario
	for _, name := range e.Files {
		f, err := os.Open(name)
		if err != nil {
			return nil, unreadableFile{err}
		}
		some, err := rehearse.Read(name, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, unreadableFile{err}
		}
		all = append(all, some...)
	}
	return slices.DeleteFunc(all, func(s rehearse.Scenario) bool { return !strings.Contains(s.ID, e.Only) }), nil
}

func (e *evalScenariosCmd) play(ctx context.Context, c *console, dir string, scenarios []rehearse.Scenario) (rehearse.Summary, error) {
	theatre, err := newTheatre(c, dir, e.Models)
	if err != nil {
		return rehearse.Summary{}, err
	}
	o := rehearse.Options{Scenarios: scenarios, Log: theatre.log, AtOnce: e.AtOnce, Verdict: func(v rehearse.Verdict) error { return e.tell(c, v) }}
	if o.AtOnce == 0 {
		o.AtOnce = runtime.NumCPU()
	}
	o.Stage = func(ctx context.Context, s rehearse.Scenario, now time.Time) (rehearse.Stage, error) {
		return app.NewRehearsal(ctx, app.RehearsalOptions{Config: theatre.config, Reader: theatre.models.Reader, Now: now, Log: theatre.log, Pack: s.Pack})
	}
	return rehearse.Run(ctx, o)
}

// theatre is what all rehearsals of a run share.
type theatre struct {
	config config.Config
	models *app.Models
	log    *slog.Logger
}

// newTheatre works in dir. Models trained from the packs are kept in the folder kept, with "" in dir.
func newTheatre(c *console, dir, kept string) (theatre, error) {
	if kept == "" {
		kept = filepath.Join(dir, "models")
	}
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelError}))
	cfg, err := config.Load(config.Source{Environ: append(bench.Generous(), "DESKHAND_HUB_DATA="+dir, "DESKHAND_HUB_LISTEN=127.0.0.1:0")})
	return theatre{cfg, app.NewModels(kept, nil, log), log}, err
}

func (e *evalScenariosCmd) tell(c *console, v rehearse.Verdict) error {
	return c.verdict(v, e.Verbose && !v.Pass && !e.JSON)
}

// verdict prints how a scenario ended, with what was said if asked.
func (c *console) verdict(v rehearse.Verdict, transcript bool) error {
	if err := c.line(v); err != nil || !transcript {
		return err
	}
	for _, l := range v.Transcript {
		if err := c.say("%s", l); err != nil {
			return err
		}
	}
	return nil
}
