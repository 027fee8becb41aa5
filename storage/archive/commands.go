package archive

import (
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"

	"github.com/go-json-experiment/json/jsontext"
)

const commandsFile = "commands.jsonl"

// commandLine is a line of commands.jsonl.
type commandLine struct {
	ID           string                `json:"id"`
	Conversation assist.ConversationID `json:"conversation"`
	Generation   int                   `json:"generation"`
	Inbox        assist.InboxID        `json:"inbox"`
	Customer     assist.CustomerID     `json:"customer"`
	Party        string                `json:"party,omitzero"`
	Intent       string                `json:"intent"`
	Action       string                `json:"action"`
	State        string                `json:"state"`
	Outcome      string                `json:"outcome,omitzero"`
	Ended        bool                  `json:"ended,omitzero"`
	Amount       int64                 `json:"amount,omitzero"`
	DueAt        time.Time             `json:"due_at,omitzero"`
	CreatedAt    time.Time             `json:"created_at"`
	UpdatedAt    time.Time             `json:"updated_at"`
	Data         jsontext.Value        `json:"data"`
}

func (x *exporter) commands(s *sqlite.Snapshot) error {
	return x.write(commandsFile, func(put func(any) error) error {
		return s.Commands(func(c assist.CommandRecord) error {
			x.sum.Commands++
			return put(commandLine{c.ID, c.Conversation, c.Generation, c.Inbox, c.Customer, c.Party, c.Intent, c.Action, c.State, c.Outcome, c.Ended,
				c.Amount, c.DueAt, c.CreatedAt, c.UpdatedAt, c.Data})
		})
	})
}

func (r *reader) commands(im *sqlite.Importer) error {
	return lines(r, commandsFile, false, func(l commandLine) error {
		r.sum.Commands++
		return im.Command(assist.CommandRecord{ID: l.ID, Conversation: l.Conversation, Generation: l.Generation, Inbox: l.Inbox, Customer: l.Customer,
			Party: l.Party, Intent: l.Intent, Action: l.Action, State: l.State, Outcome: l.Outcome, Ended: l.Ended, Amount: l.Amount,
			DueAt: l.DueAt, CreatedAt: l.CreatedAt, UpdatedAt: l.UpdatedAt, Data: []byte(l.Data)})
	})
}
