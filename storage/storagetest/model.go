package storagetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"deskhand/assist"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// testModel lets random batches, repeats and restarts loose on a store and compares it with a model that
// keeps everything in maps: no acked message is lost, none is doubled, seq has no gaps.
func testModel(t *testing.T, open Opener) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		m := &model{open: open, t: t, dir: dir, store: open(t, dir), at: time.UnixMilli(1_700_000_000_000).UTC(),
			conversations: map[assist.ConversationID]assist.Conversation{}, receipts: map[key]assist.Receipt{}}
		defer func() { _ = m.store.Close() }()
		rt.Repeat(map[string]func(*rapid.T){"batch": m.batch, "restart": m.restart, "": m.check})
	})
}

type key struct {
	conversation assist.ConversationID
	id           assist.ClientID
}

type model struct {
	open          Opener
	t             *testing.T
	dir           string
	store         Store
	at            time.Time
	conversations map[assist.ConversationID]assist.Conversation
	receipts      map[key]assist.Receipt
	last          assist.Rev
}

func (m *model) restart(t *rapid.T) {
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	m.store = m.open(m.t, m.dir)
}

var errNotNow = errors.New("not now")

func (m *model) batch(t *rapid.T) {
	m.at = m.at.Add(time.Second)
	writes := rapid.SliceOfN(rapid.Custom(m.draw), 1, 12).Draw(t, "writes")
	out, err := m.store.Commit(context.Background(), m.at, writes)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range out {
		if err := m.learn(writes[i], w); err != nil {
			t.Fatalf("write %d (%+v): %v; answer %+v", i, writes[i], err, w)
		}
	}
}

// draw is a random write: a message, often with an id that was used before, marks, or a refusal.
func (m *model) draw(t *rapid.T) assist.Write {
	w := assist.Write{ClientID: clientID(rapid.IntRange(1, 40).Draw(t, "id"))}
	source := fmt.Sprint("v", rapid.IntRange(1, 4).Draw(t, "who"))
	if rapid.IntRange(0, 3).Draw(t, "start") == 0 {
		w.Start = start(source).Start
	} else {
		w.Conversation = assist.ConversationID(rapid.IntRange(1, 6).Draw(t, "conversation"))
	}
	mode := rapid.SampledFrom([]string{"say", "say", "say", "note", "refuse", "marks", "resolve"}).Draw(t, "mode")
	if mode == "marks" {
		w.ClientID, w.Marks = "", &assist.Marks{CustomerRead: assist.Seq(rapid.IntRange(0, 9).Draw(t, "mark"))}
	}
	w.Decide = func(c assist.Conversation) ([]assist.Event, error) {
		var events []assist.Event
		if c.Rev == 0 && c.ID != 0 {
			events = append(events, by(assist.Started{Inbox: c.Inbox, Customer: c.Customer}))
		}
		switch mode {
		case "refuse":
			return nil, errNotNow
		case "note":
			events = append(events, assist.Say(assist.ByAgent(assist.Agent{ID: 7}), assist.Message{Kind: assist.KindNote, Text: "n"}))
		case "resolve":
			events = append(events, by(assist.Resolved{Cause: "bot"}), assist.Line(assist.ActivityResolved, nil))
			fallthrough
		case "say":
			events = append(events, assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: source}))
		}
		return events, nil
	}
	return w
}

// learn checks an answer against the model and takes it over.
func (m *model) learn(w assist.Write, out assist.Written) error {
	k := key{out.Conversation.ID, w.ClientID}
	known, repeated := m.receipts[k]
	switch {
	case out.Duplicate:
		if !repeated || out.Receipt != known {
			return fmt.Errorf("duplicate with receipt %+v, first was %+v", out.Receipt, known)
		}
		return nil
	case out.Err != nil:
		if repeated && k.conversation != 0 {
			return fmt.Errorf("refused although it was stored before as %+v", known)
		}
		if _, there := m.conversations[w.Conversation]; errors.Is(out.Err, assist.ErrNotFound) && !there || errors.Is(out.Err, errNotNow) {
			return nil
		}
		return fmt.Errorf("unexpected refusal")
	case repeated:
		return fmt.Errorf("stored a second time; first was %+v", known)
	}
	before, ok := m.conversations[out.Conversation.ID]
	if !ok {
		before = assist.Conversation{ID: out.Conversation.ID}
	}
	return m.fold(w, before, out)
}

func (m *model) fold(w assist.Write, c assist.Conversation, out assist.Written) error {
	for _, e := range out.Events {
		if e.Rev <= m.last {
			return fmt.Errorf("rev %d after %d", e.Rev, m.last)
		}
		m.last = e.Rev
		if d, ok := e.Data.(assist.Appended); ok && d.Message.Public() && d.Message.Seq != c.Seq+1 {
			return fmt.Errorf("seq %d after %d", d.Message.Seq, c.Seq)
		}
		c = c.Apply(e)
	}
	if w.Marks != nil && out.MarksMoved {
		c.CustomerRead, c.Rev = min(max(c.CustomerRead, w.Marks.CustomerRead), c.Seq), out.Conversation.Rev
		m.last = c.Rev
	}
	if diff := cmp.Diff(c, out.Conversation); diff != "" {
		return fmt.Errorf("conversation (-model +store):\n%s", diff)
	}
	m.conversations[c.ID] = c
	if out.Receipt.Rev != 0 {
		m.receipts[key{c.ID, w.ClientID}] = out.Receipt
	}
	return nil
}

// check reads everything back.
func (m *model) check(t *rapid.T) {
	ctx := context.Background()
	for id, want := range m.conversations {
		got, err := m.store.Conversation(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("conversation %d (-model +store):\n%s", id, diff)
		}
		list, err := m.store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, Limit: 1000})
		if err != nil || len(list) != int(want.Seq) {
			t.Fatalf("%d messages (%v), want %d", len(list), err, want.Seq)
		}
		for i, msg := range list {
			if msg.Seq != assist.Seq(i+1) {
				t.Fatalf("seq %d at place %d", msg.Seq, i+1)
			}
		}
	}
	if rev, err := m.store.Rev(ctx); err != nil || rev != m.last {
		t.Fatalf("rev %d (%v), want %d", rev, err, m.last)
	}
}
