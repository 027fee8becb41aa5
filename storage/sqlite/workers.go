package sqlite

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"deskhand/assist"
)

// workers are the goroutines of a Store. Close ends them and waits.
type workers struct {
	check   bool // run quick_check in the background
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	once    sync.Once
	commits atomic.Int64 // how many batches came in, for the indexer to see whether the writer is busy
}

func (k *workers) noteCommit() { k.commits.Add(1) }

func (k *workers) start(s *Store) {
	ctx, cancel := context.WithCancel(context.Background())
	k.cancel = cancel
	k.wg.Go(func() { s.indexLoop(ctx) })
	if k.check {
		k.wg.Go(func() { s.checkInBackground(ctx) })
	}
}

func (k *workers) stop() {
	k.once.Do(func() {
		k.cancel()
		k.wg.Wait()
	})
}

// checkInBackground verifies the database while the desk works already. If it is damaged, nothing more is
// written: the backup and this file together are worth more than what would be added to a broken one.
func (s *Store) checkInBackground(ctx context.Context) {
	c, err := openConn(readerDSN(s.path))
	if err != nil {
		s.log.Error("the database could not be checked", "err", err)
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = quickCheck(c)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		// The check of a large file takes long; it ends by itself with the connection's next row.
		<-done
	}
	_ = c.close()
	var damage *assist.Error
	switch {
	case err == nil:
		s.log.Info("the database is sound")
	case errors.As(err, &damage):
		s.damaged.Store(damage)
		s.log.Error("the database is damaged, writing is refused; restore the last backup", "err", err)
	default:
		s.log.Error("the database could not be checked", "err", err)
	}
}

// indexLoop brings new messages into the full-text index while the writer is idle, or when they have
// waited longer than Options.IndexLag.
func (s *Store) indexLoop(ctx context.Context) {
	tick := time.NewTicker(s.opts.IndexEvery)
	defer tick.Stop()
	var seen int64
	var behindSince time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		busy := s.work.commits.Load()-seen > 0
		seen = s.work.commits.Load()
		more, err := true, error(nil)
		if behindSince.IsZero() {
			behindSince = time.Now()
		}
		for more && err == nil && ctx.Err() == nil && (!busy || time.Since(behindSince) > s.opts.IndexLag) {
			more, err = s.indexSome(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("messages could not be indexed, will try again", "err", err)
		}
		if !more {
			behindSince = time.Time{}
		}
	}
}
