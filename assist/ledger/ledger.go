// Package ledger is the one write path of the hub: store, then acknowledge, then publish, in commit order.
// It gathers what many senders want to write into one transaction (group commit), so that a disk that can
// sync a thousand times a second stores tens of thousands of messages. It starts no goroutine by itself:
// Run is the writer.
package ledger

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"deskhand/assist"
)

// Store is where writes go. Commit applies a batch in one transaction, in order, each write whole or
// refused with its own Err; it returns an error only if nothing of the batch was stored.
type Store interface {
	Commit(ctx context.Context, at time.Time, writes []assist.Write) ([]assist.Written, error)
}

// Publisher hears of every write that changed something, in commit order, from one goroutine. It must not block.
type Publisher interface {
	Publish(w assist.Written)
}

// Options configure a Ledger. Store, Publisher and Log are needed.
type Options struct {
	Store     Store
	Publisher Publisher
	Log       *slog.Logger
	Now       func() time.Time // default time.Now
	MaxBatch  int              // writes in one transaction; default 512
	MaxQueue  int              // writes waiting; more are refused with CodeBusy; default 8192
}

// Ledger orders and stores all writes of one hub.
type Ledger struct {
	opts  Options
	queue chan entry

	gate    sync.RWMutex // held for reading while something is queued; guards stopped
	stopped bool         // nothing is queued any more
}

type entry struct {
	write assist.Write
	done  func(assist.Written)
}

// busyRetry is what a refused sender is told to wait: a full queue drains in well under this.
const busyRetry = 250 * time.Millisecond

// New checks the options.
func New(o Options) (*Ledger, error) {
	if o.Store == nil || o.Publisher == nil || o.Log == nil {
		return nil, errors.New("ledger: Store, Publisher and Log are needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxBatch <= 0 {
		o.MaxBatch = 512
	}
	if o.MaxQueue <= 0 {
		o.MaxQueue = 8192
	}
	o.Log = o.Log.With("component", "ledger")
	return &Ledger{opts: o, queue: make(chan entry, o.MaxQueue)}, nil
}

// Submit queues a write and returns at once. done is called exactly once from the writer goroutine, after the
// commit and before the write is published; it must not block. A full queue calls done at once with CodeBusy,
// a ledger that stops with CodeDraining. Writes of one caller are stored in the order of its calls.
func (l *Ledger) Submit(w assist.Write, done func(assist.Written)) {
	if err := l.enqueue(entry{w, done}); err != nil {
		done(assist.Written{Err: err})
	}
}

func (l *Ledger) enqueue(e entry) error {
	l.gate.RLock()
	defer l.gate.RUnlock()
	if l.stopped {
		return assist.Errorf(assist.CodeDraining, "the hub is stopping")
	}
	select {
	case l.queue <- e:
		return nil
	default:
		return &assist.Error{Code: assist.CodeBusy, Detail: "too many writes are waiting", RetryAfter: busyRetry}
	}
}

// Write is Submit and waiting for the result. The write may still be stored when ctx ends first.
func (l *Ledger) Write(ctx context.Context, w assist.Write) (assist.Written, error) {
	result := make(chan assist.Written, 1)
	l.Submit(w, func(r assist.Written) { result <- r })
	select {
	case r := <-result:
		return r, r.Err
	case <-ctx.Done():
		return assist.Written{}, ctx.Err()
	}
}

// Run stores and publishes until ctx ends; then it takes nothing more, stores what is queued and returns. Call
// it once.
func (l *Ledger) Run(ctx context.Context) error {
	batch := make([]entry, 0, l.opts.MaxBatch)
	for {
		select {
		case e := <-l.queue:
			batch = l.gather(append(batch[:0], e))
			l.commit(batch)
		case <-ctx.Done():
			return l.drain(batch)
		}
	}
}

func (l *Ledger) drain(batch []entry) error {
	l.gate.Lock()
	l.stopped = true
	l.gate.Unlock()
	for {
		select {
		case e := <-l.queue:
			batch = l.gather(append(batch[:0], e))
			l.commit(batch)
		default:
			return nil
		}
	}
}

// gather takes what is queued already, up to a full batch, without waiting for more: waiting would only add
// delay, since the next batch fills while this one is being synced.
func (l *Ledger) gather(batch []entry) []entry {
	for len(batch) < l.opts.MaxBatch {
		select {
		case e := <-l.queue:
			batch = append(batch, e)
		default:
			return batch
		}
	}
	return batch
}

// commit does not take Run's context: what was accepted is stored even while stopping.
func (l *Ledger) commit(batch []entry) {
	writes := make([]assist.Write, len(batch))
	for i, e := range batch {
		writes[i] = e.write
	}
	written, err := l.opts.Store.Commit(context.Background(), l.opts.Now().UTC().Truncate(time.Millisecond), writes)
	if err != nil {
		l.refuse(batch, err)
		return
	}
	for i, e := range batch {
		l.finish(e, written[i])
	}
}

func (l *Ledger) finish(e entry, w assist.Written) {
	e.done(w)
	if w.Err == nil && (len(w.Events) > 0 || w.MarksMoved) {
		l.opts.Publisher.Publish(w)
	}
}

// refuse handles a batch of which nothing was stored. A full disk refuses all; any other fault may lie in one
// write alone, so the others get a transaction of their own.
func (l *Ledger) refuse(batch []entry, err error) {
	if len(batch) == 1 || assist.CodeOf(err) == assist.CodeStorageFull {
		l.opts.Log.Error("batch not stored", "writes", len(batch), "err", err)
		for _, e := range batch {
			e.done(assist.Written{Err: err})
		}
		return
	}
	l.opts.Log.Warn("batch not stored, trying its writes one by one", "writes", len(batch), "err", err)
	for i := range batch {
		l.commit(batch[i : i+1])
	}
}
