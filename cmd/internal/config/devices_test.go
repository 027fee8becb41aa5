package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"deskhand/cmd/internal/config"
)

func TestDevices(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "deskhub.toml")
	load := func(text string, environ ...string) (config.Config, error) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return config.Load(config.Source{File: file, Environ: environ})
	}
	if err := os.WriteFile(filepath.Join(dir, "pw"), []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := load("[devices]\nbroker = \"tls://b.example.com:8883\"\nusername = \"hub\"\nsecret_file = \"pw\"\ninboxes = [\"chat\"]\nagain = \"2h\"\n")
	if d := c.Devices; err != nil || d.Secret.Reveal() != "s3cret" || d.Again != 2*time.Hour || d.Within != 10*time.Minute || len(d.Inboxes) != 1 {
		t.Errorf("got %+v, %v", d, err)
	}
	if c, err := load("[devices]\n", "DESKHAND_DEVICES_SECRET=abc"); err != nil || c.Devices.Secret.Reveal() != "abc" || c.Devices.Broker != "" {
		t.Errorf("from the environment: %+v, %v", c.Devices, err)
	}
	for text, want := range map[string]string{
		"[devices]\nbroker = \"https://b\"":                      "write tls://host:port",
		"[devices]\nbroker = \"mqtt://b\"":                       "write tls://host:port",
		"[devices]\nsecret = \"a\"\nsecret_file = \"pw\"":        "not both",
		"[devices]\nca_file = \"none.pem\"":                      "cannot be read",
		"[devices]\nca_file = \"pw\"":                            "no certificate in PEM form",
		"[devices]\nbroker = \"tls://b:1\"\nsecret_file = \"x\"": "cannot be read",
	} {
		if _, err := load(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
