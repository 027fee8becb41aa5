package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// IdleOptions say how many customers sit and wait.
type IdleOptions struct {
	Binary      string // deskhub; default: this program
	Folder      string // a temporary one that the caller removes
	Connections int
	Settle      time.Duration // before memory is read; default 35 s, so that every connection was pinged
}

// IdleResult is what a connection takes of the hub, and of an echo server of the same build.
type IdleResult struct {
	PerConnection float64 `json:"kb_per_connection"`
	Echo          float64 `json:"kb_echo"`
	RSS           float64 `json:"rss_mb"` // of the hub with all connections
	Connections   int     `json:"connections"`
}

// Idle measures idle connections.
func Idle(ctx context.Context, o IdleOptions) (r IdleResult, err error) {
	if o.Connections < 1 {
		return r, errors.New("idle: at least one connection")
	}
	if o.Settle <= 0 {
		o.Settle = 35 * time.Second
	}
	if err := raiseFiles(o.Connections); err != nil {
		return r, err
	}
	r.Connections = o.Connections
	echo, err := StartEcho(ctx, o.Binary)
	if err != nil {
		return r, err
	}
	r.Echo, _, err = o.measure(ctx, echo, func() (*line, error) { return dialEcho(ctx, echo.URL) })
	if err = errors.Join(err, echo.Kill()); err != nil {
		return r, fmt.Errorf("echo: %w", err)
	}
	hub, err := StartHub(ctx, HubOptions{Binary: o.Binary, Data: o.Folder})
	if err != nil {
		return r, err
	}
	var rss int64
	r.PerConnection, rss, err = o.measure(ctx, hub, func() (*line, error) { return customer(ctx, hub.URL) })
	r.RSS = tenth(float64(rss) / 1e6)
	return r, errors.Join(err, hub.Stop())
}

// measure opens the connections, waits, and compares the memory with what it was before the first.
func (o IdleOptions) measure(ctx context.Context, server *Hub, connect func() (*line, error)) (kb float64, after int64, err error) {
	first, err := connect() // what the first of all allocates is no matter of connections
	if err != nil {
		return 0, 0, err
	}
	first.close()
	before, err := rssOf(server.Pid())
	if err != nil {
		return 0, 0, err
	}
	all := make([]*line, o.Connections)
	var listening sync.WaitGroup
	defer listening.Wait()
	defer func() {
		for _, l := range all {
			if l != nil {
				l.close()
			}
		}
	}()
	if err := connectAll(ctx, all, connect); err != nil {
		return 0, 0, err
	}
	for _, l := range all {
		listening.Go(func() { _ = l.read(func([]byte) (bool, error) { return false, nil }) })
	}
	if !pause(ctx, o.Settle) {
		return 0, 0, ctx.Err()
	}
	after, err = rssOf(server.Pid())
	return tenth(float64(after-before) / float64(o.Connections) / 1e3), after, err
}

// connectAll connects a few at a time.
func connectAll(ctx context.Context, all []*line, connect func() (*line, error)) error {
	const atOnce = 16
	var wg sync.WaitGroup
	errs := make([]error, atOnce)
	for w := range atOnce {
		wg.Go(func() {
			for i := w; i < len(all) && ctx.Err() == nil; i += atOnce {
				if all[i], errs[w] = connect(); errs[w] != nil {
					errs[w] = fmt.Errorf("connection %d: %w", i+1, errs[w])
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

// raiseFiles checks that this process may open as many files. Go has raised the soft limit to the hard one.
func raiseFiles(n int) error {
	var open []*os.File
	defer func() {
		for _, f := range open {
			_ = f.Close()
		}
	}()
	for range n + 64 {
		f, err := os.Open(os.DevNull)
		if err != nil {
			return fmt.Errorf("%d connections need as many open files (ulimit -n): %w", n, err)
		}
		open = append(open, f)
	}
	return nil
}
