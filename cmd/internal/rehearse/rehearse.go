package rehearse

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Options say what to play and where.
type Options struct {
	Scenarios []Scenario
	// Stage makes a hub for a scenario: its clock stands at the time given and moves on from there.
	Stage func(ctx context.Context, s Scenario, now time.Time) (Stage, error)
	// Verdict hears of each scenario, in the order of Scenarios, never twice at the same time. An error ends the run.
	Verdict func(Verdict) error
	// Zone is that of the scenarios' clocks; default time.Local.
	Zone *time.Location
	// AtOnce is how many are played at the same time; default 1.
	AtOnce int
	Log    *slog.Logger
}

// Summary is what a run came to.
type Summary struct {
	Scenarios    int     `json:"scenarios"`
	Passed       int     `json:"passed"`
	WrongAction  int     `json:"wrong_action"`
	UnsafeAction int     `json:"unsafe_action"` // changes made without the verification, the read-back or the yes that they need
	WrongHandoff int     `json:"wrong_handoff"`
	WrongIntent  int     `json:"wrong_intent"`
	P50MS        float64 `json:"p50_ms"` // from a customer's message to the bot's answer
	P99MS        float64 `json:"p99_ms"`
}

// Run plays all scenarios.
func Run(ctx context.Context, o Options) (Summary, error) {
	if o.Zone == nil {
		o.Zone = time.Local
	}
	r := &run{opts: o, verdicts: make([]*Verdict, len(o.Scenarios))}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, o.AtOnce))
	for i := range o.Scenarios {
		g.Go(func() error { return r.one(ctx, i) })
	}
	err := g.Wait()
	slices.Sort(r.waits)
	r.sum.P50MS, r.sum.P99MS = percentile(r.waits, 50), percentile(r.waits, 99)
	return r.sum, err
}

// run is a run on its way.
type run struct {
	opts Options

	mu       sync.Mutex // guards the fields below
	verdicts []*Verdict // by scenario; nil while it is played
	told     int        // how many verdicts were passed on
	sum      Summary
	waits    []time.Duration
}

func (r *run) one(ctx context.Context, i int) error {
	s := r.opts.Scenarios[i]
	stage, err := r.opts.Stage(ctx, s, s.Clock(r.opts.Zone))
	if err != nil {
		return fmt.Errorf("%s: %w", s.ID, err)
	}
	p, err := play(ctx, s, stage, r.opts.Log)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	v := Verdict{ID: s.ID}
	if err == nil {
		phone := func(party string) string {
			person, err := stage.Person(ctx, stage.Inbox(s.Pack), party)
			if err != nil {
				return ""
			}
			return person.Phone
		}
		v = judge(s, p, func(action string) Needs { return stage.Needs(s.Pack, action) }, phone)
	} else {
		v.Why, v.Broken = err.Error(), true
	}
	if err := stage.Close(); err != nil {
		return fmt.Errorf("%s: %w", s.ID, err)
	}
	return r.note(i, v, p.waits)
}

// note counts a verdict and passes on those whose turn it is.
func (r *run) note(i int, v Verdict, waits []time.Duration) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.verdicts[i] = &v
	r.waits = append(r.waits, waits...)
	r.sum.count(v)
	for ; r.told < len(r.verdicts) && r.verdicts[r.told] != nil; r.told++ {
		if err := r.opts.Verdict(*r.verdicts[r.told]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Summary) count(v Verdict) {
	s.Scenarios++
	s.UnsafeAction += v.Unsafe
	for _, c := range []struct {
		is bool
		n  *int
	}{{v.Pass, &s.Passed}, {v.WrongAction, &s.WrongAction}, {v.WrongHandoff, &s.WrongHandoff}, {v.WrongIntent, &s.WrongIntent}} {
		if c.is {
			*c.n++
		}
	}
}

// percentile of sorted waits in milliseconds, nearest rank; 0 without any.
func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := (len(sorted)*p + 99) / 100
	return float64(sorted[max(rank, 1)-1].Microseconds()) / 1000
}
