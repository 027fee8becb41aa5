package ime

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/ui/widget/field"
)

const (
	// requestLimit bounds what waits for the D-Bus connection. When it is full the daemon is stuck: the keys that
	// wait are given back unused.
	requestLimit = 256
	// giveUpAfter is how long a daemon may owe an answer before the connection is made anew.
	giveUpAfter = 5 * time.Second
)

// Options are what a Client needs.
type Options struct {
	// Post runs f on the main goroutine, after all that was posted before, and does not wait: fyne.Do. Required.
	Post func(f func())
	// Log gets the comings and goings of the daemon; never keys or text. Required.
	Log *slog.Logger
	// Name is what the daemon calls the program; default "deskhand".
	Name string
	// Env reads the environment; default os.Getenv.
	Env func(key string) string
	// AnswerWithin bounds how long a key waits for the daemon before it passes unused; default 1 s: for the first word some load their dictionary.
	AnswerWithin time.Duration
	// RetryEvery is how long to wait before looking for a daemon again; default 2 s.
	RetryEvery time.Duration
	// Window answers the X11 window and the scale of a canvas; default asks Fyne's driver.
	Window func(c fyne.Canvas) (id uint32, ok bool)
	// OnLive is told, on the main goroutine, when an input method begins or ceases to answer.
	OnLive func(live bool)
}

// Client is a field.Input that asks an input method over D-Bus.
type Client struct {
	opt      Options
	requests chan request
	stuck    chan struct{} // told by the main goroutine when requests is full

	// The rest belongs to the main goroutine.
	live    bool
	epoch   uint64 // counts connections
	target  field.Target
	pending []waiting // keys not answered yet, oldest first
	seq     uint64
}

var _ field.Input = (*Client)(nil)

type waiting struct {
	seq    uint64
	answer func(used bool)
}

// request is what the main goroutine wants done on the connection.
type request struct {
	do     action
	epoch  uint64 // of the connection it was meant for
	seq    uint64
	key    field.Key
	target field.Target
	box    caretBox
}

type action uint8

const (
	doKey action = iota
	doFocusIn
	doFocusOut
	doReset
	doCaret
)

// caretBox is a caret in pixels of its window.
type caretBox struct {
	window     uint32
	x, y, w, h int
}

// New returns a client that does nothing but pass keys until Run.
func New(options Options) (*Client, error) {
	if options.Post == nil || options.Log == nil {
		return nil, errors.New("ime: Options.Post and Options.Log are required")
	}
	if options.Name == "" {
		options.Name = "deskhand"
	}
	if options.Env == nil {
		options.Env = os.Getenv
	}
	if options.AnswerWithin <= 0 {
		options.AnswerWithin = time.Second
	}
	if options.RetryEvery <= 0 {
		options.RetryEvery = 2 * time.Second
	}
	if options.Window == nil {
		options.Window = windowOf
	}
	options.Log = options.Log.With("component", "ime")
	return &Client{opt: options, requests: make(chan request, requestLimit), stuck: make(chan struct{}, 1)}, nil
}

// Run looks for an input method and talks to it until ctx ends; it always returns nil then. Without one it keeps
// looking.
func (c *Client) Run(ctx context.Context) error {
	missed, epoch := false, uint64(0)
	for ctx.Err() == nil {
		s, err := c.connect(ctx)
		if err == nil {
			missed = false
			c.opt.Log.Info("input method found", "dest", s.at.dest)
			epoch++
			s.epoch = epoch
			c.opt.Post(func() { c.begin(s.epoch) })
			err = s.serve(ctx)
			s.close()
			c.opt.Post(c.end)
			if ctx.Err() == nil {
				c.opt.Log.Warn("input method lost", "err", err)
			}
		} else if !missed {
			missed = true
			c.opt.Log.Info("no input method, keys are taken as they are", "err", err)
		}
		c.drain()
		if !wait(ctx, c.opt.RetryEvery) {
			break
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// drain forgets requests of a connection that is gone; their keys are given back by end. What comes in later still
// carries the old epoch.
func (c *Client) drain() {
	for {
		select {
		case <-c.requests:
		case <-c.stuck:
		default:
			return
		}
	}
}

// begin and end follow the connection, on the main goroutine.
func (c *Client) begin(epoch uint64) {
	c.epoch = epoch
	c.setLive(true)
	if c.target != nil {
		c.send(request{do: doFocusIn, target: c.target})
		c.Caret(c.target)
	}
}

func (c *Client) end() {
	c.setLive(false)
	if c.target != nil {
		c.target.SetPreedit("", 0)
	}
	c.passAll()
}

func (c *Client) setLive(live bool) {
	if c.live != live {
		c.live = live
		if c.opt.OnLive != nil {
			c.opt.OnLive(live)
		}
	}
}

// Live reports whether an input method answers. Main goroutine only, like all that follows.
func (c *Client) Live() bool { return c.live }

// Key implements field.Input.
func (c *Client) Key(k field.Key, answer func(used bool)) {
	if !c.live {
		answer(false)
		return
	}
	c.seq++
	c.pending = append(c.pending, waiting{seq: c.seq, answer: answer})
	if !c.send(request{do: doKey, seq: c.seq, key: k}) {
		c.end()
		select {
		case c.stuck <- struct{}{}:
		default:
		}
	}
}

// answered gives the answer for the key seq. Keys before it that have none are unused: the answers come in order.
func (c *Client) answered(seq uint64, used bool) {
	for len(c.pending) > 0 && c.pending[0].seq <= seq {
		w := c.pending[0]
		c.pending = c.pending[1:]
		w.answer(used && w.seq == seq)
	}
}

// passAll gives back every key that waits.
func (c *Client) passAll() {
	for len(c.pending) > 0 {
		c.answered(c.pending[0].seq, false)
	}
}

// FocusIn implements field.Input.
func (c *Client) FocusIn(t field.Target) {
	c.target = t
	c.send(request{do: doFocusIn, target: t})
}

// FocusOut implements field.Input.
func (c *Client) FocusOut(t field.Target) {
	if c.target == t {
		c.target = nil
	}
	c.send(request{do: doFocusOut, target: t})
}

// Reset implements field.Input.
func (c *Client) Reset(t field.Target) { c.send(request{do: doReset, target: t}) }

// Caret implements field.Input.
func (c *Client) Caret(t field.Target) {
	if !c.live {
		return
	}
	cv, at, size := t.CaretBox()
	if cv == nil {
		return
	}
	id, ok := c.opt.Window(cv)
	if !ok {
		return
	}
	scale := cv.Scale()
	px := func(v float32) int { return int(v*scale + 0.5) }
	c.send(request{do: doCaret, box: caretBox{window: id, x: px(at.X), y: px(at.Y), w: px(size.Width), h: px(size.Height)}})
}

// send reports whether there was room. Without a connection nothing is wanted.
func (c *Client) send(r request) bool {
	if !c.live {
		return true
	}
	r.epoch = c.epoch
	select {
	case c.requests <- r:
		return true
	default:
		return false
	}
}
