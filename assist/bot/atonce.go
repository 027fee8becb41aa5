package bot

import (
	"context"
	"sync"

	"deskhand/assist"
)

// atOnce is how many conversations are answered at the same time: a turn may wait seconds for a slow system of the company,
// and nobody else shall wait with it.
const atOnce = 16

// answerAll has everything answered that wants it, and returns when the last of it is under way.
func (w *Worker) answerAll(ctx context.Context, under *sync.WaitGroup) {
	for {
		select {
		case w.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		id, ok := w.next()
		if !ok {
			<-w.slots
			return
		}
		under.Go(func() {
			w.answerOne(ctx, id)
			w.finished(id)
			<-w.slots
		})
	}
}

// answerOne answers one conversation, or passes it on when that failed too often.
func (w *Worker) answerOne(ctx context.Context, id assist.ConversationID) {
	answer := w.answer
	if w.failures(id) >= mostTries {
		answer = w.giveUp
	}
	if err := answer(ctx, id); err != nil && ctx.Err() == nil {
		w.tryAgain(id, err)
	}
}

// next is a conversation that wants an answer and in which none is being found.
func (w *Worker) next() (assist.ConversationID, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for id := range w.unanswered {
		if !w.answering[id] {
			delete(w.unanswered, id)
			w.answering[id] = true
			return id, true
		}
	}
	return 0, false
}

// finished lets what was said in the meantime be answered.
func (w *Worker) finished(id assist.ConversationID) {
	w.mu.Lock()
	delete(w.answering, id)
	more := w.unanswered[id]
	w.mu.Unlock()
	if more {
		w.note(id)
	}
}
