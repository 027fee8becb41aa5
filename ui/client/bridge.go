package client

import (
	"context"
	"sync"
	"time"

	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// BridgeOptions are what a Bridge is made of.
type BridgeOptions struct {
	// Post runs f on the goroutine that paints, after all that was posted before, and does not wait: fyne.Do. Required.
	Post func(f func())
	// Paint takes what has come since the last time, in order; link is the newest news of the connection or nil.
	// It is called on the goroutine that paints. Required.
	Paint func(frames []wire.Frame, link *client.Connection)
	// Every bounds how often Paint is called; default 25 ms.
	Every time.Duration
	// Most is how many frames may wait. When so many do, Handle waits: then the socket isn't read, and the hub drops
	// first what is only of the moment, later the connection, which resumes. Nothing is lost. Default 4096.
	Most int
}

// Bridge carries frames from the goroutine that reads the socket to the one that paints, many at a time.
type Bridge struct {
	opts BridgeOptions

	mu     sync.Mutex // guards frames and link
	frames []wire.Frame
	link   *client.Connection
	room   *sync.Cond // frames became fewer, or the bridge has ended
	ended  bool
	news   chan struct{} // holds one token while something waits
}

// NewBridge returns a bridge that carries nothing until Run.
func NewBridge(o BridgeOptions) *Bridge {
	if o.Every <= 0 {
		o.Every = 25 * time.Millisecond
	}
	if o.Most <= 0 {
		o.Most = 4096
	}
	b := &Bridge{opts: o, news: make(chan struct{}, 1)}
	b.room = sync.NewCond(&b.mu)
	return b
}

// Handle takes a frame.
func (b *Bridge) Handle(f wire.Frame) {
	b.mu.Lock()
	for len(b.frames) >= b.opts.Most && !b.ended {
		b.room.Wait()
	}
	b.frames = append(b.frames, f)
	b.mu.Unlock()
	b.wake()
}

// Connection takes the news of the connection; only the last counts.
func (b *Bridge) Connection(c client.Connection) {
	b.mu.Lock()
	b.link = &c
	b.mu.Unlock()
	b.wake()
}

func (b *Bridge) wake() {
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// Run carries until ctx ends; it returns nil. The first frame after a rest goes over at once.
func (b *Bridge) Run(ctx context.Context) error {
	defer b.end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-b.news:
		}
		select { // not sooner than Every after the last time
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		painted := make(chan struct{})
		b.opts.Post(func() {
			defer close(painted)
			frames, link := b.take()
			if len(frames) > 0 || link != nil {
				b.opts.Paint(frames, link)
			}
		})
		select {
		case <-ctx.Done():
			return nil
		case <-painted:
		}
		timer.Reset(b.opts.Every)
	}
}

func (b *Bridge) take() ([]wire.Frame, *client.Connection) {
	b.mu.Lock()
	defer b.mu.Unlock()
	frames, link := b.frames, b.link
	b.frames, b.link = nil, nil
	b.room.Broadcast()
	return frames, link
}

func (b *Bridge) end() {
	b.mu.Lock()
	b.ended = true
	b.room.Broadcast()
	b.mu.Unlock()
}
