package app

import (
	"context"
	"time"
)

// How often is removed what has been kept long enough. Codes run out within minutes.
const (
	forgetEvery = time.Minute
	pruneEvery  = time.Hour
)

// forget removes what has been kept long enough, until ctx ends: codes that ran out, and what the settings set an age for.
func (p *parts) forget(ctx context.Context, o Options) error {
	forget, prune := time.NewTicker(forgetEvery), time.NewTicker(pruneEvery)
	defer forget.Stop()
	defer prune.Stop()
	p.prune(ctx, o)
	for {
		p.removed(ctx, o, "codes that ran out", func() (int, error) { return p.store.ForgetCodes(ctx, o.Now()) })
		select {
		case <-ctx.Done():
			return nil
		case <-prune.C:
			p.prune(ctx, o)
		case <-forget.C:
		}
	}
}

func (p *parts) prune(ctx context.Context, o Options) {
	now := o.Now()
	p.removed(ctx, o, "commands", func() (int, error) { return p.store.PruneCommands(ctx, now.Add(-o.Config.Bot.KeepChanges)) })
	p.removed(ctx, o, "codes", func() (int, error) { return p.store.PruneCodes(ctx, now.Add(-o.Config.Codes.Keep)) })
}

// removed logs what one removal came to. One that fails comes again.
func (p *parts) removed(ctx context.Context, o Options, what string, remove func() (int, error)) {
	n, err := remove()
	switch {
	case err != nil && ctx.Err() == nil:
		o.Log.Error("not removed", "component", "retention", "what", what, "err", err)
	case n > 0:
		o.Log.Info("removed", "component", "retention", "what", what, "rows", n)
	}
}
