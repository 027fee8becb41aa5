// Package outboxtest is the suite that every implementation of client.Outbox passes. It starts no goroutines
// but those of its own concurrent test, which it waits for.
package outboxtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Open opens an outbox; opened again with the same place it must hold what it held. Its close function is called
// before it is opened again, and at the end.
type Open func(tb TB, place string) (box client.Outbox, closeIt func())

// TB is what the suite needs of a test; rapid's is another than testing's.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Run runs the suite. durable says that messages outlive the program; then places are folders.
func Run(t *testing.T, open Open, durable bool) {
	t.Run("keeps every field and the order", func(t *testing.T) { keeps(t, open, durable) })
	t.Run("refuses the same id twice", func(t *testing.T) { refusesTwice(t, open) })
	t.Run("keeps what is left to be done", func(t *testing.T) { left(t, open, durable) })
	t.Run("knows what is not there", func(t *testing.T) { unknown(t, open) })
	t.Run("takes many at once", func(t *testing.T) { concurrent(t, open) })
	t.Run("is a list of what is not done", func(t *testing.T) { model(t, open, durable) })
}

func message(n int) client.Outgoing {
	return client.Outgoing{
		Draft:    client.Draft{Conversation: assist.ConversationID(n%3 + 1), Text: fmt.Sprintf("message %d 你好 👋", n), Note: n%2 == 0},
		ClientID: assist.ClientID(fmt.Sprintf("01890000-0000-7000-8000-%012d", n)),
		QueuedAt: time.Date(2026, 3, 2, 10, 0, 0, n*int(time.Millisecond), time.UTC),
	}
}

func keeps(t *testing.T, open Open, durable bool) {
	place := t.TempDir()
	box, closeIt := open(t, place)
	var want []client.Outgoing
	for n := range 5 {
		m := message(n)
		if n == 3 {
			m.Attachments = []assist.Attachment{{ID: "ab", Name: "发票.pdf", Type: "application/pdf", Size: 7}}
			m.Then = actions()
		}
		add(t, box, m)
		want = append(want, m)
	}
	if err := box.Failed(t.Context(), want[1].ClientID, assist.CodeWrongStatus); err != nil {
		t.Fatal(err)
	}
	want[1].Refused = assist.CodeWrongStatus
	if durable {
		closeIt()
		box, closeIt = open(t, place)
	}
	defer closeIt()
	same(t, box, want)
}

func refusesTwice(t *testing.T, open Open) {
	box, closeIt := open(t, t.TempDir())
	defer closeIt()
	add(t, box, message(1))
	if err := box.Add(t.Context(), message(1)); assist.CodeOf(err) != assist.CodeExists {
		t.Errorf("got %v, want code %v", err, assist.CodeExists)
	}
	same(t, box, []client.Outgoing{message(1)})
}

func actions() []assist.MacroAction {
	return []assist.MacroAction{{Do: "tag", Value: "退款"}, {Do: "resolve", Value: "refunded"}}
}

func left(t *testing.T, open Open, durable bool) {
	place := t.TempDir()
	box, closeIt := open(t, place)
	want := []client.Outgoing{message(1), message(2), message(3)}
	for i := range want {
		want[i].Then = actions()
		want[i].Stored = i == 2 // there is no message: only actions
		add(t, box, want[i])
	}
	if err := box.Stored(t.Context(), want[1].ClientID, actions()[1:]); err != nil {
		t.Fatal(err)
	}
	want[1].Stored, want[1].Then = true, actions()[1:]
	if durable {
		closeIt()
		box, closeIt = open(t, place)
	}
	defer closeIt()
	same(t, box, want)
}

func unknown(t *testing.T, open Open) {
	box, closeIt := open(t, t.TempDir())
	defer closeIt()
	if err := box.Done(t.Context(), message(1).ClientID); err != nil {
		t.Errorf("Done: got %v, want none", err)
	}
	if err := box.Failed(t.Context(), message(1).ClientID, assist.CodeFull); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Failed: got %v, want %v", err, assist.ErrNotFound)
	}
	if err := box.Stored(t.Context(), message(1).ClientID, actions()); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Stored: got %v, want %v", err, assist.ErrNotFound)
	}
}

func concurrent(t *testing.T, open Open) {
	box, closeIt := open(t, t.TempDir())
	defer closeIt()
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for g := range errs {
		wg.Go(func() {
			for n := range 8 {
				m := message(g*100 + n)
				errs[g] = errors.Join(errs[g], box.Add(t.Context(), m))
				if n%2 == 1 {
					errs[g] = errors.Join(errs[g], box.Done(t.Context(), m.ClientID))
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	all, err := box.Pending(t.Context())
	if err != nil || len(all) != 16*4 {
		t.Errorf("got %d messages, %v; want 64", len(all), err)
	}
}

// model compares an outbox with a plain list through random use, and with durable through being opened anew.
func model(t *testing.T, open Open, durable bool) {
	dir := t.TempDir()
	rounds := 0
	rapid.Check(t, func(r *rapid.T) {
		rounds++
		place := fmt.Sprintf("%s/%d", dir, rounds)
		box, closeIt := open(r, place)
		defer func() { closeIt() }()
		var want []client.Outgoing
		next := 0
		pick := func(r *rapid.T) int {
			if len(want) == 0 {
				r.Skip("empty")
			}
			return rapid.IntRange(0, len(want)-1).Draw(r, "which")
		}
		actions := map[string]func(*rapid.T){
			"add": func(r *rapid.T) {
				next++
				m := message(next)
				m.Text = rapid.String().Draw(r, "text")
				add(r, box, m)
				want = append(want, m)
			},
			"done": func(r *rapid.T) {
				i := pick(r)
				if err := box.Done(context.Background(), want[i].ClientID); err != nil {
					r.Fatalf("done: %v", err)
				}
				want = slices.Delete(want, i, i+1)
			},
			"failed": func(r *rapid.T) {
				i := pick(r)
				code := rapid.SampledFrom([]assist.Code{0, assist.CodeFull, assist.CodeTooLong}).Draw(r, "code")
				if err := box.Failed(context.Background(), want[i].ClientID, code); err != nil {
					r.Fatalf("failed: %v", err)
				}
				want[i].Refused = code
			},
			"": func(r *rapid.T) { same(r, box, want) },
		}
		if durable {
			actions["open anew"] = func(r *rapid.T) {
				closeIt()
				box, closeIt = open(r, place)
			}
		}
		r.Repeat(actions)
	})
}

func add(t TB, box client.Outbox, m client.Outgoing) {
	t.Helper()
	if err := box.Add(context.Background(), m); err != nil {
		t.Fatalf("add %s: %v", m.ClientID, err)
	}
}

func same(t TB, box client.Outbox, want []client.Outgoing) {
	t.Helper()
	got, err := box.Pending(context.Background())
	if err != nil {
		t.Fatalf("pending: %v", err)
	}
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Fatalf("outbox (-got +want):\n%s", d)
	}
}
