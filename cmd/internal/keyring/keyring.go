// Package keyring keeps the desktop's session token of each hub between two starts: in the keyring of the
// operating system (Secret Service on Linux, Keychain on macOS, Credential Manager on Windows), or, where
// there is none, in an encrypted file. It keeps tokens only, never passwords, and starts no goroutines. Its
// calls may wait for a person who is asked to unlock the keyring: never make them on the UI goroutine.
package keyring

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	oskeyring "github.com/zalando/go-keyring"
)

// service is the name under which the operating system shows our entries to people.
const service = "Deskhand"

// ErrNotFound is returned for a hub whose token is not kept.
var ErrNotFound = errors.New("no session is kept for this hub")

// Options say where the file goes and whether to use the operating system's keyring.
type Options struct {
	Dir      string // folder of the encrypted file; made when first needed. Required.
	FileOnly bool   // never ask the operating system, e.g. for a second profile in tests
	Log      *slog.Logger
	// Getenv tells whether a desktop session is there; default os.Getenv.
	Getenv func(string) string
}

// Keyring keeps one token per hub address. It is safe for concurrent use by one process; of two processes
// that write the file at once the last one wins.
type Keyring struct {
	log   *slog.Logger
	file  *file
	useOS bool
}

// New makes a Keyring. It opens nothing yet. It fails without a folder.
func New(o Options) (*Keyring, error) {
	if o.Dir == "" {
		return nil, errors.New("keyring: Options.Dir is missing")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	return &Keyring{
		log:   o.Log.With("component", "keyring"),
		file:  &file{dir: o.Dir},
		useOS: !o.FileOnly && reachable(o.Getenv),
	}, nil
}

// reachable tells whether asking the operating system makes sense. Without a session bus the D-Bus library
// would start one of its own, whose keyring nobody could ever unlock.
func reachable(getenv func(string) string) bool {
	if runtime.GOOS != "linux" {
		return true
	}
	if getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}

// Token is the session token of the hub, ErrNotFound if none is kept.
func (k *Keyring) Token(hub string) (string, error) {
	if k.useOS {
		token, err := oskeyring.Get(service, hub)
		if err == nil {
			return token, nil
		}
		if !errors.Is(err, oskeyring.ErrNotFound) {
			k.log.Debug("the system's keyring does not answer", "err", err)
		}
	}
	return k.file.get(hub)
}

// Keep stores the token of the hub, in place of the one before.
func (k *Keyring) Keep(hub, token string) error {
	if k.useOS {
		err := oskeyring.Set(service, hub, token)
		if err == nil {
			return k.file.remove(hub) // an older one from a time without keyring must not come back
		}
		k.log.Warn("the system's keyring does not answer; the session is kept in an encrypted file", "err", err)
	}
	if err := k.file.put(hub, token); err != nil {
		return fmt.Errorf("keep the session of %s: %w", hub, err)
	}
	return nil
}

// Forget removes the token of the hub wherever it is. It is no error if there is none.
func (k *Keyring) Forget(hub string) error {
	var errs []error
	if k.useOS {
		if err := oskeyring.Delete(service, hub); err != nil && !errors.Is(err, oskeyring.ErrNotFound) {
			k.log.Debug("the system's keyring does not answer", "err", err)
		}
	}
	errs = append(errs, k.file.remove(hub))
	return errors.Join(errs...)
}
