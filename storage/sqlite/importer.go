package sqlite

import (
	"context"
	"encoding/json"
	"errors"

	"deskhand/assist"
)

// Importer takes over another desk's rows with their ids, within one transaction. Whatever would clash
// with a row that is there is refused with assist.CodeExists, whatever doesn't fit together with
// assist.CodeBadValue. Agents come first, then messages, events, customers, conversations, attachments, settings, commands.
type Importer struct {
	t     *tx
	talks map[assist.ConversationID]*talk
	said  []assist.Rev                    // of the messages that no event has named yet
	holds map[assist.AttachmentID]holders // which conversations hold a file, as the messages say
	event assist.Rev                      // of the last event
}

// holders are conversations.
type holders map[assist.ConversationID]bool

// talk is what the imported messages say about their conversation.
type talk struct {
	seq      assist.Seq
	last     assist.Rev         // of the message that lists show
	kind     assist.MessageKind // of that message
	rev      assist.Rev         // of the last fact
	row      bool               // the conversation has come
	customer int64              // who speaks in it
}

// Import calls f and keeps all that it added, or nothing if f fails. The desk waits meanwhile. f should end with
// Importer.Complete.
func (s *Store) Import(ctx context.Context, f func(*Importer) error) error {
	err := s.change(ctx, "import", func(t *tx) error {
		im := &Importer{t: t, talks: map[assist.ConversationID]*talk{}, holds: map[assist.AttachmentID]holders{}}
		if err := f(im); err != nil {
			return err
		}
		// Numbers go on behind the imported ones.
		s.cache.clear()
		err := s.loadCounters()
		t.rev = s.next.rev
		return err
	})
	if err != nil {
		return errors.Join(err, s.recount())
	}
	return s.IndexAll(ctx)
}

// recount reads the counters again after an import that came to nothing.
func (s *Store) recount() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.usable() != nil {
		return nil // nothing was begun
	}
	s.cache.clear()
	return s.loadCounters()
}

func (im *Importer) talk(id assist.ConversationID) *talk {
	k, ok := im.talks[id]
	if !ok {
		k = &talk{}
		im.talks[id] = k
	}
	return k
}

// put runs an INSERT whose only reason to fail is a row that is there already.
func (im *Importer) put(what, sql string, args ...sqlValue) error {
	_, err := im.t.w.exec(sql, args...)
	if isConstraint(err) {
		return assist.Errorf(assist.CodeExists, "%s is there already", what)
	}
	return err
}

// Message adds a message; they come in order of Rev.
func (im *Importer) Message(m assist.Message) error {
	k := im.talk(m.Conversation)
	if m.Conversation <= 0 || m.Rev <= k.rev {
		return assist.Errorf(assist.CodeBadValue, "rev %d of conversation %d is out of order", m.Rev, m.Conversation)
	}
	if m.Public() && m.Seq != k.seq+1 || !m.Public() && m.Seq != 0 {
		return assist.Errorf(assist.CodeBadValue, "seq %d in conversation %d follows %d", m.Seq, m.Conversation, k.seq)
	}
	if m.ClientID != "" {
		if _, err := assist.ParseClientID(string(m.ClientID)); err != nil {
			return assist.Errorf(assist.CodeBadValue, "client id: %v", err)
		}
	}
	if err := errors.Join(im.actor(m.From), exact(m.At)); err != nil {
		return err
	}
	if n, err := im.t.w.int64("SELECT count(*) FROM events WHERE rev = ?", int64(m.Rev)); err != nil || n > 0 {
		return orExists(err, "rev %d is there already", m.Rev)
	}
	args, err := messageArgs(nil, &m)
	if err != nil {
		return err
	}
	if n, err := im.t.w.exec(insertMessage, args...); isConstraint(err) || err == nil && n == 0 {
		return assist.Errorf(assist.CodeExists, "message at rev %d or its client id is there already", m.Rev)
	} else if err != nil {
		return err
	}
	im.note(m)
	k.rev = m.Rev
	if m.Public() {
		k.seq = m.Seq
	}
	if m.From.Kind == assist.ActorCustomer {
		if k.customer != 0 && k.customer != m.From.ID {
			return assist.Errorf(assist.CodeBadValue, "two customers speak in conversation %d", m.Conversation)
		}
		k.customer = m.From.ID
	}
	if (assist.Conversation{Last: assist.Preview{Kind: k.kind}}).Previews(m) {
		k.last, k.kind = m.Rev, m.Kind
	}
	return nil
}

func orExists(err error, format string, args ...any) error {
	if err != nil {
		return err
	}
	return assist.Errorf(assist.CodeExists, format, args...)
}

// Event adds a fact; they come in order of Rev. That of a message is only compared with the message, which must have
// come before.
func (im *Importer) Event(e assist.Event) error {
	if e.Rev <= im.event {
		return assist.Errorf(assist.CodeBadValue, "rev %d is out of order", e.Rev)
	}
	im.event = e.Rev
	if e.Type == assist.MessageAppended || len(im.said) > 0 && e.Rev >= im.said[0] {
		return im.appended(e)
	}
	if e.Data == nil || e.Data.EventType() != e.Type {
		return assist.Errorf(assist.CodeBadValue, "event %s at rev %d", e.Type, e.Rev)
	}
	if n, err := im.t.w.int64("SELECT count(*) FROM messages WHERE rev = ?", int64(e.Rev)); err != nil || n > 0 {
		return orExists(err, "rev %d is there already", e.Rev)
	}
	if err := errors.Join(im.actor(e.Actor), exact(e.At)); err != nil {
		return err
	}
	if e.Conversation != 0 {
		k := im.talk(e.Conversation)
		k.rev = max(k.rev, e.Rev)
	}
	args, err := eventArgs(nil, &e)
	if err != nil {
		return err
	}
	return im.put("this event's rev", insertEvent, args...)
}

// Customer adds a customer with the identities.
func (im *Importer) Customer(c assist.Customer, ids []assist.Identity) error {
	if c.ID <= 0 {
		return assist.Errorf(assist.CodeBadValue, "customer %d", c.ID)
	}
	if err := exact(c.CreatedAt); err != nil {
		return err
	}
	if err := insertCustomer(im.t.w, c); isConstraint(err) {
		return assist.Errorf(assist.CodeExists, "customer %d is there already", c.ID)
	} else if err != nil {
		return err
	}
	for _, id := range ids {
		if id.Kind != assist.IdentityVisitor && id.Kind != assist.IdentitySigned {
			return assist.Errorf(assist.CodeBadValue, "identity of kind %q", id.Kind)
		}
		err := im.put("an identity of this customer", "INSERT INTO identities (inbox, kind, source, customer) VALUES (?,?,?,?)",
			string(id.Inbox), string(id.Kind), id.Source, int64(c.ID))
		if err != nil {
			return err
		}
	}
	return nil
}

// Conversation adds a conversation; its messages, events and customer must be there.
func (im *Importer) Conversation(c assist.Conversation) error {
	k := im.talk(c.ID)
	if c.ID <= 0 || k.row || c.Seq != k.seq || c.Rev < k.rev {
		return assist.Errorf(assist.CodeBadValue, "conversation %d at seq %d, rev %d does not fit its facts (seq %d, rev %d)",
			c.ID, c.Seq, c.Rev, k.seq, k.rev)
	}
	if c.CustomerDelivered > c.Seq || c.CustomerRead > c.Seq || c.AgentRead > c.Seq {
		return assist.Errorf(assist.CodeBadValue, "marks of conversation %d pass its last message", c.ID)
	}
	if n, err := im.t.w.int64("SELECT count(*) FROM customers WHERE id = ?", int64(c.Customer)); err != nil {
		return err
	} else if n == 0 {
		return assist.Errorf(assist.CodeBadValue, "customer %d of conversation %d is not there", c.Customer, c.ID)
	}
	k.row = true
	t := &touched{now: c, last: k.last}
	args, err := coldArgs(hotArgs(nil, t), &c)
	if err != nil {
		return err
	}
	if err := im.put("this conversation", insertConversation, args...); err != nil {
		return err
	}
	b := batch{w: im.t.w}
	if err := b.flushTags(t); err != nil {
		return err
	}
	return im.checkConversation(c, k)
}

// Agent adds a person with a login, who has no password until one is set.
func (im *Importer) Agent(a assist.Agent) error {
	if a.ID <= 0 || a.Login == "" || !a.Role.Valid() {
		return assist.Errorf(assist.CodeBadValue, "agent %d needs a login and a role", a.ID)
	}
	if err := exact(a.CreatedAt); err != nil {
		return err
	}
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return im.put("this agent or its login", "INSERT INTO agents (id, login, data, password, created_at) VALUES (?,?,?,'',?)",
		int64(a.ID), a.Login, string(data), millis(a.CreatedAt))
}

// Attachment adds a file's description; the content must lie in storage/files already. The conversations that hold it
// must be those whose messages do.
func (im *Importer) Attachment(u assist.Upload) error {
	if err := errors.Join(im.held(u), exact(u.CreatedAt)); err != nil {
		return err
	}
	if err := im.t.insertAttachment(u); err != nil {
		return err
	}
	for _, c := range u.Conversations {
		if _, err := im.t.w.exec("INSERT INTO conversation_attachments (conversation, attachment) VALUES (?,?)", int64(c), string(u.ID)); err != nil {
			return err
		}
	}
	return nil
}
