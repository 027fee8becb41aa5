package replay

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// How people type and read. Typing: Dhakal et al., "Observations on typing from 136 million keystrokes" (CHI
// 2018), 52 words a minute or about 4.3 characters a second; Chinese input needs about as many keystrokes for a
// third of the characters.
const (
	perRune       = 230 * time.Millisecond
	perHan        = 650 * time.Millisecond
	typesAtMost   = 15 * time.Second
	readsAtLeast  = 800 * time.Millisecond
	readsPerRune  = 35 * time.Millisecond
	readsAtMost   = 8 * time.Second
	waitsForReply = 8 * time.Second
	tellsEvery    = 600 * time.Millisecond // typing frames; the hub takes two a second. Real time.
	storesWithin  = 60 * time.Second       // for what is unacknowledged at the end. Real time.
)

// person is one customer while playing.
type person struct {
	opts   Options
	client *client.Customer
	said   Conversation

	mu      sync.Mutex // guards visit, open, waiting and heard
	visit   Visit
	open    int  // messages that the hub has neither acknowledged nor refused
	waiting bool // for a person
	heard   int  // runes of what has come since the customer last wrote
	news    chan struct{}
}

// visit plays the recording for the n-th customer.
func visit(ctx context.Context, o Options, n int) Visit {
	p := &person{opts: o, said: o.Conversations[n%len(o.Conversations)], news: make(chan struct{}, 1)}
	p.visit = Visit{Customer: n + 1, Recording: p.said.ID, Inbox: p.said.Inbox}
	if p.visit.Inbox == "" {
		p.visit.Inbox = o.Inboxes[n%len(o.Inboxes)]
	}
	err := p.play(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil && p.visit.Error == "" {
		p.visit.Error = err.Error()
	}
	return p.visit
}

// play connects, says everything and waits until it is stored.
func (p *person) play(ctx context.Context) error {
	c, err := client.NewCustomer(client.CustomerOptions{
		Hub: p.opts.Hub, Inbox: p.visit.Inbox, Language: p.said.Language(), Handle: p.hear, Log: p.opts.Log, Timing: p.opts.Timing,
	})
	if err != nil {
		return err
	}
	p.client = c
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		err := c.Run(running)
		stop() // nobody to talk to any more
		ended <- err
	}()
	err = p.talk(running)
	stop()
	if lost := <-ended; lost != nil {
		return lost
	}
	return err
}

func (p *person) talk(ctx context.Context) error {
	for i, line := range p.said.Turns {
		if i > 0 {
			p.read(ctx)
		}
		p.typeOut(ctx, line)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.mu.Lock()
		p.heard = 0
		p.open++
		p.mu.Unlock()
		if _, err := p.client.Send(ctx, line); err != nil {
			return err
		}
		p.mu.Lock()
		p.visit.Sent++
		p.mu.Unlock()
		if err := p.stored(ctx); err != nil {
			return err
		}
	}
	p.read(ctx) // the last answer
	return nil
}

// read waits for an answer, not for ever, and reads it.
func (p *person) read(ctx context.Context) {
	patience := time.NewTimer(p.opts.human(waitsForReply))
	defer patience.Stop()
	for p.runesHeard() == 0 {
		select {
		case <-p.news:
			continue
		case <-patience.C:
		case <-ctx.Done():
		}
		break
	}
	d := min(readsAtLeast+time.Duration(p.runesHeard())*readsPerRune, readsAtMost)
	rest(ctx, p.opts.human(d/2+rand.N(d)))
}

func (p *person) runesHeard() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.heard
}

// typeOut shows the line growing.
func (p *person) typeOut(ctx context.Context, line string) {
	runes := []rune(line)
	var whole time.Duration
	for _, r := range runes {
		if han(r) {
			whole += perHan
		} else {
			whole += perRune
		}
	}
	whole = p.opts.human(min(whole, typesAtMost))
	for spent := time.Duration(0); spent < whole; spent += tellsEvery {
		shown := int(float64(len(runes)) * float64(spent) / float64(whole))
		p.client.Typing(string(runes[:max(1, shown)]), false)
		if !rest(ctx, min(tellsEvery, whole-spent)) {
			return
		}
	}
}

// stored waits until the hub has what was said: nobody writes on while the page shows the last line as not sent.
func (p *person) stored(ctx context.Context) error {
	late := time.NewTimer(storesWithin)
	defer late.Stop()
	for {
		p.mu.Lock()
		open := p.open
		p.mu.Unlock()
		if open == 0 {
			return nil
		}
		select {
		case <-p.news:
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return fmt.Errorf("%d messages were not acknowledged within %s", open, storesWithin)
		}
	}
}

// hear takes what the hub says.
func (p *person) hear(f wire.Frame) {
	p.mu.Lock()
	switch f := f.(type) {
	case wire.Ack:
		p.visit.Acked++
		p.open--
	case wire.Failure:
		if f.ClientID != "" && (f.Code < 500 || f.Code >= 600) { // else it is sent again by itself
			p.open--
			p.visit.Error = "message refused: " + f.Name
		}
	case wire.CustomerMessageNew:
		p.message(f.Message)
	case wire.CustomerMessages:
		for _, m := range f.Messages {
			p.message(m)
		}
	case wire.CustomerStatus:
		p.waits(f.Status == assist.StatusWaiting)
	}
	p.mu.Unlock()
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// message counts what others said. The lock is held.
func (p *person) message(m wire.CustomerMessage) {
	switch m.From {
	case assist.ActorBot:
		p.visit.BotReplies++
		if m.Bot != nil && m.Bot.Handoff != nil {
			p.waits(true)
		}
	case assist.ActorAgent:
		p.visit.AgentReplies++
		p.waits(false)
	case assist.ActorSystem:
		if m.Activity != nil {
			p.activity(m.Activity.Code)
		}
		return
	case assist.ActorCustomer:
		return
	}
	p.heard += len([]rune(m.Text))
}

func (p *person) activity(code string) {
	switch code {
	case assist.ActivityWaiting, assist.ActivityLeaveMessage, assist.ActivityBotAway:
		p.waits(true)
	case assist.ActivityJoined, assist.ActivityToBot, assist.ActivityResolved:
		p.waits(false)
	}
}

// waits counts each time that the customer begins to wait for a person. The lock is held.
func (p *person) waits(now bool) {
	if now && !p.waiting {
		p.visit.Handoffs++
	}
	p.waiting = now
}
