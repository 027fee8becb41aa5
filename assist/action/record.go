package action

import (
	"encoding/json"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

// record is the command as stores keep it.
func (c Command) record() (assist.CommandRecord, error) {
	stored := c
	stored.Result, stored.Terms = backoffice.Marked(c.Result), backoffice.Marked(c.Terms)
	data, err := json.Marshal(stored)
	if err != nil {
		return assist.CommandRecord{}, fmt.Errorf("command %s: %w", c.ID, err)
	}
	return assist.CommandRecord{ID: string(c.ID), Conversation: c.Conversation, Generation: c.Generation, Inbox: c.Inbox, Customer: c.Customer,
		Party: c.Party, Intent: c.Intent, Action: c.Action, State: string(c.State), Outcome: string(c.Outcome), Ended: c.State.Ended(), Amount: c.Amount,
		DueAt: c.DueAt, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, Data: data}, nil
}

func commandOf(r assist.CommandRecord) (c Command, err error) {
	if err := json.Unmarshal(r.Data, &c); err != nil {
		return c, fmt.Errorf("command %s: %w", r.ID, err)
	}
	var raw struct {
		Result json.RawMessage `json:"result"`
		Terms  json.RawMessage `json:"terms"`
	}
	if err := json.Unmarshal(r.Data, &raw); err != nil {
		return c, fmt.Errorf("command %s: %w", r.ID, err)
	}
	result, err := backoffice.Stored(raw.Result, nil)
	if err != nil {
		return c, fmt.Errorf("command %s: %w", r.ID, err)
	}
	terms, err := backoffice.Stored(raw.Terms, nil)
	if err != nil {
		return c, fmt.Errorf("command %s: %w", r.ID, err)
	}
	c.Result, c.Terms = result, terms
	return c, nil
}
