package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"deskhand/assist"
)

// storageError adds what was being done, and tells a full disk from everything else.
func storageError(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, syscall.ENOSPC) {
		return &assist.Error{Code: assist.CodeStorageFull, Detail: "the disk is full", RetryAfter: 5 * time.Second, Err: err}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// syncDir makes a new name in the folder survive a power cut. Systems that can't sync folders keep names
// safe by themselves.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, os.ErrPermission) {
		return err
	}
	return nil
}

// capped keeps the first max bytes and swallows the rest.
type capped struct {
	b   *bytes.Buffer
	max int
}

// Write implements io.Writer.
func (c *capped) Write(p []byte) (int, error) {
	if room := c.max - c.b.Len(); room > 0 {
		c.b.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// readerFor is r that ends with the context's error.
func readerFor(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

// Read implements io.Reader.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
