package sqlite

import (
	"context"
	"encoding/json"
	"errors"

	"deskhand/assist"
)

// Snapshot reads the whole desk as it is at one moment, for exports. The functions given to its methods
// are called row by row, in order of the ids or Revs, and end the reading with their first error.
type Snapshot struct {
	c *conn
}

// Setting is a team, queue, macro or tag as it is stored.
type Setting struct {
	Kind string          `json:"kind"` // team, queue, macro, tag
	ID   string          `json:"id"`
	Data json.RawMessage `json:"data"` // the JSON of the type in assist
}

// Snapshot calls f with the desk at this moment; the desk goes on meanwhile.
func (s *Store) Snapshot(ctx context.Context, f func(*Snapshot) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := openConn(readerDSN(s.path))
	if err != nil {
		return s.translate(err)
	}
	defer func() { err = s.translate(errors.Join(err, c.close())) }()
	if _, err := c.exec("BEGIN"); err != nil {
		return err
	}
	return f(&Snapshot{c})
}

// Conversations reads all conversations.
func (s *Snapshot) Conversations(f func(assist.Conversation) error) error {
	return s.c.each(selectConversations+" ORDER BY c.id", nil, func(r row) error {
		c, err := scanConversation(r)
		if err != nil {
			return err
		}
		return f(c)
	})
}

// Facts reads all events, messages among them.
func (s *Snapshot) Facts(f func(assist.Event) error) error {
	return s.c.each(factsOfMessages+" UNION ALL "+factsOfEvents+" ORDER BY 1", nil, func(r row) error {
		var x fact
		if err := x.scan(r); err != nil {
			return err
		}
		e, err := x.event()
		if err != nil {
			return err
		}
		return f(e)
	})
}

// Customers reads all customers with their identities.
func (s *Snapshot) Customers(f func(assist.Customer, []assist.Identity) error) error {
	return s.c.each("SELECT "+customerColumns+` , coalesce((SELECT json_group_array(json_array(inbox, kind, source))
		FROM (SELECT * FROM identities WHERE customer = c.id ORDER BY inbox, kind, source)), '[]')
		FROM customers AS c ORDER BY c.id`, nil, func(r row) error {
		last := len(r) - 1
		c, err := scanCustomer(r[:last])
		if err != nil {
			return err
		}
		var list [][3]string
		if err := json.Unmarshal([]byte(r[last].(string)), &list); err != nil {
			return err
		}
		ids := make([]assist.Identity, len(list))
		for i, x := range list {
			ids[i] = assist.Identity{Inbox: assist.InboxID(x[0]), Kind: assist.IdentityKind(x[1]), Source: x[2], Customer: c.ID}
		}
		return f(c, ids)
	})
}

// Agents reads all agents; their passwords stay here.
func (s *Snapshot) Agents(f func(assist.Agent) error) error {
	return s.c.each("SELECT data FROM agents ORDER BY id", nil, func(r row) error {
		a, err := scanAgent(r)
		if err != nil {
			return err
		}
		return f(a)
	})
}

// Attachments reads the descriptions of the files that messages or macros hold, with the conversations. What nobody
// has sent yet is left out: it may be removed meanwhile.
func (s *Snapshot) Attachments(f func(assist.Upload) error) error {
	return s.c.each("SELECT "+attachmentColumns+`, (SELECT json_group_array(conversation)
		FROM (SELECT conversation FROM conversation_attachments WHERE attachment = a.id ORDER BY conversation))
		FROM attachments AS a WHERE `+heldAttachment+" ORDER BY a.id", nil, func(r row) error {
		last := len(r) - 1
		u, err := scanAttachment(r[:last])
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(r[last].(string)), &u.Conversations); err != nil {
			return err
		}
		if len(u.Conversations) == 0 {
			u.Conversations = nil
		}
		return f(u)
	})
}

// Settings reads all teams, queues, macros and tags.
func (s *Snapshot) Settings(f func(Setting) error) error {
	return s.c.each("SELECT kind, id, data FROM settings ORDER BY kind, id", nil, func(r row) error {
		var x Setting
		var data string
		if err := r.Scan(&x.Kind, &x.ID, &data); err != nil {
			return err
		}
		x.Data = json.RawMessage(data)
		return f(x)
	})
}
