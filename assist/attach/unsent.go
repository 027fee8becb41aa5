package attach

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// UnsentStore knows which files were sent.
type UnsentStore interface {
	// ForgetUnsent removes what is known of the files that came before the moment and that neither a message nor a
	// macro holds; a message can't hold one of them afterwards.
	ForgetUnsent(ctx context.Context, before time.Time) (n int, err error)
	// FileHashes are the contents that files are known of.
	FileHashes(ctx context.Context) (map[string]bool, error)
}

// UnsentContent keeps the bytes.
type UnsentContent interface {
	// Hashes calls f with every content and ends with f's first error.
	Hashes(f func(hash string) error) error
	// Remove deletes a content unless it was saved again since the moment.
	Remove(hash string, before time.Time) (removed bool, err error)
}

// CleanerOptions configure a Cleaner. Those without a default are needed.
type CleanerOptions struct {
	Store   UnsentStore
	Content UnsentContent
	Log     *slog.Logger
	Now     func() time.Time // default time.Now
	Keep    time.Duration    // how long a file waits to be sent; default 24 h
	Every   time.Duration    // how often it is looked for such; default 1 h
}

// Cleaner removes files that were uploaded and never sent. Run is its one goroutine.
type Cleaner struct{ opts CleanerOptions }

// NewCleaner checks the options.
func NewCleaner(o CleanerOptions) (*Cleaner, error) {
	if o.Store == nil || o.Content == nil || o.Log == nil {
		return nil, errors.New("attach: an option without default is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Keep == 0 {
		o.Keep = 24 * time.Hour
	}
	if o.Every == 0 {
		o.Every = time.Hour
	}
	o.Log = o.Log.With("component", "attach")
	return &Cleaner{opts: o}, nil
}

// Run cleans at once and then again and again until ctx ends. What fails is tried again the next time.
func (c *Cleaner) Run(ctx context.Context) error {
	tick := time.NewTicker(c.opts.Every)
	defer tick.Stop()
	for {
		if err := c.clean(ctx); err != nil && ctx.Err() == nil {
			c.opts.Log.Error("unsent files not removed, trying again later", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// clean forgets the files first and then removes each content that no file is known of. Content that is saved again
// meanwhile counts as new, so an upload that is just being stored keeps its bytes.
func (c *Cleaner) clean(ctx context.Context) error {
	before := c.opts.Now().Add(-c.opts.Keep)
	forgotten, err := c.opts.Store.ForgetUnsent(ctx, before)
	if err != nil {
		return fmt.Errorf("forget unsent files: %w", err)
	}
	known, err := c.opts.Store.FileHashes(ctx)
	if err != nil {
		return fmt.Errorf("known files: %w", err)
	}
	removed := 0
	err = c.opts.Content.Hashes(func(hash string) error {
		if known[hash] || ctx.Err() != nil {
			return ctx.Err()
		}
		gone, err := c.opts.Content.Remove(hash, before)
		if gone {
			removed++
		}
		return err
	})
	if forgotten > 0 || removed > 0 {
		c.opts.Log.Info("unsent files removed", "files", forgotten, "contents", removed)
	}
	return err
}
