package outbox_test

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

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
	check := func(key, want string) {
		t.Helper()
		if got, err := s.Value(t.Context(), key); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", key, got, err, want)
		}
	}
	set := func(key, value string) {
		t.Helper()
		if err := s.SetValue(t.Context(), key, value); err != nil {
			t.Fatal(err)
		}
	}
	check("draft/7", "")
	set("draft/7", "half a sent")
	set("draft/7", "half a sentence 半句")
	set("draft/8", "other")
	set("draft/8", "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = outbox.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check("draft/7", "half a sentence 半句")
	check("draft/8", "")
}

// firstLayout is a file as the first layout had it, with a message and a value.
const firstLayout = `
CREATE TABLE messages (
	n            INTEGER PRIMARY KEY AUTOINCREMENT,
	client_id    TEXT NOT NULL UNIQUE,
	conversation INTEGER NOT NULL,
	text         TEXT NOT NULL,
	note         INTEGER NOT NULL,
	attachments  TEXT NOT NULL, -- JSON
	queued_at    INTEGER NOT NULL, -- ms since 1970
	refused      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO messages (client_id, conversation, text, note, attachments, queued_at) VALUES ('c1', 7, 'unsent 你好', 0, '[]', 1772445600000);
INSERT INTO kept VALUES ('draft/7', 'begun');
PRAGMA user_version = 1;`

func TestOpen_FileOfTheFirstLayout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), firstLayout); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := outbox.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want := []assist.Outgoing{{Draft: assist.Draft{Conversation: 7, Text: "unsent 你好"}, ClientID: "c1", QueuedAt: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}}
	if got, err := s.Pending(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if v, err := s.Value(t.Context(), "draft/7"); err != nil || v != "begun" {
		t.Errorf("value %q, %v", v, err)
	}
	if err := s.Stored(t.Context(), "c1", []assist.MacroAction{{Do: "tag", Value: "x"}}); err != nil {
		t.Error(err)
	}
}

func TestOpen_FileOfANewerProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 1000"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := outbox.Open(t.Context(), path); assist.CodeOf(err) != assist.CodeBadVersion {
		t.Errorf("got %v, want code %v", err, assist.CodeBadVersion)
	}
}
