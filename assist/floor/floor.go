// Package floor is the live picture of the desk: what waits where, who has how much, and who everybody is. It
// is folded from stored facts as the hub tells them, and rebuilt from the store at start. It starts no
// goroutines; Load and Refresh read the store, everything else answers from memory.
package floor

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
)

// Store is what the picture is built from.
type Store interface {
	Conversations(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error)
	Agents(ctx context.Context) ([]assist.Agent, error)
	Teams(ctx context.Context) ([]assist.Team, error)
	Queues(ctx context.Context) ([]assist.Queue, error)
}

// Floor is the picture. Safe for concurrent use.
type Floor struct {
	store Store
	now   func() time.Time
	inbox map[assist.InboxID]assist.Inbox

	mu     sync.RWMutex // guards the fields below
	held   map[assist.ConversationID]assist.Conversation
	load   map[assist.AgentID]int
	pace   map[assist.QueueID]*pace
	lines  map[assist.QueueID]line
	agents map[assist.AgentID]assist.Agent
	teams  []assist.Team
	queues []assist.Queue
}

// pace is how fast a queue moves: the moments of the last conversations that left it for an agent.
type pace struct{ left []time.Time }

const paceMemory = 10

// New is an empty picture of a desk with these inboxes; call Load before use.
func New(store Store, inboxes []assist.Inbox, now func() time.Time) *Floor {
	byID := make(map[assist.InboxID]assist.Inbox, len(inboxes))
	for _, i := range inboxes {
		byID[i.ID] = i
	}
	return &Floor{
		store: store, now: now, inbox: byID, held: map[assist.ConversationID]assist.Conversation{}, load: map[assist.AgentID]int{},
		pace: map[assist.QueueID]*pace{}, lines: map[assist.QueueID]line{}, agents: map[assist.AgentID]assist.Agent{},
	}
}

// concerns tells whether the picture keeps the conversation: those that people have or wait for. What the bot
// has is not kept, for there may be very many.
func concerns(s assist.Status) bool {
	return s == assist.StatusWaiting || s == assist.StatusHuman || s == assist.StatusSnoozed || s == assist.StatusWrapUp
}

// Load reads the picture from the store. Watch the hub before, so that nothing falls between.
func (f *Floor) Load(ctx context.Context) error {
	if err := f.Refresh(ctx); err != nil {
		return err
	}
	filter := assist.ConversationFilter{
		Statuses: []assist.Status{assist.StatusWaiting, assist.StatusHuman, assist.StatusSnoozed, assist.StatusWrapUp},
		Limit:    1000,
	}
	for {
		page, err := f.store.Conversations(ctx, filter)
		if err != nil {
			return fmt.Errorf("load the floor: %w", err)
		}
		for _, c := range page {
			f.put(c)
		}
		if len(page) < filter.Limit {
			return nil
		}
		filter.Before = page[len(page)-1].Rev
	}
}

// Refresh reads agents, teams and queues anew.
func (f *Floor) Refresh(ctx context.Context) error {
	agents, err := f.store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("agents: %w", err)
	}
	teams, err := f.store.Teams(ctx)
	if err != nil {
		return fmt.Errorf("teams: %w", err)
	}
	queues, err := f.store.Queues(ctx)
	if err != nil {
		return fmt.Errorf("queues: %w", err)
	}
	byID := make(map[assist.AgentID]assist.Agent, len(agents))
	for _, a := range agents {
		if len(a.Teams) == 0 { // whoever is in no team works for all: so a desk of one team needs no settings
			for _, t := range teams {
				a.Teams = append(a.Teams, t.ID)
			}
		}
		byID[a.ID] = a
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.agents, f.teams, f.queues = byID, teams, queues
	return nil
}

// Changed implements hub.Sink.
func (f *Floor) Changed(u hub.Update) {
	if u.Conversation.ID != 0 {
		f.put(u.Conversation)
	}
}

// Typed implements hub.Sink.
func (f *Floor) Typed(hub.Typing) {}

func (f *Floor) put(c assist.Conversation) {
	f.mu.Lock()
	defer f.mu.Unlock()
	old, had := f.held[c.ID]
	if had && old.Rev > c.Rev {
		return
	}
	if had && old.Status == assist.StatusHuman {
		f.load[old.Assignee]--
	}
	if had && old.Status == assist.StatusWaiting {
		f.lines[old.Queue] = f.lines[old.Queue].without(old)
		if c.Status == assist.StatusHuman {
			f.step(old.Queue)
		}
	}
	if c.Status == assist.StatusWaiting {
		f.lines[c.Queue] = f.lines[c.Queue].with(c)
	}
	if !concerns(c.Status) {
		delete(f.held, c.ID)
		return
	}
	f.held[c.ID] = c
	if c.Status == assist.StatusHuman {
		f.load[c.Assignee]++
	}
}

func (f *Floor) step(q assist.QueueID) {
	p := f.pace[q]
	if p == nil {
		p = &pace{}
		f.pace[q] = p
	}
	p.left = append(p.left, f.now())
	if len(p.left) > paceMemory {
		p.left = p.left[1:]
	}
}

// Before is the order of a queue: higher priority first, then who waits longest.
func Before(a, b assist.Conversation) int { return standOf(a).compare(standOf(b)) }

// Waiting lists what waits in all queues, in the order in which it is to be served.
func (f *Floor) Waiting() []assist.Conversation {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var out []assist.Conversation
	for _, l := range f.lines {
		for _, s := range l {
			out = append(out, f.held[s.id])
		}
	}
	slices.SortFunc(out, Before)
	return out
}

// Held lists the conversations that agents have: in status human, snoozed or wrap-up.
func (f *Floor) Held() []assist.Conversation {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var out []assist.Conversation
	for _, c := range f.held {
		if c.Status != assist.StatusWaiting {
			out = append(out, c)
		}
	}
	return out
}

// LoadOf an agent: the conversations in status human.
func (f *Floor) LoadOf(id assist.AgentID) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.load[id]
}

// Place is where the conversation stands in its queue, from 1, and how long it will wait if the queue goes on
// at its pace; 0 where not known.
func (f *Floor) Place(c assist.Conversation) (position int, wait time.Duration) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	position = 1 + f.lines[c.Queue].before(c)
	p := f.pace[c.Queue]
	if p == nil || len(p.left) < 2 {
		return position, 0
	}
	each := f.now().Sub(p.left[0]) / time.Duration(len(p.left))
	return position, time.Duration(position) * each
}

// Agent is the person with that id.
func (f *Floor) Agent(id assist.AgentID) (assist.Agent, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	a, ok := f.agents[id]
	return a, ok
}

// AgentName is how an agent's name reads, empty if there is none.
func (f *Floor) AgentName(id assist.AgentID) string {
	a, _ := f.Agent(id)
	return a.Name
}

// Agents lists everybody who isn't disabled, by name.
func (f *Floor) Agents() []assist.Agent {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var out []assist.Agent
	for _, a := range f.agents {
		if !a.Disabled {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b assist.Agent) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out
}

// Teams lists the teams.
func (f *Floor) Teams() []assist.Team {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.teams)
}

// Queues lists the queues.
func (f *Floor) Queues() []assist.Queue {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.queues)
}

// Queue is the queue with that id.
func (f *Floor) Queue(id assist.QueueID) (assist.Queue, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	i := slices.IndexFunc(f.queues, func(q assist.Queue) bool { return q.ID == id })
	if i < 0 {
		return assist.Queue{}, false
	}
	return f.queues[i], true
}

// TeamOf is the team that serves the queue, empty if it is not known.
func (f *Floor) TeamOf(id assist.QueueID) assist.TeamID {
	q, _ := f.Queue(id)
	return q.Team
}

// QueueOf is where conversations of the inbox wait; one that isn't stored serves no team.
func (f *Floor) QueueOf(id assist.InboxID) assist.Queue {
	want := f.inbox[id].Queue
	if q, ok := f.Queue(want); ok {
		return q
	}
	return assist.Queue{ID: want, Name: string(want)}
}

// Inbox is the inbox with that id.
func (f *Floor) Inbox(id assist.InboxID) (assist.Inbox, bool) {
	i, ok := f.inbox[id]
	return i, ok
}
