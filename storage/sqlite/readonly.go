package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"deskhand/assist"
)

// OpenReadOnly opens the database in o.Dir for reading, also while a hub works in the folder: tools take
// backups and exports through it. It takes no lock, starts no goroutine, and every method that writes is
// refused with assist.CodeLocked. Rev is that of the moment of opening. It fails with assist.ErrNotFound if
// there is no database, and with assist.CodeBadVersion unless it has exactly this program's format.
func OpenReadOnly(ctx context.Context, o Options) (*Store, error) {
	if o.Dir == "" {
		return nil, errors.New("sqlite: Options.Dir is missing")
	}
	o = o.withDefaults()
	s := &Store{opts: o, log: o.Log.With("component", "sqlite"), path: filepath.Join(o.Dir, databaseFile), lock: noLock{}}
	s.work.cancel = func() {}
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		return nil, assist.Errorf(assist.CodeNotFound, "there is no desk in %s", o.Dir)
	} else if err != nil {
		return nil, err
	}
	if err := s.openReaders(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s for reading: %w", s.path, err), s.release())
	}
	return s, nil
}

// noLock stands for the lock of the folder that a reader does not take.
type noLock struct{}

// Close implements io.Closer.
func (noLock) Close() error { return nil }

func (s *Store) openReaders(ctx context.Context) (err error) {
	c, err := openConn(readerDSN(s.path))
	if err != nil {
		return err
	}
	_, steps, err := checkVersion(c)
	if err == nil && len(steps) > 0 {
		err = assist.Errorf(assist.CodeBadVersion, "the database is of an older version; start the hub once to bring it up to date")
	}
	var epoch string
	if err == nil {
		epoch, err = c.meta(metaEpoch)
	}
	if err = errors.Join(err, c.close()); err != nil {
		return err
	}
	s.epoch = assist.Epoch(epoch)
	s.readers = newReaders(s.path, s.opts.Readers)
	return s.query(ctx, "SELECT max(coalesce((SELECT max(rev) FROM messages), 0), coalesce((SELECT max(rev) FROM events), 0), "+
		"coalesce((SELECT max(rev) FROM conversations), 0))", nil, func(r scanner) error {
		var rev int64
		err := r.Scan(&rev)
		s.rev.Store(rev)
		return err
	})
}
