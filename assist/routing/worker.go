package routing

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
)

// Ledger stores what the worker decides.
type Ledger interface {
	Submit(w assist.Write, done func(assist.Written))
}

// Floor is the live picture that the worker decides on.
type Floor interface {
	Waiting() []assist.Conversation
	Held() []assist.Conversation
	LoadOf(id assist.AgentID) int
	Agent(id assist.AgentID) (assist.Agent, bool)
	Queue(id assist.QueueID) (assist.Queue, bool)
	// QueueOf is where conversations of the inbox wait.
	QueueOf(inbox assist.InboxID) assist.Queue
}

// Presence is who is here.
type Presence interface {
	Here() map[assist.AgentID]assist.AgentState
}

// Options configure a Worker. Those without a default are needed.
type Options struct {
	Ledger   Ledger
	Floor    Floor
	Presence Presence
	Log      *slog.Logger
	Now      func() time.Time // default time.Now
	// Grace is how long after the start agents may take to come back to what they had; default 45 s. How long
	// a lost connection is waited for is the presence's business.
	Grace time.Duration
	// WrapUpLimit ends a wrap-up that takes longer; 0: only its agent does.
	WrapUpLimit time.Duration
	// AutoAccept assigns in every queue, whatever the queue says.
	AutoAccept bool
}

// Worker routes. Its one goroutine is Run.
type Worker struct {
	opts    Options
	kick    chan struct{} // one pending wake-up is enough
	started time.Time
	busy    map[assist.ConversationID]bool // writes in flight; the goroutine's own
	done    chan assist.ConversationID     // of writes that came back
}

// New checks the options.
func New(o Options) (*Worker, error) {
	if o.Ledger == nil || o.Floor == nil || o.Presence == nil || o.Log == nil {
		return nil, errors.New("routing: an option without default is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Grace == 0 {
		o.Grace = 45 * time.Second
	}
	o.Log = o.Log.With("component", "routing")
	return &Worker{
		opts: o, kick: make(chan struct{}, 1), busy: map[assist.ConversationID]bool{},
		done: make(chan assist.ConversationID, maxInFlight), started: o.Now(),
	}, nil
}

// maxInFlight bounds the writes of one round; the rest comes with the next.
const maxInFlight = 256

// Changed implements hub.Sink: something may have to be routed. Words alone change nothing, and most of what is
// stored is words.
func (w *Worker) Changed(u hub.Update) {
	if slices.ContainsFunc(u.Events, func(e assist.Event) bool { return e.Type != assist.MessageAppended }) {
		w.Wake()
	}
}

// Typed implements hub.Sink.
func (w *Worker) Typed(hub.Typing) {}

// Wake asks for a round soon, e.g. because somebody came.
func (w *Worker) Wake() {
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// Run routes when something changed and once a second, until ctx ends.
func (w *Worker) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case id := <-w.done:
			delete(w.busy, id)
			continue
		case <-w.kick:
		case <-tick.C:
			w.sweep()
		}
		w.round()
	}
}

// round assigns what can be assigned, and tells customers when nobody is here.
func (w *Worker) round() {
	waiting := w.opts.Floor.Waiting()
	if len(waiting) == 0 {
		return
	}
	candidates := w.candidates()
	for _, a := range Pick(waiting, candidates, w.auto) {
		w.assign(a)
	}
	served := Served(waiting, candidates, w.mostWaiting)
	for _, c := range waiting {
		if staffed := served[c.ID]; staffed == c.LeftMessage && (staffed || !w.justStarted(c)) {
			w.tellStaffing(c, staffed)
		}
	}
}

// justStarted tells whether the conversation waited before the hub was started, and the agents may still be on
// their way back.
func (w *Worker) justStarted(c assist.Conversation) bool {
	return c.WaitingSince.Before(w.started) && w.opts.Now().Sub(w.started) < w.opts.Grace
}

func (w *Worker) mostWaiting(id assist.QueueID) int {
	q, _ := w.opts.Floor.Queue(id)
	return q.MaxWaiting
}

func (w *Worker) candidates() []Candidate {
	here := w.opts.Presence.Here()
	out := make([]Candidate, 0, len(here))
	for id, state := range here {
		if a, ok := w.opts.Floor.Agent(id); ok {
			out = append(out, Candidate{Agent: a, State: state, Load: w.opts.Floor.LoadOf(id)})
		}
	}
	return out
}

func (w *Worker) auto(id assist.QueueID) bool {
	q, ok := w.opts.Floor.Queue(id)
	return w.opts.AutoAccept || (ok && q.AutoAccept)
}

func (w *Worker) assign(a Assignment) {
	agent := a.Agent
	w.write(a.Conversation.ID, &assist.Capacity{Agent: agent.ID, Max: agent.Capacity}, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusWaiting {
			return nil, nil
		}
		return []assist.Event{
			{Actor: assist.BySystem(), Data: assist.Assigned{Agent: agent.ID, Name: agent.Name, Cause: "auto"}},
			assist.Line(assist.ActivityJoined, map[string]string{"name": agent.Name}),
		}, nil
	})
}

// tellStaffing tells a waiting customer honestly that nobody is here, or that somebody is again.
func (w *Worker) tellStaffing(c assist.Conversation, staffed bool) {
	w.write(c.ID, nil, func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusWaiting || c.LeftMessage != staffed {
			return nil, nil
		}
		q := assist.Queued{Queue: c.Queue, Team: c.Team, Reason: "left_message", Alone: !staffed}
		line := assist.ActivityLeaveMessage
		if staffed {
			q.Reason, line = "staffed", assist.ActivityWaiting
		}
		return []assist.Event{{Actor: assist.BySystem(), Data: q}, assist.Line(line, nil)}, nil
	})
}

// sweep wakes what was snoozed until now and re-queues what lost its agent.
func (w *Worker) sweep() {
	now, here := w.opts.Now(), w.opts.Presence.Here()
	settled := now.Sub(w.started) >= w.opts.Grace
	for _, c := range w.opts.Floor.Held() {
		_, present := here[c.Assignee]
		switch {
		case c.Status == assist.StatusSnoozed && !c.SnoozedUntil.After(now):
			w.write(c.ID, nil, wake(now))
		case c.Status == assist.StatusHuman && !present && settled:
			w.write(c.ID, nil, w.requeue(c.Assignee))
		case c.Status == assist.StatusWrapUp && !present && settled:
			w.write(c.ID, nil, closeUp(c.Assignee, "agent_lost"))
		case c.Status == assist.StatusWrapUp && w.opts.WrapUpLimit > 0 && now.Sub(c.ResolvedAt) >= w.opts.WrapUpLimit:
			w.write(c.ID, nil, closeUp(c.Assignee, "wrap_up_limit"))
		}
	}
}

func wake(now time.Time) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusSnoozed || c.SnoozedUntil.After(now) {
			return nil, nil
		}
		return []assist.Event{{Actor: assist.BySystem(), Data: assist.Woken{Cause: "time"}}}, nil
	}
}

// requeue puts the conversation of an agent who dropped off back to where it waited, ahead of its turn since
// it keeps its waiting time, and tells the customer.
func (w *Worker) requeue(lost assist.AgentID) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusHuman || c.Assignee != lost {
			return nil, nil
		}
		to, team := c.Queue, c.Team
		if to == "" { // taken from the bot: it never waited
			q := w.opts.Floor.QueueOf(c.Inbox)
			to, team = q.ID, q.Team
		}
		return []assist.Event{
			{Actor: assist.BySystem(), Data: assist.Queued{Queue: to, Team: team, Reason: "agent_lost", From: lost}},
			assist.Line(assist.ActivityAgentLost, nil),
		}, nil
	}
}

// closeUp ends the wrap-up of an agent who is gone or takes too long: the matter itself is settled.
func closeUp(of assist.AgentID, cause string) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusWrapUp || c.Assignee != of {
			return nil, nil
		}
		return []assist.Event{{Actor: assist.BySystem(), Data: assist.Resolved{Cause: cause}}}, nil
	}
}

// write submits one decision a conversation at a time, so that a slow store is not asked twice.
func (w *Worker) write(id assist.ConversationID, capacity *assist.Capacity, decide assist.Decision) {
	if w.busy[id] || len(w.busy) >= maxInFlight {
		return
	}
	w.busy[id] = true
	w.opts.Ledger.Submit(assist.Write{Conversation: id, Capacity: capacity, Decide: decide}, func(r assist.Written) {
		if r.Err != nil && assist.CodeOf(r.Err) != assist.CodeFull && assist.CodeOf(r.Err) != assist.CodeDraining {
			w.opts.Log.Error("routing not stored", "conversation_id", id, "err", r.Err)
		}
		w.done <- id // never blocks: at most maxInFlight are out
	})
}
