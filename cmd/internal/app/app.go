// Package app builds a whole hub out of its parts, starts them from the lowest up and stops them in reverse.
// It is the only place that knows all of them.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
	"deskhand/cmd/internal/config"

	"golang.org/x/sync/errgroup"
)

// Options say which hub to build.
type Options struct {
	Config  config.Config
	Log     *slog.Logger
	Version string
	Demo    bool             // the four demo companies with their customers
	Now     func() time.Time // default time.Now
	// Offices gives the back office of an inbox, nil if it has none; default: the demo's companies in the demo, else none.
	Offices func(assist.InboxID) backoffice.Office
	// Sender brings one-time codes to customers; default: the configured gateway, in the demo the phones of its site.
	Sender verify.Sender
	// Reader gives what reads texts for a pack; default: a model of its phrases, trained where none is kept.
	Reader func(*pack.Pack) (nlu.Classifier, error)
	// Turn hears how long the bot took to decide on each turn; default: nobody does.
	Turn func(time.Duration)
}

// App is a running hub.
type App struct {
	opts     Options
	parts    *parts
	listener net.Listener
	http     *http.Server
	agents   []DemoAgent

	workers     *errgroup.Group // everything that reads and decides
	stopWorkers context.CancelFunc
	ledger      *errgroup.Group // the one writer, stopped last
	stopLedger  context.CancelFunc
	failed      chan error // the first part that ended by itself

	demo     sync.WaitGroup // the demo's customers
	stopDemo context.CancelFunc
}

// DemoAgent is somebody who may sign in to the demo desk.
type DemoAgent struct {
	Login     string      `json:"login"`
	Password  string      `json:"password"`
	Role      assist.Role `json:"role"`
	Languages []string    `json:"languages"`
}

// Start builds the hub and returns when it listens. Close must be called in the end.
func Start(ctx context.Context, o Options) (*App, error) {
	if o.Log == nil {
		return nil, errors.New("app: Log is needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Demo {
		if err := withDemo(&o.Config); err != nil {
			return nil, err
		}
	}
	withDefaultInbox(&o.Config)
	p, err := build(ctx, o)
	if err != nil {
		return nil, err
	}
	a := &App{opts: o, parts: p, failed: make(chan error, 1)}
	if err := a.start(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) start(ctx context.Context) (err error) {
	if err := seed(ctx, a.parts, a.opts.Config); err != nil {
		return err
	}
	a.write()
	if err := a.parts.floor.Load(ctx); err != nil { // before anybody decides on it or changes what it reads
		return err
	}
	if err := a.parts.proofs.Load(ctx); err != nil {
		return err
	}
	a.work()
	if a.opts.Demo {
		if a.agents, err = seedDemo(ctx, a.parts); err != nil {
			return err
		}
	}
	if err := a.listen(); err != nil {
		return err
	}
	if a.opts.Demo {
		return a.playDemo()
	}
	return nil
}

// write starts the ledger.
func (a *App) write() {
	ctx, cancel := context.WithCancel(context.Background())
	a.ledger, a.stopLedger = &errgroup.Group{}, cancel
	a.ledger.Go(func() error { return a.parts.ledger.Run(ctx) })
}

// work starts the workers, which write through the ledger.
func (a *App) work() {
	p := a.parts
	ctx, cancel := context.WithCancel(context.Background())
	a.workers, a.stopWorkers = &errgroup.Group{}, cancel
	a.keep(ctx, "access", p.access.Run)
	a.keep(ctx, "webchat", p.webchat.Run)
	a.keep(ctx, "gateway", p.gateway.Run)
	a.keep(ctx, "routing", p.routing.Run)
	a.keep(ctx, "bot", p.bot.Run)
	if p.library != nil {
		a.keep(ctx, "library", p.library.Run)
	}
	if p.adviser != nil {
		a.keep(ctx, "adviser", p.adviser.Run)
	}
	a.keep(ctx, "retention", func(ctx context.Context) error { return p.forget(ctx, a.opts) })
	if p.courier != nil {
		a.keep(ctx, "codes", p.courier.Run)
	}
	if p.fleet != nil {
		a.keep(ctx, "devices", p.fleet.Run)
	}
	a.keep(ctx, "commands", p.runCommands)
	a.keep(ctx, "files", p.cleaner.Run)
}

// keep runs a part until ctx ends; one that ends by itself stops the hub, for a desk without it would only
// seem to work.
func (a *App) keep(ctx context.Context, name string, run func(context.Context) error) {
	a.workers.Go(func() error {
		err := run(ctx)
		if ctx.Err() == nil {
			a.fail(fmt.Errorf("%s ended by itself: %w", name, err))
		}
		return err
	})
}

func (a *App) fail(err error) {
	select {
	case a.failed <- err:
	default:
	}
}

// Failed gives the error of a part that ended by itself; then the hub should be closed.
func (a *App) Failed() <-chan error { return a.failed }

// drainAfter is when clients of a stopping hub should come back: about as long as a restart takes.
const drainAfter = time.Second

// Close stops taking connections, sends clients away, stores what is queued, and closes the store. Nothing
// that was acknowledged is lost, and nothing that was accepted goes unanswered.
func (a *App) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), a.opts.Config.Hub.DrainWithin)
	defer cancel()
	var errs []error
	if a.stopDemo != nil {
		a.stopDemo()
		a.demo.Wait()
	}
	if a.http != nil {
		a.parts.webchat.Drain(ctx, drainAfter)
		a.parts.gateway.Drain(ctx, drainAfter)
		if err := a.http.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("stop listening: %w", err), a.http.Close())
		}
	}
	if a.parts.door != nil {
		errs = append(errs, a.parts.door.Close(ctx))
	}
	if a.stopWorkers != nil {
		a.stopWorkers()
		errs = append(errs, a.workers.Wait())
	}
	if a.stopLedger != nil {
		a.stopLedger()
		errs = append(errs, a.ledger.Wait())
	}
	return errors.Join(append(errs, a.parts.close())...)
}
