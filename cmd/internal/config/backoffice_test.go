package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"deskhand/cmd/internal/config"
)

const clinicInbox = "[[inbox]]\nid = \"clinic\"\nname = \"Bright\"\nqueue = \"desk\"\n"

func TestBackoffice_IsReadForItsInbox(t *testing.T) {
	file := write(t, clinicInbox+`
[backoffice.clinic]
kind = "rest"
url = "https://api.example.com/deskhand"
auth = "hmac"
secret_file = "clinic.key"
within = "2s"
`)
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "clinic.key"), []byte("0123456789abcdef0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	b, ok := c.Backoffice("clinic")
	if !ok || b.Kind != "rest" || b.URL != "https://api.example.com/deskhand" || b.Auth != "hmac" || b.Within != 2*time.Second || b.Tries != 3 ||
		b.Secret.Reveal() != "0123456789abcdef0123456789abcdef" {
		t.Errorf("got %+v %t", b, ok)
	}
	if _, ok := c.Backoffice("other"); ok {
		t.Error("another inbox has it too")
	}
	c, err = config.Load(config.Source{File: write(t, clinicInbox+"[backoffice.clinic]\nkind = \"rest\"\nurl = \"https://x.example\"\nauth = \"bearer\"\n"),
		Environ: []string{"DESKHAND_BACKOFFICE_CLINIC_SECRET=abcdefabcdefabcdef"}})
	if b, _ := c.Backoffice("clinic"); err != nil || b.Secret.Reveal() != "abcdefabcdefabcdef" {
		t.Errorf("from the environment: got %+v %v", b, err)
	}
}

func TestBackoffice_WhatIsWrong(t *testing.T) {
	for content, want := range map[string]string{
		"kind = \"soap\"":                    "config.toml:6: backoffice.clinic.kind: write one of",
		"kind = \"rest\"":                    "backoffice.clinic.url: is missing",
		"kind = \"rest\"\nurl = \"ftp://x\"": "config.toml:7: backoffice.clinic.url: write an address",
		"kind = \"rest\"\nurl = \"https://x.example\"\nauth = \"bearer\"":         "give a secret too",
		"kind = \"rest\"\nurl = \"https://x.example\"\nsecret_file = \"nowhere\"": "cannot be read",
		"kind = \"rest\"\nurl = \"https://x.example\"\nca_file = \"nowhere\"":     "cannot be read",
		"kind = \"mcp\"\ntools_file = \"nowhere\"\ncommand = [\"x\"]":             "cannot be read",
		"kind = \"mcp\"\ntools_file = \"nowhere\"":                                "one of them",
		"kind = \"mcp\"\ncommand = [\"x\"]":                                       "backoffice.clinic.tools_file: is missing",
		"kind = \"demo\"":                                                         "write one of the demo's companies",
		"urls = \"https://x.example\"":                                            "did you mean url?",
		"within = \"1h\"":                                                         "write a time from",
		"\n[backoffice.other]\nkind = \"none\"":                                   "there is no such inbox",
	} {
		file := write(t, clinicInbox+"[backoffice.clinic]\n"+content+"\n")
		_, err := config.Load(config.Source{File: file})
		if want = strings.ReplaceAll(want, "config.toml", file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot %v, want %q", content, err, want)
		}
	}
}
