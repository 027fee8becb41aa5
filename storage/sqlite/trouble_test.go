package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

func commitOne(t *testing.T, s *sqlite.Store, w assist.Write) assist.Written {
	t.Helper()
	out, err := s.Commit(context.Background(), time.UnixMilli(1_700_000_000_000), []assist.Write{w})
	if err != nil {
		t.Fatal(err)
	}
	if out[0].Err != nil {
		t.Fatal(out[0].Err)
	}
	return out[0]
}

func TestCommit_DiskFull(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir())
	defer s.Close()
	first := commitOne(t, s, talk("a", clientID(1), "first"))
	if err := s.LimitPages(3); err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat("x", 30_000)
	_, err := s.Commit(ctx, time.Now(), []assist.Write{talk("a", clientID(2), "small"), talk("b", clientID(3), big)})
	var e *assist.Error
	if !errors.As(err, &e) || e.Code != assist.CodeStorageFull || e.RetryAfter <= 0 {
		t.Fatalf("error %v, want %s with a time to retry", err, assist.CodeStorageFull)
	}
	got, err := s.Messages(ctx, assist.MessageFilter{Conversation: first.Conversation.ID})
	if err != nil || len(got) != 1 {
		t.Fatalf("reading while full: %d messages, %v", len(got), err)
	}
	if rev, err := s.Rev(ctx); err != nil || rev != first.Conversation.Rev {
		t.Errorf("rev %d, %v after the failure, want %d", rev, err, first.Conversation.Rev)
	}
	if err := s.LimitPages(0); err != nil {
		t.Fatal(err)
	}
	if w := commitOne(t, s, talk("b", clientID(3), big)); w.Duplicate || w.Receipt.Seq != 1 {
		t.Errorf("after there is room again: %+v", w.Receipt)
	}
	if w := commitOne(t, s, talk("a", clientID(2), "small")); w.Duplicate || w.Receipt.Seq != 2 {
		t.Errorf("the neighbour of the big one: %+v", w.Receipt)
	}
}

func TestOpen_SecondUserOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	_, err := sqlite.Open(context.Background(), sqlite.Options{Dir: dir})
	if assist.CodeOf(err) != assist.CodeLocked || !strings.Contains(err.Error(), "another Deskhand") {
		t.Errorf("error %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Commit(context.Background(), time.Now(), nil); assist.CodeOf(err) != assist.CodeDraining {
		t.Errorf("commit to a closed store: %v", err)
	}
}

func TestOpen_NewerDatabaseStaysUntouched(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	commitOne(t, s, talk("a", clientID(1), "hi"))
	if err := s.SetVersion(99); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(context.Background(), sqlite.Options{Dir: dir}); assist.CodeOf(err) != assist.CodeBadVersion || !strings.Contains(err.Error(), "newer") {
		t.Errorf("error %v", err)
	}
	after, err := os.ReadFile(s.Path())
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the database was changed (%v)", err)
	}
}

// copyWhileOpen copies the database as a crash would leave it.
func copyWhileOpen(t *testing.T, s *sqlite.Store, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(s.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(s.Path())+suffix), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpen_AfterCrash(t *testing.T) {
	s := open(t, t.TempDir())
	commitOne(t, s, talk("a", clientID(1), "hi"))
	crashed := t.TempDir()
	copyWhileOpen(t, s, crashed)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	back := open(t, crashed)
	defer back.Close()
	if w := commitOne(t, back, talk("a", clientID(1), "hi")); !w.Duplicate {
		t.Errorf("the message is gone: %+v", w)
	}
}

func TestOpen_DamagedAfterCrash(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 300 {
		commitOne(t, s, talk(fmt.Sprint(i), clientID(i), strings.Repeat("hello ", 50)))
	}
	small, large := t.TempDir(), t.TempDir()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.Replace(b, []byte("clean1"), []byte("clean0"), 1) // as after a crash
	for i := range 4096 {
		b[len(b)/2/4096*4096+i] = 0xA5
	}
	for _, dir := range []string{small, large} {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(s.Path())), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sqlite.Open(context.Background(), sqlite.Options{Dir: small}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("damaged database opened: %v", err)
	}
	checkInBack(t, large)
}

// checkInBack waits for the background check of a damaged database.
func checkInBack(t *testing.T, dir string) {
	t.Helper()
	s, err := sqlite.Open(context.Background(), sqlite.Options{Dir: dir, CheckInBack: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); s.Healthy() == nil; <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("the damage was not found")
		}
	}
	if _, err := s.Commit(context.Background(), time.Now(), []assist.Write{talk("x", clientID(9999), "hi")}); err == nil {
		t.Error("a damaged database was written to")
	}
}
