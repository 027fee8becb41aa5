package client

import (
	"context"
	"errors"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// customerRole is the part of a Customer that its keeper calls.
type customerRole struct{ c *Customer }

func (r customerRole) hello(context.Context) (any, error) {
	c := r.c
	f := wire.CustomerHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Inbox: c.opts.Inbox, Token: c.Token(),
		Identity: c.opts.Identity, Language: c.opts.Language, Page: c.opts.Page, Resume: c.Resume()}
	return f, nil
}

func (r customerRole) failed(err *assist.Error) bool {
	return passing(err.Code)
}

func (r customerRole) lost() {
	r.c.leave()
	r.c.mu.Lock()
	defer r.c.mu.Unlock()
	r.c.filling, r.c.held, r.c.ahead = false, nil, nil // resuming brings it
}

func (r customerRole) frame(l *link, kind string, data []byte) (bool, error) {
	c := r.c
	f, err := c.frames.decode(kind, data)
	if err != nil || f == nil {
		return false, err
	}
	switch f := f.(type) {
	case wire.CustomerWelcome:
		c.welcome(l, f)
		return true, nil
	case wire.CustomerMessages:
		return false, c.history(l, f)
	case wire.CustomerMessageNew:
		return false, c.message(l, f)
	case wire.Ack:
		c.ack(f)
		return false, nil
	case wire.Failure:
		if c.calls.answered(f.Ref, f) {
			return false, nil
		}
		c.sender.refused(context.Background(), f.ClientID, f)
	case wire.Pong:
		return false, nil
	}
	c.handle(f)
	return false, nil
}

func (c *Customer) welcome(l *link, f wire.CustomerWelcome) {
	c.mu.Lock()
	if f.Token != "" {
		c.token = f.Token
	}
	if c.epoch != f.Epoch || c.conversation != f.Conversation {
		c.epoch, c.conversation, c.seq, c.ahead = f.Epoch, f.Conversation, 0, nil
	}
	c.mu.Unlock()
	c.handle(f)
	c.calls.attach(l)
	c.sender.attach(l)
}

const gapRef = "gap"

// history takes what hello or the filling of a gap brought.
func (c *Customer) history(l *link, f wire.CustomerMessages) error {
	if c.calls.answered(f.Ref, f) {
		return nil
	}
	c.mu.Lock()
	if f.Ref == gapRef && !c.filling {
		c.mu.Unlock()
		return nil
	}
	if f.Reset {
		c.seq = 0
	}
	fresh := f.Messages[:0:0]
	for _, m := range f.Messages {
		if m.Seq > c.seq {
			fresh = append(fresh, m)
			c.seq = m.Seq
		}
	}
	c.catchUp()
	held := c.held
	c.filling, c.held = false, nil
	if len(held) > 0 && held[0].Message.Seq > c.seq+1 {
		c.mu.Unlock()
		return errGap
	}
	c.mu.Unlock()
	f.Ref, f.Messages = "", fresh
	if len(fresh) > 0 || f.Reset {
		c.handle(f)
	}
	for _, m := range held {
		if err := c.message(l, m); err != nil {
			return err
		}
	}
	return nil
}

var errGap = errors.New("messages are missing and could not be fetched")

// message hands a message of somebody else on in its turn: what lies before it and is missing is asked for first.
func (c *Customer) message(l *link, f wire.CustomerMessageNew) error {
	c.mu.Lock()
	c.enter(f.Conversation)
	seq := f.Message.Seq
	switch {
	case seq <= c.seq:
		c.mu.Unlock()
		return nil
	case c.filling || seq > c.seq+1:
		defer c.mu.Unlock()
		if len(c.held) >= maxHeld {
			return errGap
		}
		c.held = append(c.held, f)
		if c.filling {
			return nil
		}
		return c.fill(l, seq)
	}
	c.seq = seq
	c.catchUp()
	c.mu.Unlock()
	c.handle(f)
	return nil
}

// enter notes which conversation it is now. The lock is held.
func (c *Customer) enter(id assist.ConversationID) {
	if c.conversation != id {
		c.conversation, c.seq, c.ahead = id, 0, nil
	}
}

// own counts an own message as handled. The lock is held.
func (c *Customer) own(seq assist.Seq) {
	if seq > c.seq {
		if c.ahead == nil {
			c.ahead = map[assist.Seq]bool{}
		}
		c.ahead[seq] = true
	}
	c.catchUp()
}

// catchUp counts own messages that are next. The lock is held.
func (c *Customer) catchUp() {
	for c.ahead[c.seq+1] {
		c.seq++
	}
	for seq := range c.ahead {
		if seq <= c.seq {
			delete(c.ahead, seq)
		}
	}
}

// fill asks for the messages between what there is and before. A gap too wide for one answer ends the
// connection: resuming brings a fresh history. The lock is held.
func (c *Customer) fill(l *link, before assist.Seq) error {
	missing := int(before - c.seq - 1)
	if missing > wire.HistoryMax {
		return errGap
	}
	c.filling = true
	c.log.Warn("messages are missing", "conversation_id", c.conversation, "have", c.seq, "got", before)
	sent, err := l.command(wire.CustomerHistory{Head: wire.Head{T: wire.TypeHistory, Ref: gapRef}, Before: before, Limit: missing})
	if err == nil && !sent {
		err = errGap
	}
	return err
}

// ack takes the receipt of an own message, or the answer to a command.
func (c *Customer) ack(f wire.Ack) {
	if c.calls.answered(f.Ref, f) || f.ClientID == "" {
		return
	}
	c.mu.Lock()
	if !f.Duplicate || f.Conversation == c.conversation { // else stored long ago, in a conversation that has ended
		c.enter(f.Conversation)
		c.own(f.Seq)
	}
	c.mu.Unlock()
	c.sender.acked(context.Background(), f.ClientID)
	c.handle(f)
}
