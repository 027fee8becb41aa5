package action

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

// record is the command as stores keep it.
func (c Command) record() (assist.CommandRecord, error) {
	stored := c
	stored.Result, _ = marked(c.Result).(map[string]any)
	stored.Terms, _ = marked(c.Terms).(map[string]any)
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
	if c.Result, err = readRecord(raw.Result); err == nil {
		c.Terms, err = readRecord(raw.Terms)
	}
	if err != nil {
		return c, fmt.Errorf("command %s: %w", r.ID, err)
	}
	return c, nil
}

// readRecord reads what marked has written.
func readRecord(raw json.RawMessage) (map[string]any, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var m map[string]any
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("stored record: %w", err)
	}
	if m == nil {
		return nil, nil
	}
	return map[string]any(plain(m).(backoffice.Record)), nil
}

// timeMark marks a time in a stored result: JSON has no type for it. No back office sends a text that begins so.
const timeMark = "\x00t"

func marked(x any) any {
	switch x := x.(type) {
	case time.Time:
		return timeMark + x.Format(time.RFC3339Nano)
	case backoffice.Record:
		return markedMap(x)
	case map[string]any:
		return markedMap(x)
	case []backoffice.Record:
		out := make([]any, len(x))
		for i, r := range x {
			out[i] = markedMap(r)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, y := range x {
			out[i] = marked(y)
		}
		return out
	}
	return x
}

func markedMap(m map[string]any) map[string]any {
	if m == nil {
		return nil
	}
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = marked(v)
	}
	return out
}

// plain gives stored values the types back that a back office uses.
func plain(x any) any {
	switch x := x.(type) {
	case string:
		if text, ok := strings.CutPrefix(x, timeMark); ok {
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
				return t
			}
		}
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return int(n)
		}
		f, _ := x.Float64()
		return f
	case map[string]any:
		out := backoffice.Record{}
		for k, v := range x {
			out[k] = plain(v)
		}
		return out
	case []any:
		return plainList(x)
	}
	return x
}

// plainList is a []Record where all are records.
func plainList(list []any) any {
	records, out := make([]backoffice.Record, 0, len(list)), make([]any, len(list))
	for i, y := range list {
		out[i] = plain(y)
		if r, ok := out[i].(backoffice.Record); ok {
			records = append(records, r)
		}
	}
	if len(records) == len(list) {
		return records
	}
	return out
}
