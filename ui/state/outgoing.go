package state

import (
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// Delivery is how far a message of the agent has come.
type Delivery string

// The stages, in order; a failed one stays where it is until it is tried again.
const (
	Queued    Delivery = "queued" // in the outbox
	Sent      Delivery = "sent"   // stored by the hub
	Delivered Delivery = "delivered"
	Read      Delivery = "read"
	Failed    Delivery = "failed"
)

// Outgoing is a message of the agent that the hub hasn't shown back yet.
type Outgoing struct {
	ClientID     assist.ClientID
	Conversation assist.ConversationID
	Text         string
	Note         bool
	Attachments  []assist.Attachment
	At           time.Time
	State        Delivery    // Queued, Sent or Failed
	Code         assist.Code // with Failed: why
	Seq          assist.Seq  // with Sent
}

// Send shows a message as queued. A message of the same ClientID that is there already is replaced: a retry.
func (d *Desk) Send(o Outgoing, ch *Change) {
	if o.State == "" {
		o.State = Queued
	}
	list := d.outgoing[o.Conversation]
	if i := slices.IndexFunc(list, func(x Outgoing) bool { return x.ClientID == o.ClientID }); i >= 0 {
		list[i] = o
	} else if c := d.open[o.Conversation]; c != nil && slices.ContainsFunc(c.Messages, func(m assist.Message) bool { return m.ClientID == o.ClientID }) {
		return // the hub was quicker
	} else {
		d.outgoing[o.Conversation] = append(list, o)
	}
	ch.thread(o.Conversation)
}

// Discard takes back a message that failed.
func (d *Desk) Discard(id assist.ConversationID, client assist.ClientID, ch *Change) {
	d.dropOutgoing(id, client)
	ch.thread(id)
}

func (d *Desk) dropOutgoing(id assist.ConversationID, client assist.ClientID) {
	list := slices.DeleteFunc(d.outgoing[id], func(o Outgoing) bool { return o.ClientID == client })
	if len(list) == 0 {
		delete(d.outgoing, id)
		return
	}
	d.outgoing[id] = list
}

// Outgoing are the messages of a conversation that the hub hasn't shown back yet, in the order of writing.
func (d *Desk) Outgoing(id assist.ConversationID) []Outgoing { return d.outgoing[id] }

func (d *Desk) find(client assist.ClientID) *Outgoing {
	if client == "" {
		return nil
	}
	for _, list := range d.outgoing {
		for i := range list {
			if list[i].ClientID == client {
				return &list[i]
			}
		}
	}
	return nil
}

func (d *Desk) ack(f wire.Ack, ch *Change) {
	o := d.find(f.ClientID)
	if o == nil {
		return
	}
	o.State, o.Code, o.Seq = Sent, 0, f.Seq
	if !f.At.IsZero() {
		o.At = f.At
	}
	id := o.Conversation
	c := d.open[id]
	if c == nil || !c.Loaded { // when it is opened the message comes with the others
		d.dropOutgoing(id, f.ClientID)
	}
	ch.thread(id)
	ch.Connection = true
}

// refused marks a message as failed unless the same try may succeed later: then it stays queued, as the outbox has
// it.
func (d *Desk) refused(f wire.Failure, ch *Change) {
	if c := d.open[f.Conversation]; c != nil && f.ClientID == "" && !c.Loaded { // it could not be opened
		c.Gone = true
		ch.detail(f.Conversation)
	}
	o := d.find(f.ClientID)
	if o == nil || Retryable(f.Code) {
		return
	}
	o.State, o.Code = Failed, f.Code
	ch.thread(o.Conversation)
	ch.Connection = true
	ch.Failed = append(ch.Failed, *o)
}

// Retryable tells whether a refused message goes out again by itself: the codes "try again later" of PROTOCOL.md.
func Retryable(c assist.Code) bool { return c >= 500 && c < 600 }

// DeliveryOf is how far a stored message of an agent or the bot has come.
func (c *Conversation) DeliveryOf(m assist.Message) Delivery {
	switch {
	case m.Seq == 0 || m.Seq > c.Row.CustomerDelivered && m.Seq > c.Row.CustomerRead:
		return Sent
	case m.Seq > c.Row.CustomerRead:
		return Delivered
	}
	return Read
}
