package socket

import "deskhand/assist/wire"

// queued is a frame that waits to be written.
type queued struct {
	frame  []byte
	answer bool // the client asked for it and reads nothing else before
}

// volatile is a frame of which only the last value counts.
type volatile struct {
	frame  []byte
	moment bool // nobody misses it
}

// Send queues a frame that must not be lost. It reports false, and the connection closes as slow, when more
// than MaxBuffer bytes of such frames wait already; a single frame may be larger than that.
func (c *Conn) Send(frame []byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closing && c.pushed > c.opts.MaxBuffer {
		c.closeLocked(wire.CloseSlow, "reading too slowly")
	}
	return c.put(queued{frame: frame})
}

// SendWait is Send for the answer to a question of the client: it waits for room instead of closing, so that
// whoever asks for much is slowed down to the speed at which it reads. Call it from the goroutine of Serve
// alone and without a lock that the hub's writer takes; the writer must never wait.
func (c *Conn) SendWait(frame []byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.closing && c.answers > c.opts.MaxBuffer/2 {
		c.room.Wait()
	}
	return c.put(queued{frame: frame, answer: true})
}

// put queues a frame. The lock is held.
func (c *Conn) put(q queued) bool {
	if c.closing {
		return false
	}
	c.queue = append(c.queue, q)
	if q.answer {
		c.answers += len(q.frame)
	} else {
		c.pushed += len(q.frame)
	}
	c.kick()
	return true
}

// SendLast queues a frame of which only the last value of each key counts, but that one does. It is written
// after the frames of Send. The connection closes as slow when more than MaxBuffer bytes of such values wait.
func (c *Conn) SendLast(key string, frame []byte) { c.putLast(key, volatile{frame: frame}) }

// SendMoment is SendLast for what is only of the moment, e.g. that somebody types: it is forgotten first when
// the connection is slow.
func (c *Conn) SendMoment(key string, frame []byte) { c.putLast(key, volatile{frame, true}) }

func (c *Conn) putLast(key string, v volatile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	old, there := c.volatile[key]
	if c.fleeting-len(old.frame)+len(v.frame) > c.opts.MaxBuffer && c.fleeting > 0 {
		if c.forgetMoments(); v.moment {
			return
		}
		if c.fleeting > c.opts.MaxBuffer {
			c.closeLocked(wire.CloseSlow, "reading too slowly")
			return
		}
		old, there = c.volatile[key]
	}
	if !there {
		c.order = append(c.order, key)
	}
	if c.volatile == nil {
		c.volatile = map[string]volatile{}
	}
	c.volatile[key] = v
	c.fleeting += len(v.frame) - len(old.frame)
	c.kick()
}

// forgetMoments makes room by dropping what nobody misses. The lock is held.
func (c *Conn) forgetMoments() {
	kept := c.order[:0]
	for _, key := range c.order {
		if v := c.volatile[key]; v.moment {
			c.fleeting -= len(v.frame)
			delete(c.volatile, key)
		} else {
			kept = append(kept, key)
		}
	}
	c.order = kept
}

// next is the next WebSocket message to write, nil if none waits; at the end of a closing connection it is the
// close frame.
func (c *Conn) next() ([]byte, *closeFrame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) > 0 {
		return c.takeQueue(), nil
	}
	if c.closing {
		return []byte{}, &c.closeAs
	}
	if len(c.order) > 0 {
		return c.takeVolatile(), nil
	}
	c.writing = false
	return nil, nil
}

func (c *Conn) takeQueue() []byte {
	n, size := 0, 0
	for n < len(c.queue) && (n == 0 || size+len(c.queue[n].frame) <= joinBytes) {
		size += len(c.queue[n].frame)
		if c.queue[n].answer {
			c.answers -= len(c.queue[n].frame)
		} else {
			c.pushed -= len(c.queue[n].frame)
		}
		n++
	}
	msg := c.queue[0].frame
	if n > 1 {
		frames := make([][]byte, n)
		for i, q := range c.queue[:n] {
			frames[i] = q.frame
		}
		msg = wire.Join(frames)
	}
	clear(c.queue[:n])
	if c.queue = c.queue[n:]; len(c.queue) == 0 {
		c.queue = nil // an idle connection keeps no buffer
	}
	c.room.Broadcast()
	return msg
}

func (c *Conn) takeVolatile() []byte {
	var frames [][]byte
	size := 0
	for len(frames) < len(c.order) {
		f := c.volatile[c.order[len(frames)]].frame
		if size += len(f); size > joinBytes && len(frames) > 0 {
			break
		}
		frames = append(frames, f)
	}
	for _, key := range c.order[:len(frames)] {
		c.fleeting -= len(c.volatile[key].frame)
		delete(c.volatile, key)
	}
	if c.order = c.order[len(frames):]; len(c.order) == 0 {
		c.volatile, c.order = nil, nil
	}
	if len(frames) == 1 {
		return frames[0]
	}
	return wire.Join(frames)
}
