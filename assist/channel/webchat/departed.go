package webchat

import (
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/intake"
)

// departed remembers waiting customers who closed their last page. One who doesn't come back soon has given up
// waiting; the conversation stays in the queue, for the answer reaches them when they return.
type departed struct {
	mu    sync.Mutex // guards since
	since map[assist.ConversationID]departure
}

type departure struct {
	at           time.Time
	waitingSince time.Time
}

// givenUpAfter is how long a waiting customer may be away: a reload, a tunnel, a walk with the phone.
const givenUpAfter = time.Minute

func (d *departed) note(c assist.Conversation, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.since == nil {
		d.since = map[assist.ConversationID]departure{}
	}
	d.since[c.ID] = departure{at: now, waitingSince: c.WaitingSince}
}

func (d *departed) back(id assist.ConversationID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.since, id)
}

// due takes out those who have been away for too long.
func (d *departed) due(now time.Time) map[assist.ConversationID]departure {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[assist.ConversationID]departure{}
	for id, g := range d.since {
		if now.Sub(g.at) >= givenUpAfter {
			out[id] = g
			delete(d.since, id)
		}
	}
	return out
}

// sweepDeparted stores who has given up waiting.
func (s *Server) sweepDeparted() {
	for id, g := range s.departed.due(s.opts.Now()) {
		waited := g.at.Sub(g.waitingSince)
		s.opts.Ledger.Submit(assist.Write{Conversation: id, Decide: intake.Leave(waited.Milliseconds())}, func(w assist.Written) {
			if w.Err != nil && assist.CodeOf(w.Err) != assist.CodeDraining {
				s.opts.Log.Error("customer's leaving not stored", "conversation_id", id, "err", w.Err)
			}
		})
	}
}
