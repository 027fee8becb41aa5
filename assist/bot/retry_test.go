package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/bot"
)

// brokenResponder fails in every turn.
type brokenResponder struct{}

func (brokenResponder) Respond(context.Context, bot.Turn) (bot.Answer, error) {
	return bot.Answer{}, errors.New("no idea")
}

// line is the last system line of the conversation.
func (r *room) line() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := len(r.messages) - 1; i >= 0; i-- {
		if a := r.messages[i].Activity; a != nil {
			return a.Code
		}
	}
	return ""
}

func (r *room) set(refuse, unread error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse, r.unread = refuse, unread
}

func (r *room) now() assist.Conversation {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.c
}

// passedOn expects the conversation to wait for people because the bot failed.
func (r *room) passedOn(t *testing.T) {
	t.Helper()
	synctest.Wait()
	c := r.now()
	if c.Status != assist.StatusWaiting || c.Queue != "support" || c.Handoff == nil || c.Handoff.Reason != "error" {
		t.Fatalf("got %s in %q with handoff %+v, want waiting in support for reason error", c.Status, c.Queue, c.Handoff)
	}
	if c.Handoff.Summary != "one" || r.line() != assist.ActivityBotAway {
		t.Errorf("summary %q, line %q", c.Handoff.Summary, r.line())
	}
}

func TestWorker_PassesOnWhatItFindsNoAnswerTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		workWith(t, r, brokenResponder{})
		r.says("one")
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if c := r.now(); c.Status != assist.StatusBot {
			t.Errorf("after 3 s it is %s: it should try a few times", c.Status)
		}
		time.Sleep(4 * time.Second)
		r.passedOn(t)
	})
}

func TestWorker_PassesOnWhatItCannotSay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		r.set(errors.New("broken"), nil)
		r.says("one")
		time.Sleep(time.Hour) // not even the handoff can be stored
		synctest.Wait()
		if c := r.now(); c.Status != assist.StatusBot {
			t.Errorf("it is %s", c.Status)
		}
		r.set(nil, nil)
		time.Sleep(2 * time.Minute)
		r.passedOn(t)
	})
}

func TestWorker_PassesOnWhatItCannotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		synctest.Wait()
		r.set(nil, errors.New("broken"))
		r.says("one")
		time.Sleep(time.Hour)
		r.set(nil, nil)
		time.Sleep(2 * time.Minute)
		r.passedOn(t)
	})
}

// What failed once leaves no trace: the next failures are counted from the beginning.
func TestWorker_ForgetsTroubleAfterAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		work(t, r)
		for range 3 {
			r.set(errors.New("broken"), nil)
			r.says("one")
			time.Sleep(2500 * time.Millisecond) // three tries
			r.set(nil, nil)
			time.Sleep(2 * time.Second)
		}
		r.expect(t, "re: one, re: one, re: one")
	})
}

// handingOver passes a conversation on without a word.
type handingOver struct{}

func (handingOver) Respond(context.Context, bot.Turn) (bot.Answer, error) {
	return bot.Answer{Handoff: &assist.Handoff{Reason: "safety"}}, nil
}

func TestWorker_HandsOffWithoutWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		workWith(t, r, handingOver{})
		r.says("one")
		r.expect(t, "")
		if c := r.now(); c.Status != assist.StatusWaiting || c.Handoff.Reason != "safety" {
			t.Errorf("got %s, %+v", c.Status, c.Handoff)
		}
	})
}

func TestOff_PassesOnWhatTheBotHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		r.says("one")
		r.set(errors.New("broken"), nil)
		off(t, r)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if c := r.now(); c.Status != assist.StatusBot {
			t.Errorf("it is %s", c.Status)
		}
		r.set(nil, nil)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if c := r.now(); c.Status != assist.StatusWaiting || c.Queue != "support" || r.line() != assist.ActivityBotAway {
			t.Errorf("got %s in %q, line %q", c.Status, c.Queue, r.line())
		}
	})
}

func TestOff_ResolvesWhatLiesIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom()
		r.says("one")
		time.Sleep(25 * time.Hour)
		off(t, r)
		synctest.Wait()
		if c := r.now(); c.Status != assist.StatusResolved {
			t.Errorf("it is %s", c.Status)
		}
	})
}

// off runs what takes the bot's place until the test ends.
func off(t *testing.T, r *room) {
	t.Helper()
	o, err := bot.NewOff(bot.Options{Ledger: r, Store: r, Desk: r, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	runUntilEnd(t, o.Run)
}
