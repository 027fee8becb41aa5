package main

import (
	"strings"
	"testing"
)

// The kill switch works on the folder itself and through a hub that works there.
func TestAction_WithAndWithoutARunningHub(t *testing.T) {
	t.Run("no hub runs", func(t *testing.T) {
		dir := t.TempDir()
		if r := call(t, password, "user", "add", "--data", dir, "--login", "root", "--role", "admin", "--password-stdin"); r.status != 0 {
			t.Fatalf("got %+v", r)
		}
		lifeOfASwitch(t, dir)
	})
	t.Run("a hub runs", func(t *testing.T) {
		dir := t.TempDir()
		startHub(t, dir)
		lifeOfASwitch(t, dir)
	})
}

func lifeOfASwitch(t *testing.T, dir string) {
	t.Helper()
	action := func(command string, args ...string) result {
		return call(t, "", append([]string{"action", command, "--data", dir}, args...)...)
	}
	if r := action("list"); r.status != 0 || !strings.HasPrefix(r.out, "No action is switched off") {
		t.Errorf("got %+v", r)
	}
	if r := action("off", "transfers.*"); r.status != 0 || r.out != "transfers.* is switched off.\n" {
		t.Errorf("got %+v", r)
	}
	if l := jsonLines(t, action("list", "--json")); len(l) != 1 || l[0]["action"] != "transfers.*" || l[0]["by"] == "" {
		t.Errorf("got %v", l)
	}
	if r := action("on", "transfers.*"); r.status != 0 || r.out != "transfers.* is switched on.\n" {
		t.Errorf("got %+v", r)
	}
	if l := jsonLines(t, action("list", "--json")); len(l) != 0 {
		t.Errorf("got %v", l)
	}
}

func TestAction_NoDesk(t *testing.T) {
	if r := call(t, "", "action", "off", "transfers.create", "--data", t.TempDir()); r.status != 1 || !strings.Contains(r.err, "there is no desk in") {
		t.Errorf("got %+v", r)
	}
}
