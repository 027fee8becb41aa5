package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

// HistoryOptions say how long a conversation is and what lies around it.
type HistoryOptions struct {
	Folder   string // a temporary one that the caller removes
	Messages int    // of the conversation; default 10,000
	Around   int    // messages of others; default 200,000
}

// HistoryResult is how long reading the conversation takes.
type HistoryResult struct {
	Last50   float64 `json:"last50_ms"` // median of 1,000 readings
	All      float64 `json:"all_ms"`    // median of 10, a thousand messages at a time
	Messages int     `json:"messages"`
	Around   int     `json:"around"`
}

// History measures reading from a long conversation in a large database.
func History(ctx context.Context, o HistoryOptions) (r HistoryResult, err error) {
	orElse(&o.Messages, 10_000)
	orElse(&o.Around, 200_000)
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: o.Folder})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := fill(ctx, s, o.Around/2, 20); err != nil {
		return r, err
	}
	long, err := longConversation(ctx, s, o.Messages, o.Around)
	if err != nil {
		return r, err
	}
	r.Messages, r.Around = o.Messages, o.Around
	r.Last50, err = timed(1000, func() error {
		m, err := s.Messages(ctx, assist.MessageFilter{Conversation: long, Limit: 50})
		return expect(err, len(m), 50)
	})
	if err != nil {
		return r, err
	}
	r.All, err = timed(10, func() error { return readAll(ctx, s, long, o.Messages) })
	return r, err
}

// longConversation lets one conversation grow while others go on around it, so that its pages lie scattered.
func longConversation(ctx context.Context, s *sqlite.Store, messages, around int) (assist.ConversationID, error) {
	c, err := newCorpus(2)
	if err != nil {
		return 0, err
	}
	const first = 1 << 30 // numbers apart from those of fill
	at := time.Now().UTC().Truncate(time.Millisecond)
	opened, err := commit(ctx, s, at, []assist.Write{utterance(0, first, 0, c.sentence())})
	if err != nil {
		return 0, err
	}
	long := opened[0].Conversation.ID
	others := make([]assist.ConversationID, 100)
	for i := range others {
		w, err := commit(ctx, s, at, []assist.Write{utterance(0, first+messages+i, 0, c.sentence())})
		if err != nil {
			return 0, err
		}
		others[i] = w[0].Conversation.ID
	}
	n, next := 1, first+messages+len(others)
	for n < messages {
		var writes []assist.Write
		for ; len(writes) < fillBatch && n < messages; n++ {
			writes = append(writes, utterance(long, first+n, 1+n%2, c.sentence()))
			for k := 0; k < around/2/messages; k++ {
				writes = append(writes, utterance(others[next%len(others)], next, 1+next%2, c.sentence()))
				next++
			}
		}
		if _, err := commit(ctx, s, at.Add(time.Duration(n)*time.Second), writes); err != nil {
			return 0, err
		}
	}
	return long, nil
}

func readAll(ctx context.Context, s *sqlite.Store, id assist.ConversationID, want int) error {
	f := assist.MessageFilter{Conversation: id, Limit: 1000}
	got := 0
	for {
		page, err := s.Messages(ctx, f)
		if err != nil {
			return err
		}
		got += len(page)
		if len(page) < f.Limit {
			return expect(nil, got, want)
		}
		f.BeforeRev = page[0].Rev
	}
}

func expect(err error, got, want int) error {
	if err == nil && got != want {
		err = fmt.Errorf("read %d messages, want %d", got, want)
	}
	return err
}

// timed is the median of n runs, in ms.
func timed(n int, f func() error) (float64, error) {
	all := make([]time.Duration, n)
	for i := range all {
		began := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		all[i] = time.Since(began)
	}
	return ms(median(all)), nil
}

// SearchOptions say how much is searched.
type SearchOptions struct {
	Folder   string // a temporary one that the caller removes
	Messages int    // default a million
	Queries  int    // default 3,000
}

// SearchResult is how long a search takes. Every question is different from the one before.
type SearchResult struct {
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	Index    float64 `json:"index_mb"` // what the index holds
	Queries  int     `json:"queries"`
	Found    int     `json:"found"` // questions with an answer
	Messages int     `json:"messages"`
}

// Search measures the full-text search: common and rare words, no hit, Chinese words of two characters.
func Search(ctx context.Context, o SearchOptions) (r SearchResult, err error) {
	orElse(&o.Messages, 1_000_000)
	orElse(&o.Queries, 3_000)
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: o.Folder, IndexEvery: 24 * time.Hour})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := fill(ctx, s, o.Messages, 20); err != nil {
		return r, err
	}
	if err := s.IndexAll(ctx); err != nil {
		return r, err
	}
	size, err := s.IndexBytes(ctx)
	if err != nil {
		return r, err
	}
	r.Index = tenth(float64(size) / 1e6)
	c, err := newCorpus(3)
	if err != nil {
		return r, err
	}
	all := make([]time.Duration, 0, o.Queries)
	for _, q := range c.questions(o.Queries) {
		began := time.Now()
		hits, err := s.Search(ctx, q, assist.SearchFilter{Visible: &assist.Visibility{All: true}})
		if err != nil {
			return r, fmt.Errorf("search %q: %w", q, err)
		}
		all = append(all, time.Since(began))
		if len(hits) > 0 {
			r.Found++
		}
	}
	slices.Sort(all)
	r.P50, r.P99, r.Queries, r.Messages = quantile(all, 0.50), quantile(all, 0.99), len(all), o.Messages
	return r, nil
}

// StartOptions say how much lies in the larger of the two databases.
type StartOptions struct {
	Binary   string // deskhub; default: this program
	Folder   string // a temporary one that the caller removes
	Messages int    // default a million
	Times    int    // starts of which the median is told; default 7
}

// StartResult is the time from exec to the line that says where the hub listens.
type StartResult struct {
	Empty    float64 `json:"start_s"`
	Full     float64 `json:"start_1m_s"`
	Messages int     `json:"messages"`
}

// Start measures how long a hub takes to start, on an empty and on a large database.
func Start(ctx context.Context, o StartOptions) (r StartResult, err error) {
	orElse(&o.Messages, 1_000_000)
	orElse(&o.Times, 7)
	r.Messages = o.Messages
	if r.Empty, err = o.starts(ctx, func(n int) string { return filepath.Join(o.Folder, fmt.Sprintf("empty%d", n)) }); err != nil {
		return r, err
	}
	full := filepath.Join(o.Folder, "full")
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: full, IndexEvery: 24 * time.Hour})
	if err != nil {
		return r, err
	}
	err = fill(ctx, s, o.Messages, 20)
	if err == nil {
		err = s.IndexAll(ctx)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return r, err
	}
	r.Full, err = o.starts(ctx, func(int) string { return full })
	return r, err
}

// starts is the median of several starts, in seconds.
func (o StartOptions) starts(ctx context.Context, folder func(n int) string) (float64, error) {
	all := make([]time.Duration, o.Times)
	for n := range all {
		hub, err := StartHub(ctx, HubOptions{Binary: o.Binary, Data: folder(n)})
		if err != nil {
			return 0, err
		}
		all[n] = hub.StartIn
		if err := hub.Stop(); err != nil {
			return 0, err
		}
	}
	return seconds(median(all)), nil
}

func orElse(v *int, fallback int) {
	if *v == 0 {
		*v = fallback
	}
}
