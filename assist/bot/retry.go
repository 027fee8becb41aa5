package bot

import "deskhand/assist"

// postpone remembers a conversation for the next tick: whoever asked for patience gets it.
func (w *Worker) postpone(id assist.ConversationID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.postponed[id] = true
}

// resume takes up what was postponed.
func (w *Worker) resume() {
	w.mu.Lock()
	postponed := w.postponed
	w.postponed = map[assist.ConversationID]bool{}
	w.mu.Unlock()
	for id := range postponed {
		w.note(id)
	}
}

// tryAgain remembers a turn to which no answer was found, a few times.
func (w *Worker) tryAgain(id assist.ConversationID, err error) {
	if w.failed[id]++; w.failed[id] < mostTries {
		w.opts.Log.Warn("no answer of the bot, trying again", "conversation_id", id, "err", err)
		w.postpone(id)
		return
	}
	delete(w.failed, id)
	w.opts.Log.Error("no answer of the bot", "conversation_id", id, "err", err)
}
