package typed

import (
	"regexp"
	"time"

	"deskhand/assist/backoffice"

	"github.com/go-json-experiment/json"
)

// refusal is a backoffice.Refusal as JSON.
type refusal struct {
	Code  string         `json:"code"`
	Slot  string         `json:"slot,omitzero"`
	Facts map[string]any `json:"facts,omitzero"`
}

var word = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

// anyRefusal stands for a code that can't be one: the no counts all the same, its reason isn't known.
const anyRefusal = "refused"

// Refusal reads a company's no. It is one even where its reason can't be read.
func Refusal(raw []byte) *backoffice.Refusal {
	var r refusal
	if err := json.Unmarshal(raw, &r); err != nil {
		return &backoffice.Refusal{Code: anyRefusal}
	}
	out := &backoffice.Refusal{Code: r.Code, Slot: r.Slot}
	if !word.MatchString(out.Code) {
		out.Code = anyRefusal
	}
	if !word.MatchString(out.Slot) {
		out.Slot = ""
	}
	if len(r.Facts) > 0 {
		out.Facts, _ = fact(r.Facts, 0).(backoffice.Record)
	}
	return out
}

// RefusalDocument is a refusal as Refusal reads it.
func RefusalDocument(r *backoffice.Refusal) any {
	d := refusal{Code: r.Code, Slot: r.Slot}
	if r.Facts != nil {
		d.Facts = Document(nil, r.Facts)
	}
	return d
}

// What the facts of a refusal may hold at most.
const (
	maxFacts = 60
	maxDepth = 3
)

// fact is a fact of any shape; nil for what is larger than it may be. No declaration says what facts there are, so dates
// are told by how they are written.
func fact(x any, depth int) any {
	switch v := x.(type) {
	case string:
		if tooLong(MaxText, v) {
			return nil
		}
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return t
		}
		return v
	case float64:
		return number(v)
	case bool:
		return v
	case map[string]any:
		if depth == maxDepth || len(v) > maxFacts {
			return nil
		}
		r := backoffice.Record{}
		for name, each := range v {
			if f := fact(each, depth+1); f != nil && word.MatchString(name) {
				r[name] = f
			}
		}
		return r
	case []any:
		return facts(v, depth)
	}
	return nil
}

func facts(list []any, depth int) any {
	if depth == maxDepth || len(list) > maxFacts {
		return nil
	}
	out := make([]backoffice.Record, 0, len(list))
	for _, each := range list {
		r, ok := fact(each, depth+1).(backoffice.Record)
		if !ok {
			return nil
		}
		out = append(out, r)
	}
	return out
}
