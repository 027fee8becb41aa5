package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

const (
	keyFile    = "sessions.key"
	tokensFile = "sessions.enc"
	keyBytes   = 32 // AES-256
	header     = "deskhand-sessions-1\n"
)

// Protection says, for the settings page and the documentation, what guards tokens in the file.
const Protection = "Session tokens lie encrypted (AES-256-GCM) in sessions.enc; the key lies beside them in sessions.key, " +
	"readable by your account only. This keeps them out of backups and searches that take one file and not the other, " +
	"and from other accounts of the machine; it does not protect them from programs that run under your account."

// file keeps the tokens of all hubs in one encrypted file: the header, a nonce of 12 bytes, and the JSON of a
// map from hub to token sealed with AES-256-GCM (NIST SP 800-38D), the header being authenticated with it.
type file struct {
	dir string
	mu  sync.Mutex // one change at a time
}

func (f *file) get(hub string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	tokens, err := f.read()
	if err != nil {
		return "", err
	}
	token, ok := tokens[hub]
	if !ok {
		return "", ErrNotFound
	}
	return token, nil
}

func (f *file) put(hub, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	tokens, err := f.read()
	if err != nil {
		// Nothing but sign-ins is lost, and refusing would lock the person out of keeping any.
		tokens = map[string]string{}
	}
	tokens[hub] = token
	return f.write(tokens)
}

func (f *file) remove(hub string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	tokens, err := f.read()
	if err != nil {
		return f.delete() // unreadable: whatever it holds must not come back
	}
	if _, ok := tokens[hub]; !ok {
		return nil
	}
	delete(tokens, hub)
	return f.write(tokens)
}

func (f *file) delete() error {
	err := os.Remove(filepath.Join(f.dir, tokensFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// read is empty if there is no file yet.
func (f *file) read() (map[string]string, error) {
	sealed, err := os.ReadFile(filepath.Join(f.dir, tokensFile))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("kept sessions: %w", err)
	}
	aead, err := f.cipher(false)
	if err != nil {
		return nil, err
	}
	if len(sealed) < len(header)+aead.NonceSize() || string(sealed[:len(header)]) != header {
		return nil, fmt.Errorf("kept sessions: %s is damaged; sign in again", tokensFile)
	}
	body := sealed[len(header):]
	text, err := aead.Open(nil, body[:aead.NonceSize()], body[aead.NonceSize():], []byte(header))
	if err != nil {
		return nil, fmt.Errorf("kept sessions: %s does not belong to %s or is damaged; sign in again", tokensFile, keyFile)
	}
	tokens := map[string]string{}
	if err := json.Unmarshal(text, &tokens); err != nil {
		return nil, fmt.Errorf("kept sessions: %w", err)
	}
	return tokens, nil
}

func (f *file) write(tokens map[string]string) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	aead, err := f.cipher(true)
	if err != nil {
		return err
	}
	text, err := json.Marshal(tokens)
	if err != nil {
		return err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce) // never fails, see crypto/rand
	sealed := aead.Seal(append([]byte(header), nonce...), nonce, text, []byte(header))
	return replace(filepath.Join(f.dir, tokensFile), sealed)
}

// cipher reads the key; with create a missing or unusable one is made anew.
func (f *file) cipher(create bool) (cipher.AEAD, error) {
	path := filepath.Join(f.dir, keyFile)
	key, err := readKey(path)
	if err != nil && create {
		key = make([]byte, keyBytes)
		rand.Read(key)
		err = replace(path, key)
	}
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key of the kept sessions: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key of the kept sessions: others may read %s; sign in again to make a new one", path)
	}
	key, err := os.ReadFile(path)
	if err == nil && len(key) != keyBytes {
		err = errors.New("damaged")
	}
	if err != nil {
		return nil, fmt.Errorf("key of the kept sessions: %w", err)
	}
	return key, nil
}

// replace writes a file that others cannot read, whole or not at all.
func replace(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails after the rename, as it should
	_, err = tmp.Write(content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(tmp.Name(), path)
}
