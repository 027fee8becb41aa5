package bench

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/google/uuid"
)

// pair is a customer and the agent who serves them.
type pair struct {
	index           int
	customer, agent *line
	tokens          chan struct{} // one for each message on its way, in the closed loop
	measureFrom     time.Time
	measureTo       time.Time

	mu         sync.Mutex // guards the fields below
	sent       int
	acked      int
	seen       map[int]struct{} // numbers of the messages that came to the agent
	highest    int
	inTime     int // of them while measuring
	duplicated int
	reordered  int
	delays     []time.Duration
}

// connect brings both together: the customer asks for a person, the agent signs in, the admin assigns, the agent opens.
func (p *pair) connect(ctx context.Context, hub *Hub, admin *line, who Login) (err error) {
	p.seen, p.highest = map[int]struct{}{}, -1
	if p.customer, err = customer(ctx, hub.URL); err != nil {
		return err
	}
	if err := p.customer.command(wire.CustomerHuman{Head: wire.Head{T: wire.TypeHuman}}); err != nil {
		return err
	}
	var ack wire.Ack
	if err := p.customer.until("ack", &ack); err != nil {
		return err
	}
	if p.agent, err = agent(ctx, hub.URL, who); err != nil {
		return err
	}
	if err := assign(admin, ack.Conversation, who.Agent); err != nil {
		return err
	}
	open := wire.AgentOpen{Head: wire.Head{T: wire.TypeOpen}, Conversation: ack.Conversation}
	if err := p.agent.command(open); err != nil {
		return err
	}
	var opened wire.AgentOpened
	return p.agent.until("opened", &opened)
}

func (p *pair) close() {
	for _, l := range []*line{p.customer, p.agent} {
		if l != nil {
			l.close()
		}
	}
}

func (p *pair) progress() (sent, arrived int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent, len(p.seen)
}

// filler makes a message as long as people's.
const filler = " I would like to know where my order of last week is, please."

// send writes until the measured time is over: at the rate, or as long as there are tokens.
func (p *pair) send(ctx context.Context, o PairsOptions, pairs int) {
	var every time.Duration
	due := p.measureFrom.Add(-o.Warm)
	if o.Rate > 0 {
		every = time.Duration(float64(pairs) / o.Rate * float64(time.Second))
		due = due.Add(time.Duration(float64(p.index) / o.Rate * float64(time.Second)))
	}
	for n := 0; ; n++ {
		if o.Rate > 0 {
			if !due.Before(p.measureTo) || !pause(ctx, time.Until(due)) {
				return
			}
		} else if !p.token(ctx) {
			return
		} else {
			due = time.Now()
		}
		if err := p.write(n, due); err != nil {
			return // what was not delivered counts as lost
		}
		due = due.Add(every)
	}
}

// token waits for room in the closed loop; false when the measured time is over.
func (p *pair) token(ctx context.Context) bool {
	over := time.NewTimer(time.Until(p.measureTo))
	defer over.Stop()
	select {
	case p.tokens <- struct{}{}:
		return time.Now().Before(p.measureTo)
	case <-over.C:
	case <-ctx.Done():
	}
	return false
}

// write sends message n; its text says when it was due.
func (p *pair) write(n int, due time.Time) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.sent++
	p.mu.Unlock()
	text := strconv.Itoa(n) + " " + strconv.FormatInt(due.UnixNano(), 10) + filler
	return p.customer.command(wire.CustomerSend{Head: wire.Head{T: wire.TypeSend}, ClientID: assist.ClientID(id.String()), Text: text})
}

func (p *pair) readCustomer() {
	_ = p.customer.read(func(frame []byte) (bool, error) {
		switch {
		case isType(frame, "ack"):
			p.mu.Lock()
			p.acked++
			p.mu.Unlock()
		case isType(frame, "error"):
			return true, fmt.Errorf("refused: %s", frame)
		}
		return false, nil
	})
}

func (p *pair) readAgent() {
	_ = p.agent.read(func(frame []byte) (bool, error) {
		if !isType(frame, "event") {
			return false, nil
		}
		var f struct {
			Event struct {
				Data struct {
					Message struct {
						Text string `json:"text"`
					} `json:"message"`
				} `json:"data"`
			} `json:"event"`
		}
		if err := wire.DecodeHub(frame, &f); err != nil {
			return false, err
		}
		p.arrived(f.Event.Data.Message.Text, time.Now())
		return false, nil
	})
}

// arrived notes a message that came to the agent.
func (p *pair) arrived(text string, now time.Time) {
	number, rest, ok := strings.Cut(text, " ")
	at, _, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	nanos, errAt := strconv.ParseInt(at, 10, 64)
	if !ok || err != nil || errAt != nil {
		return // not one of ours
	}
	due := time.Unix(0, nanos)
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, twice := p.seen[n]; twice {
		p.duplicated++
		return
	}
	p.seen[n] = struct{}{}
	if n < p.highest {
		p.reordered++
	}
	p.highest = max(p.highest, n)
	select {
	case <-p.tokens:
	default:
	}
	if !now.Before(p.measureFrom) && now.Before(p.measureTo) {
		p.inTime++
	}
	if !due.Before(p.measureFrom) && due.Before(p.measureTo) {
		p.delays = append(p.delays, now.Sub(due))
	}
}
