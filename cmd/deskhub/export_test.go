package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExport_BesideAHubAndImportedIsTheSame(t *testing.T) {
	dir, first, second, to := t.TempDir(), filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b"), t.TempDir()
	startHub(t, dir)
	for _, login := range []string{"root", "li"} {
		if r := call(t, password, "user", "add", "--data", dir, "--login", login, "--role", "admin", "--password-stdin"); r.status != 0 {
			t.Fatalf("%+v", r)
		}
	}
	if l := jsonLines(t, call(t, "", "export", "--data", dir, "--out", first, "--json")); len(l) != 1 || l[0]["agents"] != 2.0 || l[0]["events"] != 4.0 {
		t.Errorf("got %v", l)
	}
	fails(t, call(t, "", "export", "--data", dir, "--out", first), 1, "not empty")
	fails(t, call(t, "", "import", "--data", dir, first), 1, "stop it")
	if r := call(t, "", "import", "--data", to, first); r.status != 0 || !strings.Contains(r.out, "2 agents") {
		t.Fatalf("%+v", r)
	}
	fails(t, call(t, "", "import", "--data", to, first), 2, "nothing was imported")
	if r := call(t, "", "export", "--data", to, "--out", second); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	for _, name := range []string{"conversations", "messages", "events", "customers", "agents"} {
		a, errA := os.ReadFile(filepath.Join(first, name+".jsonl"))
		b, errB := os.ReadFile(filepath.Join(second, name+".jsonl"))
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("%s differs: %v %v\n%s\n%s", name, errA, errB, a, b)
		}
		if strings.Contains(string(a), "argon2") {
			t.Errorf("%s holds a password's hash", name)
		}
	}
}

func TestImport_NamesFileAndLine(t *testing.T) {
	dir, out, to := t.TempDir(), filepath.Join(t.TempDir(), "a"), t.TempDir()
	if r := call(t, password, "user", "add", "--data", dir, "--login", "root", "--role", "admin", "--password-stdin"); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	if r := call(t, "", "export", "--data", dir, "--out", out); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	agents := filepath.Join(out, "agents.jsonl")
	good, err := os.ReadFile(agents)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(agents, append(good, "{\"id\":2,\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, call(t, "", "import", "--data", to, out), 2, agents+":2: ")
	if l := jsonLines(t, call(t, "", "user", "list", "--data", to, "--json")); len(l) != 0 {
		t.Errorf("half an import: %v", l)
	}
	fails(t, call(t, "", "import", "--data", to, out+"-not"), 2, out+"-not is no folder")
}
