package sqlite

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"deskhand/assist"
)

// workers are the goroutines of a Store. Close ends them and waits.
type workers struct {
	check    bool // run quick_check in the background
	checked  bool // it came to its end and found nothing; read after stop
	cancel   context.CancelFunc
	wg       sync.WaitGroup
	once     sync.Once
	writing  atomic.Int64 // nanoseconds that Commit has worked, for the indexer to see whether the writer is busy
	indexing sync.Mutex   // one indexer at a time
}

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
	err = quickCheck(ctx, c)
	_ = c.close()
	if ctx.Err() != nil {
		return
	}
	var damage *assist.Error
	switch {
	case err == nil:
		s.work.checked = true
		s.log.Info("the database is sound")
	case errors.As(err, &damage):
		s.damaged.Store(damage)
		s.log.Error("the database is damaged, writing is refused; restore the last backup", "err", err)
	default:
		s.log.Error("the database could not be checked", "err", err)
	}
}
