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

	"deskhand/assist"
)

// FilesFolder is the folder for storage/files beside the database; backups take its files along.
const FilesFolder = "files"

// The parts of a backup: a gzipped tar of the manifest, the database, and the files by hash.
const (
	manifestName  = "backup.json"
	backupFormat  = 1
	snapshotName  = databaseFile
	partialSuffix = ".partial"
)

// manifest is the first part of a backup.
type manifest struct {
	Format   int          `json:"format"`
	Schema   int64        `json:"schema"` // format of the database
	Epoch    assist.Epoch `json:"epoch"`
	Rev      assist.Rev   `json:"rev"`
	At       string       `json:"at"`     // RFC 3339
	Database string       `json:"sha256"` // of the database
}

// Backup writes everything, as it is at one moment, into the file out, while the desk goes on working. The
// file is written aside, read back and compared, and only then takes its name: an older backup of the
// same name is never replaced by a broken one.
func (s *Store) Backup(ctx context.Context, out string) error {
	dir, err := os.MkdirTemp(filepath.Dir(out), ".backup-")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.RemoveAll(dir)
	b := backup{s: s, snapshot: filepath.Join(dir, snapshotName), partial: filepath.Join(dir, "out"+partialSuffix)}
	for _, step := range []func(context.Context) error{b.take, b.pack, b.verify} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("backup: %w", s.translate(err))
		}
	}
	if err := os.Rename(b.partial, out); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return syncFolder(filepath.Dir(out))
}

type backup struct {
	s                 *Store
	snapshot, partial string
	m                 manifest
	files             []backupFile
}

// backupFile is the content of one or more attachments.
type backupFile struct {
	hash string
	held bool // a message or a macro holds it; what nobody has sent yet may be removed meanwhile
}

// take copies the database as it is now and checks the copy.
func (b *backup) take(ctx context.Context) error {
	c, err := openConn(dsn(b.s.path, "busy_timeout(5000)"))
	if err != nil {
		return err
	}
	err = c.eachContext(ctx, "VACUUM INTO ?", []sqlValue{b.snapshot}, func(row) error { return nil })
	if err = errors.Join(err, c.close()); err != nil {
		return err
	}
	snap, err := openConn(dsn(b.snapshot, "query_only(ON)"))
	if err != nil {
		return err
	}
	defer snap.close()
	if err := quickCheck(ctx, snap); err != nil {
		return err
	}
	return b.describe(snap)
}

func (b *backup) describe(snap *conn) (err error) {
	b.m = manifest{Format: backupFormat, Epoch: b.s.epoch, At: b.s.opts.Now().UTC().Format("2006-01-02T15:04:05Z")}
	if b.m.Schema, err = snap.int64("PRAGMA user_version"); err != nil {
		return err
	}
	rev, err := snap.int64("SELECT max(coalesce((SELECT max(rev) FROM messages), 0), coalesce((SELECT max(rev) FROM events), 0))")
	if err != nil {
		return err
	}
	b.m.Rev = assist.Rev(rev)
	text := "SELECT a.sha256, max(" + heldAttachment + ") FROM attachments AS a GROUP BY a.sha256 ORDER BY a.sha256"
	return snap.each(text, nil, func(r row) error {
		var f backupFile
		var held int64
		err := r.Scan(&f.hash, &held)
		f.held = held != 0
		b.files = append(b.files, f)
		return err
	})
}

func (b *backup) pack(ctx context.Context) (err error) {
	if b.m.Database, err = hashFile(ctx, b.snapshot); err != nil {
		return err
	}
	f, err := os.OpenFile(b.partial, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zip, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := tar.NewWriter(zip)
	if err := b.parts(ctx, t); err != nil {
		return err
	}
	return errors.Join(t.Close(), zip.Close(), f.Sync())
}

func (b *backup) parts(ctx context.Context, t *tar.Writer) error {
	text, err := json.Marshal(b.m)
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text))}); err != nil {
		return err
	}
	if _, err := t.Write(text); err != nil {
		return err
	}
	if err := addFile(ctx, t, snapshotName, b.snapshot); err != nil {
		return err
	}
	for _, file := range b.files {
		name := filePart(file.hash)
		err := addFile(ctx, t, name, filepath.Join(b.s.opts.Dir, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			if file.held {
				b.s.log.Error("a file of an attachment is missing, the backup goes on without it", "sha256", file.hash)
			}
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// filePart is the name of a file in the backup, and where storage/files keeps it below the desk's folder.
func filePart(hash string) string { return FilesFolder + "/" + hash[:2] + "/" + hash[2:] }

func addFile(ctx context.Context, t *tar.Writer, name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size()}); err != nil {
		return err
	}
	_, err = io.Copy(t, contextReader{ctx, f})
	return err
}

// verify reads the written file back from its beginning to its end.
func (b *backup) verify(ctx context.Context) error {
	_, err := readBackup(ctx, b.partial, func(string, int64, io.Reader) error { return nil })
	return err
}

func hashFile(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, contextReader{ctx, f}); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// contextReader is a Reader that ends with the context's error.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// syncFolder makes new names survive a power cut; systems that cannot do it say so with an error that
// means nothing here.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
