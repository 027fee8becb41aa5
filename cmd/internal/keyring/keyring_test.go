package keyring_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	oskeyring "github.com/zalando/go-keyring"

	"deskhand/cmd/internal/keyring"
)

const hub, other, token = "https://desk.example.com", "http://127.0.0.1:7420", "dks_0123456789"

// withBus says that there is a desktop session; the mock provider then stands for its keyring.
func withBus(name string) string {
	if name == "DBUS_SESSION_BUS_ADDRESS" {
		return "unix:path=/nowhere"
	}
	return ""
}

func open(t *testing.T, o keyring.Options) *keyring.Keyring {
	t.Helper()
	k, err := keyring.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func keepAndForget(t *testing.T, k *keyring.Keyring) {
	t.Helper()
	if _, err := k.Token(hub); !errors.Is(err, keyring.ErrNotFound) {
		t.Fatalf("before: %v", err)
	}
	for _, x := range []string{"first", token} {
		if err := k.Keep(hub, x); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Keep(other, "elsewhere"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Token(hub); got != token || err != nil {
		t.Fatalf("got %q %v", got, err)
	}
	for range 2 {
		if err := k.Forget(hub); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Token(hub); !errors.Is(err, keyring.ErrNotFound) {
		t.Fatalf("after: %v", err)
	}
	if got, err := k.Token(other); got != "elsewhere" || err != nil {
		t.Fatalf("the other hub: %q %v", got, err)
	}
}

func TestKeyring_OfTheSystem(t *testing.T) {
	oskeyring.MockInit()
	dir := t.TempDir()
	keepAndForget(t, open(t, keyring.Options{Dir: dir, Getenv: withBus}))
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("files were written although the keyring works: %v", left)
	}
}

func TestKeyring_FileWhenTheSystemFails(t *testing.T) {
	oskeyring.MockInitWithError(errors.New("no secret service"))
	dir := t.TempDir()
	keepAndForget(t, open(t, keyring.Options{Dir: dir, Getenv: withBus}))
}

func TestKeyring_FileIsEncryptedPrivateAndSurvives(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deskhand")
	o := keyring.Options{Dir: dir, FileOnly: true}
	keepAndForget(t, open(t, o))
	if err := open(t, o).Keep(hub, token); err != nil {
		t.Fatal(err)
	}
	if got, err := open(t, o).Token(hub); got != token || err != nil { // another start of the program
		t.Fatalf("got %q %v", got, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("files %v %v, want the key and the tokens", files, err)
	}
	for _, f := range files {
		info, _ := f.Info()
		content, _ := os.ReadFile(filepath.Join(dir, f.Name()))
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
		if bytes.Contains(content, []byte(token)) || bytes.Contains(content, []byte("desk.example")) {
			t.Errorf("%s holds plain text", f.Name())
		}
	}
}

func TestKeyring_NoBusMeansFile(t *testing.T) {
	oskeyring.MockInit()
	dir := t.TempDir()
	k := open(t, keyring.Options{Dir: dir, Getenv: func(string) string { return "" }})
	keepAndForget(t, k)
	if left, _ := os.ReadDir(dir); len(left) == 0 {
		t.Error("the keyring was asked without a session bus")
	}
}

func TestKeyring_AKeyringThatComesLaterTakesOver(t *testing.T) {
	dir := t.TempDir()
	if err := open(t, keyring.Options{Dir: dir, FileOnly: true}).Keep(hub, "old"); err != nil {
		t.Fatal(err)
	}
	oskeyring.MockInit()
	k := open(t, keyring.Options{Dir: dir, Getenv: withBus})
	if got, err := k.Token(hub); got != "old" || err != nil {
		t.Fatalf("got %q %v", got, err)
	}
	if err := k.Keep(hub, "new"); err != nil {
		t.Fatal(err)
	}
	if err := k.Forget(hub); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Token(hub); !errors.Is(err, keyring.ErrNotFound) {
		t.Fatalf("a forgotten session came back: %q %v", got, err)
	}
}

func TestKeyring_DamageIsToldAndMended(t *testing.T) {
	for name, harm := range map[string]func(dir string) error{
		"flipped bit": func(dir string) error {
			path := filepath.Join(dir, "sessions.enc")
			b, err := os.ReadFile(path)
			b[len(b)-1] ^= 1
			return errors.Join(err, os.WriteFile(path, b, 0o600))
		},
		"cut short": func(dir string) error { return os.Truncate(filepath.Join(dir, "sessions.enc"), 10) },
		"another key": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "sessions.key"), make([]byte, 32), 0o600)
		},
		"short key": func(dir string) error { return os.Truncate(filepath.Join(dir, "sessions.key"), 5) },
		"no key":    func(dir string) error { return os.Remove(filepath.Join(dir, "sessions.key")) },
		"open key":  func(dir string) error { return os.Chmod(filepath.Join(dir, "sessions.key"), 0o644) },
	} {
		o := keyring.Options{Dir: t.TempDir(), FileOnly: true}
		k := open(t, o)
		if err := k.Keep(hub, token); err != nil {
			t.Fatal(err)
		}
		if err := harm(o.Dir); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Token(hub); err == nil || errors.Is(err, keyring.ErrNotFound) {
			t.Errorf("%s: got %q %v, want an error", name, got, err)
		}
		if err := k.Keep(hub, "again"); err != nil {
			t.Errorf("%s: keep: %v", name, err)
		}
		if got, err := k.Token(hub); got != "again" {
			t.Errorf("%s: after signing in again: %q %v", name, got, err)
		}
	}
}

func TestNew_NeedsAFolder(t *testing.T) {
	if _, err := keyring.New(keyring.Options{}); err == nil {
		t.Fatal("no error")
	}
}
