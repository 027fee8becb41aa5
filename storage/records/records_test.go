package records_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"deskhand/assist"
	"deskhand/storage/records"
)

func TestStore_AChangeIsMadeOnceAndSurvives(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "demo", "office.db")
	s := open(t, path)
	if _, err := s.Document(ctx, "shop"); !errors.Is(err, assist.ErrNotFound) {
		t.Fatalf("a company never begun: got %v, want not found", err)
	}
	must(t, s.Begin(ctx, "shop", []byte("one")))
	must(t, s.Change(ctx, "shop", "k1", []byte("two"), []byte("done")))
	if err := s.Change(ctx, "shop", "k1", []byte("three"), []byte("again")); assist.CodeOf(err) != assist.CodeExists {
		t.Fatalf("the same key again: got %v, want %s", err, assist.CodeExists)
	}
	must(t, s.Close())

	s = open(t, path)
	defer s.Close()
	if b, err := s.Document(ctx, "shop"); err != nil || string(b) != "two" {
		t.Errorf("document after a restart: got %q %v, want two", b, err)
	}
	if b, err := s.Result(ctx, "k1"); err != nil || string(b) != "done" {
		t.Errorf("result after a restart: got %q %v, want done", b, err)
	}
	must(t, s.Begin(ctx, "shop", []byte("new")))
	if _, err := s.Result(ctx, "k1"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("result of a company begun anew: got %v, want not found", err)
	}
}

func open(t *testing.T, path string) *records.Store {
	t.Helper()
	s, err := records.Open(context.Background(), path)
	must(t, err)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
