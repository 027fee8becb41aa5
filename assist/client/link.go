package client

import (
	"bytes"
	"sync"
	"time"

	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

const (
	outFrames   = 256              // frames waiting to be written; more than every window together
	writeWithin = 10 * time.Second // for one write to the network
	maxHubFrame = 32 << 20         // bytes of what the hub may send at once
	byeWithin   = time.Second      // for the answer to our close frame
)

// link is one WebSocket while it lives.
type link struct {
	ws   *websocket.Conn
	out  chan []byte
	gone chan struct{} // closed by close
	once sync.Once
	done chan struct{} // closed when the writer has ended

	// restart is what the hub asked for by a reconnect frame; the reading goroutine's own.
	restart time.Duration
	asked   bool
	heard   bool // hello was answered; the reading goroutine's own
	live    time.Time
}

func newLink(ws *websocket.Conn) *link {
	ws.SetReadLimit(maxHubFrame)
	l := &link{ws: ws, out: make(chan []byte, outFrames), gone: make(chan struct{}), done: make(chan struct{})}
	go l.write()
	return l
}

// send queues a frame. It never waits: a link so slow that its buffer is full is closed, since whatever would be left
// out now is made up for by resuming. It reports false if the link is closed.
func (l *link) send(frame []byte) bool {
	select {
	case <-l.gone:
		return false
	default:
	}
	select {
	case l.out <- frame:
		return true
	default:
		l.close()
		return false
	}
}

// command encodes and queues a command.
func (l *link) command(v any) (bool, error) {
	b, err := wire.EncodeCommand(v)
	if err != nil {
		return false, err
	}
	return l.send(b), nil
}

func (l *link) write() {
	defer close(l.done)
	for {
		select {
		case <-l.gone:
			_ = l.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(byeWithin))
			_ = l.ws.Close()
			return
		case b := <-l.out:
			_ = l.ws.SetWriteDeadline(time.Now().Add(writeWithin))
			if err := l.ws.WriteMessage(websocket.TextMessage, b); err != nil {
				_ = l.ws.Close() // the reader ends and closes the link
				<-l.gone
				return
			}
		}
	}
}

// close ends the link. The reader returns, the writer says goodbye.
func (l *link) close() { l.once.Do(func() { close(l.gone) }) }

// read hands each frame of the hub to handle until the connection ends, handle fails, or nothing came for silence.
// The bytes are valid during the call only.
func (l *link) read(silence time.Duration, handle func(frame []byte) error) error {
	var buf bytes.Buffer
	for {
		_ = l.ws.SetReadDeadline(time.Now().Add(silence))
		_, r, err := l.ws.NextReader()
		if err != nil {
			return err
		}
		buf.Reset()
		if _, err := buf.ReadFrom(r); err != nil {
			return err
		}
		frames, err := wire.Split(buf.Bytes())
		if err != nil {
			return err
		}
		for _, f := range frames {
			if err := handle(f); err != nil {
				return err
			}
		}
	}
}
