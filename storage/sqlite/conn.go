package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	moderncsqlite "modernc.org/sqlite"
)

// conn is one connection used by one goroutine at a time. It speaks to the driver directly: database/sql
// would cost the writing path its locking, its copies of arguments and a goroutine per context.
type conn struct {
	dc    driver.Conn
	stmts map[string]*stmt
	args  []driver.NamedValue // reused between calls
	inTx  bool
}

// maxStatements is how many prepared statements a connection keeps. Filters make texts of many shapes;
// when there are too many, all go and the common ones come back.
const maxStatements = 256

type stmt struct {
	exec  driver.StmtExecContext
	query driver.StmtQueryContext
	close func() error
}

func openConn(dsn string) (*conn, error) {
	dc, err := (&moderncsqlite.Driver{}).Open(dsn)
	if err != nil {
		return nil, err
	}
	return &conn{dc: dc, stmts: map[string]*stmt{}}, nil
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.close())
	}
	c.stmts = nil
	return errors.Join(append(errs, c.dc.Close())...)
}

// script runs several statements that take no arguments.
func (c *conn) script(sql string) error {
	_, err := c.dc.(driver.ExecerContext).ExecContext(context.Background(), sql, nil)
	return err
}

func (c *conn) prepare(sql string) (*stmt, error) {
	if s, ok := c.stmts[sql]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for text, s := range c.stmts {
			_ = s.close()
			delete(c.stmts, text)
		}
	}
	ds, err := c.dc.(driver.ConnPrepareContext).PrepareContext(context.Background(), sql)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", sql, err)
	}
	s := &stmt{exec: ds.(driver.StmtExecContext), query: ds.(driver.StmtQueryContext), close: ds.Close}
	c.stmts[sql] = s
	return s, nil
}

func (c *conn) bind(args []driver.Value) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}

// exec runs one prepared statement and says how many rows it changed. The context is left out on purpose:
// the driver would start a goroutine for it, and half a transaction helps nobody.
func (c *conn) exec(sql string, args ...driver.Value) (int64, error) {
	s, err := c.prepare(sql)
	if err != nil {
		return 0, err
	}
	r, err := s.exec.ExecContext(context.Background(), c.bind(args))
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// each calls f with every row of the answer.
func (c *conn) each(sql string, args []driver.Value, f func(row) error) error {
	return c.eachContext(context.Background(), sql, args, f)
}

// eachContext is each for a question that may take long and be given up.
func (c *conn) eachContext(ctx context.Context, sql string, args []driver.Value, f func(row) error) error {
	s, err := c.prepare(sql)
	if err != nil {
		return err
	}
	rows, err := s.query.QueryContext(ctx, c.bind(args))
	if err != nil {
		return err
	}
	defer rows.Close()
	values := make([]driver.Value, len(rows.Columns()))
	for {
		if err := rows.Next(values); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if err := f(row(values)); err != nil {
			return err
		}
	}
}

// one reads the first row into dest; false if there is none.
func (c *conn) one(sql string, args []driver.Value, dest ...any) (found bool, err error) {
	err = c.each(sql, args, func(r row) error {
		if found {
			return nil
		}
		found = true
		return r.Scan(dest...)
	})
	return found, err
}

func (c *conn) int64(sql string, args ...driver.Value) (n int64, err error) {
	_, err = c.one(sql, args, &n)
	return n, err
}

// begin starts a transaction unless one is open.
func (c *conn) begin() error {
	if c.inTx {
		return nil
	}
	_, err := c.exec("BEGIN IMMEDIATE")
	if err != nil {
		c.rollback() // perhaps an earlier rollback failed with the disk; once it works again, so do we
		_, err = c.exec("BEGIN IMMEDIATE")
	}
	c.inTx = err == nil
	return err
}

func (c *conn) commit() error {
	if !c.inTx {
		return nil
	}
	if _, err := c.exec("COMMIT"); err != nil {
		return err
	}
	c.inTx = false
	return nil
}

// rollback gives up the open transaction. SQLite itself rolls back after some failures (full disk, I/O),
// then there is nothing left to do and its complaint means nothing.
func (c *conn) rollback() {
	_ = c.script("ROLLBACK")
	c.inTx = false
}

// row is one answer of the driver.
type row []driver.Value

// Scan copies the columns out, as (*sql.Rows).Scan does for the types that the store uses. NULL leaves
// the zero value.
func (r row) Scan(dest ...any) error {
	if len(dest) != len(r) {
		return fmt.Errorf("%d columns for %d destinations", len(r), len(dest))
	}
	for i, v := range r {
		if v == nil {
			continue
		}
		ok := false
		switch d := dest[i].(type) {
		case *int64:
			*d, ok = v.(int64)
		case *string:
			*d, ok = v.(string)
		case *int:
			var n int64
			n, ok = v.(int64)
			*d = int(n)
		case **int64:
			var n int64
			n, ok = v.(int64)
			*d = &n
		case **string:
			var s string
			s, ok = v.(string)
			*d = &s
		case *[]byte:
			*d, ok = v.([]byte)
		}
		if !ok {
			return fmt.Errorf("column %d: %T does not fit %T", i, v, dest[i])
		}
	}
	return nil
}
