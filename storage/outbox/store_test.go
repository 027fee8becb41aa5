package outbox_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/client/outboxtest"
	"deskhand/storage/outbox"
)

// TestMain keeps the random part of the suite short: every step of it is synced to the disk.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("rapid.checks").Value.String() == "100" {
		if err := flag.Set("rapid.checks", "12"); err != nil {
			panic("outbox_test: " + err.Error())
		}
	}
	os.Exit(m.Run())
}

func open(tb outboxtest.TB, place string) (client.Outbox, func()) {
	tb.Helper()
	s, err := outbox.Open(context.Background(), filepath.Join(place, "outbox.db"))
	if err != nil {
		tb.Fatalf("open: %v", err)
	}
	return s, func() {
		if err := s.Close(); err != nil {
			tb.Fatalf("close: %v", err)
		}
	}
}

func TestStore_IsAnOutbox(t *testing.T) { outboxtest.Run(t, open, true) }

func TestOpen_OneProgramAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "outbox.db")
	s, err := outbox.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := outbox.Open(t.Context(), path); assist.CodeOf(err) != assist.CodeLocked {
		t.Errorf("second program: got %v, want code %v", err, assist.CodeLocked)
	}
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("mode of the file: got %v, %v; want 0600", i.Mode(), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := outbox.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpen_DamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	if err := os.WriteFile(path, []byte("this is no database, and long enough to be read as one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := outbox.Open(t.Context(), path); err == nil {
		t.Errorf("opened %v", s)
	}
}

func TestStore_Values(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	s, err := outbox.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(id assist.ConversationID, want string) {
		t.Helper()
		if got, err := s.Draft(t.Context(), id); err != nil || got != want {
			t.Errorf("draft of %d: got %q, %v; want %q", id, got, err, want)
		}
	}
	set := func(id assist.ConversationID, text string) {
		t.Helper()
		if err := s.SaveDraft(t.Context(), id, text); err != nil {
			t.Fatal(err)
		}
	}
	check(7, "")
	set(7, "half a sent")
	set(7, "half a sentence 半句")
	set(8, "other")
	set(8, "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = outbox.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check(7, "half a sentence 半句")
	check(8, "")
}
