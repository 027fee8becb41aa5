package client_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/client/outboxtest"
	"deskhand/assist/wire"
)

// view is what one side has on its screen, put together from the frames as a program would: no cleverness here,
// the client must not give gaps or doubles.
type view struct {
	mu     sync.Mutex // guards the fields below
	lines  []line
	mine   map[assist.ClientID]string // sent, not yet acknowledged
	fresh  bool                       // reset: the first line may have any seq
	early  map[assist.Seq]string      // acknowledged before what stands above
	faults []string
	frames []wire.Frame // all but messages
	link   client.Connection
	ended  error
	over   bool
	news   chan struct{} // closed and replaced at every change
}

type line struct {
	seq  assist.Seq
	text string
}

func newView() *view {
	return &view{mine: map[assist.ClientID]string{}, early: map[assist.Seq]string{}, news: make(chan struct{})}
}

func (v *view) change(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f()
	close(v.news)
	v.news = make(chan struct{})
}

// within waits until cond holds, which is called with the lock held.
func (v *view) within(t outboxtest.TB, what string, d time.Duration, cond func() bool) {
	t.Helper()
	late := time.NewTimer(d)
	defer late.Stop()
	for {
		v.mu.Lock()
		ok, news, link, n, faults := cond(), v.news, v.link, len(v.lines), slices.Clone(v.faults)
		v.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-news:
		case <-late.C:
			t.Fatalf("waited in vain for %s; connection %+v, %d lines, faults %v", what, link, n, faults)
		}
	}
}

// patience is how long anything may take on a busy machine; nothing depends on its length.
const patience = 30 * time.Second

func (v *view) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// add puts a line at the end, where it must belong.
func (v *view) add(seq assist.Seq, text string) {
	if want := v.last() + 1; seq != want && !(v.fresh && len(v.lines) == 0) {
		v.fault("got seq %d, want %d (%.20q)", seq, want, text)
	}
	v.lines = append(v.lines, line{seq, text})
	if next, ok := v.early[seq+1]; ok {
		delete(v.early, seq+1)
		v.add(seq+1, next)
	}
}

func (v *view) last() assist.Seq {
	if len(v.lines) == 0 {
		return 0
	}
	return v.lines[len(v.lines)-1].seq
}

// acked turns an own message into a line.
func (v *view) acked(a wire.Ack, onScreen bool) {
	text, ok := v.mine[a.ClientID]
	delete(v.mine, a.ClientID)
	switch {
	case !ok:
		v.fault("second ack for %s", a.ClientID)
	case onScreen && a.Seq > v.last()+1:
		v.early[a.Seq] = text
	case onScreen && a.Seq > v.last():
		v.add(a.Seq, text)
	case onScreen: // stored by an earlier try whose ack was lost; the history has brought it meanwhile
		if l := v.lines[a.Seq-1]; l.text != text || !a.Duplicate {
			v.fault("ack %+v for %q, but that line is %q", a, text, l.text)
		}
	}
}

func text(kind assist.MessageKind, s string, a *assist.Activity) string {
	if kind == assist.KindActivity {
		return "[" + a.Code + "]"
	}
	return s
}

// customerFrame is Handle of a customer.
func (v *view) customerFrame(f wire.Frame) {
	v.change(func() {
		switch f := f.(type) {
		case wire.Ack:
			v.acked(f, true)
		case wire.CustomerMessageNew:
			v.add(f.Message.Seq, text(f.Message.Kind, f.Message.Text, f.Message.Activity))
		case wire.CustomerMessages:
			if f.Reset {
				v.lines = nil
			}
			for _, m := range f.Messages {
				v.add(m.Seq, text(m.Kind, m.Text, m.Activity))
			}
		default:
			v.frames = append(v.frames, f)
		}
	})
}

// agentFrame is Handle of an agent with one conversation open.
func (v *view) agentFrame(f wire.Frame) {
	v.change(func() {
		switch f := f.(type) {
		case wire.Ack:
			v.acked(f, false)
		case wire.AgentOpened:
			if f.Reset {
				v.lines, v.fresh = nil, true
			}
			for _, m := range f.Messages {
				v.merge(m)
			}
			v.frames = append(v.frames, f)
		case wire.AgentEvent:
			if d, ok := f.Event.Data.(assist.Appended); ok {
				v.merge(d.Message)
			}
			v.frames = append(v.frames, f)
		default:
			v.frames = append(v.frames, f)
		}
	})
}

// merge adds a message that is not there, as AgentOptions.Handle says.
func (v *view) merge(m assist.Message) {
	if m.Seq > v.last() {
		v.add(m.Seq, text(m.Kind, m.Text, m.Activity))
	}
}

func (v *view) connection(c client.Connection) { v.change(func() { v.link = c }) }

func (v *view) live(t outboxtest.TB) {
	t.Helper()
	v.within(t, "a live connection", patience, func() bool { return v.link.State == client.Live })
}

// run runs a client until the returned function is called, which waits for its end.
func (v *view) run(f func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := f(ctx)
		v.change(func() { v.ended, v.over = err, true })
	}()
	return func() { cancel(); <-done }
}

// post sends through send and notes the text before the ack can come.
func (v *view) post(t outboxtest.TB, text string, send func() (assist.ClientID, error)) {
	t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock() // Handle waits: the ack can't come before the id is known
	id, err := send()
	must(t, err)
	v.mine[id] = text
}

func (v *view) check(t outboxtest.TB, who string, want []line) {
	t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.faults) > 0 {
		t.Fatalf("%s: %v", who, v.faults)
	}
	if len(v.mine) > 0 {
		t.Fatalf("%s: unacknowledged %v", who, v.mine)
	}
	if v.fresh && len(v.lines) >= wire.HistoryPage && len(v.lines) < len(want) { // reset: the newest page, and what came since
		want = want[len(want)-len(v.lines):]
	}
	if !slices.Equal(v.lines, want) {
		t.Fatalf("%s sees\n%v\nstored is\n%v", who, v.lines, want)
	}
}
