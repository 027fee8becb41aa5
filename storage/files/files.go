// Package files keeps the content of attachments in a folder beside the database, each file under the
// SHA-256 of its bytes: the same picture sent twice lies there once, and what lies there never changes.
// Names, owners and rights are none of its business; they stand in the database.
//
// The package starts no goroutines.
package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"deskhand/assist"

	"github.com/gabriel-vasile/mimetype"
)

// MaxSize is the size limit in bytes unless Options say otherwise.
const MaxSize = 20 << 20

// sniffed is how many bytes the type is told from.
const sniffed = 4096

// Options say where the files lie and how large one may be.
type Options struct {
	Dir     string           // made if it is not there
	MaxSize int64            // bytes of one file; default MaxSize
	Now     func() time.Time // when a file was saved last, for Remove; default time.Now
}

// Store is a folder of files. Make one with Open. It is safe for concurrent use.
type Store struct {
	dir string
	max int64
	now func() time.Time

	names sync.RWMutex // held for writing while a name goes, for reading while one comes
}

// Saved describes the content that Save stored.
type Saved struct {
	SHA256 string // 64 lower-case hexadecimal digits
	Type   string // media type told from the content, e.g. "image/png"; never from the name
	Size   int64  // bytes
}

// Open prepares the folder and removes what an interrupted Save left behind.
func Open(o Options) (*Store, error) {
	if o.Dir == "" {
		return nil, errors.New("files: Options.Dir is missing")
	}
	if o.MaxSize <= 0 {
		o.MaxSize = MaxSize
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{dir: o.Dir, max: o.MaxSize, now: o.Now}
	if err := os.MkdirAll(s.partial(), 0o700); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	left, err := os.ReadDir(s.partial())
	if err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	for _, e := range left {
		if err := os.Remove(filepath.Join(s.partial(), e.Name())); err != nil {
			return nil, fmt.Errorf("remove an interrupted upload: %w", err)
		}
	}
	return s, nil
}

// OpenReadOnly opens a folder for reading, also while a hub saves into it: it makes nothing and removes
// nothing, and Save is refused by the file system or leaves only what the next Open removes.
func OpenReadOnly(dir string) *Store { return &Store{dir: dir, max: MaxSize, now: time.Now} }

// Dir is the folder.
func (s *Store) Dir() string { return s.dir }

func (s *Store) partial() string { return filepath.Join(s.dir, "partial") }

// Save reads the content to its end and keeps it; when it returns, the bytes are on the disk. claimed is
// the media type that the sender names, empty for none.
//
// It refuses with assist.CodeEmpty what has no bytes, with assist.CodeFileTooLarge what is longer than the
// limit, and with assist.CodeFileType a page or drawing that may carry scripts and says it is something
// else. Nothing is left behind then.
func (s *Store) Save(ctx context.Context, content io.Reader, claimed string) (Saved, error) {
	name := filepath.Join(s.partial(), rand.Text())
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Saved{}, storageError("new file", err)
	}
	saved, err := s.copy(ctx, f, content, claimed)
	if err == nil {
		err = storageError("write file", f.Sync())
	}
	err = errors.Join(err, storageError("close file", f.Close()))
	if err == nil {
		err = s.keep(name, saved.SHA256)
	}
	if err != nil {
		_ = os.Remove(name) // Open removes it at the latest
		return Saved{}, err
	}
	return saved, nil
}

func (s *Store) copy(ctx context.Context, to io.Writer, from io.Reader, claimed string) (Saved, error) {
	sum := sha256.New()
	var head bytes.Buffer
	all := io.TeeReader(io.LimitReader(readerFor(ctx, from), s.max+1), io.MultiWriter(sum, &capped{&head, sniffed}))
	n, err := io.Copy(to, all)
	if err != nil {
		return Saved{}, storageError("write file", err)
	}
	switch {
	case n == 0:
		return Saved{}, assist.Errorf(assist.CodeEmpty, "the file has no bytes")
	case n > s.max:
		return Saved{}, assist.Errorf(assist.CodeFileTooLarge, "more than %d bytes", s.max)
	}
	t := sniff(head.Bytes())
	if active(t) && claimed != "" && mediaType(claimed) != mediaType(t) {
		return Saved{}, assist.Errorf(assist.CodeFileType, "it is %s and says it is %q", mediaType(t), mediaType(claimed))
	}
	return Saved{SHA256: hex.EncodeToString(sum.Sum(nil)), Type: t, Size: n}, nil
}

// keep moves the file to its name. If it is there already, the new copy goes. Either way the file counts as saved now.
func (s *Store) keep(partial, hash string) error {
	target, err := s.path(hash)
	if err != nil {
		return err
	}
	s.names.RLock()
	defer s.names.RUnlock()
	now := s.now()
	if err := os.Chtimes(target, now, now); err == nil {
		return os.Remove(partial)
	}
	if err := os.Chtimes(partial, now, now); err != nil {
		return storageError("keep file", err)
	}
	dir := filepath.Dir(target)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return storageError("folder of file", err)
	}
	if err := os.Rename(partial, target); err != nil {
		return storageError("keep file", err)
	}
	return storageError("keep file", errors.Join(syncDir(dir), syncDir(s.dir)))
}

// Open gives the content; the caller closes it. assist.ErrNotFound if it is not there.
func (s *Store) Open(hash string) (*os.File, error) {
	path, err := s.path(hash)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("file %s: %w", hash, assist.ErrNotFound)
	}
	return f, err
}

// path is where the content lies. It accepts nothing but a hash, so no name from outside reaches the disk.
func (s *Store) path(hash string) (string, error) {
	if len(hash) != sha256.Size*2 || strings.Trim(hash, "0123456789abcdef") != "" {
		return "", fmt.Errorf("file %q: %w", hash, assist.ErrNotFound)
	}
	return filepath.Join(s.dir, hash[:2], hash[2:]), nil
}

// Remove deletes a content that was last saved before the moment; whoever saved it since keeps it. What isn't there
// needs no removing.
func (s *Store) Remove(hash string, before time.Time) (removed bool, err error) {
	path, err := s.path(hash)
	if err != nil {
		return false, err
	}
	s.names.Lock()
	defer s.names.Unlock()
	info, err := os.Stat(path)
	if err == nil && info.ModTime().Before(before) {
		err = os.Remove(path)
		removed = err == nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return removed, err
}

// Hashes calls f with every file's hash, in order, and ends with f's first error.
func (s *Store) Hashes(f func(hash string) error) error {
	folders, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		list, err := os.ReadDir(filepath.Join(s.dir, folder.Name()))
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := f(folder.Name() + e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// sniff tells the media type from the first bytes.
func sniff(head []byte) string { return mimetype.Detect(head).String() }

func mediaType(t string) string {
	t, _, _ = strings.Cut(t, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// active tells whether a browser would run scripts in content of the type.
func active(t string) bool {
	switch mediaType(t) {
	case "text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript", "application/javascript":
		return true
	}
	return false
}
