package sqlite

import (
	"context"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
)

// spoken is a store with one message, which the loop indexes as the options say.
func spoken(t *testing.T, o Options) *Store {
	t.Helper()
	o.Dir = t.TempDir()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w := startWrite(1)
	start := w.Decide
	w.Decide = func(c assist.Conversation) ([]assist.Event, error) {
		events, err := start(c)
		return append(events, assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "apple 苹果"})), err
	}
	if _, err := s.Commit(t.Context(), time.UnixMilli(1), []assist.Write{w}); err != nil {
		t.Fatal(err)
	}
	return s
}

// awaitIndexed waits until the index has reached the last fact.
func awaitIndexed(t *testing.T, s *Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		rev, err := s.indexedRev(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if rev == s.rev.Load() {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("indexed up to rev %d of %d", rev, s.rev.Load())
		case <-tick.C:
		}
	}
}

func TestIndexLoop_IndexesByItself(t *testing.T) {
	s := spoken(t, Options{IndexEvery: time.Millisecond})
	awaitIndexed(t, s)
	for _, q := range []string{"apple", "苹果"} {
		if hits, err := s.Search(t.Context(), q, assist.SearchFilter{}); err != nil || len(hits) != 1 {
			t.Errorf("%q: %d hits, %v", q, len(hits), err)
		}
	}
	if n, err := s.IndexBytes(t.Context()); err != nil || n == 0 {
		t.Errorf("size of the index %d, %v", n, err)
	}
}

func TestIndexLoop_BusyWriterCannotHoldItUpForEver(t *testing.T) {
	s := spoken(t, Options{IndexEvery: time.Millisecond, IndexLag: 20 * time.Millisecond})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { // looks busy at every tick
		defer close(done)
		for ctx.Err() == nil {
			s.work.writing.Add(int64(time.Second))
		}
	}()
	awaitIndexed(t, s)
	stop()
	<-done
}

func TestClose_WaitsForReaders(t *testing.T) {
	s := spoken(t, Options{Readers: 1})
	inside, goOn, read := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		read <- s.query(context.Background(), "SELECT rev FROM messages", nil, func(scanner) error {
			close(inside)
			<-goOn
			return nil
		})
	}()
	<-inside
	tired, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Messages(tired, assist.MessageFilter{Conversation: 1}); err == nil {
		t.Error("a reader without a connection did not mind its context")
	}
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	close(goOn)
	if err := <-read; err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if _, err := s.Messages(t.Context(), assist.MessageFilter{Conversation: 1}); assist.CodeOf(err) != assist.CodeDraining {
		t.Errorf("reading a closed store: %v", err)
	}
}

func TestConn_KeepsABoundedNumberOfStatements(t *testing.T) {
	s := spoken(t, Options{})
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range 3 * maxStatements {
		if n, err := s.w.int64(fmt.Sprintf("SELECT %d", i)); err != nil || n != int64(i) {
			t.Fatal(n, err)
		}
	}
	if len(s.w.stmts) > maxStatements {
		t.Errorf("%d statements", len(s.w.stmts))
	}
}
