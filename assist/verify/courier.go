package verify

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// CourierOptions configure a Courier. Sender, Failed and Log are needed.
type CourierOptions struct {
	Sender Sender // that may take its time
	// Failed tells the customer that a code could not be sent; it is called again until it succeeds or Within is over.
	Failed func(ctx context.Context, m Message) error
	Log    *slog.Logger

	Within time.Duration // for a code, all tries of the Sender together, and for Failed; default 30 s
	AtOnce int           // codes under way at the same time; default 8
	Queue  int           // codes that wait; more are refused at once; default 1000
	Pause  time.Duration // between two calls of Failed; default 1 s
}

// Courier is a Sender that keeps nobody waiting: it takes a code and brings it to the customer behind their back. What
// can't be sent is told to them. Codes are kept in memory alone: those that were under way when the hub stopped are
// lost, and sent again when the customer asks. Run is its work.
type Courier struct {
	opts  CourierOptions
	queue chan Message
}

// errCourierFull is when more codes wait than may.
var errCourierFull = errors.New("too many codes wait to be sent")

// NewCourier checks the options.
func NewCourier(o CourierOptions) (*Courier, error) {
	if o.Sender == nil || o.Failed == nil || o.Log == nil {
		return nil, errors.New("courier of codes: an option without default is missing")
	}
	setDefault(&o.Within, 30*time.Second)
	setDefault(&o.AtOnce, 8)
	setDefault(&o.Queue, 1000)
	setDefault(&o.Pause, time.Second)
	o.Log = o.Log.With("component", "verify")
	return &Courier{opts: o, queue: make(chan Message, o.Queue)}, nil
}

// SendCode implements Sender. It returns at once.
func (c *Courier) SendCode(_ context.Context, m Message) error {
	select {
	case c.queue <- m:
		return nil
	default:
		return errCourierFull
	}
}

// Run sends codes until ctx ends, and waits for those under way to be given up.
func (c *Courier) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for range c.opts.AtOnce {
		all.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case m := <-c.queue:
					c.bring(ctx, m)
				}
			}
		})
	}
	all.Wait()
	return nil
}

// bring sends one code, or tells that it could not be sent.
func (c *Courier) bring(ctx context.Context, m Message) {
	sending, cancel := context.WithTimeout(ctx, c.opts.Within)
	err := c.opts.Sender.SendCode(sending, m)
	cancel()
	if err == nil || ctx.Err() != nil {
		return
	}
	c.opts.Log.Warn("one-time code not sent", "conversation_id", m.Conversation, "inbox", m.Inbox, "err", err)
	ctx, cancel = context.WithTimeout(ctx, c.opts.Within)
	defer cancel()
	again := time.NewTicker(c.opts.Pause)
	defer again.Stop()
	for {
		err := c.opts.Failed(ctx, m)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			c.opts.Log.Error("customer not told that their code was not sent", "conversation_id", m.Conversation, "err", err)
			return
		case <-again.C:
		}
	}
}
