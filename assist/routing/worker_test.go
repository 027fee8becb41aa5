package routing_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/floor"
	"deskhand/assist/hub"
	"deskhand/assist/routing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shift is a desk in memory: a ledger that applies at once, the real floor, and who is here.
type shift struct {
	*floor.Floor
	worker *routing.Worker

	mu   sync.Mutex // guards the fields below
	all  map[assist.ConversationID]assist.Conversation
	here map[assist.AgentID]assist.AgentState
	told map[assist.ConversationID][]string // the lines that customers read
	held []func()                           // writes that wait to be stored, while slow
	slow bool
	rev  assist.Rev
}

type people []assist.Agent

func (p people) Agents(context.Context) ([]assist.Agent, error) { return p, nil }
func (people) Teams(context.Context) ([]assist.Team, error) {
	return []assist.Team{{ID: "support"}}, nil
}
func (people) Conversations(context.Context, assist.ConversationFilter) ([]assist.Conversation, error) {
	return nil, nil
}
func (people) Queues(context.Context) ([]assist.Queue, error) {
	return []assist.Queue{{ID: "support", Team: "support"}, {ID: "auto", Team: "support", AutoAccept: true}, {ID: "short", Team: "support", MaxWaiting: 1}}, nil
}

// begin makes a shift whose worker runs inside the bubble until the test ends.
func begin(t *testing.T, o routing.Options, agents ...assist.Agent) *shift {
	t.Helper()
	s := &shift{all: map[assist.ConversationID]assist.Conversation{}, here: map[assist.AgentID]assist.AgentState{}, told: map[assist.ConversationID][]string{}}
	s.Floor = floor.New(people(agents), []assist.Inbox{{ID: "shop", Queue: "support"}}, time.Now)
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.Ledger, o.Floor, o.Presence, o.Log = s, s, s, slog.New(slog.DiscardHandler)
	w, err := routing.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.worker = w
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	return s
}

func (s *shift) Here() map[assist.AgentID]assist.AgentState {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[assist.AgentID]assist.AgentState{}
	for id, state := range s.here {
		out[id] = state
	}
	return out
}

func (s *shift) comes(id assist.AgentID, state assist.AgentState) {
	s.mu.Lock()
	s.here[id] = state
	s.mu.Unlock()
	s.worker.Wake()
}

func (s *shift) goes(id assist.AgentID) {
	s.mu.Lock()
	delete(s.here, id)
	s.mu.Unlock()
}

func (s *shift) Submit(w assist.Write, done func(assist.Written)) {
	s.mu.Lock()
	if s.slow {
		s.held = append(s.held, func() { s.store(w, done) })
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.store(w, done)
}

func (s *shift) store(w assist.Write, done func(assist.Written)) {
	s.mu.Lock()
	c := s.all[w.Conversation]
	events, err := w.Decide(c)
	after := c
	for i := range events {
		s.rev++
		events[i].Rev, events[i].At, events[i].Type = s.rev, time.Now(), events[i].Data.EventType()
		if d, ok := events[i].Data.(assist.Appended); ok && d.Message.Activity != nil {
			s.told[c.ID] = append(s.told[c.ID], d.Message.Activity.Code)
		}
		after = after.Apply(events[i])
	}
	if k := w.Capacity; k != nil && err == nil && after.Assignee == k.Agent && c.Assignee != k.Agent {
		n := 0
		for _, o := range s.all {
			if o.Status == assist.StatusHuman && o.Assignee == k.Agent {
				n++
			}
		}
		if n >= k.Max {
			after, events, err = c, nil, assist.Errorf(assist.CodeFull, "full")
		}
	}
	s.all[w.Conversation] = after
	s.mu.Unlock()
	done(assist.Written{Conversation: after, Events: events, Err: err})
	if len(events) > 0 {
		u := hub.Update{Conversation: after, Events: events}
		s.Changed(u)
		s.worker.Changed(u)
	}
}

// put stores a conversation as it is.
func (s *shift) put(c assist.Conversation) {
	s.mu.Lock()
	s.rev++
	c.Rev = s.rev
	c.Inbox, c.Team = "shop", "support"
	s.all[c.ID] = c
	s.mu.Unlock()
	u := hub.Update{Conversation: c, Events: []assist.Event{{Type: assist.ConversationQueued, Data: assist.Queued{}}}}
	s.Changed(u)
	s.worker.Changed(u)
}

// expect waits until nothing moves and compares.
func (s *shift) expect(t *testing.T, id assist.ConversationID, status assist.Status, agent assist.AgentID, told ...string) {
	t.Helper()
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.all[id]
	if c.Status != status || c.Assignee != agent || !slices.Equal(s.told[id], told) {
		t.Errorf("conversation %d: got %s, agent %d, told %s; want %s, %d, %s", id, c.Status, c.Assignee, strings.Join(s.told[id], " "), status, agent, strings.Join(told, " "))
	}
}

func waiting(id assist.ConversationID, queue assist.QueueID) assist.Conversation {
	return assist.Conversation{ID: id, Status: assist.StatusWaiting, Queue: queue, WaitingSince: time.Now()}
}

func agentOf(capacity int) assist.Agent {
	return assist.Agent{ID: 1, Name: "Li", Role: assist.RoleAgent, Capacity: capacity}
}

func TestWorker_AssignsUpToCapacityAndGoesOnWhenThereIsRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{}, agentOf(2))
		s.comes(1, assist.StateAvailable)
		for id := range assist.ConversationID(3) {
			s.put(waiting(id+1, "auto"))
		}
		s.expect(t, 1, assist.StatusHuman, 1, "joined")
		s.expect(t, 2, assist.StatusHuman, 1, "joined")
		s.expect(t, 3, assist.StatusWaiting, 0)
		done := s.all[1]
		done.Status = assist.StatusResolved
		s.put(done)
		s.expect(t, 3, assist.StatusHuman, 1, "joined")
	})
}

func TestWorker_LeavesQueuesThatAgentsAcceptFromAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{}, agentOf(2))
		s.comes(1, assist.StateAvailable)
		s.put(waiting(1, "support"))
		s.expect(t, 1, assist.StatusWaiting, 0)
	})
}

func TestWorker_NobodyIsHereAndThenSomebodyIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{}, agentOf(2))
		time.Sleep(time.Second)
		s.put(waiting(1, "support"))
		s.expect(t, 1, assist.StatusWaiting, 0, "leave_message")
		s.comes(1, assist.StateBusy) // works, so the customer will be served
		s.expect(t, 1, assist.StatusWaiting, 0, "leave_message", "waiting")
	})
}

// Who waited when the hub was restarted isn't told that nobody is there while the agents are coming back.
func TestWorker_AfterAStartItWaitsForTheAgents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := waiting(1, "support")
		mine := assist.Conversation{ID: 2, Status: assist.StatusHuman, Assignee: 1, Queue: "support"}
		time.Sleep(time.Minute) // the hub was away
		s := begin(t, routing.Options{Grace: 30 * time.Second}, agentOf(2))
		s.put(c)
		s.put(mine)
		time.Sleep(20 * time.Second)
		s.expect(t, 1, assist.StatusWaiting, 0)
		s.expect(t, 2, assist.StatusHuman, 1)
		time.Sleep(20 * time.Second)
		s.expect(t, 1, assist.StatusWaiting, 0, "leave_message")
		s.expect(t, 2, assist.StatusWaiting, 0, "agent_lost", "leave_message")
	})
}

func TestWorker_AFullQueueAsksForAMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{}, agentOf(2))
		s.comes(1, assist.StateAvailable)
		s.put(waiting(1, "short"))
		time.Sleep(time.Millisecond)
		s.put(waiting(2, "short"))
		s.expect(t, 1, assist.StatusWaiting, 0)
		s.expect(t, 2, assist.StatusWaiting, 0, "leave_message")
		taken := s.all[1]
		taken.Status, taken.Assignee = assist.StatusHuman, 1
		s.put(taken)
		s.expect(t, 2, assist.StatusWaiting, 0, "leave_message", "waiting")
	})
}

func TestWorker_WakesRequeuesAndClosesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{Grace: time.Second, WrapUpLimit: 10 * time.Minute}, agentOf(9))
		s.comes(1, assist.StateAvailable)
		now := time.Now()
		s.put(assist.Conversation{ID: 1, Status: assist.StatusSnoozed, Assignee: 1, SnoozedUntil: now.Add(time.Hour)})
		s.put(assist.Conversation{ID: 2, Status: assist.StatusWrapUp, Assignee: 1, ResolvedAt: now, Last: assist.Preview{At: now}})
		s.put(assist.Conversation{ID: 3, Status: assist.StatusHuman, Assignee: 1}) // taken from the bot: it never waited
		time.Sleep(9 * time.Minute)
		s.expect(t, 2, assist.StatusWrapUp, 1)
		time.Sleep(2 * time.Minute)
		s.expect(t, 2, assist.StatusResolved, 1)
		time.Sleep(50 * time.Minute)
		s.expect(t, 1, assist.StatusHuman, 1)
		s.goes(1)
		time.Sleep(2 * time.Second)
		s.expect(t, 1, assist.StatusWaiting, 0, "agent_lost", "leave_message")
		s.expect(t, 3, assist.StatusWaiting, 0, "agent_lost", "leave_message")
		if got := s.all[3].Queue; got != "support" {
			t.Errorf("it waits in %q, want the inbox's queue", got)
		}
	})
}

// While a write is on its way nothing is decided about the conversation a second time.
func TestWorker_ASlowStoreIsAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := begin(t, routing.Options{}, agentOf(2))
		s.mu.Lock()
		s.slow = true
		s.mu.Unlock()
		s.comes(1, assist.StateAvailable)
		for id := range assist.ConversationID(400) { // more than may be on their way
			s.put(waiting(id+1, "auto"))
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		s.mu.Lock()
		held := s.held
		s.held, s.slow = nil, false
		s.mu.Unlock()
		if len(held) != 2 { // as many as the agent has room for
			t.Errorf("%d writes are on their way, want 2", len(held))
		}
		for _, store := range held {
			store()
		}
		s.expect(t, 1, assist.StatusHuman, 1, "joined")
	})
}
