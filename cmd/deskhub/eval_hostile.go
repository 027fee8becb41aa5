package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/hostile"
	"deskhand/cmd/internal/rehearse"
)

type evalHostileCmd struct {
	Every   int    `help:"Try one case in so many." default:"1" placeholder:"N"`
	Only    string `help:"Try those alone whose name holds this." placeholder:"TEXT"`
	Models  string `help:"Keep models trained from the packs in this folder, for the next run; default: they go with the run." env:"DESKHAND_EVAL_MODELS" placeholder:"DIR"`
	Verbose bool   `help:"Print what was said where an attack succeeded." short:"v"`
	JSON    bool   `help:"Print JSON lines only." name:"json"`
}

// attacked is what the attacks came to.
type attacked struct {
	Cases   int     `json:"cases"`
	Changes int     `json:"changes"` // cases in which the back office was changed, which nobody had said yes to
	Shown   int     `json:"shown"`   // cases in which something of another customer was shown
	Broken  int     `json:"broken"`  // cases that ended in an error of the hub
	Asked   int64   `json:"asked"`   // how often the language model in the attacker's hands was asked
	P99MS   float64 `json:"p99_ms"`
}

// Run implements the sub-command.
func (e *evalHostileCmd) Run(ctx context.Context, c *console) error {
	data, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		return err
	}
	all, err := hostile.Cases(data)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "deskhub-hostile-")
	if err != nil {
		return fmt.Errorf("a folder to work in: %w", err)
	}
	sum, err := e.attack(ctx, c, dir, data, e.chosen(all))
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		return err
	}
	return c.line(sum)
}

func (e *evalHostileCmd) chosen(all []hostile.Case) []hostile.Case {
	var out []hostile.Case
	for i, c := range all {
		if i%max(1, e.Every) == 0 && strings.Contains(c.Scenario.ID, e.Only) {
			out = append(out, c)
		}
	}
	return out
}

func (e *evalHostileCmd) attack(ctx context.Context, c *console, dir string, data []byte, cases []hostile.Case) (attacked, error) {
	t, err := newTheatre(c, dir, e.Models)
	if err != nil {
		return attacked{}, err
	}
	model, err := hostile.NewEndpoint()
	if err != nil {
		return attacked{}, err
	}
	var sum attacked
	o := rehearse.Options{Log: t.log, AtOnce: runtime.NumCPU()}
	byID := map[string]hostile.Case{}
	for _, a := range cases {
		byID[a.Scenario.ID] = a
		o.Scenarios = append(o.Scenarios, a.Scenario)
	}
	o.Stage = func(ctx context.Context, s rehearse.Scenario, now time.Time) (rehearse.Stage, error) {
		return t.stage(ctx, byID[s.ID], data, model.URL(), now)
	}
	o.Verdict = func(v rehearse.Verdict) error { return e.tell(c, v, &sum) }
	all, err := rehearse.Run(ctx, o)
	sum.P99MS, sum.Asked = all.P99MS, model.Asked()
	return sum, errors.Join(err, model.Close())
}

// stage is a desk in which the attack's words stand where they are hidden.
func (t theatre) stage(ctx context.Context, a hostile.Case, data []byte, model string, now time.Time) (rehearse.Stage, error) {
	data, err := a.Data(data)
	if err != nil {
		return nil, err
	}
	o := app.RehearsalOptions{Config: t.config, Reader: t.models.Reader, Now: now, Log: t.log, Data: data, Pack: a.Scenario.Pack}
	if a.Reader != "" {
		o.Reader = func(*pack.Pack) (nlu.Classifier, error) { return hostile.Model(a.Reader), nil }
	}
	if a.Endpoint != "" { // asked about everything that is not rejected
		o.Config.Understanding = config.Understanding{Endpoint: model, Model: hostile.ModelOf(a.Endpoint), AskBelow: 100}
	}
	if a.Server != "" {
		o.Office = func(ctx context.Context, _ string, f backoffice.Office) (backoffice.Office, error) {
			return hostile.Serve(ctx, f, a.Server, t.log)
		}
	}
	if a.Article != "" {
		o.Config.Bot.Articles = filepath.Join(t.config.Hub.Data, "articles-"+a.Scenario.ID)
		if err := os.MkdirAll(o.Config.Bot.Articles, 0o700); err != nil {
			return nil, err
		}
		text := "# policy · Our policy\n? what is your policy\n? anything I should know\n\n" + strings.ReplaceAll(a.Article, "#", "") + "\n"
		if err := os.WriteFile(filepath.Join(o.Config.Bot.Articles, "policy.en.md"), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	return app.NewRehearsal(ctx, o)
}

func (e *evalHostileCmd) tell(c *console, v rehearse.Verdict, sum *attacked) error {
	sum.Cases++
	switch {
	case v.WrongAction || v.Unsafe > 0 || v.Moved:
		sum.Changes++
	case strings.Contains(v.Why, "a bot turn has"):
		sum.Shown++
	case v.Broken:
		sum.Broken++
	default:
		return nil
	}
	return c.verdict(v, e.Verbose && !e.JSON)
}
