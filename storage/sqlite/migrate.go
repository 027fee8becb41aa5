package sqlite

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"deskhand/assist"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

type migration struct {
	version int64
	name    string
	sql     string
}

// migrations lists the embedded steps in order. Their numbers must be 1, 2, 3… without gaps.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := make([]migration, 0, len(names))
	for i, name := range names { // Glob sorts
		digits, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n != int64(i+1) {
			return nil, fmt.Errorf("migration %s: want number %d", name, i+1)
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{version: n, name: name, sql: string(text)})
	}
	return out, nil
}

// checkVersion refuses a database that a newer program wrote. It only reads.
func checkVersion(c *conn) (have int64, steps []migration, err error) {
	if steps, err = migrations(); err != nil {
		return 0, nil, err
	}
	if have, err = c.int64("PRAGMA user_version"); err != nil {
		return 0, nil, err
	}
	if have > int64(len(steps)) {
		return 0, nil, assist.Errorf(assist.CodeBadVersion,
			"this database was written by a newer Deskhand (its format is %d, this program knows up to %d); "+
				"install the newer version, nothing was changed", have, len(steps))
	}
	return have, steps[have:], nil
}

// migrate brings the database to the newest version, each step in a transaction together with its number.
// goose would do the same with a table of its own; SQLite's user_version costs no table, can be read
// before anything is written, and keeps the start fast.
func migrate(c *conn, steps []migration) error {
	for _, m := range steps {
		script := "BEGIN IMMEDIATE;\n" + m.sql + "\nPRAGMA user_version = " + strconv.FormatInt(m.version, 10) + ";\nCOMMIT;"
		if err := c.script(script); err != nil {
			c.rollback()
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}
