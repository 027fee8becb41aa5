package sqlite

import (
	"errors"
	"time"

	"deskhand/assist"

	moderncsqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// How long callers are told to wait before they repeat what failed for want of space or of a lock.
const (
	retryWhenFull = 5 * time.Second
	retryWhenBusy = time.Second
)

// translate turns SQLite's failures that people can do something about into domain errors; others pass.
func (s *Store) translate(err error) error {
	var e *moderncsqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch code := e.Code() & 0xff; {
	case code == sqlite3.SQLITE_FULL, code == sqlite3.SQLITE_IOERR && diskFull(s.opts.Dir):
		// Some failures of a full disk (growing the shared memory of the log) are reported as plain I/O errors.
		return &assist.Error{Code: assist.CodeStorageFull, Detail: "the disk is full", RetryAfter: retryWhenFull, Err: err}
	case code == sqlite3.SQLITE_BUSY:
		return &assist.Error{Code: assist.CodeBusy, Detail: "the database is locked", RetryAfter: retryWhenBusy, Err: err}
	}
	return err
}

// isCorrupt tells whether SQLite met something that can't stand in a database.
func isCorrupt(err error) bool {
	var e *moderncsqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_CORRUPT || e.Code()&0xff == sqlite3.SQLITE_NOTADB)
}

// isConstraint tells whether a uniqueness rule refused the statement.
func isConstraint(err error) bool {
	var e *moderncsqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

func errFolderTaken(path string) error {
	return assist.Errorf(assist.CodeLocked, "another Deskhand already works in this folder (it holds %s); "+
		"stop it first or choose another folder", path)
}
