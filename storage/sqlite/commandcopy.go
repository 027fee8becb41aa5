package sqlite

import (
	"encoding/json"
	"errors"

	"deskhand/assist"
)

// Commands reads all commands of the back office.
func (s *Snapshot) Commands(f func(assist.CommandRecord) error) error {
	return s.c.each("SELECT "+commandColumns+" FROM commands ORDER BY created_at, id", nil, func(r row) error {
		c, err := scanCommand(r)
		if err != nil {
			return err
		}
		return f(c)
	})
}

// Command adds a command; its conversation must be there. What its data say otherwise than its fields is refused.
func (im *Importer) Command(c assist.CommandRecord) error {
	var d struct {
		ID           string                `json:"id"`
		Conversation assist.ConversationID `json:"conversation"`
		Generation   int                   `json:"generation"`
		Inbox        assist.InboxID        `json:"inbox"`
		Customer     assist.CustomerID     `json:"customer"`
		Party        string                `json:"party"`
		Intent       string                `json:"intent"`
		Action       string                `json:"action"`
		State        string                `json:"state"`
		Outcome      string                `json:"outcome"`
		Amount       int64                 `json:"amount"`
	}
	if err := json.Unmarshal(c.Data, &d); err != nil {
		return assist.Errorf(assist.CodeBadValue, "data of command %q: %v", c.ID, err)
	}
	said := assist.CommandRecord{ID: d.ID, Conversation: d.Conversation, Generation: d.Generation, Inbox: d.Inbox, Customer: d.Customer, Party: d.Party,
		Intent: d.Intent, Action: d.Action, State: d.State, Outcome: d.Outcome, Amount: d.Amount}
	if c.ID == "" || c.State == "" || c.Action == "" || !sameCommand(said, c) {
		return assist.Errorf(assist.CodeBadValue, "command %q: its data say something else", c.ID)
	}
	if err := errors.Join(exact(c.DueAt), exact(c.CreatedAt), exact(c.UpdatedAt)); err != nil {
		return err
	}
	n, err := im.t.w.int64("SELECT count(*) FROM conversations WHERE id = ? AND customer = ?", int64(c.Conversation), int64(c.Customer))
	if err != nil {
		return err
	}
	if n == 0 {
		return assist.Errorf(assist.CodeBadValue, "conversation %d of customer %d, for command %q, is not there", c.Conversation, c.Customer, c.ID)
	}
	b := batch{w: im.t.w}
	return b.insertCommand(c)
}

func sameCommand(a, b assist.CommandRecord) bool {
	return a.ID == b.ID && a.Conversation == b.Conversation && a.Generation == b.Generation && a.Inbox == b.Inbox && a.Customer == b.Customer &&
		a.Party == b.Party && a.Intent == b.Intent && a.Action == b.Action && a.State == b.State && a.Outcome == b.Outcome && a.Amount == b.Amount
}
