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
	return temporary(err.Code) || err.Code == assist.CodeInternal
}

func (r customerRole) lost() {
	r.c.sender.detach()
	r.c.calls.detach()
	r.c.mu.Lock()
	defer r.c.mu.Unlock()
	r.c.filling, r.c.held = false, nil // resuming brings it
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
		return false, c.ack(l, f)
	case wire.Failure:
		if c.calls.answered(f.Ref, f) {
			return false, nil
		}
		c.sender.refused(context.Background(), f.ClientID, f)
	case wire.Pong:
		return false, nil
	}
	c.opts.Handle(f)
	return false, nil
}

func (c *Customer) welcome(l *link, f wire.CustomerWelcome) {
	c.mu.Lock()
	if f.Token != "" {
		c.token = f.Token
	}
	if c.epoch != f.Epoch || c.conversation != f.Conversation {
		c.epoch, c.conversation, c.seq = f.Epoch, f.Conversation, 0
	}
	c.mu.Unlock()
	c.opts.Handle(f)
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
	held := c.held
	c.filling, c.held = false, nil
	if len(held) > 0 && held[0].seq > c.seq+1 {
		c.mu.Unlock()
		return errGap
	}
	c.mu.Unlock()
	f.Ref, f.Messages = "", fresh
	if len(fresh) > 0 || f.Reset {
		c.opts.Handle(f)
	}
	for _, m := range held {
		if err := c.arrived(l, m); err != nil {
			return err
		}
	}
	return nil
}

var errGap = errors.New("messages are missing and could not be fetched")

// message hands a message of somebody else on in its turn.
func (c *Customer) message(l *link, f wire.CustomerMessageNew) error {
	return c.arrived(l, heldMessage{conversation: f.Conversation, seq: f.Message.Seq, frame: f})
}

// arrived counts a message as handled, in its turn: what lies before it and is missing is asked for first.
func (c *Customer) arrived(l *link, m heldMessage) error {
	c.mu.Lock()
	if c.conversation != m.conversation {
		c.conversation, c.seq = m.conversation, 0
	}
	switch {
	case m.seq <= c.seq:
		c.mu.Unlock()
		return nil
	case c.filling || m.seq > c.seq+1:
		defer c.mu.Unlock()
		if len(c.held) >= maxHeld {
			return errGap
		}
		c.held = append(c.held, m)
		if c.filling {
			return nil
		}
		return c.fill(l, m.seq)
	}
	c.seq = m.seq
	c.mu.Unlock()
	if !m.own {
		c.opts.Handle(m.frame)
	}
	return nil
}

// fill asks for the messages between what there is and before. A gap too wide for one answer ends the
// connection: resuming brings a fresh history. The lock is held.
func (c *Customer) fill(l *link, before assist.Seq) error {
	missing := int(before - c.seq - 1)
	if missing > wire.HistoryMax {
		return errGap
	}
	c.filling = true
	c.opts.Log.Warn("messages are missing", "conversation_id", c.conversation, "have", c.seq, "got", before)
	sent, err := l.command(wire.CustomerHistory{Head: wire.Head{T: wire.TypeHistory, Ref: gapRef}, Before: before, Limit: missing})
	if err == nil && !sent {
		err = errGap
	}
	return err
}

// ack takes the receipt of an own message, or the answer to a command.
func (c *Customer) ack(l *link, f wire.Ack) error {
	if c.calls.answered(f.Ref, f) {
		return nil
	}
	if f.ClientID == "" {
		return nil
	}
	var err error
	if !f.Duplicate || f.Conversation == c.current() { // else stored long ago, in a conversation that has ended
		err = c.arrived(l, heldMessage{conversation: f.Conversation, seq: f.Seq, own: true})
	}
	c.sender.acked(context.Background(), f.ClientID)
	c.opts.Handle(f)
	return err
}

func (c *Customer) current() assist.ConversationID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conversation
}
