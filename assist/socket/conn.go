// Package socket is one WebSocket connection as the hub sees it: reading with limits, writing from a queue
// bounded in bytes, closing the slow, and heartbeats. It knows nothing of what the frames mean.
//
// A connection has one reading goroutine, started by Serve's caller, and a writing goroutine only while
// something waits to be written, so that an idle connection costs no second stack.
package socket

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Options configure a connection. WS is needed.
type Options struct {
	WS        *websocket.Conn
	Now       func() time.Time // default time.Now
	MaxBuffer int              // bytes waiting to be written before the connection is closed as slow; default 256 KiB
	MaxFrame  int              // bytes of a frame that the other side sends; default and most: wire.MaxFrame
	// WriteWithin bounds one write to the network; default 10 s.
	WriteWithin time.Duration
}

const (
	defaultBuffer = 256 << 10
	joinBytes     = 64 << 10 // how much goes into one WebSocket message at most, unless one frame is larger
	lingerWithin  = 2 * time.Second
)

// Conn is one connection. All methods may be called from any goroutine, and none but Serve and SendWait blocks.
type Conn struct {
	ws   *websocket.Conn
	opts Options

	heard  atomic.Int64 // when the last frame came, Unix ms
	pinged atomic.Int64 // when the unanswered ping was sent, Unix ms; 0: none

	mu       sync.Mutex // guards the fields below
	queue    []queued
	pushed   int // bytes in queue that nobody asked for
	answers  int // bytes in queue that answer a question
	volatile map[string]volatile
	order    []string // keys of volatile, oldest first
	fleeting int      // bytes in volatile
	writing  bool
	closing  bool
	room     *sync.Cond // told when the queue becomes shorter or the connection closes
	closeAs  closeFrame
	idle     chan struct{} // closed when the writer has ended after closing
}

type closeFrame struct {
	code   int
	reason string
}

// New wraps a fresh WebSocket.
func New(o Options) *Conn {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxBuffer <= 0 {
		o.MaxBuffer = defaultBuffer
	}
	if o.MaxFrame <= 0 || o.MaxFrame > wire.MaxFrame {
		o.MaxFrame = wire.MaxFrame
	}
	if o.WriteWithin <= 0 {
		o.WriteWithin = 10 * time.Second
	}
	c := &Conn{ws: o.WS, opts: o, idle: make(chan struct{})}
	c.room = sync.NewCond(&c.mu)
	c.heard.Store(o.Now().UnixMilli())
	return c
}

// kick starts the writer if none runs. The lock is held.
func (c *Conn) kick() {
	if !c.writing {
		c.writing = true
		go c.write()
	}
}

// write sends what waits and ends when nothing does.
func (c *Conn) write() {
	for {
		msg, last := c.next()
		if msg == nil {
			return
		}
		// Deadlines of the network are in real time, whatever clock the caller injected.
		_ = c.ws.SetWriteDeadline(time.Now().Add(c.opts.WriteWithin))
		if last != nil {
			c.sayGoodbye(*last)
			return
		}
		if err := c.ws.WriteMessage(websocket.TextMessage, msg); err != nil {
			c.abandon()
			return
		}
	}
}

// sayGoodbye sends the close frame and gives the other side a moment to answer it: closing TCP at once would
// reset the connection, and the close code would be lost with it.
func (c *Conn) sayGoodbye(f closeFrame) {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.code, f.reason), time.Now().Add(time.Second))
	_ = c.ws.SetReadDeadline(time.Now().Add(lingerWithin))
	close(c.idle)
}

// Close queues a close frame behind what waits already and ends the connection.
func (c *Conn) Close(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeLocked(code, reason)
}

func (c *Conn) closeLocked(code int, reason string) {
	if c.closing {
		return
	}
	c.closing, c.closeAs = true, closeFrame{code, reason}
	c.volatile, c.order, c.fleeting = nil, nil, 0
	if code == wire.CloseSlow { // it doesn't read: nothing queued will reach it in time
		c.queue, c.pushed, c.answers = nil, 0, 0
	}
	c.room.Broadcast()
	c.kick()
}

// abandon ends a connection whose network is gone.
func (c *Conn) abandon() {
	c.mu.Lock()
	c.closing, c.queue, c.pushed, c.answers = true, nil, 0, 0
	c.room.Broadcast()
	c.mu.Unlock()
	_ = c.ws.Close()
	close(c.idle)
}

// ErrClosed is what Serve returns when the connection ended in any way but a fault of the client.
var ErrClosed = errors.New("connection closed")

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Serve reads frames and hands each to handle until the connection ends; the slice is valid during the call
// only. Frames that are binary or too large are answered and end the connection.
func (c *Conn) Serve(handle func(frame []byte)) error {
	defer c.finish()
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return ErrClosed
		}
		c.heard.Store(c.opts.Now().UnixMilli())
		c.pinged.Store(0)
		if kind != websocket.TextMessage {
			return c.refuse(assist.Errorf(assist.CodeNotText, "binary frame"), wire.CloseNotText)
		}
		buf := buffers.Get().(*bytes.Buffer)
		buf.Reset()
		_, err = io.Copy(buf, io.LimitReader(r, int64(c.opts.MaxFrame)+1))
		if err == nil && buf.Len() <= c.opts.MaxFrame && !c.isClosing() {
			handle(buf.Bytes())
		}
		tooLarge := buf.Len() > c.opts.MaxFrame
		buffers.Put(buf)
		if tooLarge {
			return c.refuse(assist.Errorf(assist.CodeFrameTooLarge, "at most %d bytes", c.opts.MaxFrame), wire.CloseTooLarge)
		}
		if err != nil {
			return ErrClosed
		}
	}
}

// refuse answers a frame that ends the connection, and reads on into nothing until the other side has taken
// the close frame: closing with bytes unread would reset the connection and lose what was sent last.
func (c *Conn) refuse(err error, code int) error {
	c.Send(wire.MustEncode(wire.Fail(wire.Head{}, err)))
	c.Close(code, err.Error())
	for {
		if _, _, gone := c.ws.NextReader(); gone != nil {
			return err
		}
	}
}

// finish closes what is still open and waits for the writer.
func (c *Conn) finish() {
	c.Close(websocket.CloseNormalClosure, "")
	<-c.idle
	_ = c.ws.Close()
}

func (c *Conn) isClosing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

// Beat pings a connection from which nothing came for every, and closes one that left a ping unanswered for
// within. Call it about once a second.
func (c *Conn) Beat(every, within time.Duration) {
	now := c.opts.Now().UnixMilli()
	if p := c.pinged.Load(); p != 0 {
		if now-p >= within.Milliseconds() {
			c.Close(wire.CloseSilent, "no pong")
		}
		return
	}
	if now-c.heard.Load() >= every.Milliseconds() {
		c.pinged.Store(now)
		c.Send(ping)
	}
}

var ping = wire.MustEncode(wire.Ping{})

// Remote is the network address of the other side.
func (c *Conn) Remote() string { return c.ws.RemoteAddr().String() }

// Kill ends the connection without saying goodbye.
func (c *Conn) Kill() { _ = c.ws.Close() }
