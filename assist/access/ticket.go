package access

import (
	"context"
	"fmt"
	"sync"
	"time"

	"deskhand/assist"
)

// Limits of tickets.
const (
	// TicketLife is how long a ticket may be redeemed.
	TicketLife = 30 * time.Second

	maxTickets        = 4096 // of the hub; more are refused with CodeBusy
	maxSessionTickets = 8    // of one session; its oldest goes first
)

// tickets keeps what was issued and not yet redeemed, in memory only: a restart makes clients ask again.
type tickets struct {
	now func() time.Time

	mu     sync.Mutex // guards the rest
	byHash map[string]issued
}

type issued struct {
	session assist.SessionHash
	expires time.Time
}

func newTickets(now func() time.Time) *tickets {
	return &tickets{now: now, byHash: make(map[string]issued)}
}

func (t *tickets) issue(session assist.SessionHash) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.sweep(session, now)
	if len(t.byHash) >= maxTickets {
		return "", &assist.Error{Code: assist.CodeBusy, Detail: "too many open tickets", RetryAfter: TicketLife / 10}
	}
	ticket := newToken(ticketPrefix)
	t.byHash[hashToken(ticket)] = issued{session: session, expires: now.Add(TicketLife)}
	return ticket, nil
}

// sweep drops what has expired and, if the session holds its fill, the session's oldest ticket.
func (t *tickets) sweep(session assist.SessionHash, now time.Time) {
	own, oldest := 0, ""
	for h, i := range t.byHash {
		if !i.expires.After(now) {
			delete(t.byHash, h)
			continue
		}
		if i.session == session {
			if own++; oldest == "" || i.expires.Before(t.byHash[oldest].expires) {
				oldest = h
			}
		}
	}
	if own >= maxSessionTickets {
		delete(t.byHash, oldest)
	}
}

// redeem uses a ticket up; ok is false for an unknown, used or expired one.
func (t *tickets) redeem(ticket string) (session assist.SessionHash, ok bool) {
	h := hashToken(ticket)
	t.mu.Lock()
	defer t.mu.Unlock()
	i, found := t.byHash[h]
	delete(t.byHash, h)
	return i.session, found && i.expires.After(t.now())
}

// Ticket issues a single-use ticket bound to the session, good for TicketLife: what a client sends in the
// first frame of a socket instead of its session's token. It fails with CodeBusy if too many are open.
func (s *Service) Ticket(session assist.Session) (string, error) {
	ticket, err := s.tickets.issue(session.Hash)
	if err != nil {
		return "", fmt.Errorf("ticket for agent %d: %w", session.Agent, err)
	}
	return ticket, nil
}

// RedeemTicket uses a ticket up and gives the agent and the session it is bound to. It fails with
// CodeUnauthenticated if the ticket is unknown, used or expired, and as Authenticate does if the session has
// ended since.
func (s *Service) RedeemTicket(ctx context.Context, ticket string) (assist.Agent, assist.Session, error) {
	hash, ok := s.tickets.redeem(ticket)
	if !ok {
		return assist.Agent{}, assist.Session{}, assist.Errorf(assist.CodeUnauthenticated, "the ticket is unknown, used or expired")
	}
	return s.check(ctx, hash)
}
