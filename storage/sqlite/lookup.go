package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"deskhand/assist"
)

// How much a search reads before it takes another way.
const (
	maxCandidates = 1_500 // of the index, read newest first; 1-2 µs each
	maxCompared   = 40    // of these, texts cut into words in vain, or nine of ten; 5 µs each
	maxScanned    = 8_000 // messages of the conversations that the asker may see; 4 µs each
)

// lookup is one search in the index. The common way reads what the index offers, newest first, and stops when it has
// enough; it is slow in two cases, which are noticed by how little the newest candidates yield. A beginning of four
// letters or more has to be put together from all words that begin so; the index for beginnings of three letters
// offers those at once, and more, which is then looked at. And where the asker sees next to nothing of what was said,
// that little is read itself. Each way finds the same.
type lookup struct {
	s     *Store
	q     question
	f     assist.SearchFilter
	most  int
	below int64   // what is still to be searched: revs below this
	revs  []int64 // found, newest first
}

// run finds the newest revs below l.below.
func (l *lookup) run(ctx context.Context) error {
	ways := []func(context.Context) (done bool, err error){l.newest, l.conversations, l.whole}
	if l.f.Customer != 0 { // nobody has said much
		ways = []func(context.Context) (done bool, err error){l.conversations, l.newest, l.whole}
	}
	for _, way := range ways {
		if done, err := way(ctx); done || err != nil {
			return err
		}
	}
	return nil
}

// newest looks at the newest candidates, of an unfinished word by its first letters.
func (l *lookup) newest(ctx context.Context) (bool, error) {
	if wide, ok := l.q.wider(); ok {
		return l.index(ctx, wide, true, maxCandidates)
	}
	if !l.restricted() {
		return false, nil // the whole index yields one with every candidate
	}
	return l.index(ctx, l.q, false, maxCandidates)
}

func (l *lookup) whole(ctx context.Context) (bool, error) { return l.index(ctx, l.q, false, 0) }

func (l *lookup) restricted() bool {
	return l.f.Customer != 0 || l.f.Inbox != "" || l.f.Visible != nil && !l.f.Visible.All
}

// errEnough ends a reading early.
var errEnough = errors.New("read enough")

// index reads at most so many candidates that the index offers for the question, 0: all. done tells that nothing is
// left to be searched. What a question wider than the asked one finds is compared with the latter.
func (l *lookup) index(ctx context.Context, q question, wider bool, candidates int) (done bool, err error) {
	w := &where{}
	w.asker(l.f)
	said, from := "''", "message_words"
	if wider {
		said = "m.text"
	}
	if wider || l.restricted() {
		from += " CROSS JOIN messages AS m ON m.rev = message_words.rowid CROSS JOIN conversations AS c ON c.id = m.conversation"
	}
	text := "SELECT message_words.rowid, " + w.flag() + ", " + said + " FROM " + from +
		" WHERE message_words MATCH ? AND message_words.rowid < ? ORDER BY message_words.rowid DESC"
	seen, compared, had := 0, 0, len(l.revs)
	err = l.s.query(ctx, text, append(w.args, q.match(), l.below), func(r scanner) error {
		var rev, visible int64
		var text string
		if err := r.Scan(&rev, &visible, &text); err != nil {
			return err
		}
		l.below = rev
		if visible != 0 && wider {
			compared++
		}
		if visible != 0 && (!wider || l.q.finds(words(text))) {
			l.revs = append(l.revs, rev)
		}
		if seen++; seen == candidates || len(l.revs) == l.most || compared >= maxCompared && compared >= 10*(len(l.revs)-had) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return len(l.revs) == l.most, nil
	}
	return err == nil, err
}

// conversations reads what was said in the conversations that the asker may see; it gives up where that is much.
func (l *lookup) conversations(ctx context.Context) (done bool, err error) {
	if !l.restricted() {
		return false, nil
	}
	w := &where{}
	w.asker(l.f)
	w.add("m.rev < ?", l.below)
	var found []int64
	seen := 0
	err = l.s.query(ctx, "SELECT m.rev, m.text FROM conversations AS c CROSS JOIN messages AS m ON m.conversation = c.id"+w.text(), w.args,
		func(r scanner) error {
			var rev int64
			var said string
			if err := r.Scan(&rev, &said); err != nil {
				return err
			}
			if l.q.finds(words(said)) {
				found = append(found, rev)
			}
			if seen++; seen == maxScanned {
				return errEnough
			}
			return nil
		})
	if errors.Is(err, errEnough) {
		return false, nil
	}
	slices.SortFunc(found, func(a, b int64) int { return cmp.Compare(b, a) })
	l.revs = append(l.revs, found[:min(len(found), l.most-len(l.revs))]...)
	return err == nil, err
}

// foundAtOnce is how many of the found messages are read together.
const foundAtOnce = 500

// found reads the messages with the revs, in their order, as far as the asker may see them, until there are enough.
func (s *Store) found(ctx context.Context, revs []int64, f assist.SearchFilter, most int) (out []assist.Hit, err error) {
	for part := range slices.Chunk(revs, foundAtOnce) {
		list, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		w := &where{args: []any{string(list)}}
		w.asker(f)
		text := "SELECT " + hitColumns + " FROM json_each(?) AS j CROSS JOIN messages AS m ON m.rev = j.value" + hitJoin + w.text() +
			" ORDER BY j.key LIMIT ?"
		out, err = s.appendHits(ctx, out, text, append(w.args, most-len(out)))
		if err != nil || len(out) == most {
			return out, err
		}
	}
	return out, nil
}
