package backoffice

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// timeMark marks a time in stored JSON, which has no type for it. No back office sends a text that begins so.
const timeMark = "\x00t"

// Store writes a record as JSON from which Stored gives it back with its types.
func Store(r Record) (json.RawMessage, error) { return json.Marshal(Marked(r)) }

// Marked is a record as plain JSON values, as they stand within a larger stored value; nil for nil.
func Marked(r Record) map[string]any {
	if r == nil {
		return nil
	}
	out := make(map[string]any, len(r))
	for k, v := range r {
		out[k] = marked(v)
	}
	return out
}

func marked(x any) any {
	switch x := x.(type) {
	case time.Time:
		return timeMark + x.Format(time.RFC3339Nano)
	case Record:
		return Marked(x)
	case map[string]any:
		return Marked(x)
	case []Record:
		out := make([]any, len(x))
		for i, r := range x {
			out[i] = Marked(r)
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

// Stored reads what Store or Marked has written. Times are given in the zone; nil: as they were written. No text and null
// give nil.
func Stored(raw json.RawMessage, zone *time.Location) (Record, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var m map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("stored record: %w", err)
	}
	if m == nil {
		return nil, nil
	}
	return plain(m, zone).(Record), nil
}

func plain(x any, zone *time.Location) any {
	switch x := x.(type) {
	case string:
		return plainText(x, zone)
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return int(n)
		}
		f, _ := x.Float64()
		return f
	case map[string]any:
		out := make(Record, len(x))
		for k, v := range x {
			out[k] = plain(v, zone)
		}
		return out
	case []any:
		return plainList(x, zone)
	}
	return x
}

func plainText(s string, zone *time.Location) any {
	text, marked := strings.CutPrefix(s, timeMark)
	if !marked {
		return s
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	switch {
	case err != nil:
		return s
	case zone == nil:
		return t
	}
	return t.In(zone)
}

// plainList is a []Record where all are records, as an Office gives them.
func plainList(list []any, zone *time.Location) any {
	records := make([]Record, 0, len(list))
	out := make([]any, len(list))
	for i, y := range list {
		out[i] = plain(y, zone)
		if r, ok := out[i].(Record); ok {
			records = append(records, r)
		}
	}
	if len(records) == len(list) {
		return records
	}
	return out
}
