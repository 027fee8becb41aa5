package backoffice_test

import (
	"testing"
	"time"

	"deskhand/assist/backoffice"

	"github.com/google/go-cmp/cmp"
)

func TestStored_GivesBackWhatStoreWasGiven(t *testing.T) {
	zone := time.FixedZone("here", 2*3600)
	r := backoffice.Record{
		"id": "7", "n": 3, "share": .25, "yes": true, "at": time.Date(2026, 3, 2, 10, 0, 0, 5, zone), "nothing": nil,
		"part": backoffice.Record{"at": time.Date(2026, 3, 3, 0, 0, 0, 0, zone)}, "none": []backoffice.Record{},
		"list": []backoffice.Record{{"a": "x"}, {"a": "y"}}, "mixed": []any{"x", 2},
	}
	raw, err := backoffice.Store(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := backoffice.Stored(raw, zone)
	if diff := cmp.Diff(r, got); err != nil || diff != "" {
		t.Errorf("%v, want (-) got (+):\n%s", err, diff)
	}
	for _, empty := range []string{"", "null"} {
		if got, err := backoffice.Stored([]byte(empty), nil); got != nil || err != nil {
			t.Errorf("%q: got %v %v, want nothing", empty, got, err)
		}
	}
	if _, err := backoffice.Stored([]byte("{"), nil); err == nil {
		t.Error("half a record was read")
	}
}
