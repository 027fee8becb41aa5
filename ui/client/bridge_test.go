package client_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist/client"
	"deskhand/assist/wire"
	uiclient "deskhand/ui/client"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// painter runs what is posted on a goroutine of its own, like the main loop.
type painter struct {
	posts chan func()
	done  chan struct{}
}

func newPainter() *painter {
	p := &painter{posts: make(chan func(), 16), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		for f := range p.posts {
			f()
		}
	}()
	return p
}

func TestBridge_ManyFramesFewPaints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPainter()
		var got []wire.Frame
		paints := 0
		b := uiclient.NewBridge(uiclient.BridgeOptions{Post: func(f func()) { p.posts <- f }, Every: 25 * time.Millisecond,
			Paint: func(frames []wire.Frame, _ *client.Connection) { paints++; got = append(got, frames...) }})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = b.Run(ctx) })
		const n = 500
		for i := range n {
			b.Handle(wire.AgentMarks{Conversation: 1})
			if i%50 == 49 {
				time.Sleep(10 * time.Millisecond) // synctest's clock: no real time passes
			}
		}
		time.Sleep(time.Second)
		synctest.Wait()
		cancel()
		wg.Wait()
		close(p.posts)
		<-p.done
		if len(got) != n || paints > 6 || paints < 2 {
			t.Errorf("%d frames in %d paints, want %d in a few", len(got), paints, n)
		}
	})
}

func TestBridge_FullWaitsAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPainter()
		n := 0
		b := uiclient.NewBridge(uiclient.BridgeOptions{Post: func(f func()) { p.posts <- f }, Most: 4,
			Paint: func(frames []wire.Frame, _ *client.Connection) {
				if n += len(frames); len(frames) > 4 {
					t.Errorf("%d frames waited, at most 4", len(frames))
				}
			}})
		var wg sync.WaitGroup
		wg.Go(func() {
			for range 20 {
				b.Handle(wire.AgentMarks{})
			}
		})
		synctest.Wait() // the sender waits: nobody paints yet
		ctx, cancel := context.WithCancel(t.Context())
		wg.Go(func() { _ = b.Run(ctx) })
		time.Sleep(time.Second)
		synctest.Wait()
		cancel()
		wg.Wait()
		close(p.posts)
		<-p.done
		if n != 20 {
			t.Errorf("%d frames painted, want 20", n)
		}
	})
}

func TestBridge_EndFreesWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := uiclient.NewBridge(uiclient.BridgeOptions{Post: func(func()) {}, Most: 1, Paint: func([]wire.Frame, *client.Connection) {}})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = b.Run(ctx) })
		wg.Go(func() { b.Handle(wire.AgentMarks{}); b.Handle(wire.AgentMarks{}); b.Handle(wire.AgentMarks{}) })
		synctest.Wait()
		cancel()
		wg.Wait() // hangs, and synctest says so, if Handle still waits
	})
}

// disk is a Memory that can be slow and broken.
type disk struct {
	mu     sync.Mutex // guards the fields below
	values map[string]string
	writes int
	err    error
}

func (d *disk) Value(_ context.Context, key string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.values[key], d.err
}

func (d *disk) SetValue(_ context.Context, key, value string) error {
	time.Sleep(time.Millisecond)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writes++
	if d.err != nil {
		return d.err
	}
	d.values[key] = value
	return nil
}

func (d *disk) mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = nil
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestKeeper_LastValueIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{values: map[string]string{"draft/1": "old"}}
		k := uiclient.NewKeeper(d, quiet())
		if got := k.Value("draft/1"); got != "old" {
			t.Errorf("first value %q", got)
		}
		for i := range 1000 {
			k.Set("draft/1", string(rune('a'+i%26)))
			k.Set("draft/2", string(rune('A'+i%26)))
		}
		if got := k.Value("draft/1"); got != "l" {
			t.Errorf("value before it is written: %q", got)
		}
		k.Flush()
		if d.values["draft/1"] != "l" || d.values["draft/2"] != "L" || d.writes > 10 {
			t.Errorf("on disk %q after %d writes", d.values, d.writes)
		}
		k.Set("draft/1", "")
		if err := k.Close(); err != nil || d.values["draft/1"] != "" {
			t.Errorf("after Close: %q, %v", d.values, err)
		}
	})
}

func TestKeeper_BrokenDiskLosesNothingOnScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{values: map[string]string{}, err: errors.New("disk full")}
		k := uiclient.NewKeeper(d, quiet())
		k.Set("draft/1", "typed")
		k.Flush()
		if got := k.Value("draft/1"); got != "typed" {
			t.Errorf("value %q, want what was typed", got)
		}
		d.mend()
		k.Set("draft/2", "more")
		k.Flush()
		if d.values["draft/1"] != "typed" || d.values["draft/2"] != "more" {
			t.Errorf("on the mended disk: %q", d.values)
		}
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
}
