package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// PairsOptions say how many pairs of a customer and an agent talk, and how fast.
type PairsOptions struct {
	Binary string        // deskhub; default: this program
	Folder string        // a temporary one that the caller removes
	Pairs  int           // each with a conversation of its own
	Rate   float64       // messages a second of all customers together; 0: as fast as it goes, InFlight a pair
	For    time.Duration // measured time, after Warm
	Warm   time.Duration // default a second
	Env    []string      // more settings for the hub
}

// InFlight is how many messages of a pair are on their way in the closed loop.
const InFlight = 8

// PairsResult is what was found. A delay is from the moment when a customer sends, or with a rate should have sent,
// to the moment when the agent has the message.
type PairsResult struct {
	P50        float64 `json:"p50_ms"`
	P95        float64 `json:"p95_ms"`
	P99        float64 `json:"p99_ms"`
	Rate       float64 `json:"msgs_s"`
	PerCPU     float64 `json:"msgs_per_cpu_s"` // of the hub, database and all
	RSS        float64 `json:"rss_mb"`         // of the hub at the end
	Lost       int     `json:"lost"`           // sent or acknowledged, and never came to the agent, over the whole run
	Duplicated int     `json:"duplicated"`
	Reordered  int     `json:"reordered"`
	Pairs      int     `json:"pairs"`
	Messages   int     `json:"messages"` // of the whole run
	Delays     int     `json:"delays"`   // that the percentiles are of
}

// Pairs measures pairs against a hub of its own.
func Pairs(ctx context.Context, o PairsOptions) (r PairsResult, err error) {
	if o.Pairs < 1 || o.Rate < 0 || o.For <= 0 {
		return r, errors.New("pairs: at least one pair, a rate of 0 or more, and some seconds")
	}
	if o.Warm <= 0 {
		o.Warm = time.Second
	}
	people, err := AddPeople(ctx, o.Folder, o.Pairs)
	if err != nil {
		return r, err
	}
	hub, err := StartHub(ctx, HubOptions{Binary: o.Binary, Data: o.Folder, Env: o.Env})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, hub.Stop()) }()
	all, err := connectPairs(ctx, hub, people)
	defer func() {
		for _, p := range all {
			p.close()
		}
	}()
	if err != nil {
		return r, err
	}
	return talk(ctx, o, hub, all)
}

// connectPairs gives each agent a customer. The admin assigns, as a supervisor would.
func connectPairs(ctx context.Context, hub *Hub, people []Login) (all []*pair, err error) {
	admin, err := agent(ctx, hub.URL, people[len(people)-1])
	if err != nil {
		return nil, err
	}
	defer admin.close()
	for i, who := range people[:len(people)-1] {
		p := &pair{index: i, tokens: make(chan struct{}, InFlight)}
		all = append(all, p)
		if err := p.connect(ctx, hub, admin, who); err != nil {
			return all, fmt.Errorf("pair %d: %w", i+1, err)
		}
	}
	return all, nil
}

// talk lets all pairs talk and gathers what they saw.
func talk(ctx context.Context, o PairsOptions, hub *Hub, all []*pair) (r PairsResult, err error) {
	begin := time.Now().Add(o.Warm)
	end := begin.Add(o.For)
	var sending, reading sync.WaitGroup
	for _, p := range all {
		p.measureFrom, p.measureTo = begin, end
		reading.Go(p.readAgent)
		reading.Go(p.readCustomer)
	}
	for _, p := range all {
		sending.Go(func() { p.send(ctx, o, len(all)) })
	}
	if !pause(ctx, time.Until(begin)) {
		return r, ctx.Err()
	}
	before, err := cpuOf(hub.Pid())
	if err != nil {
		return r, err
	}
	pause(ctx, time.Until(end))
	after, errCPU := cpuOf(hub.Pid())
	rss, errRSS := rssOf(hub.Pid())
	sending.Wait()
	settle(ctx, all)
	for _, p := range all {
		p.close()
	}
	reading.Wait()
	r = summary(all, o.For, after-before)
	r.RSS = tenth(float64(rss) / 1e6)
	return r, errors.Join(errCPU, errRSS, ctx.Err())
}

// settle waits until everything has arrived, or nothing has for a while.
func settle(ctx context.Context, all []*pair) {
	const patience = 5 * time.Second
	last, since := -1, time.Now()
	for time.Since(since) < patience {
		sent, arrived := 0, 0
		for _, p := range all {
			s, a := p.progress()
			sent, arrived = sent+s, arrived+a
		}
		if arrived >= sent || !pause(ctx, 20*time.Millisecond) {
			return
		}
		if arrived != last {
			last, since = arrived, time.Now()
		}
	}
}

func summary(all []*pair, measured, cpu time.Duration) PairsResult {
	r := PairsResult{Pairs: len(all)}
	var delays []time.Duration
	inTime := 0
	for _, p := range all {
		delays = append(delays, p.delays...)
		inTime += p.inTime
		r.Messages += p.sent
		r.Lost += max(p.sent, p.acked) - len(p.seen)
		r.Duplicated += p.duplicated
		r.Reordered += p.reordered
	}
	slices.Sort(delays)
	r.Delays = len(delays)
	r.P50, r.P95, r.P99 = quantile(delays, 0.50), quantile(delays, 0.95), quantile(delays, 0.99)
	r.Rate = tenth(float64(inTime) / measured.Seconds())
	if cpu > 0 {
		r.PerCPU = tenth(float64(inTime) / cpu.Seconds())
	}
	return r
}

// pause waits; it reports false when ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// assign gives the conversation to the agent, as the admin.
func assign(admin *line, id assist.ConversationID, to assist.AgentID) error {
	err := admin.command(wire.AgentDo{Head: wire.Head{T: wire.TypeDo, Ref: "assign"}, Do: wire.DoAssign, Conversation: id, Agent: to})
	if err != nil {
		return err
	}
	var ack wire.Ack
	return admin.until("ack", &ack)
}
