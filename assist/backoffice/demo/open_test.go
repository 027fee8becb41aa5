package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"deskhand/assist/backoffice/demo"
	"deskhand/storage/records"
)

// openCompany begins the day of a company of the industry, kept in a real store until the test ends.
func openCompany(t *testing.T, industry, data string, now time.Time) *demo.Office {
	t.Helper()
	store, err := records.Open(context.Background(), filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	all, err := demo.Open(context.Background(), demo.Options{Store: store, Data: []byte(data), Now: now, Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return all[industry]
}
