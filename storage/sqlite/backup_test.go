package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

// desk with a message and a file, and its backup.
func backedUp(t *testing.T) (s *sqlite.Store, out string, saved files.Saved) {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	s = open(t, dir)
	t.Cleanup(func() { s.Close() })
	blobs, err := files.Open(files.Options{Dir: filepath.Join(dir, sqlite.FilesFolder)})
	if err != nil {
		t.Fatal(err)
	}
	if saved, err = blobs.Save(ctx, strings.NewReader("hello file"), "text/plain"); err != nil {
		t.Fatal(err)
	}
	a := assist.Attachment{ID: assist.AttachmentID(strings.Repeat("1", 32)), Name: "a.txt", Type: saved.Type, Size: saved.Size, SHA256: saved.SHA256}
	if err := s.SaveAttachment(ctx, assist.Upload{Attachment: a, Owner: "agent:1"}); err != nil {
		t.Fatal(err)
	}
	commitOne(t, s, talk("a", clientID(1), "hello"))
	out = filepath.Join(t.TempDir(), "desk.backup")
	if err := s.Backup(ctx, out); err != nil {
		t.Fatal(err)
	}
	return s, out, saved
}

func TestBackup_RestoredElsewhere(t *testing.T) {
	ctx := context.Background()
	s, out, saved := backedUp(t)
	later := commitOne(t, s, talk("a", clientID(2), "after the backup"))
	dir := t.TempDir()
	if err := sqlite.Restore(ctx, sqlite.RestoreOptions{Dir: dir, File: out}); err != nil {
		t.Fatal(err)
	}
	back := open(t, dir)
	defer back.Close()
	old, _ := s.Epoch(ctx)
	if epoch, _ := back.Epoch(ctx); epoch == old || epoch == "" {
		t.Errorf("epoch %q after the restore, before %q", epoch, old)
	}
	msgs, err := back.Messages(ctx, assist.MessageFilter{Conversation: later.Conversation.ID})
	if err != nil || len(msgs) != 1 || msgs[0].Text != "hello" {
		t.Errorf("messages %+v, %v", msgs, err)
	}
	blobs, err := files.Open(files.Options{Dir: filepath.Join(dir, sqlite.FilesFolder)})
	if err != nil {
		t.Fatal(err)
	}
	f, err := blobs.Open(saved.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	left, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the backup: %v, %v", left, err)
	}
}

func TestRestore_KeepsWhatIsThere(t *testing.T) {
	ctx := context.Background()
	s, out, _ := backedUp(t)
	dir := filepath.Dir(s.Path())
	o := sqlite.RestoreOptions{Dir: dir, File: out, Force: true}
	if err := sqlite.Restore(ctx, o); assist.CodeOf(err) != assist.CodeLocked {
		t.Errorf("restore under a running desk: %v", err)
	}
	commitOne(t, s, talk("a", clientID(2), "will be put aside"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	o.Force = false
	if err := sqlite.Restore(ctx, o); assist.CodeOf(err) != assist.CodeExists {
		t.Errorf("restore over a desk: %v", err)
	}
	o.Force = true
	if err := sqlite.Restore(ctx, o); err != nil {
		t.Fatal(err)
	}
	aside, err := filepath.Glob(filepath.Join(dir, "before-restore-*", "deskhand.db"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("put aside: %v, %v", aside, err)
	}
	back := open(t, dir)
	defer back.Close()
	if w := commitOne(t, back, talk("a", clientID(2), "again")); w.Duplicate {
		t.Error("the restored desk knows what came after the backup")
	}
}

func TestRestore_DamagedBackupChangesNothing(t *testing.T) {
	_, out, _ := backedUp(t)
	whole, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)/2] ^= 0x40
	damaged := map[string][]byte{"flipped": flipped, "empty": nil, "text": []byte("hello")}
	for i := range 12 {
		damaged[fmt.Sprintf("cut after %d/12", i)] = whole[:len(whole)*i/12]
	}
	for name, b := range damaged {
		dir, file := t.TempDir(), filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := sqlite.Restore(context.Background(), sqlite.RestoreOptions{Dir: dir, File: file}); assist.CodeOf(err) != assist.CodeBadValue {
			t.Errorf("%s: got %v", name, err)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) != 1 { // the lock file
			t.Errorf("%s: left behind %v, %v", name, left, err)
		}
	}
}
