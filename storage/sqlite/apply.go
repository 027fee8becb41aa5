package sqlite

import (
	"database/sql/driver"

	"deskhand/assist"
)

// change is what one write would do, worked out before anything of it is stored.
type change struct {
	t      *touched // nil for facts that belong to no conversation
	opened *opening // with Start only
	before assist.Conversation
	after  assist.Conversation
	last   assist.Rev // of the message that lists show
	events []assist.Event
	rows   [][]driver.Value // what stands in the database for each event, made early so that nothing can go wrong later
	said   int              // index in events of the message with the write's ClientID; -1: none
	rev    assist.Rev
	marked bool
}

// apply does one write. A refusal is in Written.Err; an error is a failure of the database that ends the batch.
func (b *batch) apply(w *assist.Write) (assist.Written, error) {
	ch := change{said: -1, rev: b.next.rev}
	if err := b.target(w, &ch); err != nil {
		return refusal(err, ch)
	}
	var err error
	if ch.events, err = decide(w, ch.before); err == nil {
		ch.after = ch.before
		if err = b.work(w, &ch); sqlFailure(err) {
			return assist.Written{}, err
		}
	}
	if err == nil {
		err = b.checkCapacity(w, &ch)
	}
	if w.ClientID != "" && (err != nil || ch.said < 0) && ch.t != nil {
		first, found, lookErr := b.receipt(ch.before.ID, w.ClientID)
		if lookErr != nil {
			return assist.Written{}, lookErr
		}
		if found {
			return assist.Written{Conversation: ch.before, Receipt: first, Duplicate: true}, nil
		}
	}
	if err != nil {
		return assist.Written{Conversation: ch.before, Err: err}, nil
	}
	if len(ch.events) == 0 && !ch.marked && w.Command == nil {
		return assist.Written{Conversation: ch.before}, nil
	}
	return b.store(w, &ch)
}

// refusal tells domain errors, which refuse one write, from failures of the database.
func refusal(err error, ch change) (assist.Written, error) {
	if sqlFailure(err) {
		return assist.Written{}, err
	}
	return assist.Written{Conversation: ch.before, Err: err}, nil
}

func decide(w *assist.Write, c assist.Conversation) ([]assist.Event, error) {
	if w.Decide == nil {
		return nil, nil
	}
	return w.Decide(c)
}

// target finds the conversation that the write is about.
func (b *batch) target(w *assist.Write, ch *change) (err error) {
	switch {
	case w.Start != nil && w.Conversation != 0:
		return assist.Errorf(assist.CodeBadValue, "a write has either a conversation or a start")
	case w.Start != nil:
		if ch.opened, err = b.opening(w.Start); err != nil {
			return err
		}
		ch.t = ch.opened.t
	case w.Conversation != 0:
		if ch.t, err = b.conversation(w.Conversation); err != nil {
			return err
		}
		if ch.t == nil {
			return assist.Errorf(assist.CodeNotFound, "conversation %d", w.Conversation)
		}
	default:
		return nil
	}
	ch.before, ch.last = ch.t.now, ch.t.last
	return nil
}

// checkCapacity refuses a write that gives the agent one conversation more than it may have.
func (b *batch) checkCapacity(w *assist.Write, ch *change) error {
	if w.Capacity == nil {
		return nil
	}
	a := w.Capacity.Agent
	if has(ch.before, a) || !has(ch.after, a) {
		return nil
	}
	if n := b.s.load[a] + b.load[a]; n+1 > w.Capacity.Max {
		return assist.Errorf(assist.CodeFull, "agent %d has %d of %d conversations", a, n, w.Capacity.Max)
	}
	return nil
}

// has tells whether the conversation counts for the agent's load.
func has(c assist.Conversation, a assist.AgentID) bool {
	return c.Status == assist.StatusHuman && c.Assignee == a && a != 0
}

// receipt looks for the message that was stored first under the id.
func (b *batch) receipt(c assist.ConversationID, id assist.ClientID) (assist.Receipt, bool, error) {
	var seq, rev, at int64
	found, err := b.w.one("SELECT seq, rev, at FROM messages WHERE client_id = ? AND conversation = ?",
		[]sqlValue{id.Bytes(), int64(c)}, &seq, &rev, &at)
	return assist.Receipt{Conversation: c, ClientID: id, Seq: assist.Seq(seq), Rev: assist.Rev(rev), At: fromMillis(at)}, found, err
}

// store writes what was worked out. The message with the ClientID goes first: if it is there already,
// nothing else has been written and the first receipt answers.
func (b *batch) store(w *assist.Write, ch *change) (assist.Written, error) {
	if err := b.w.begin(); err != nil {
		return assist.Written{}, err
	}
	out := assist.Written{Conversation: ch.after, Events: ch.events, MarksMoved: ch.marked}
	if w.Command != nil { // first: if it is refused, nothing else of the write has been stored
		if err := b.changeCommand(w); err != nil {
			return refusal(err, *ch)
		}
	}
	if ch.said >= 0 {
		fresh, err := b.insert(ch, ch.said)
		if err != nil {
			return assist.Written{}, err
		}
		if !fresh {
			first, _, err := b.receipt(ch.before.ID, w.ClientID)
			return assist.Written{Conversation: ch.before, Receipt: first, Duplicate: true}, err
		}
		m := ch.events[ch.said].Data.(assist.Appended).Message
		out.Receipt = assist.Receipt{Conversation: m.Conversation, ClientID: m.ClientID, Seq: m.Seq, Rev: m.Rev, At: m.At}
	}
	if ch.opened != nil {
		if err := b.open(ch); err != nil {
			return assist.Written{}, err
		}
	}
	for i := range ch.events {
		if i == ch.said {
			continue
		}
		if _, err := b.insert(ch, i); err != nil {
			return assist.Written{}, err
		}
	}
	b.settle(ch)
	return out, nil
}

// settle makes the change visible to the rest of the batch.
func (b *batch) settle(ch *change) {
	b.next.rev = ch.rev
	if ch.t == nil {
		return
	}
	ch.t.now, ch.t.last = ch.after, ch.last
	if was := ch.before; was.Status == assist.StatusHuman && was.Assignee != 0 {
		b.load[was.Assignee]--
	}
	if is := ch.after; is.Status == assist.StatusHuman && is.Assignee != 0 {
		b.load[is.Assignee]++
	}
}

// insert stores one fact; false if it is a message that is there already.
func (b *batch) insert(ch *change, i int) (fresh bool, err error) {
	switch d := ch.events[i].Data.(type) {
	case assist.Appended:
		n, err := b.w.exec(insertMessage, ch.rows[i]...)
		if err != nil || n == 0 {
			return false, err
		}
		return true, b.linkFiles(&d.Message)
	case assist.CustomerChanged:
		if err := updateCustomer(b.w, d.Customer); err != nil {
			return false, err
		}
	}
	_, err = b.w.exec(insertEvent, ch.rows[i]...)
	return true, err
}

// linkFiles notes that the conversation holds the files of the message, for whoever decides about reading them.
func (b *batch) linkFiles(m *assist.Message) error {
	for _, a := range m.Attachments {
		_, err := b.w.exec("INSERT INTO conversation_attachments (conversation, attachment) VALUES (?, ?) ON CONFLICT DO NOTHING",
			int64(m.Conversation), string(a.ID))
		if err != nil {
			return err
		}
	}
	return nil
}
