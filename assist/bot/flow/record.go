package flow

import (
	"fmt"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

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
