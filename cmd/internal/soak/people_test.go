//go:build unix

package soak

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/bench"
)

// writer is a customer who writes and writes.
type writer struct {
	world    *world
	name     string
	customer *client.Customer
	paused   atomic.Bool
}

// maxUnsent keeps the outbox of somebody whose hub is away from growing for ever.
const maxUnsent = 20

func (w *world) startCustomer(ctx context.Context, human bool) *writer {
	w.t.Helper()
	c := &writer{world: w, name: fmt.Sprintf("customer %d", len(w.writing)+1)}
	var err error
	c.customer, err = client.NewCustomer(client.CustomerOptions{Hub: w.network.url(), Inbox: "chat", Language: "en", Handle: c.hear, Log: quiet,
		Timing: hasty, InFlight: 1 + len(w.writing)%2*7})
	must(w.t, err)
	w.running.Go(func() {
		if err := c.customer.Run(ctx); err != nil {
			w.t.Errorf("%s: %v", c.name, err)
		}
	})
	rnd := rand.New(rand.NewPCG(w.seed, uint64(len(w.writing)+100)))
	w.running.Go(func() { c.write(ctx, human, rnd) })
	return c
}

func (c *writer) pause() { c.paused.Store(true) }

func (c *writer) write(ctx context.Context, human bool, rnd *rand.Rand) {
	for n := 0; ; {
		if !wait(ctx, between(rnd, 5, 40)) {
			return
		}
		if human && c.customer.Human(ctx) == nil {
			human = false
		}
		if c.paused.Load() || len(c.customer.Waiting()) >= maxUnsent {
			continue
		}
		n++
		text := numbered(c.name, n)
		c.world.log.send(text, func() (assist.ClientID, error) { return c.customer.Send(ctx, text) })
	}
}

func (c *writer) hear(f wire.Frame) {
	switch f := f.(type) {
	case wire.Ack:
		c.world.log.acked(f)
	case wire.Failure:
		c.world.log.failed(f)
	case wire.CustomerMessageNew:
		c.world.log.saw(c.name, f.Conversation, f.Message.Seq, f.Message.Text)
	case wire.CustomerMessages:
		for _, m := range f.Messages {
			c.world.log.saw(c.name, f.Conversation, m.Seq, m.Text)
		}
	}
}

// server is an agent who accepts what waits, at the same time as the colleague, and answers customers.
type server struct {
	world  *world
	login  bench.Login
	agent  *client.Agent
	orders chan conversationID // to accept; bounded, dropped when full: rows tell again
	silent atomic.Bool

	mu   sync.Mutex // guards the fields below
	mine map[conversationID]bool
	said int
}

func (w *world) startAgent(ctx context.Context, who bench.Login) *server {
	w.t.Helper()
	s := &server{world: w, login: who, orders: make(chan conversationID, 256), mine: map[conversationID]bool{}}
	session, _, _, err := client.SignIn(ctx, w.hub.URL, who.Name, who.Password, "soak")
	must(w.t, err)
	s.agent, err = client.NewAgent(client.AgentOptions{Hub: w.network.url(), Session: session, Handle: s.hear, Log: quiet, Timing: hasty, PerConversation: 4})
	must(w.t, err)
	w.running.Go(func() {
		if err := s.agent.Run(ctx); err != nil {
			w.t.Errorf("%s: %v", who.Name, err)
		}
	})
	w.running.Go(func() { s.accept(ctx) })
	return s
}

func (s *server) silence() { s.silent.Store(true) }

// accept takes what waits. Who is too late hears so.
func (s *server) accept(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-s.orders:
			within, cancel := context.WithTimeout(ctx, 2*time.Second)
			_, err := s.agent.Call(within, wire.AgentDo{Do: wire.DoAccept, Conversation: id})
			cancel()
			if err == nil {
				s.world.log.accepted(id, s.login.Agent)
				s.own(id)
			}
		}
	}
}

func (s *server) own(id conversationID) {
	s.mu.Lock()
	was := s.mine[id]
	s.mine[id] = true
	s.mu.Unlock()
	if !was {
		s.agent.Open(id)
	}
}

func (s *server) hear(f wire.Frame) {
	switch f := f.(type) {
	case wire.Ack:
		s.world.log.acked(f)
	case wire.Failure:
		s.world.log.failed(f)
	case wire.AgentRows:
		for _, r := range f.Rows {
			s.row(r)
		}
	case wire.AgentOpened:
		for _, m := range f.Messages {
			s.saw(f.Row.ID, m)
		}
	case wire.AgentEvent:
		if d, ok := f.Event.Data.(assist.Appended); ok {
			s.saw(f.Event.Conversation, d.Message)
			s.answer(f.Event.Conversation, d.Message)
		}
	}
}

// row looks for what waits, and for what is one's own without one's knowing: accepted, and the answer lost.
func (s *server) row(r wire.Row) {
	switch {
	case r.Status == assist.StatusWaiting:
		select {
		case s.orders <- r.ID:
		default:
		}
	case r.Assignee == s.login.Agent:
		s.world.running.Go(func() { s.own(r.ID) })
	}
}

func (s *server) saw(id conversationID, m assist.Message) {
	if m.Seq > 0 {
		s.world.log.saw(s.login.Name, id, m.Seq, m.Text)
	}
}

// answer says something to every third message of a customer.
func (s *server) answer(id conversationID, m assist.Message) {
	if m.From.Kind != assist.ActorCustomer || m.Seq%3 != 0 || s.silent.Load() || len(s.agent.Waiting()) >= maxUnsent {
		return
	}
	s.mu.Lock()
	s.said++
	text := numbered(s.login.Name, s.said)
	s.mu.Unlock()
	s.world.log.send(text, func() (assist.ClientID, error) {
		return s.agent.Post(context.Background(), client.Draft{Conversation: id, Text: text})
	})
}
