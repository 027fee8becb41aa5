package bot_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"

	"deskhand/assist"
	"deskhand/assist/bot"
)

// rooms are several conversations of one hub.
type rooms map[assist.ConversationID]*room

func (s rooms) Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error) {
	return s[id].Conversation(ctx, id)
}

func (s rooms) Conversations(context.Context, assist.ConversationFilter) ([]assist.Conversation, error) {
	return nil, nil
}

func (s rooms) Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error) {
	return s[f.Conversation].Messages(ctx, f)
}

func (s rooms) Identities(context.Context, assist.CustomerID) ([]assist.Identity, error) {
	return nil, nil
}

func (s rooms) Submit(w assist.Write, done func(assist.Written)) { s[w.Conversation].Submit(w, done) }

// slowIn finds no answer in one conversation before it is let go, and fails when it is asked there twice at a time.
type slowIn struct {
	t     *testing.T
	rooms rooms
	slow  assist.ConversationID
	busy  chan struct{} // full while an answer is being found there
	let   chan struct{}
}

func (s slowIn) Respond(ctx context.Context, turn bot.Turn) (bot.Answer, error) {
	if turn.Conversation.ID == s.slow {
		select {
		case s.busy <- struct{}{}:
			defer func() { <-s.busy }()
		default:
			s.t.Error("two answers are being found in one conversation at the same time")
		}
		select {
		case <-s.let:
		case <-ctx.Done():
			return bot.Answer{}, ctx.Err()
		}
	}
	return s.rooms[turn.Conversation.ID].Respond(ctx, turn)
}

func TestWorker_SlowAnswerHoldsUpNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := rooms{1: newRoom(), 2: newRoom()}
		all[2].c.ID = 2
		slow := slowIn{t: t, rooms: all, slow: 1, busy: make(chan struct{}, 1), let: make(chan struct{})}
		w, err := bot.New(bot.Options{Responder: slow, Ledger: all, Store: all, Desk: all[1], Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		all[1].watch, all[2].watch = w, w
		runUntilEnd(t, w.Run)
		all[1].says("one")
		synctest.Wait()
		all[2].says("two")
		all[1].says("still there?")
		all[2].expect(t, "re: two")
		all[1].expect(t, "")
		close(slow.let)
		all[1].expect(t, "re: still there?")
	})
}
