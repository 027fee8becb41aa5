package main

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/assist/access"
	"deskhand/cmd/internal/accounts"
	"deskhand/storage/sqlite"
)

const password = "harbour lantern 7\n"

// The life of an account, on the folder itself and through a hub that works there.
func TestUser_WithAndWithoutARunningHub(t *testing.T) {
	t.Run("no hub runs", func(t *testing.T) { lifeOfAnAccount(t, t.TempDir()) })
	t.Run("a hub runs", func(t *testing.T) {
		dir := t.TempDir()
		startHub(t, dir)
		lifeOfAnAccount(t, dir)
	})
}

// startHub holds the folder and opens the door, as `deskhub serve` does.
func startHub(t *testing.T, dir string) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	service, err := access.New(access.Options{Store: store})
	if err != nil {
		t.Fatal(err)
	}
	door, err := accounts.Serve(accounts.DoorOptions{Dir: dir, Accounts: accounts.Local(service), Switches: store, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := door.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
}

func lifeOfAnAccount(t *testing.T, dir string) {
	t.Helper()
	user := func(stdin, command string, args ...string) result {
		return call(t, stdin, append([]string{"user", command, "--data", dir}, args...)...)
	}
	if r := user(password, "add", "--login", "root", "--role", "admin", "--password-stdin"); r.status != 0 || r.out != "root (admin, number 1) is added.\n" {
		t.Fatalf("got %+v", r)
	}
	l := jsonLines(t, user(password, "add", "--login", "Li", "--name", "李伟", "--role", "agent", "--team", "zh", "--team", "vip",
		"--language", "zh", "--capacity", "3", "--password-stdin", "--json"))
	if len(l) != 1 || l[0]["login"] != "li" || l[0]["name"] != "李伟" || l[0]["capacity"] != 3.0 || len(l[0]["teams"].([]any)) != 2 {
		t.Fatalf("got %v", l)
	}
	fails(t, user(password, "add", "--login", "li", "--role", "agent", "--password-stdin"), 1, `is there already`)
	fails(t, user("short\n", "add", "--login", "mo", "--role", "agent", "--password-stdin"), 1, "at least 10 characters")
	fails(t, user("one line too\nmany of them\n", "add", "--login", "mo", "--role", "agent", "--password-stdin"), 1, "more than one line")
	fails(t, user("", "add", "--login", "mo", "--role", "agent"), 1, "--password-stdin")
	fails(t, user("", "disable", "--login", "mo"), 1, `there is no user "mo"`)
	fails(t, user("", "disable", "--login", "root"), 1, "the last admin")
	fails(t, user("", "update", "--login", "li"), 1, "nothing to change")
	fails(t, user("", "update", "--login", "li", "--capacity", "500"), 1, "capacity 500: use 1 to 50")
	if l := jsonLines(t, user("", "update", "--login", "li", "--role", "supervisor", "--team", "", "--json")); l[0]["role"] != "supervisor" || l[0]["teams"] != nil || l[0]["name"] != "李伟" {
		t.Errorf("got %v", l)
	}
	if l := jsonLines(t, user("", "disable", "--login", "li", "--json")); l[0]["disabled"] != true {
		t.Errorf("got %v", l)
	}
	if r := user("", "enable", "--login", "LI"); r.status != 0 || !strings.Contains(r.out, "enabled") {
		t.Errorf("got %+v", r)
	}
	if r := user("window kettle 12", "passwd", "--login", "li", "--password-stdin"); r.status != 0 || !strings.Contains(r.out, "signed out") {
		t.Errorf("got %+v", r)
	}
	if l := jsonLines(t, user("", "list", "--json")); len(l) != 2 || l[0]["login"] != "root" || l[1]["login"] != "li" {
		t.Errorf("got %v", l)
	}
	if r := user("", "list"); r.status != 0 || strings.Count(r.out, "\n") != 3 || !strings.Contains(r.out, "李伟") {
		t.Errorf("got %+v", r)
	}
}

func TestUser_NoDeskInTheFolder(t *testing.T) {
	dir := t.TempDir()
	fails(t, call(t, "", "user", "list", "--data", dir), 1, "there is no desk in "+dir)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("a failed look made %v", left)
	}
}

func TestUser_FolderHeldByWhatTakesNoCommands(t *testing.T) {
	dir := t.TempDir()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	fails(t, call(t, "", "user", "list", "--data", dir), 1, "another program works in "+dir)
}
