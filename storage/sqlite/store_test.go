package sqlite_test

import (
	"context"
	"testing"
	"time"

	"deskhand/storage/sqlite"
	"deskhand/storage/storagetest"
)

// open opens a store whose indexer stays out of the tests' way: they call IndexAll.
func open(t testing.TB, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), sqlite.Options{Dir: dir, IndexEvery: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	storagetest.Run(t, func(t testing.TB, dir string) storagetest.Store { return open(t, dir) })
}
