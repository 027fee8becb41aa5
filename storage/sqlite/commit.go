package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"

	"deskhand/assist"
)

type sqlValue = driver.Value

// Commit applies the writes in order, in one transaction, and says what became of each: a write is
// applied whole or refused with its own Written.Err, which hurts no other. Decisions see what earlier
// writes of the batch did. When Commit returns without an error, everything it says is on the disk.
//
// An error means that nothing of the batch was stored: assist.CodeStorageFull when the disk is full (it
// recovers by itself when there is room), anything else is unexpected. ctx is looked at before the work
// begins, not while it runs.
func (s *Store) Commit(ctx context.Context, at time.Time, writes []assist.Write) ([]assist.Written, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	defer func(began time.Time) { s.work.writing.Add(int64(time.Since(began))) }(time.Now())
	b := &batch{s: s, w: s.w, at: stored(at), next: s.next, load: map[assist.AgentID]int{},
		touched: make(map[assist.ConversationID]*touched, len(writes))}
	out, err := b.run(writes)
	if err != nil {
		return nil, fmt.Errorf("commit of %d writes: %w", len(writes), s.translate(err))
	}
	return out, nil
}

// batch is one transaction in the making. Nothing of the Store changes before it is committed.
type batch struct {
	s       *Store
	w       *conn
	at      time.Time
	next    counters
	touched map[assist.ConversationID]*touched
	order   []*touched
	load    map[assist.AgentID]int // changes against Store.load
	args    []driver.Value
}

// touched is a conversation that the batch read or changed.
type touched struct {
	now  assist.Conversation
	row  assist.Conversation // as its row stands at this moment
	last assist.Rev          // of the message that lists show, which the row's preview is read from
}

// run applies and commits. Whatever ends it early, a panic of a decision too, leaves no transaction open.
func (b *batch) run(writes []assist.Write) (out []assist.Written, err error) {
	done := false
	defer func() {
		if !done {
			b.w.rollback()
		}
	}()
	out = make([]assist.Written, len(writes))
	for i := range writes {
		if out[i], err = b.apply(&writes[i]); err != nil {
			return nil, err
		}
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	done = true
	return out, nil
}

// finish writes the rows of the changed conversations, commits, and only then lets the Store know.
func (b *batch) finish() error {
	for _, t := range b.order {
		if err := b.flush(t); err != nil {
			return err
		}
	}
	if !b.w.inTx {
		return nil
	}
	if err := b.w.commit(); err != nil {
		return err
	}
	s := b.s
	s.next = b.next
	s.rev.Store(int64(b.next.rev))
	for _, t := range b.order {
		s.cache.put(cached{t.now, t.last})
	}
	for a, n := range b.load {
		s.load[a] += n
	}
	return nil
}

func (b *batch) flush(t *touched) (err error) {
	if t.now.Rev == t.row.Rev {
		return nil
	}
	b.args = hotArgs(b.args[:0], t)
	if !coldChanged(&t.now, &t.row) {
		b.args = append(b.args, int64(t.now.ID))
		_, err = b.w.exec(updateHot, b.args...)
		return err
	}
	if b.args, err = coldArgs(b.args, &t.now); err != nil {
		return err
	}
	if _, err = b.w.exec(updateWhole, b.args...); err != nil {
		return err
	}
	return b.flushTags(t)
}

func (b *batch) insertConversation(t *touched) (err error) {
	b.args = hotArgs(b.args[:0], t)
	if b.args, err = coldArgs(b.args, &t.now); err != nil {
		return err
	}
	if _, err = b.w.exec(insertConversation, b.args...); err != nil {
		return err
	}
	return b.flushTags(t)
}

func (b *batch) flushTags(t *touched) error {
	for _, tag := range t.now.Tags {
		if _, err := b.w.exec("INSERT INTO conversation_tags (tag, conversation) VALUES (?, ?) ON CONFLICT DO NOTHING",
			tag, int64(t.now.ID)); err != nil {
			return err
		}
	}
	for _, tag := range t.row.Tags {
		if containsTag(t.now.Tags, tag) {
			continue
		}
		if _, err := b.w.exec("DELETE FROM conversation_tags WHERE tag = ? AND conversation = ?", tag, int64(t.now.ID)); err != nil {
			return err
		}
	}
	t.row = t.now
	return nil
}

func containsTag(tags []string, tag string) bool {
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// conversation is the state that the next decision of this batch sees; nil if there is no such conversation.
func (b *batch) conversation(id assist.ConversationID) (*touched, error) {
	if t, ok := b.touched[id]; ok {
		return t, nil
	}
	c, ok := b.s.cache.get(id)
	if !ok {
		var err error
		if c, ok, err = b.s.readConversation(id); err != nil || !ok {
			return nil, err
		}
	}
	t := &touched{now: c.Conversation, row: c.Conversation, last: c.last}
	b.track(t)
	return t, nil
}

func (b *batch) track(t *touched) {
	b.touched[t.now.ID] = t
	b.order = append(b.order, t)
}

// readConversation reads a row through the writing connection.
func (s *Store) readConversation(id assist.ConversationID) (c cached, found bool, err error) {
	err = s.w.each(selectConversations+" WHERE c.id = ?", []sqlValue{int64(id)}, func(r row) error {
		found = true
		c.Conversation, c.last, err = scanConversationRow(r)
		return err
	})
	return c, found, err
}
