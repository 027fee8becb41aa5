package replay

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
)

// Options say how recorded customers are played. Hub, Inboxes, Conversations and Log are needed.
type Options struct {
	Hub           string           // address, e.g. "http://127.0.0.1:7420"
	Inboxes       []assist.InboxID // taken in turn by conversations that name none
	Conversations []Conversation
	Customers     int     // Play: how many in all, beginning anew when the recordings run out (default: each once); Loop: at a time
	AtOnce        int     // Play: how many at a time; default 100
	Speed         float64 // divides all human waiting; default 1
	Log           *slog.Logger
	Timing        client.Timing
	// Finished hears of each customer who has gone; calls don't overlap. Default: nobody.
	Finished func(Visit)
}

func (o *Options) fill() error {
	if o.Hub == "" || len(o.Inboxes) == 0 || len(o.Conversations) == 0 || o.Log == nil {
		return errors.New("replay: Hub, Inboxes, Conversations and Log are needed")
	}
	if o.Speed < 0 || o.Customers < 0 || o.AtOnce < 0 {
		return errors.New("replay: Speed, Customers and AtOnce must not be negative")
	}
	if o.Speed == 0 {
		o.Speed = 1
	}
	if o.AtOnce == 0 {
		o.AtOnce = 100
	}
	if o.Finished == nil {
		o.Finished = func(Visit) {}
	}
	o.Log = o.Log.With("component", "replay")
	return nil
}

// Summary is what became of all customers.
type Summary struct {
	Customers  int `json:"customers"`
	Sent       int `json:"sent"`        // messages typed and given to the outbox
	Acked      int `json:"acked"`       // of them stored by the hub
	BotReplies int `json:"bot_replies"` // messages of the bot that arrived
	Handoffs   int `json:"handoffs"`    // times a conversation went from the bot to people
	Errors     int `json:"errors"`      // customers who could not say all they had to
}

func (s *Summary) add(v Visit) {
	s.Customers++
	s.Sent += v.Sent
	s.Acked += v.Acked
	s.BotReplies += v.BotReplies
	s.Handoffs += v.Handoffs
	if v.Error != "" {
		s.Errors++
	}
}

// Visit is one customer's visit.
type Visit struct {
	Customer     int            `json:"customer"` // from 1
	Recording    string         `json:"recording"`
	Inbox        assist.InboxID `json:"inbox"`
	Sent         int            `json:"sent"`
	Acked        int            `json:"acked"`
	BotReplies   int            `json:"bot_replies"`
	AgentReplies int            `json:"agent_replies"`
	Handoffs     int            `json:"handoffs"`
	Error        string         `json:"error,omitzero"`
}

// Play plays Customers customers, AtOnce at a time, each recording from its beginning to its end, and returns
// when the last has gone or ctx ends. Every one of them is a new visitor.
func Play(ctx context.Context, o Options) (Summary, error) {
	if err := o.fill(); err != nil {
		return Summary{}, err
	}
	if o.Customers == 0 {
		o.Customers = len(o.Conversations)
	}
	var mu sync.Mutex // guards total, and keeps calls of Finished apart
	var total Summary
	var playing sync.WaitGroup
	places := make(chan struct{}, o.AtOnce)
	for n := range o.Customers {
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		playing.Go(func() {
			defer func() { <-places }()
			if n < o.AtOnce { // people don't come all in the same moment
				rest(ctx, o.human(time.Duration(n)*arriveEvery))
			}
			v := visit(ctx, o, n)
			mu.Lock()
			defer mu.Unlock()
			total.add(v)
			o.Finished(v)
		})
	}
	playing.Wait()
	return total, ctx.Err()
}

// Loop keeps Customers customers at the hub until ctx ends: when one has said everything, another comes a while
// later. It returns nil.
func Loop(ctx context.Context, o Options) error {
	if err := o.fill(); err != nil {
		return err
	}
	if o.Customers == 0 {
		o.Customers = 1
	}
	var mu sync.Mutex // keeps calls of Finished apart
	var playing sync.WaitGroup
	for place := range o.Customers {
		playing.Go(func() {
			rest(ctx, o.human(time.Duration(place)*arriveEvery))
			for n := place; ctx.Err() == nil; n += o.Customers {
				v := visit(ctx, o, n)
				if ctx.Err() != nil {
					return
				}
				mu.Lock()
				o.Finished(v)
				mu.Unlock()
				rest(ctx, o.human(nextAfter+rand.N(nextAfter)))
			}
		})
	}
	playing.Wait()
	return nil
}

// How people come and go.
const (
	arriveEvery = 400 * time.Millisecond
	nextAfter   = 10 * time.Second
)

// human is a person's time, divided by the speed.
func (o Options) human(d time.Duration) time.Duration {
	return time.Duration(float64(d) / o.Speed)
}

// rest waits; it reports false when ctx ended.
func rest(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
