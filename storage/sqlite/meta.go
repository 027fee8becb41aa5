package sqlite

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"deskhand/assist"
)

// The keys of the table meta.
const (
	metaEpoch  = "epoch"
	metaClean  = "clean"  // "1" while no program has the database open
	metaSearch = "search" // messages up to this Rev are in the full-text index
)

func newEpoch() assist.Epoch {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return assist.Epoch(hex.EncodeToString(b[:]))
}

func (c *conn) meta(key string) (value string, err error) {
	_, err = c.one("SELECT value FROM meta WHERE key = ?", []sqlValue{key}, &value)
	return value, err
}

func (c *conn) setMeta(key, value string) error {
	_, err := c.exec("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// begin reads or makes the epoch and notes that the database is in use. If the last user didn't stop
// cleanly, the database is checked first; a large one in the background.
func (s *Store) begin() error {
	epoch, err := s.w.meta(metaEpoch)
	if err != nil {
		return err
	}
	clean, err := s.w.meta(metaClean)
	if err != nil {
		return err
	}
	if epoch == "" {
		epoch, clean = string(newEpoch()), "1"
		if err := s.w.setMeta(metaEpoch, epoch); err != nil {
			return err
		}
	}
	s.epoch = assist.Epoch(epoch)
	if clean != "1" {
		if err := s.checkAfterCrash(); err != nil {
			return err
		}
	}
	return s.markClean(false)
}

func (s *Store) markClean(clean bool) error {
	v := "0"
	if clean {
		v = "1"
	}
	return s.w.setMeta(metaClean, v)
}

func (s *Store) checkAfterCrash() error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	if info.Size() > s.opts.CheckInBack {
		s.log.Warn("the last stop was not clean, checking the database in the background", "bytes", info.Size())
		s.work.check = true
		return nil
	}
	s.log.Warn("the last stop was not clean, checking the database", "bytes", info.Size())
	return quickCheck(context.Background(), s.w)
}

// quickCheck reads the whole database and fails if SQLite finds it damaged.
func quickCheck(ctx context.Context, c *conn) error {
	var found []string
	err := c.eachContext(ctx, "PRAGMA quick_check(10)", nil, func(r row) error {
		var line string
		if err := r.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			found = append(found, line)
		}
		return nil
	})
	if isCorrupt(err) { // too broken even to be checked to the end
		found, err = append(found, err.Error()), nil
	}
	if err != nil {
		return fmt.Errorf("quick_check: %w", err)
	}
	if len(found) > 0 {
		return assist.Errorf(assist.CodeInternal, "the database is damaged; restore the last backup: %s", strings.Join(found, "; "))
	}
	return nil
}
