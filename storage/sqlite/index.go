package sqlite

import (
	"context"
	"strconv"
	"strings"
	"time"
)

const (
	indexBatch = 1024 // messages of one transaction beside the desk's work: a commit in between waits some milliseconds
	bulkBatch  = 8192 // of one transaction when nobody waits: fewer segments to merge
	busyShare  = 0.2  // of its time that the writer works; above it the indexer waits
)

// IndexAll brings every message into the full-text index now. Search works without it; after an import it
// makes the first searches fast.
func (s *Store) IndexAll(ctx context.Context) error { return s.indexAll(ctx, bulkBatch) }

func (s *Store) indexAll(ctx context.Context, batch int) error {
	for {
		more, err := s.indexSome(ctx, batch)
		if err != nil || !more {
			return err
		}
	}
}

// indexLoop brings new messages into the index while the writer has time for it, or when they have waited
// longer than Options.IndexLag.
func (s *Store) indexLoop(ctx context.Context) {
	tick := time.NewTicker(s.opts.IndexEvery)
	defer tick.Stop()
	var worked time.Duration
	var behind time.Duration // how long a busy writer has kept the indexer waiting
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		total := time.Duration(s.work.writing.Load())
		busy := float64(total-worked) > busyShare*float64(s.opts.IndexEvery)
		worked = total
		if behind += s.opts.IndexEvery; busy && behind < s.opts.IndexLag {
			continue
		}
		behind = 0
		if err := s.indexAll(ctx, indexBatch); err != nil && ctx.Err() == nil {
			s.log.Warn("messages could not be indexed, will try again", "err", err)
		}
	}
}

type indexRow struct {
	rev   int64
	words string
}

// indexSome adds the next messages; more tells that there may be others behind them. Reading and cutting
// are done before the writer is taken.
func (s *Store) indexSome(ctx context.Context, batch int) (more bool, err error) {
	s.work.indexing.Lock()
	defer s.work.indexing.Unlock()
	from, err := s.indexedRev(ctx)
	if err != nil {
		return false, err
	}
	var rows []indexRow
	err = s.query(ctx, "SELECT rev, text FROM messages WHERE rev > ? ORDER BY rev LIMIT ?", []any{from, batch}, func(r scanner) error {
		var x indexRow
		var text string
		err := r.Scan(&x.rev, &text)
		x.words = strings.Join(words(text), " ")
		rows = append(rows, x)
		return err
	})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	err = s.change(ctx, "index messages", func(t *tx) error {
		for _, x := range rows {
			if x.words == "" {
				continue
			}
			if _, err := t.w.exec("INSERT INTO message_words (rowid, words) VALUES (?, ?)", x.rev, x.words); err != nil {
				return err
			}
		}
		return t.w.setMeta(metaSearch, strconv.FormatInt(rows[len(rows)-1].rev, 10))
	})
	return len(rows) == batch, err
}
