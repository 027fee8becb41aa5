package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"

	"deskhand/assist"
)

// readers are the read-only connections, opened when they are needed and at most so many. Whoever finds
// none free waits for one, or for its context. They speak to the driver directly for the same reason as
// the writer: database/sql would double the time of reading fifty messages.
type readers struct {
	dsn   string
	slots chan struct{} // holds a token for every connection in use

	mu     sync.Mutex // guards what follows
	idle   []*conn
	closed bool
}

func newReaders(path string, most int) *readers {
	return &readers{dsn: readerDSN(path), slots: make(chan struct{}, most)}
}

func (p *readers) take(ctx context.Context) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		<-p.slots
		return nil, assist.Errorf(assist.CodeDraining, "the store is closed")
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := openConn(p.dsn)
	if err != nil {
		<-p.slots
	}
	return c, err
}

// giveBack returns a connection; one that failed is closed, the next reader opens a fresh one.
func (p *readers) giveBack(c *conn, failed bool) {
	if failed {
		_ = c.close()
	} else {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	}
	<-p.slots
}

// close refuses new readers, waits for those at work and closes the connections.
func (p *readers) close() error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	var errs []error
	for _, c := range p.idle {
		errs = append(errs, c.close())
	}
	p.idle = nil
	for range cap(p.slots) {
		<-p.slots // so that latecomers hear that the store is closed instead of waiting
	}
	return errors.Join(errs...)
}

// query runs a statement on a reading connection and calls f with every row.
func (s *Store) query(ctx context.Context, text string, args []any, f func(scanner) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := s.readers.take(ctx)
	if err != nil {
		return s.translate(err)
	}
	values := make([]driver.Value, len(args))
	for i, a := range args {
		if n, ok := a.(int); ok {
			a = int64(n)
		}
		values[i] = a
	}
	var ours error // what f said, which is no fault of the connection
	err = c.eachContext(ctx, text, values, func(r row) error {
		ours = f(r)
		return ours
	})
	s.readers.giveBack(c, err != nil && ours == nil)
	return s.translate(err)
}
