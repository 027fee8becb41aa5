package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/bot"
	"deskhand/assist/hub"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// room is one conversation with everything around it that the bot needs, in memory.
type room struct {
	mu       sync.Mutex // guards the fields below
	c        assist.Conversation
	messages []assist.Message
	refuse   error // of the ledger
	unread   error // of the store
	asked    [][]string
	watch    hub.Sink
	before   func() // called when an answer is about to be stored
}

func newRoom() *room {
	return &room{c: assist.Conversation{ID: 1, Inbox: "shop", Customer: 1, Status: assist.StatusBot, BotGeneration: 1, Rev: 1}}
}

func (r *room) Conversation(context.Context, assist.ConversationID) (assist.Conversation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.c, r.unread
}

func (r *room) Conversations(_ context.Context, f assist.ConversationFilter) ([]assist.Conversation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(f.Statuses, r.c.Status) {
		return nil, nil
	}
	return []assist.Conversation{r.c}, nil
}

func (r *room) Messages(context.Context, assist.MessageFilter) ([]assist.Message, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.messages), nil
}

func (r *room) Identities(context.Context, assist.CustomerID) ([]assist.Identity, error) {
	return nil, nil
}

func (r *room) Inbox(assist.InboxID) (assist.Inbox, bool) { return assist.Inbox{ID: "shop"}, true }

func (r *room) QueueOf(assist.InboxID) assist.Queue {
	return assist.Queue{ID: "support", Team: "support"}
}

func (r *room) Respond(_ context.Context, t bot.Turn) (bot.Answer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var texts []string
	for _, m := range t.Transcript {
		texts = append(texts, m.Text)
	}
	r.asked = append(r.asked, texts)
	return bot.Answer{Text: "re: " + texts[len(texts)-1]}, nil
}

func (r *room) Submit(w assist.Write, done func(assist.Written)) {
	r.mu.Lock()
	before := r.before
	r.before = nil
	refuse := r.refuse
	r.mu.Unlock()
	if before != nil {
		before()
	}
	if refuse != nil {
		done(assist.Written{Err: refuse})
		return
	}
	r.apply(w.Decide, done)
}

// apply stores what a decision comes to, as the ledger does.
func (r *room) apply(decide assist.Decision, done func(assist.Written)) {
	r.mu.Lock()
	events, err := decide(r.c)
	for i := range events {
		events[i].Rev, events[i].At = r.c.Rev+1, time.Now()
		if d, ok := events[i].Data.(assist.Appended); ok {
			d.Message.Seq = r.c.Seq + 1
			events[i].Data = d
			r.messages = append(r.messages, d.Message)
		}
		r.c = r.c.Apply(events[i])
	}
	now, watch := r.c, r.watch
	r.mu.Unlock()
	done(assist.Written{Conversation: now, Events: events, Err: err})
	if watch != nil && len(events) > 0 {
		watch.Changed(hub.Update{Conversation: now, Events: events})
	}
}

func (r *room) happens(events ...assist.Event) {
	r.apply(func(assist.Conversation) ([]assist.Event, error) { return events, nil }, func(assist.Written) {})
}

func (r *room) says(text string) {
	r.happens(assist.Say(assist.ByCustomer(1), assist.Message{Kind: assist.KindText, Text: text}))
}

// said are the bot's words.
func (r *room) said() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, m := range r.messages {
		if m.From.Kind == assist.ActorBot {
			out = append(out, m.Text)
		}
	}
	return strings.Join(out, ", ")
}

// work runs a worker on the room inside the bubble until the test ends.
func work(t *testing.T, r *room) {
	t.Helper()
	workWith(t, r, r)
}

func workWith(t *testing.T, r *room, responder bot.Responder) {
	t.Helper()
	w, err := bot.New(bot.Options{Responder: responder, Ledger: r, Store: r, Desk: r, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r.watch = w
	runUntilEnd(t, w.Run)
}

func runUntilEnd(t *testing.T, run func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
}

func (r *room) expect(t *testing.T, want string) {
	t.Helper()
	synctest.Wait()
	if got := r.said(); got != want {
		t.Errorf("the bot said %q, want %q", got, want)
	}
}

func TestWorker_AnswersEachTurnOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		r.says("one")
		r.expect(t, "re: one")
		r.says("two")
		r.expect(t, "re: one, re: two")
		r.happens(assist.Event{Data: assist.Tagged{Added: []string{"x"}}}) // wakes the bot without a turn
		r.expect(t, "re: one, re: two")
	})
}

func TestWorker_WhatBecameStaleIsNotSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		r.before = func() { r.says("one and a half") }
		work(t, r)
		r.says("one")
		r.expect(t, "re: one and a half")
		r.before = func() { r.happens(assist.Event{Data: assist.Assigned{Agent: 3}}) }
		r.says("two")
		r.expect(t, "re: one and a half")
	})
}

func TestWorker_AnswersWhatARestartLeft(t *testing.T) {
	for what, events := range map[string][]assist.Event{
		"the customer spoke last":              nil,
		"a system line stands under the words": {{Data: assist.GivenToBot{}}, assist.Line(assist.ActivityToBot, nil)},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom()
			r.says("left over")
			if events != nil {
				r.happens(events...)
			}
			work(t, r)
			synctest.Wait()
			if got := r.said(); got != "re: left over" {
				t.Errorf("%s: the bot said %q", what, got)
			}
		})
	}
}

// A busy or full store is asked again when it asked to be, not as fast as the processor can.
func TestWorker_WaitsWhenAskedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		r.refuse = &assist.Error{Code: assist.CodeStorageFull, RetryAfter: 5 * time.Second}
		work(t, r)
		r.says("one")
		time.Sleep(10 * time.Second) // of the bubble's clock
		synctest.Wait()
		r.mu.Lock()
		tries := len(r.asked)
		r.refuse = nil
		r.mu.Unlock()
		if tries < 2 || tries > 12 {
			t.Errorf("tried %d times in ten seconds", tries)
		}
		time.Sleep(2 * time.Second)
		r.expect(t, "re: one")
	})
}

func TestWorker_TriesAgainWhenTheStoreCouldNotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		synctest.Wait()
		r.mu.Lock()
		r.unread = errors.New("interrupted")
		r.mu.Unlock()
		r.says("one")
		r.expect(t, "")
		r.mu.Lock()
		r.unread = nil
		r.mu.Unlock()
		time.Sleep(2 * time.Second)
		r.expect(t, "re: one")
	})
}

func TestWorker_BeginsAfreshAfterAReopening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		r.says("old")
		r.expect(t, "re: old")
		r.happens(assist.Line(assist.ActivityResolved, nil), assist.Event{Data: assist.Resolved{}})
		r.happens(assist.Event{Data: assist.Reopened{}}, assist.Say(assist.ByCustomer(1), assist.Message{Kind: assist.KindText, Text: "new"}))
		r.expect(t, "re: old, re: new")
		if got := r.asked[len(r.asked)-1]; !slices.Equal(got, []string{"new"}) {
			t.Errorf("it still had %v in mind", got)
		}
	})
}

func TestWorker_ResolvesWhatLiesIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		r.says("one")
		time.Sleep(23 * time.Hour)
		synctest.Wait()
		if c, _ := r.Conversation(t.Context(), 1); c.Status != assist.StatusBot {
			t.Errorf("after 23 hours it is %s", c.Status)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if c, _ := r.Conversation(t.Context(), 1); c.Status != assist.StatusResolved {
			t.Errorf("after 25 hours it is %s", c.Status)
		}
	})
}
