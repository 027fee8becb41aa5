package flow

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// timeMark marks a time in a stored result: JSON has no type for it.
const timeMark = "\x00t"

// freeze writes a record so that thaw gives it back with its types.
func freeze(r backoffice.Record) (json.RawMessage, error) { return json.Marshal(marked(r)) }

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
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = marked(v)
	}
	return out
}

func thaw(b json.RawMessage, zone *time.Location) (backoffice.Record, error) {
	var m map[string]any
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("a stored result: %w", err)
	}
	return plain(m, zone).(backoffice.Record), nil
}

func plain(x any, zone *time.Location) any {
	switch x := x.(type) {
	case string:
		if text, ok := strings.CutPrefix(x, timeMark); ok {
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
				return t.In(zone)
			}
		}
		return x
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return int(n)
		}
		f, _ := x.Float64()
		return f
	case map[string]any:
		out := backoffice.Record{}
		for k, v := range x {
			out[k] = plain(v, zone)
		}
		return out
	case []any:
		return plainList(x, zone)
	}
	return x
}

// plainList is a []Record where all are records, as an Office gives them.
func plainList(list []any, zone *time.Location) any {
	records := make([]backoffice.Record, 0, len(list))
	out := make([]any, len(list))
	for i, y := range list {
		out[i] = plain(y, zone)
		if r, ok := out[i].(backoffice.Record); ok {
			records = append(records, r)
		}
	}
	if len(records) == len(list) {
		return records
	}
	return out
}

// field follows a dotted path into nested records; nil if it leads nowhere.
func field(x any, path string) any {
	for _, name := range strings.Split(path, ".") {
		switch m := x.(type) {
		case backoffice.Record:
			x = m[name]
		case map[string]any:
			x = m[name]
		case map[string]string:
			v, ok := m[name]
			if !ok {
				return nil
			}
			x = v
		default:
			return nil
		}
	}
	return x
}

// there tells whether a field counts as given: not absent, empty, zero or false.
func there(x any) bool {
	switch x := x.(type) {
	case nil:
		return false
	case bool:
		return x
	case string:
		return x != ""
	case int:
		return x != 0
	case float64:
		return x != 0
	case time.Time:
		return !x.IsZero()
	case backoffice.Record:
		return len(x) > 0
	case []backoffice.Record:
		return len(x) > 0
	}
	return true
}

// argument writes a field as the value of an argument.
func argument(x any) string {
	switch x := x.(type) {
	case nil:
		return ""
	case string:
		return x
	case time.Time:
		if x.Hour() == 0 && x.Minute() == 0 {
			return x.Format(time.DateOnly)
		}
		return x.Format("2006-01-02T15:04")
	}
	return fmt.Sprint(x)
}

// complete gives a record in which every declared field is there, nil where the back office gave none: templates may
// then ask for it.
func complete(r backoffice.Record, fields []backoffice.Field) backoffice.Record {
	out := make(backoffice.Record, len(r)+len(fields))
	for k, v := range r {
		out[k] = v
	}
	for _, f := range fields {
		switch v := out[f.Name].(type) {
		case nil:
			out[f.Name] = nil
		case backoffice.Record:
			out[f.Name] = complete(v, f.Fields)
		case []backoffice.Record:
			list := make([]backoffice.Record, len(v))
			for i, x := range v {
				list[i] = complete(x, f.Fields)
			}
			out[f.Name] = list
		}
	}
	return out
}
