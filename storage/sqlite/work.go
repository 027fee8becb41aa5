package sqlite

import (
	"database/sql/driver"
	"errors"
	"fmt"

	"deskhand/assist"
)

// work fills in what the decision left to the store (Rev, Seq, At, Conversation), folds the events and
// raises the marks. It refuses events that could not be stored, before any of them is.
func (b *batch) work(w *assist.Write, ch *change) error {
	if ch.opened != nil && ch.opened.fresh && len(ch.events) > 0 {
		if _, ok := ch.events[0].Data.(assist.Started); !ok {
			return assist.Errorf(assist.CodeBadValue, "the first fact of a new conversation must be %s", assist.ConversationStarted)
		}
	}
	if len(ch.events) > 0 {
		ch.events = append([]assist.Event(nil), ch.events...) // the decision may keep its slice
		ch.rows = make([][]driver.Value, len(ch.events))
	}
	for i := range ch.events {
		if err := b.fill(w, ch, i); err != nil {
			return fmt.Errorf("event %d of the write: %w", i, err)
		}
	}
	if w.Marks != nil && ch.t != nil {
		raise(ch, *w.Marks)
	}
	return nil
}

func (b *batch) fill(w *assist.Write, ch *change, i int) error {
	e := &ch.events[i]
	if e.Data == nil {
		return assist.Errorf(assist.CodeBadValue, "it has no data")
	}
	if _, err := encodeActor(e.Actor.Kind); err != nil {
		return err
	}
	ch.rev++
	e.Rev, e.Conversation, e.Type, e.At = ch.rev, ch.before.ID, e.Data.EventType(), b.at
	switch d := e.Data.(type) {
	case assist.Appended:
		if err := b.fillMessage(w, ch, i, d.Message); err != nil {
			return err
		}
	case assist.Started:
		if d.Inbox != ch.before.Inbox || d.Customer != ch.before.Customer || ch.after.Rev != 0 {
			return assist.Errorf(assist.CodeBadValue, "conversation %d is not the one that was to start", ch.before.ID)
		}
	case assist.CustomerChanged:
		if err := b.checkCustomer(ch, d.Customer.ID); err != nil {
			return err
		}
	}
	var err error
	if ch.rows[i], err = factArgs(e); err != nil {
		return err
	}
	if ch.t != nil {
		ch.after = normal(ch.after.Apply(*e))
		if _, err := encodeStatus(ch.after.Status); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) fillMessage(w *assist.Write, ch *change, i int, m assist.Message) error {
	if ch.t == nil {
		return assist.Errorf(assist.CodeBadValue, "a message needs a conversation")
	}
	e := &ch.events[i]
	m.Conversation, m.Rev, m.At, m.Seq = e.Conversation, e.Rev, e.At, 0
	if m.From == (assist.Actor{}) {
		m.From = e.Actor
	}
	e.Actor = m.From
	if m.Public() {
		m.Seq = ch.after.Seq + 1
	}
	if ch.after.Previews(m) {
		ch.last = m.Rev
	}
	if _, err := encodeKind(m.Kind); err != nil {
		return err
	}
	if _, err := encodeActor(m.From.Kind); err != nil {
		return err
	}
	if err := b.fillClientID(w, ch, i, &m); err != nil {
		return err
	}
	for _, a := range m.Attachments {
		if err := attachmentIsThere(b.w, a.ID); err != nil {
			return err
		}
	}
	e.Data = assist.Appended{Message: m}
	return nil
}

// fillClientID gives the write's ClientID to its first message that is no system line. Further messages
// may carry ids of their own; those must be new.
func (b *batch) fillClientID(w *assist.Write, ch *change, i int, m *assist.Message) error {
	if w.ClientID != "" && ch.said < 0 && (m.ClientID == w.ClientID || (m.ClientID == "" && m.Kind != assist.KindActivity)) {
		m.ClientID, ch.said = w.ClientID, i
	}
	if m.ClientID == "" {
		return nil
	}
	if _, err := assist.ParseClientID(string(m.ClientID)); err != nil {
		return assist.Errorf(assist.CodeBadValue, "client id: %v", err)
	}
	if ch.said == i {
		return nil
	}
	for _, e := range ch.events[:i] {
		if d, ok := e.Data.(assist.Appended); ok && d.Message.ClientID == m.ClientID {
			return assist.Errorf(assist.CodeExists, "two messages of the write have the client id %s", m.ClientID)
		}
	}
	if m.ClientID == w.ClientID {
		return assist.Errorf(assist.CodeExists, "two messages of the write have the client id %s", m.ClientID)
	}
	_, found, err := b.receipt(ch.before.ID, m.ClientID)
	if err != nil {
		return err
	}
	if found {
		return assist.Errorf(assist.CodeExists, "message %s", m.ClientID)
	}
	return nil
}

func (b *batch) checkCustomer(ch *change, id assist.CustomerID) error {
	if id != 0 && ch.opened != nil && ch.opened.customer.ID == id {
		return nil
	}
	n, err := b.w.int64("SELECT count(*) FROM customers WHERE id = ?", int64(id))
	if err != nil {
		return err
	}
	if n == 0 {
		return assist.Errorf(assist.CodeNotFound, "customer %d", id)
	}
	return nil
}

// raise moves the marks up, never beyond what was said.
func raise(ch *change, m assist.Marks) {
	c := ch.after
	marks := c.Marks.Raise(assist.Marks{
		CustomerDelivered: min(m.CustomerDelivered, c.Seq),
		CustomerRead:      min(m.CustomerRead, c.Seq),
		AgentRead:         min(m.AgentRead, c.Seq),
	})
	if marks == c.Marks || c.Status == "" {
		return
	}
	ch.rev++
	ch.after.Marks, ch.after.Rev, ch.marked = marks, ch.rev, true
}

// sqlFailure tells whether err comes from the database and not from a rule of the desk.
func sqlFailure(err error) bool {
	if err == nil {
		return false
	}
	var domain *assist.Error
	return !errors.As(err, &domain)
}
