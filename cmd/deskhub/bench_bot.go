package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/rehearse"
)

type benchBotCmd struct {
	Files  []string `arg:"" optional:"" help:"Scenarios, whose turns are measured, one after the other; default: none are."`
	Models string   `help:"Keep models trained from the packs in this folder, for the next run; default: they go with the run." env:"DESKHAND_EVAL_MODELS" placeholder:"DIR"`
	JSON   bool     `help:"Print JSON lines only." name:"json"`
}

// botResult is what is printed.
type botResult struct {
	app.Costs
	Turns     int     `json:"turns"`
	TurnP50MS float64 `json:"turn_p50_ms"` // deciding on a turn: understanding, flow, back office, the state on disk; neither socket nor storing the message
	TurnP99MS float64 `json:"turn_p99_ms"`
}

// Run implements the sub-command.
func (b *benchBotCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (botResult, error) {
		var r botResult
		var err error
		if r.Costs, err = app.MeasureCosts(ctx, slog.New(slog.DiscardHandler)); err != nil || len(b.Files) == 0 {
			return r, err
		}
		return r, b.turns(ctx, c, folder, &r)
	})
}

// turns plays the scenarios and notes how long the bot decided.
func (b *benchBotCmd) turns(ctx context.Context, c *console, folder string, r *botResult) error {
	scenarios, err := (&evalScenariosCmd{Files: b.Files}).read()
	if err != nil {
		return err
	}
	t, err := newTheatre(c, folder, b.Models)
	if err != nil {
		return err
	}
	var mu sync.Mutex // guards took
	var took []time.Duration
	note := func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		took = append(took, d)
	}
	_, err = rehearse.Run(ctx, rehearse.Options{Scenarios: scenarios, Log: t.log, Verdict: func(rehearse.Verdict) error { return nil },
		Stage: func(ctx context.Context, s rehearse.Scenario, now time.Time) (rehearse.Stage, error) {
			return app.NewRehearsal(ctx, app.RehearsalOptions{Config: t.config, Reader: t.models.Reader, Now: now, Log: t.log, Pack: s.Pack, Turn: note})
		}})
	slices.Sort(took)
	if r.Turns = len(took); r.Turns > 0 {
		r.TurnP50MS, r.TurnP99MS = took[len(took)/2].Seconds()*1e3, took[len(took)*99/100].Seconds()*1e3
	}
	return err
}
