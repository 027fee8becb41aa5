package sqlite

import (
	"context"
	"time"
)

// atOnce is how many rows are removed in one transaction: others write in between.
const atOnce = int64(500)

// PruneCommands removes commands that ended, and were last changed, before the moment. What somebody still has to look at
// stays. It says how many are gone.
func (s *Store) PruneCommands(ctx context.Context, before time.Time) (int, error) {
	return s.prune(ctx, "commands that ended long ago", `DELETE FROM commands WHERE id IN
		(SELECT id FROM commands WHERE ended = 1 AND due_at = 0 AND updated_at < ? LIMIT ?)`, millis(before), atOnce)
}

// PruneCodes removes what is known of one-time codes, and of what was typed for them, from before the moment. It says how
// many rows are gone.
func (s *Store) PruneCodes(ctx context.Context, before time.Time) (int, error) {
	codes, err := s.prune(ctx, "codes of long ago", "DELETE FROM codes WHERE id IN (SELECT id FROM codes WHERE sent_at < ? LIMIT ?)", millis(before), atOnce)
	if err != nil {
		return codes, err
	}
	attempts, err := s.prune(ctx, "codes typed long ago", `DELETE FROM code_attempts WHERE (conversation, client_id) IN
		(SELECT conversation, client_id FROM code_attempts WHERE at < ? LIMIT ?)`, millis(before), atOnce)
	return codes + attempts, err
}

// ForgetCodes removes the hashes of codes that have run out; of those that were used or replaced nothing is left already.
// It says how many there were.
func (s *Store) ForgetCodes(ctx context.Context, now time.Time) (int, error) {
	return s.prune(ctx, "codes that ran out", "UPDATE codes SET hash = x'' WHERE id IN (SELECT id FROM codes WHERE hash <> x'' AND expires_at <= ? LIMIT ?)", millis(now), atOnce)
}

// prune changes rows until none is left that fits, a few at a time.
func (s *Store) prune(ctx context.Context, what, sql string, args ...sqlValue) (total int, err error) {
	for {
		var n int64
		err := s.change(ctx, what, func(t *tx) (err error) {
			n, err = t.w.exec(sql, args...)
			return err
		})
		total += int(n)
		if err != nil || n < atOnce {
			return total, err
		}
	}
}
