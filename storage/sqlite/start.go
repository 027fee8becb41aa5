package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"deskhand/assist"
)

// opening is what a Start found or will make. Nothing of it is stored before the decision agrees.
type opening struct {
	t        *touched
	fresh    bool            // the conversation is new
	customer assist.Customer // ID always; the rest if isNew
	isNew    bool
	bind     assist.Identity // of the new customer
}

// opening finds the customer of the identity and the conversation that goes on, or plans new ones.
func (b *batch) opening(st *assist.Start) (*opening, error) {
	if err := checkStart(st); err != nil {
		return nil, err
	}
	o := &opening{}
	if err := b.findCustomer(st, o); err != nil {
		return nil, err
	}
	if !o.isNew {
		t, err := b.latestOpen(o.customer.ID, st)
		if err != nil {
			return nil, err
		}
		o.t = t
	}
	if o.t == nil {
		o.fresh = true
		o.t = &touched{now: assist.Conversation{ID: b.next.conversation + 1, Inbox: st.Inbox, Customer: o.customer.ID}}
	}
	return o, nil
}

func checkStart(st *assist.Start) error {
	id := st.Identity
	if st.Inbox == "" || id.Source == "" || (id.Inbox != "" && id.Inbox != st.Inbox) {
		return assist.Errorf(assist.CodeBadIdentity, "inbox %q, identity in inbox %q", st.Inbox, id.Inbox)
	}
	if id.Kind != assist.IdentityVisitor && id.Kind != assist.IdentitySigned {
		return assist.Errorf(assist.CodeBadIdentity, "identity of kind %q", id.Kind)
	}
	return nil
}

// findCustomer looks for the customer of the identity, or plans a new one.
func (b *batch) findCustomer(st *assist.Start, o *opening) error {
	id := st.Identity
	id.Inbox = st.Inbox
	known, err := b.identity(id)
	if err != nil || known != 0 {
		o.customer.ID = known
		return err
	}
	o.customer, o.isNew = st.Customer, true
	o.customer.ID = b.next.customer + 1
	o.bind = id
	return nil
}

func (b *batch) identity(id assist.Identity) (assist.CustomerID, error) {
	n, err := b.w.int64("SELECT customer FROM identities WHERE inbox = ? AND kind = ? AND source = ?",
		string(id.Inbox), string(id.Kind), id.Source)
	return assist.CustomerID(n), err
}

// latestOpen is the customer's newest conversation in the inbox that is open, or was resolved not before ReopenAfter.
func (b *batch) latestOpen(c assist.CustomerID, st *assist.Start) (*touched, error) {
	var ids []assist.ConversationID
	err := b.w.each("SELECT id FROM conversations WHERE customer = ? AND inbox = ? ORDER BY id DESC LIMIT 100",
		[]sqlValue{int64(c), string(st.Inbox)}, func(r row) error {
			var id int64
			err := r.Scan(&id)
			ids = append(ids, assist.ConversationID(id))
			return err
		})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		t, err := b.conversation(id)
		if err != nil {
			return nil, err
		}
		if t != nil && (t.now.Status.Open() || !t.now.ResolvedAt.Before(st.ReopenAfter)) {
			return t, nil
		}
	}
	return nil, nil
}

// open stores what the opening planned, with the facts of the write in it.
func (b *batch) open(ch *change) error {
	o := ch.opened
	if o.isNew {
		o.customer.CreatedAt = b.at
		if err := insertCustomer(b.w, o.customer); err != nil {
			return err
		}
		b.next.customer = o.customer.ID
		if _, err := b.w.exec("INSERT INTO identities (inbox, kind, source, customer) VALUES (?,?,?,?)",
			string(o.bind.Inbox), string(o.bind.Kind), o.bind.Source, int64(o.customer.ID)); err != nil {
			return err
		}
	}
	if !o.fresh {
		return nil
	}
	o.t.now, o.t.last = ch.after, ch.last
	if err := b.insertConversation(o.t); err != nil {
		return err
	}
	o.t.row = ch.after
	b.next.conversation = ch.after.ID
	b.track(o.t)
	return nil
}

func insertCustomer(w *conn, c assist.Customer) error {
	args, err := customerArgs(c)
	if err != nil {
		return err
	}
	_, err = w.exec(`INSERT INTO customers (id, name, email, phone, language, tier, notes, fields, created_at)
		VALUES (?,?,?,?,?,?,?,?,?)`, append(args, millis(c.CreatedAt))...)
	return err
}

// updateCustomer writes all that may change; when the customer came stays.
func updateCustomer(w *conn, c assist.Customer) error {
	args, err := customerArgs(c)
	if err != nil {
		return err
	}
	_, err = w.exec(`UPDATE customers SET name=?2, email=?3, phone=?4, language=?5, tier=?6, notes=?7, fields=?8 WHERE id=?1`, args...)
	return err
}

func customerArgs(c assist.Customer) ([]driver.Value, error) {
	fields := ""
	if len(c.Fields) > 0 {
		b, err := json.Marshal(c.Fields)
		if err != nil {
			return nil, fmt.Errorf("fields of customer %d: %w", c.ID, err)
		}
		fields = string(b)
	}
	return []driver.Value{int64(c.ID), c.Name, c.Email, c.Phone, c.Language, c.Tier, c.Notes, fields}, nil
}
