package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPackCheck(t *testing.T) {
	shipped := "../../assets/packs/telecom"
	if r := call(t, "", "pack", "check", shipped); r.status != 0 || !strings.Contains(r.out, "telecom: ") {
		t.Errorf("the shipped pack: %+v", r)
	}
	dir := filepath.Join(t.TempDir(), "telecom")
	if err := os.CopyFS(dir, os.DirFS(shipped)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "pack.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), "\nintents:\n", "\nintents:\n  dance: {title: {en: dance, zh: 跳舞}, kind: jig}\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	r := call(t, "", "pack", "check", dir)
	fails(t, r, 2, "telecom/pack.yaml:")
	if !strings.Contains(r.err, `"jig"`) {
		t.Errorf("got %q", r.err)
	}
}
