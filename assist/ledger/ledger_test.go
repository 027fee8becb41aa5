package ledger_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/ledger"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// recorder is a store and a publisher that write down what happens to them, in order.
type recorder struct {
	mu      sync.Mutex // guards the fields below
	batches [][]assist.ConversationID
	log     []string
	gate    chan struct{} // each commit takes one token, if there is a gate
	began   chan struct{} // told when a commit begins, if there is one
	fail    func(ids []assist.ConversationID) error
}

func (r *recorder) Commit(_ context.Context, at time.Time, writes []assist.Write) ([]assist.Written, error) {
	if r.began != nil {
		r.began <- struct{}{}
	}
	if r.gate != nil {
		<-r.gate
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var ids []assist.ConversationID
	for _, w := range writes {
		ids = append(ids, w.Conversation)
	}
	r.batches = append(r.batches, ids)
	if r.fail != nil {
		if err := r.fail(ids); err != nil {
			return nil, err
		}
	}
	out := make([]assist.Written, len(writes))
	for i, w := range writes {
		r.log = append(r.log, "store "+name(w.Conversation))
		out[i] = assist.Written{Conversation: assist.Conversation{ID: w.Conversation}, Events: []assist.Event{{At: at}}}
	}
	return out, nil
}

func (r *recorder) Publish(w assist.Written) { r.note("publish " + name(w.Conversation.ID)) }

func (r *recorder) note(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, s)
}

func name(id assist.ConversationID) string { return string(rune('a' + id)) }

func start(t *testing.T, r *recorder, o ledger.Options) (l *ledger.Ledger, stop func()) {
	t.Helper()
	o.Store, o.Publisher, o.Log = r, r, slog.New(slog.DiscardHandler)
	l, err := ledger.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var g errgroup.Group
	g.Go(func() error { return l.Run(ctx) })
	stop = sync.OnceFunc(func() {
		cancel()
		if err := g.Wait(); err != nil {
			t.Errorf("run: %v", err)
		}
	})
	t.Cleanup(stop)
	return l, stop
}

func TestSubmit_StoresThenAnswersThenPublishesInOrder(t *testing.T) {
	r := &recorder{}
	l, stop := start(t, r, ledger.Options{MaxBatch: 1})
	for id := range assist.ConversationID(3) {
		l.Submit(assist.Write{Conversation: id}, func(w assist.Written) { r.note("answer " + name(w.Conversation.ID)) })
	}
	stop()
	want := []string{"store a", "answer a", "publish a", "store b", "answer b", "publish b", "store c", "answer c", "publish c"}
	if !slices.Equal(r.log, want) {
		t.Errorf("got %v, want %v", r.log, want)
	}
}

func TestSubmit_WhatWaitsGoesIntoOneTransaction(t *testing.T) {
	r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100)}
	l, stop := start(t, r, ledger.Options{MaxBatch: 4})
	l.Submit(assist.Write{Conversation: 0}, func(assist.Written) {})
	<-r.began // the first is being stored; the rest gathers
	for id := range assist.ConversationID(6) {
		l.Submit(assist.Write{Conversation: id + 1}, func(assist.Written) {})
	}
	close(r.gate)
	stop()
	var sizes []int
	for _, b := range r.batches {
		sizes = append(sizes, len(b))
	}
	if want := []int{1, 4, 2}; !slices.Equal(sizes, want) {
		t.Errorf("got batches of %v, want %v", sizes, want)
	}
}

func TestSubmit_AFullQueueIsBusyAndLosesNothingElse(t *testing.T) {
	r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100)}
	l, stop := start(t, r, ledger.Options{MaxQueue: 2})
	answers := make(chan assist.Written, 10)
	submit := func(id assist.ConversationID) {
		l.Submit(assist.Write{Conversation: id}, func(w assist.Written) { answers <- w })
	}
	submit(0)
	<-r.began
	submit(1)
	submit(2)
	submit(3)
	if w := <-answers; assist.CodeOf(w.Err) != assist.CodeBusy || assist.AsError(w.Err).RetryAfter <= 0 {
		t.Errorf("got %+v, want busy with a wait", w)
	}
	close(r.gate)
	stop()
	for id := range assist.ConversationID(3) {
		if w := <-answers; w.Err != nil || w.Conversation.ID != id {
			t.Errorf("got %+v, want conversation %d", w, id)
		}
	}
}

func TestCommit_APoisonedWriteHurtsNoOther(t *testing.T) {
	poison := errors.New("poison")
	r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100), fail: func(ids []assist.ConversationID) error {
		if slices.Contains(ids, 2) {
			return poison
		}
		return nil
	}}
	l, stop := start(t, r, ledger.Options{})
	answers := map[assist.ConversationID]error{}
	for id := range assist.ConversationID(5) {
		l.Submit(assist.Write{Conversation: id}, func(w assist.Written) { answers[id] = w.Err })
	}
	close(r.gate)
	stop()
	for id, err := range answers {
		if (id == 2) != errors.Is(err, poison) {
			t.Errorf("write %d: got %v", id, err)
		}
	}
	if len(answers) != 5 || slices.Contains(r.log, "publish c") || !slices.Contains(r.log, "publish e") {
		t.Errorf("got %d answers and %v", len(answers), r.log)
	}
}

func TestCommit_AFullDiskRefusesTheBatchOnce(t *testing.T) {
	full := &assist.Error{Code: assist.CodeStorageFull, RetryAfter: time.Second}
	r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100), fail: func([]assist.ConversationID) error { return full }}
	l, stop := start(t, r, ledger.Options{})
	var codes []assist.Code
	l.Submit(assist.Write{}, func(w assist.Written) { codes = append(codes, assist.CodeOf(w.Err)) })
	<-r.began
	for range 3 {
		l.Submit(assist.Write{}, func(w assist.Written) { codes = append(codes, assist.CodeOf(w.Err)) })
	}
	close(r.gate)
	stop()
	if len(r.batches) != 2 || len(codes) != 4 || slices.Contains(codes, 0) || len(r.log) != 0 {
		t.Errorf("got %d batches, answers %v, log %v; want 2, four refusals, nothing stored", len(r.batches), codes, r.log)
	}
}

// Whatever is submitted while the ledger stops is answered exactly once, and what is answered well is stored.
func TestSubmit_WhileStoppingEveryoneIsAnsweredOnce(t *testing.T) {
	for range 200 {
		r := &recorder{}
		l, stop := start(t, r, ledger.Options{})
		var senders sync.WaitGroup
		answers := make(chan error, 8*20)
		for range 8 {
			senders.Go(func() {
				for range 20 {
					l.Submit(assist.Write{}, func(w assist.Written) { answers <- w.Err })
				}
			})
		}
		stop()
		senders.Wait()
		if len(answers) != cap(answers) {
			t.Fatalf("%d of %d were answered", len(answers), cap(answers))
		}
		close(answers)
		stored := 0
		for err := range answers {
			if err == nil {
				stored++
			} else if assist.CodeOf(err) != assist.CodeDraining {
				t.Fatalf("got %v, want draining", err)
			}
		}
		if n := len(r.log) / 2; n != stored {
			t.Fatalf("%d were stored, %d were told so", n, stored)
		}
	}
}

// Who waits for a write while the ledger stops hears what became of it, not that it may have been lost.
func TestWrite_WhileStoppingHearsTheResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100)}
		l, stop := start(t, r, ledger.Options{MaxBatch: 1})
		var g errgroup.Group
		for range 2 {
			g.Go(func() error { _, err := l.Write(context.Background(), assist.Write{}); return err })
		}
		synctest.Wait() // one write is being stored, the other queued
		var stopped sync.WaitGroup
		stopped.Go(stop)
		synctest.Wait()
		r.gate <- struct{}{}
		synctest.Wait() // the first is stored, the ledger stops, the second is being stored
		r.gate <- struct{}{}
		stopped.Wait()
		if err := g.Wait(); err != nil {
			t.Errorf("got %v, want nil: both were stored", err)
		}
	})
}

func TestWrite_EndsWithItsContext(t *testing.T) {
	r := &recorder{gate: make(chan struct{}), began: make(chan struct{}, 100)}
	l, _ := start(t, r, ledger.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-r.began; cancel() }()
	if _, err := l.Write(ctx, assist.Write{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	close(r.gate)
}

func TestNew_NeedsItsParts(t *testing.T) {
	if _, err := ledger.New(ledger.Options{}); err == nil {
		t.Error("a ledger without store was made")
	}
}
