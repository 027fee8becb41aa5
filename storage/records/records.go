// Package records keeps the demo companies' back office in one SQLite file: a document a company, and the results of
// the changes that were made to it, so that the same change is never made twice. It starts no goroutines.
package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"deskhand/assist"

	_ "modernc.org/sqlite" // the driver
)

const schema = `
CREATE TABLE IF NOT EXISTS companies (name TEXT PRIMARY KEY, document BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (key TEXT PRIMARY KEY, company TEXT NOT NULL, result BLOB NOT NULL) STRICT, WITHOUT ROWID;`

// Store is an open file. Make one with Open. Its methods are safe for concurrent use.
type Store struct{ db *sql.DB }

// Open opens the file, and makes it, readable by its owner alone, if it is not there.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the records: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	q := url.Values{"_pragma": {"busy_timeout(1000)", "journal_mode(WAL)", "synchronous(FULL)"}, "_txlock": {"immediate"}}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1) // one writer; the documents are kept in memory by who reads them
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return &Store{db: db}, nil
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// Document is a company's document; assist.ErrNotFound if it has none.
func (s *Store) Document(ctx context.Context, company string) ([]byte, error) {
	return s.bytes(ctx, "SELECT document FROM companies WHERE name = ?", company)
}

// Begin replaces a company's document and forgets the changes that were made to the one before.
func (s *Store) Begin(ctx context.Context, company string, document []byte) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM changes WHERE company = ?", company); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO companies (name, document) VALUES (?,?)", company, document)
		return err
	})
}

// Change replaces a company's document and keeps the change's result under its key, both or neither. A key that is
// there already is refused with assist.CodeExists.
func (s *Store) Change(ctx context.Context, company, key string, document, result []byte) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO changes (key, company, result) VALUES (?,?,?)", key, company, result)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, assist.Errorf(assist.CodeExists, "change %s was made before", key))
		}
		_, err = tx.ExecContext(ctx, "UPDATE companies SET document = ? WHERE name = ?", document, company)
		return err
	})
}

// Result is what the change of that key came to; assist.ErrNotFound if it was never made.
func (s *Store) Result(ctx context.Context, key string) ([]byte, error) {
	return s.bytes(ctx, "SELECT result FROM changes WHERE key = ?", key)
}

func (s *Store) bytes(ctx context.Context, query, arg string) ([]byte, error) {
	var b []byte
	err := s.db.QueryRowContext(ctx, query, arg).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%s: %w", arg, assist.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("records of %s: %w", arg, err)
	}
	return b, nil
}

func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("records: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to roll back
	if err := do(tx); err != nil {
		return fmt.Errorf("records: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("records: %w", err)
	}
	return nil
}
