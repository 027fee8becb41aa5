package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBackup_WhileAHubRunsAndRestore(t *testing.T) {
	dir, out, to := t.TempDir(), filepath.Join(t.TempDir(), "desk.backup"), t.TempDir()
	startHub(t, dir)
	if r := call(t, password, "user", "add", "--data", dir, "--login", "root", "--role", "admin", "--password-stdin"); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	if l := jsonLines(t, call(t, "", "backup", "--data", dir, "--out", out, "--json")); len(l) != 1 || l[0]["bytes"].(float64) < 100 {
		t.Errorf("got %v", l)
	}
	fails(t, call(t, "", "restore", "--data", dir, out), 1, dir)
	fails(t, call(t, "", "restore", "--data", to, out+".not"), 2, out+".not cannot be read")
	if r := call(t, "", "restore", "--data", to, out); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	if l := jsonLines(t, call(t, "", "user", "list", "--data", to, "--json")); len(l) != 1 || l[0]["login"] != "root" {
		t.Errorf("got %v", l)
	}
	fails(t, call(t, "", "restore", "--data", to, out), 1, "already holds a desk; choose an empty one, or give --force to put that aside\n")
	if r := call(t, "", "restore", "--data", to, "--force", out); r.status != 0 {
		t.Errorf("%+v", r)
	}
	if aside, _ := filepath.Glob(filepath.Join(to, "before-restore-*")); len(aside) != 1 {
		t.Errorf("what was there lies in %v", aside)
	}
}

func TestRestore_RefusesWhatIsNoBackup(t *testing.T) {
	file, to := filepath.Join(t.TempDir(), "x"), t.TempDir()
	if err := os.WriteFile(file, []byte("not a backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, call(t, "", "restore", "--data", to, file), 2, file+": ")
	fails(t, call(t, "", "user", "list", "--data", to), 1, "there is no desk")
	fails(t, call(t, "", "backup", "--data", to, "--out", file), 1, "there is no desk")
}
