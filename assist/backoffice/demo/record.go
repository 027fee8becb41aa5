package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"deskhand/assist/backoffice"
)

// encode writes a result so that decode gives the same types back: times are told from text by their wrapping.
func encode(r backoffice.Record) ([]byte, error) { return json.Marshal(wrap(r)) }

type instant struct {
	At time.Time `json:"$at"`
}

func wrap(v any) any {
	switch v := v.(type) {
	case time.Time:
		return instant{v}
	case backoffice.Record:
		out := map[string]any{}
		for k, field := range v {
			out[k] = wrap(field)
		}
		return out
	case []backoffice.Record:
		out := []any{}
		for _, r := range v {
			out = append(out, wrap(r))
		}
		return out
	}
	return v
}

func decode(b []byte) (backoffice.Record, error) {
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("result of a change: %w", err)
	}
	r, _ := unwrap(m).(backoffice.Record)
	return r, nil
}

func unwrap(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v["$at"].(string); ok && len(v) == 1 {
			if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
				return at
			}
		}
		r := backoffice.Record{}
		for k, field := range v {
			r[k] = unwrap(field)
		}
		return r
	case []any:
		out := make([]backoffice.Record, 0, len(v))
		for _, each := range v {
			if r, ok := unwrap(each).(backoffice.Record); ok {
				out = append(out, r)
			}
		}
		return out
	}
	return v
}
