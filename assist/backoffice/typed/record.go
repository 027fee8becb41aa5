// Package typed reads what a company's systems answer: JSON, by the fields that an action declares. What is not declared
// is dropped, what is of another type or larger than it may be is refused. The rest and mcp adapters share it. All text
// stays text. It starts no goroutines.
package typed

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"deskhand/assist/backoffice"

	"github.com/go-json-experiment/json"
)

// What an answer may hold at most.
const (
	MaxText = 4000 // characters of a text
	MaxID   = 200  // characters of an id
	MaxList = 200  // entries of a list
)

// dateTime is how slots hold a time, and one form of it in answers: a local time of the company.
const dateTime = "2006-01-02T15:04"

var money = regexp.MustCompile(`^-?\d{1,15}\.\d{2}$`)

// Record reads a JSON object by the fields. Times without a zone are in zone. The first fault is the error.
func Record(fields []backoffice.Field, raw []byte, zone *time.Location) (backoffice.Record, error) {
	r, faults, err := read(fields, raw, zone)
	if err == nil && len(faults) > 0 {
		err = faults[0]
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Salvage reads what can be read, for the result of a change that was made whatever can be said of it. faults tells what
// was dropped; nil if nothing was.
func Salvage(fields []backoffice.Field, raw []byte, zone *time.Location) (r backoffice.Record, faults error) {
	r, each, err := read(fields, raw, zone)
	if err != nil {
		return backoffice.Record{}, err
	}
	return r, errors.Join(each...)
}

func read(fields []backoffice.Field, raw []byte, zone *time.Location) (backoffice.Record, []error, error) {
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil { // refuses doubled keys and broken UTF-8
		return nil, nil, fmt.Errorf("not a JSON object: %w", err)
	}
	if doc == nil {
		return nil, nil, errors.New("null instead of a JSON object")
	}
	if zone == nil {
		zone = time.UTC
	}
	r, faults := object(fields, doc, zone)
	return r, faults, nil
}

func object(fields []backoffice.Field, doc map[string]any, zone *time.Location) (backoffice.Record, []error) {
	r, faults := backoffice.Record{}, []error(nil)
	for _, f := range fields {
		x := doc[f.Name]
		if x == nil {
			if !f.Optional {
				faults = append(faults, fmt.Errorf("%s is missing", f.Name))
			}
			continue
		}
		v, each := value(f, x, zone)
		for _, err := range each {
			faults = append(faults, fmt.Errorf("%s: %w", f.Name, err))
		}
		if v != nil {
			r[f.Name] = v
		}
	}
	return r, faults
}

// value reads one field; nil if nothing of it can be used.
func value(f backoffice.Field, x any, zone *time.Location) (any, []error) {
	switch f.Type {
	case backoffice.Object:
		if doc, ok := x.(map[string]any); ok {
			return object(f.Fields, doc, zone)
		}
	case backoffice.List:
		if list, ok := x.([]any); ok {
			return records(f, list, zone)
		}
	case backoffice.Bool:
		if b, ok := x.(bool); ok {
			return b, nil
		}
	case backoffice.Number:
		if n, ok := x.(float64); ok {
			return number(n), nil
		}
	default:
		if s, ok := x.(string); ok {
			return text(f.Type, s, zone)
		}
	}
	return nil, []error{fmt.Errorf("a %s is expected, not %T", f.Type, x)}
}

func records(f backoffice.Field, list []any, zone *time.Location) (any, []error) {
	if len(list) > MaxList {
		return nil, []error{fmt.Errorf("%d entries, at most %d are taken", len(list), MaxList)}
	}
	out, faults := make([]backoffice.Record, 0, len(list)), []error(nil)
	for n, x := range list {
		doc, ok := x.(map[string]any)
		if !ok {
			faults = append(faults, fmt.Errorf("entry %d: an object is expected, not %T", n+1, x))
			continue
		}
		r, each := object(f.Fields, doc, zone)
		for _, err := range each {
			faults = append(faults, fmt.Errorf("entry %d: %w", n+1, err))
		}
		out = append(out, r)
	}
	return out, faults
}

// number is an int where it is whole, as the offices of Go code give it.
func number(n float64) any {
	if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
		return int(n)
	}
	return n
}

func text(kind backoffice.FieldType, s string, zone *time.Location) (any, []error) {
	var err error
	switch kind {
	case backoffice.ID:
		if s == "" || utf8.RuneCountInString(s) > MaxID {
			err = fmt.Errorf("an id has 1 to %d characters", MaxID)
		}
	case backoffice.Money:
		if !money.MatchString(s) {
			err = errors.New(`an amount is a text such as "329.00"`)
		}
	case backoffice.Date:
		t, bad := time.ParseInLocation(time.DateOnly, s, zone)
		if bad == nil {
			return t, nil
		}
		err = errors.New(`a date is written "2006-01-02"`)
	case backoffice.DateTime:
		if t, ok := moment(s, zone); ok {
			return t, nil
		}
		err = errors.New(`a time is written "2006-01-02T15:04:05+08:00" or, in the company's zone, "2006-01-02T15:04"`)
	default:
		if utf8.RuneCountInString(s) > MaxText {
			err = fmt.Errorf("a text has at most %d characters", MaxText)
		}
	}
	if err != nil {
		return nil, []error{err}
	}
	return s, nil
}

func moment(s string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.In(zone), true
	}
	t, err := time.ParseInLocation(dateTime, s, zone)
	return t, err == nil
}

// Check tells what is wrong with a record, as Go code gives it: fields that are missing, of another type, or not declared.
func Check(fields []backoffice.Field, r backoffice.Record) error {
	var faults []error
	for _, f := range fields {
		switch x := r[f.Name]; {
		case x == nil && !f.Optional:
			faults = append(faults, fmt.Errorf("%s is missing", f.Name))
		case x != nil:
			if err := checkValue(f, x); err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", f.Name, err))
			}
		}
	}
	for name := range r {
		if !slices.ContainsFunc(fields, func(f backoffice.Field) bool { return f.Name == name }) {
			faults = append(faults, fmt.Errorf("%s is not declared", name))
		}
	}
	return errors.Join(faults...)
}

func checkValue(f backoffice.Field, x any) error {
	wrong := fmt.Errorf("a %s is expected, not %T %v", f.Type, x, x)
	switch v := x.(type) {
	case string:
		switch f.Type {
		case backoffice.Text, backoffice.ID:
			return nil
		case backoffice.Money:
			if money.MatchString(v) {
				return nil
			}
		}
		return wrong
	case bool:
		return unless(f.Type == backoffice.Bool, wrong)
	case int, float64:
		return unless(f.Type == backoffice.Number, wrong)
	case time.Time:
		return unless(f.Type == backoffice.Date || f.Type == backoffice.DateTime, wrong)
	case backoffice.Record:
		if f.Type == backoffice.Object {
			return Check(f.Fields, v)
		}
	case []backoffice.Record:
		if f.Type == backoffice.List {
			return checkList(f, v)
		}
	}
	return wrong
}

func checkList(f backoffice.Field, list []backoffice.Record) error {
	var faults []error
	for n, r := range list {
		if err := Check(f.Fields, r); err != nil {
			faults = append(faults, fmt.Errorf("entry %d: %w", n+1, err))
		}
	}
	return errors.Join(faults...)
}

func unless(ok bool, err error) error {
	if ok {
		return nil
	}
	return err
}

// Document is a record as JSON, the way Record reads it: of Go's types, dates by the fields.
func Document(fields []backoffice.Field, r backoffice.Record) map[string]any {
	out := map[string]any{}
	for name, x := range r {
		f := backoffice.Field{Type: backoffice.DateTime}
		if n := slices.IndexFunc(fields, func(f backoffice.Field) bool { return f.Name == name }); n >= 0 {
			f = fields[n]
		}
		out[name] = document(f, x)
	}
	return out
}

func document(f backoffice.Field, x any) any {
	switch v := x.(type) {
	case time.Time:
		if f.Type == backoffice.Date {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	case backoffice.Record:
		return Document(f.Fields, v)
	case []backoffice.Record:
		out := make([]any, len(v))
		for n, r := range v {
			out[n] = Document(f.Fields, r)
		}
		return out
	}
	return x
}
