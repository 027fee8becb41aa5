package backofficetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// text writes a record so that equal ones read the same, whatever Go type their numbers and times have.
func text(x any) string {
	switch v := x.(type) {
	case nil:
		return "-"
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case backoffice.Record:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if v[name] != nil {
				parts = append(parts, name+":"+text(v[name]))
			}
		}
		return "{" + strings.Join(parts, " ") + "}"
	case []backoffice.Record:
		var parts []string
		for _, r := range v {
			parts = append(parts, text(r))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprint(x)
}

// no tells an error as far as callers act on it: code and slot of a refusal, or which of the contract's errors it is.
func no(err error) string {
	var r *backoffice.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &r):
		return "refused " + r.Code + " " + r.Slot
	}
	for _, known := range []error{backoffice.ErrNotFound, backoffice.ErrUnsupported, backoffice.ErrUnavailable} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "error: " + err.Error()
}

// answered tells whether a call ended as it may where nothing is broken: with an answer or a refusal.
func answered(err error) bool {
	var r *backoffice.Refusal
	return err == nil || errors.As(err, &r)
}
