package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"
	"deskhand/storage/sqlite"
)

// memory fits the store to what the bot remembers with.
type memory struct{ store *sqlite.Store }

// Load implements bot.Memory.
func (m memory) Load(ctx context.Context, c assist.ConversationID, turn assist.ClientID) ([]byte, error) {
	return m.store.Memory(ctx, c, turn)
}

// Save implements bot.Memory.
func (m memory) Save(ctx context.Context, c assist.ConversationID, turn assist.ClientID, state []byte) error {
	return m.store.SaveMemory(ctx, c, turn, state)
}

// offices gives the back office of an inbox; nil if it has none.
type offices func(inbox assist.InboxID) backoffice.Office

// newProofs makes the desk that verifies customers. Load must be called once the store is open for all.
func newProofs(p *parts, o Options, office offices, sender verify.Sender) (*verify.Desk, error) {
	key, err := readKey(filepath.Join(o.Config.Hub.Data, "keys", "codes.key"))
	if err != nil {
		return nil, err
	}
	return verify.New(verify.Options{Store: p.store, Office: office, Sender: sender, Key: key, Log: o.Log, Now: o.Now})
}

// newCommands makes the desk that carries out what was confirmed. tell says what became of a command later.
func newCommands(p *parts, o Options, proofs *verify.Desk, office offices, rule func(action.Command) action.Rule,
	tell func(context.Context, action.Command) error) (*action.Desk, error) {
	return action.New(action.Options{Store: p.store, Ledger: p.ledger, Proofs: proofs, Office: office, Rule: rule, Tell: tell, Log: o.Log, Now: o.Now})
}

// readKey reads a key of the hub, and makes it, readable by its owner alone, if it is not there.
func readKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if err == nil && len(key) < sha256.Size {
		return nil, fmt.Errorf("key %s has %d bytes, %d are needed: remove it, and a new one is made", path, len(key), sha256.Size)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the keys: %w", err)
	}
	key = make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails since Go 1.24
	f, err := os.CreateTemp(filepath.Dir(path), "new-*") // with mode 0600
	if err != nil {
		return nil, fmt.Errorf("new key: %w", err)
	}
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("new key %s: %w", path, err), os.Remove(f.Name()))
	}
	return key, nil
}
