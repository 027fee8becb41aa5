package socket

import (
	"math/rand/v2"
	"sync/atomic"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"golang.org/x/time/rate"
)

// GateOptions configure a Gate. All but Now are needed.
type GateOptions struct {
	Conn            *Conn
	FramesPerSecond float64
	FramesBurst     int
	Now             func() time.Time // default time.Now
	// Take handles a well-formed frame that is no ping or pong; its error is answered.
	Take func(h wire.Head, frame []byte) error
	// Internal hears of errors of which the client is told nothing but that they are ours.
	Internal func(h wire.Head, err error)
}

// Gate is what section 1 of wire/PROTOCOL.md says of every connection, whoever is at its other end: the rate of
// frames, heartbeats, and what happens to frames that can't be taken.
type Gate struct {
	opts    GateOptions
	rate    *rate.Limiter
	opened  time.Time
	every   time.Duration // between pings, with this connection's jitter
	refused atomic.Int32  // frames that could not be taken
	tooFast int           // frames above the rate; the reading goroutine's own
}

// maxTooFast is how many frames above the rate are answered before the connection is closed.
const maxTooFast = 10 * wire.MaxBadFrames

// NewGate makes the gate of a fresh connection.
func NewGate(o GateOptions) *Gate {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Gate{
		opts: o, rate: rate.NewLimiter(rate.Limit(o.FramesPerSecond), o.FramesBurst), opened: o.Now(),
		every: wire.PingEvery - wire.PingJitter + time.Duration(rand.Int64N(int64(2*wire.PingJitter))),
	}
}

// Serve reads the connection until it ends; see Conn.Serve.
func (g *Gate) Serve() error { return g.opts.Conn.Serve(g.frame) }

// Opened is when the connection was made.
func (g *Gate) Opened() time.Time { return g.opened }

// frame takes one frame of the client.
func (g *Gate) frame(data []byte) {
	if !g.rate.AllowN(g.opts.Now(), 1) {
		g.slowDown()
		return
	}
	h, err := wire.Peek(data)
	switch {
	case err != nil:
	case h.T == wire.TypePong:
		err = wire.Decode(data, &wire.Head{})
	case h.T == wire.TypePing:
		err = Take(data, g.pong)
	default:
		err = g.opts.Take(h, data)
	}
	if err != nil {
		g.Fail(h, err)
	}
}

func (g *Gate) pong(wire.Head) error {
	g.opts.Conn.Send(pong)
	return nil
}

var pong = wire.MustEncode(wire.Pong{})

// slowDown answers frames above the rate, and closes a connection that goes on all the same.
func (g *Gate) slowDown() {
	if g.tooFast++; g.tooFast > maxTooFast {
		g.opts.Conn.Close(wire.CloseRateLimited, "far too many frames")
		return
	}
	g.opts.Conn.Send(tooManyFrames)
}

var tooManyFrames = wire.MustEncode(wire.Fail(wire.Head{}, &assist.Error{
	Code: assist.CodeRateLimited, Detail: "too many frames", RetryAfter: time.Second}))

// Fail answers a frame that was refused and closes the connection where the protocol says so. It may be called from
// any goroutine.
func (g *Gate) Fail(h wire.Head, err error) {
	code := assist.CodeOf(err)
	if code == assist.CodeInternal {
		g.opts.Internal(h, err)
	}
	g.opts.Conn.Send(wire.MustEncode(wire.Fail(h, err)))
	switch {
	case code == assist.CodeBadUTF8:
		g.opts.Conn.Close(wire.CloseBadUTF8, "not UTF-8")
	case h.T == wire.TypeHello && code >= 200 && code < 400:
		g.opts.Conn.Close(wire.CloseAuth, code.String())
	case code >= 100 && code < 200:
		if g.refused.Add(1) >= wire.MaxBadFrames {
			g.opts.Conn.Close(wire.CloseProtocol, "too many refused frames")
		}
	}
}

// Beat keeps the heartbeat, and sends away who hasn't been greeted in time. Call it about once a second.
func (g *Gate) Beat(greeted bool) {
	if !greeted && g.opts.Now().Sub(g.opened) > wire.HelloWithin {
		g.opts.Conn.Close(wire.CloseProtocol, "no hello")
		return
	}
	g.opts.Conn.Beat(g.every, wire.PongWithin)
}

// Take decodes a frame and hands it on.
func Take[T any](data []byte, handle func(T) error) error {
	var f T
	if err := wire.Decode(data, &f); err != nil {
		return err
	}
	return handle(f)
}
