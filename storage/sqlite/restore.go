package sqlite

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"deskhand/assist"
)

// RestoreOptions say what is restored where.
type RestoreOptions struct {
	Dir   string           // the desk's folder; made if it is not there
	File  string           // written by Store.Backup
	Force bool             // put a database that is there aside, into a folder before-restore-…
	Now   func() time.Time // names that folder; default time.Now
}

// Restore makes the desk of a backup in a folder where no hub runs. The database gets a new epoch, so
// that everybody who remembers the lost future fetches everything anew. A folder that has a database
// already is refused (assist.CodeExists) unless forced; even then nothing is deleted. A damaged backup, or
// one of a newer program, changes nothing.
func Restore(ctx context.Context, o RestoreOptions) error {
	if err := restore(ctx, o); err != nil {
		return fmt.Errorf("restore %s: %w", o.File, err)
	}
	return nil
}

func restore(ctx context.Context, o RestoreOptions) error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return err
	}
	lock, err := lockFolder(filepath.Join(o.Dir, lockFile))
	if err != nil {
		return err
	}
	defer lock.Close()
	taken := false
	for _, name := range databaseParts() {
		_, err := os.Stat(filepath.Join(o.Dir, name))
		taken = taken || err == nil
	}
	if taken && !o.Force {
		return assist.Errorf(assist.CodeExists, "folder %s already holds a desk; choose an empty one, or give --force to put that aside", o.Dir)
	}
	aside, err := os.MkdirTemp(o.Dir, ".restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	if err := unpack(ctx, o.File, aside); err != nil {
		return err
	}
	if err := renew(ctx, filepath.Join(aside, snapshotName)); err != nil {
		return err
	}
	if taken {
		if err := putAside(o.Dir, filepath.Join(o.Dir, "before-restore-"+o.Now().UTC().Format("20060102-150405"))); err != nil {
			return err
		}
	}
	return moveIn(aside, o.Dir)
}

func unpack(ctx context.Context, file, to string) error {
	_, err := readBackup(ctx, file, func(name string, size int64, r io.Reader) error {
		path := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, r)
		return errors.Join(err, f.Sync(), f.Close())
	})
	return err
}

// filePartName is what filePart makes; nothing else is taken out of a backup.
var filePartName = regexp.MustCompile(`^` + FilesFolder + `/([0-9a-f]{2})/([0-9a-f]{62})$`)

// readBackup reads a backup to its end and calls take with its database and files; what take leaves is read
// too. It fails if a part isn't what its hash says, or doesn't belong there.
func readBackup(ctx context.Context, path string, take func(name string, size int64, r io.Reader) error) (m manifest, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(contextReader{ctx, f})
	if err != nil {
		return m, notBackup(err)
	}
	t := tar.NewReader(zip)
	if m, err = readManifest(t); err != nil {
		return m, err
	}
	seen := false
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, notBackup(err)
		}
		want := m.Database
		if parts := filePartName.FindStringSubmatch(h.Name); parts != nil {
			want = parts[1] + parts[2]
		} else if h.Name != snapshotName || seen {
			return m, notBackup(fmt.Errorf("unexpected part %q", h.Name))
		} else {
			seen = true
		}
		if err := readPart(t, h, want, take); err != nil {
			return m, err
		}
	}
	if !seen {
		return m, notBackup(errors.New("no database in it"))
	}
	return m, nil
}

func readManifest(t *tar.Reader) (m manifest, err error) {
	h, err := t.Next()
	if err != nil || h.Name != manifestName {
		return m, notBackup(err)
	}
	text, err := io.ReadAll(io.LimitReader(t, 1<<16))
	if err != nil {
		return m, notBackup(err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, notBackup(err)
	}
	steps, err := migrations()
	if err != nil {
		return m, err
	}
	if m.Format != backupFormat || m.Schema > int64(len(steps)) {
		return m, assist.Errorf(assist.CodeBadVersion, "the backup was written by a newer Deskhand (format %d, database %d)", m.Format, m.Schema)
	}
	return m, nil
}

func readPart(t *tar.Reader, h *tar.Header, want string, take func(string, int64, io.Reader) error) error {
	sum := sha256.New()
	r := io.TeeReader(backupReader{t}, sum)
	if err := take(h.Name, h.Size, r); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return notBackup(fmt.Errorf("part %s is damaged", h.Name))
	}
	return nil
}

// backupReader tells a backup that can't be read from a folder that can't be written.
type backupReader struct{ r io.Reader }

// Read implements io.Reader.
func (b backupReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) {
		err = notBackup(err)
	}
	return n, err
}

func notBackup(err error) error {
	return &assist.Error{Code: assist.CodeBadValue, Detail: "not a whole backup of Deskhand", Err: err}
}

// renew checks the unpacked database and gives it its new epoch.
func renew(ctx context.Context, path string) error {
	c, err := openConn(dsn(path, "synchronous(FULL)"))
	if err != nil {
		return err
	}
	err = quickCheck(ctx, c)
	if err == nil {
		err = c.setMeta(metaEpoch, string(newEpoch()))
	}
	if err == nil {
		err = c.setMeta(metaClean, "1")
	}
	return errors.Join(err, c.close())
}

// databaseParts are the files of a database; the last two are there while it is in use, or after a crash.
func databaseParts() []string {
	return []string{databaseFile, databaseFile + "-wal", databaseFile + "-shm"}
}

// putAside moves the old database with its log. None of it may stay: SQLite would play an old log into
// the restored database.
func putAside(dir, to string) error {
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, name := range databaseParts() {
		err := os.Rename(filepath.Join(dir, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// moveIn moves the files first and the database last: a desk is there only when all of it is.
func moveIn(from, dir string) error {
	err := filepath.WalkDir(filepath.Join(from, FilesFolder), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		return os.Rename(path, to) // one that is there already has the same content
	})
	if err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(from, snapshotName), filepath.Join(dir, databaseFile)); err != nil {
		return err
	}
	return syncFolder(dir)
}
