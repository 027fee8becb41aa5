// Package outbox keeps in one SQLite file what a desktop must not lose: the messages that its hub has not yet
// stored, and small values such as drafts and the window's state. It is a client.Outbox. It starts no goroutines.
// One program at a time works with a file.
package outbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"deskhand/assist"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// layouts lead from one layout of the file to the next; how many were taken is kept in SQLite's user_version. One that
// was released is never changed.
var layouts = []string{`
CREATE TABLE messages (
	n            INTEGER PRIMARY KEY AUTOINCREMENT,
	client_id    TEXT NOT NULL UNIQUE,
	conversation INTEGER NOT NULL,
	text         TEXT NOT NULL,
	note         INTEGER NOT NULL,
	attachments  TEXT NOT NULL, -- JSON
	queued_at    INTEGER NOT NULL, -- ms since 1970
	refused      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`, `
ALTER TABLE messages ADD COLUMN then_do TEXT NOT NULL DEFAULT '[]'; -- JSON: what is to be done behind the message
ALTER TABLE messages ADD COLUMN stored INTEGER NOT NULL DEFAULT 0; -- the hub has the message`,
}

// Store is an open file. Make one with Open. All methods are safe for concurrent use.
type Store struct{ db *sql.DB }

// Open opens the file, and makes it, readable by its owner alone, if it is not there. It fails with
// assist.CodeLocked if another program works with it and with assist.CodeBadVersion if a newer one wrote it.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the outbox: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	q := url.Values{"_pragma": {"busy_timeout(1000)", "locking_mode(EXCLUSIVE)", "journal_mode(WAL)", "synchronous(FULL)"}, "_txlock": {"immediate"}}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1) // with an exclusive lock there can be no second one
	s := &Store{db: db}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, translate(err)), db.Close())
	}
	return s, nil
}

// prepare takes the lock and lays the tables.
func (s *Store) prepare(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to roll back
	var have int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > len(layouts) {
		return assist.Errorf(assist.CodeBadVersion, "the outbox was written by a newer Deskhand (format %d, this program knows %d)", have, len(layouts))
	}
	for _, step := range layouts[have:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(len(layouts))); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// Add implements client.Outbox.
func (s *Store) Add(ctx context.Context, m assist.Outgoing) error {
	attachments, err := listOf(m.Attachments)
	if err != nil {
		return fmt.Errorf("attachments of message %s: %w", m.ClientID, err)
	}
	then, err := listOf(m.Then)
	if err != nil {
		return fmt.Errorf("actions of message %s: %w", m.ClientID, err)
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO messages (client_id, conversation, text, note, attachments, queued_at, refused, then_do, stored)
		VALUES (?,?,?,?,?,?,?,?,?)`, string(m.ClientID), int64(m.Conversation), m.Text, m.Note, attachments, m.QueuedAt.UnixMilli(), int(m.Refused), then, m.Stored)
	if err != nil {
		return fmt.Errorf("add message %s: %w", m.ClientID, translate(err))
	}
	return nil
}

// listOf is a list as it is kept; none is kept like an empty one.
func listOf[T any](all []T) (string, error) {
	if len(all) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(all)
	return string(b), err
}

// Pending implements client.Outbox.
func (s *Store) Pending(ctx context.Context) ([]assist.Outgoing, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT client_id, conversation, text, note, attachments, queued_at, refused, then_do, stored
		FROM messages ORDER BY n`)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", translate(err))
	}
	defer rows.Close()
	var all []assist.Outgoing
	for rows.Next() {
		m, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read the outbox: %w", err)
		}
		all = append(all, m)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the outbox: %w", translate(err))
	}
	return all, nil
}

func scan(rows *sql.Rows) (m assist.Outgoing, err error) {
	var attachments, then string
	var at int64
	if err := rows.Scan(&m.ClientID, &m.Conversation, &m.Text, &m.Note, &attachments, &at, &m.Refused, &then, &m.Stored); err != nil {
		return m, err
	}
	m.QueuedAt = time.UnixMilli(at).UTC()
	if m.Attachments, err = listFrom[assist.Attachment](attachments); err != nil {
		return m, fmt.Errorf("attachments of message %s: %w", m.ClientID, err)
	}
	if m.Then, err = listFrom[assist.MacroAction](then); err != nil {
		return m, fmt.Errorf("actions of message %s: %w", m.ClientID, err)
	}
	return m, nil
}

// listFrom is a kept list; nil for an empty one.
func listFrom[T any](kept string) (all []T, err error) {
	if kept == "[]" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(kept), &all)
	return all, err
}

// Done implements client.Outbox.
func (s *Store) Done(ctx context.Context, id assist.ClientID) error {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM messages WHERE client_id = ?", string(id)); err != nil {
		return fmt.Errorf("remove message %s: %w", id, translate(err))
	}
	return nil
}

// Failed implements client.Outbox.
func (s *Store) Failed(ctx context.Context, id assist.ClientID, code assist.Code) error {
	return s.mark(ctx, id, "UPDATE messages SET refused = ? WHERE client_id = ?", int(code), string(id))
}

// Stored implements client.Outbox.
func (s *Store) Stored(ctx context.Context, id assist.ClientID, left []assist.MacroAction) error {
	then, err := listOf(left)
	if err != nil {
		return fmt.Errorf("actions of message %s: %w", id, err)
	}
	return s.mark(ctx, id, "UPDATE messages SET stored = 1, then_do = ? WHERE client_id = ?", then, string(id))
}

func (s *Store) mark(ctx context.Context, id assist.ClientID, query string, args ...any) error {
	r, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("mark message %s: %w", id, translate(err))
	}
	if n, err := r.RowsAffected(); err == nil && n == 0 {
		return assist.Errorf(assist.CodeNotFound, "message %s", id)
	}
	return nil
}

// Value is what was set last under the key, "" if nothing was.
func (s *Store) Value(ctx context.Context, key string) (string, error) {
	var v string
	err := s.db.QueryRowContext(ctx, "SELECT value FROM kept WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("value of %s: %w", key, translate(err))
	}
	return v, nil
}

// SetValue keeps a value; "" forgets the key.
func (s *Store) SetValue(ctx context.Context, key, value string) error {
	query, args := "INSERT INTO kept (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", []any{key, value}
	if value == "" {
		query, args = "DELETE FROM kept WHERE key = ?", args[:1]
	}
	if _, err := s.db.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("keep %s: %w", key, translate(err))
	}
	return nil
}

// translate turns SQLite's failures that people can do something about into domain errors; others pass.
func translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &assist.Error{Code: assist.CodeLocked, Detail: "another program works with this outbox", Err: err}
	case sqlite3.SQLITE_FULL:
		return &assist.Error{Code: assist.CodeStorageFull, Detail: "the disk is full", Err: err}
	case sqlite3.SQLITE_CONSTRAINT:
		return &assist.Error{Code: assist.CodeExists, Detail: "the message is in the outbox", Err: err}
	}
	return err
}
