package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"deskhand/assist"
)

func TestOpenReadOnly_ReadsAndBacksUpWhileAHubWrites(t *testing.T) {
	dir := t.TempDir()
	hub, err := Open(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	save := func(login string) {
		t.Helper()
		if _, err := hub.SaveAgent(t.Context(), assist.BySystem(), assist.Agent{Login: login, Role: assist.RoleAgent}); err != nil {
			t.Fatal(err)
		}
	}
	save("an")
	reader, err := OpenReadOnly(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	save("bo")
	if all, err := reader.Agents(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("the reader sees %v %v", all, err)
	}
	if rev, _ := reader.Rev(t.Context()); rev != 1 {
		t.Errorf("opened at rev %d, want 1", rev)
	}
	if _, err := reader.SaveAgent(t.Context(), assist.BySystem(), assist.Agent{Login: "cy", Role: assist.RoleAgent}); assist.CodeOf(err) != assist.CodeLocked {
		t.Errorf("a reader wrote: %v", err)
	}
	if _, err := reader.Commit(t.Context(), hub.opts.Now(), []assist.Write{{Conversation: 1}}); assist.CodeOf(err) != assist.CodeLocked {
		t.Errorf("a reader committed: %v", err)
	}
	out := filepath.Join(t.TempDir(), "backup")
	if err := reader.Backup(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	save("di") // the hub goes on
	for range 2 {
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	to := t.TempDir()
	if err := Restore(t.Context(), RestoreOptions{Dir: to, File: out}); err != nil {
		t.Fatal(err)
	}
	restored, err := Open(t.Context(), Options{Dir: to})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if all, err := restored.Agents(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("the backup holds %v %v", all, err)
	}
}

func TestOpenReadOnly_MakesNothing(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenReadOnly(t.Context(), Options{Dir: dir}); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("made %v", left)
	}
}
