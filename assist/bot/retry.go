package bot

import (
	"context"
	"time"

	"deskhand/assist"
	"deskhand/assist/desk"
)

const (
	mostTries = 5           // of one turn; then it goes to a person
	longest   = time.Minute // between two tries to pass a conversation on
)

// store submits what the bot wants stored and sees to it that it is tried again when it was not.
func (w *Worker) store(x assist.Write) {
	id := x.Conversation
	w.opts.Ledger.Submit(x, func(r assist.Written) {
		e := assist.AsError(r.Err)
		switch {
		case r.Err == nil:
			w.settled(id)
		case assist.CodeOf(r.Err) == assist.CodeDraining: // the next start finds it
		case e != nil && e.RetryAfter > 0: // whoever asks for patience gets it
			w.postpone(id, retryEvery)
		default:
			w.tryAgain(id, r.Err)
		}
	})
}

// giveUp passes a conversation on to people after the bot has failed in it too often.
func (w *Worker) giveUp(ctx context.Context, id assist.ConversationID) error {
	c, err := w.opts.Store.Conversation(ctx, id)
	if err != nil {
		return err
	}
	h, err := w.Brief(ctx, id, "error") // what can't be read is missing in it; the customer waits no longer for that
	if err != nil {
		w.opts.Log.Warn("handoff without all that the bot knows", "conversation_id", id, "err", err)
	}
	w.store(assist.Write{Conversation: id, Decide: desk.BotFails(h, w.opts.Desk.QueueOf(c.Inbox))})
	return nil
}

// tryAgain remembers a conversation in which something went wrong: to answer it a few times, a second apart, then to
// pass it on, ever more seldom, until it succeeds.
func (w *Worker) tryAgain(id assist.ConversationID, err error) {
	if assist.CodeOf(err) == assist.CodeNotFound {
		w.settled(id)
		return
	}
	w.mu.Lock()
	w.failed[id]++
	n := w.failed[id]
	w.mu.Unlock()
	wait := retryEvery
	if n > mostTries {
		wait = min(retryEvery<<min(n-mostTries, 10), longest)
	}
	w.postpone(id, wait)
	if n < mostTries {
		w.opts.Log.Warn("no answer of the bot, trying again", "conversation_id", id, "err", err)
		return
	}
	w.opts.Log.Error("no answer of the bot, passing on to people", "conversation_id", id, "tries", n, "err", err)
}

func (w *Worker) failures(id assist.ConversationID) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed[id]
}

// settled forgets what went wrong in a conversation.
func (w *Worker) settled(id assist.ConversationID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.failed, id)
}

// postpone remembers a conversation for later.
func (w *Worker) postpone(id assist.ConversationID, wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.postponed[id] = w.opts.Now().Add(wait)
}

// resume takes up what was postponed until now.
func (w *Worker) resume() {
	now := w.opts.Now()
	var due []assist.ConversationID
	w.mu.Lock()
	for id, at := range w.postponed {
		if !at.After(now) {
			due = append(due, id)
			delete(w.postponed, id)
		}
	}
	w.mu.Unlock()
	for _, id := range due {
		w.note(id)
	}
}
