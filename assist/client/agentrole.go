package client

import (
	"context"
	"slices"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// agentRole is the part of an Agent that its keeper calls.
type agentRole struct{ a *Agent }

// maxTickets is how many tickets in a row may be refused before a person is asked: one can be too old by the
// time it arrives, five cannot.
const maxTickets = 5

// mayApprove is the right to decide on commands.
const mayApprove = "command.approve"

func (r agentRole) hello(ctx context.Context) (any, error) {
	ticket, err := ticket(ctx, r.a.http, r.a.hub, r.a.session)
	if err != nil {
		return nil, err
	}
	f := wire.AgentHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Ticket: ticket}
	r.a.mu.Lock()
	defer r.a.mu.Unlock()
	if r.a.rev > 0 {
		f.Resume = &wire.AgentResume{Epoch: r.a.epoch, Rev: r.a.rev}
	}
	return f, nil
}

// failed tells whether to go on: a ticket may have grown too old on its way, a busy hub will be free again.
func (r agentRole) failed(err *assist.Error) bool {
	if err.Code == assist.CodeUnauthenticated && err.Detail != sessionRefused {
		r.a.mu.Lock()
		defer r.a.mu.Unlock()
		r.a.tries++
		return r.a.tries < maxTickets
	}
	return passing(err.Code)
}

func (r agentRole) lost() { r.a.leave() }

func (r agentRole) frame(l *link, kind string, data []byte) (bool, error) {
	f, err := r.a.frames.decode(kind, data)
	if err != nil || f == nil {
		return false, err
	}
	switch f := f.(type) {
	case wire.AgentWelcome:
		r.a.welcome(l, f)
		return true, nil
	case wire.AgentOpened:
		r.a.opened(f)
		return false, nil
	case wire.AgentEvent:
		r.a.event(l, f)
		return false, nil
	case wire.Failure:
		r.a.failure(f)
		return false, nil
	case wire.Pong:
		return false, nil
	case wire.AgentRows:
		r.a.listed(f.Rev)
	case wire.AgentGone:
		r.a.gone(f)
	case wire.Ack:
		if id, left, ok := thenOf(f.Ref); ok {
			r.a.sender.acted(context.Background(), id, left)
			return false, nil
		}
		if f.ClientID != "" {
			r.a.sender.acked(context.Background(), f.ClientID)
		}
	}
	if !r.a.calls.answered(refOf(f), f) {
		r.a.handle(f)
	}
	return false, nil
}

// welcome resumes: what was open is asked for, what is unacknowledged is sent again.
func (a *Agent) welcome(l *link, f wire.AgentWelcome) {
	a.mu.Lock()
	a.tries = 0
	if !f.Time.IsZero() {
		a.skew = f.Time.Sub(a.now())
	}
	if a.epoch != f.Epoch { // the hub's history is another one: nothing that we remember holds
		a.epoch, a.rev = f.Epoch, 0
		for _, o := range a.open {
			*o = following{forget: true}
		}
	}
	a.mu.Unlock()
	a.handle(f)
	a.calls.attach(l)
	if slices.Contains(f.Permissions, mayApprove) { // by no Call: its answer must not pass a newer list
		a.calls.tell(wire.AgentApprovals{Head: wire.Head{T: wire.TypeApprovals, Ref: "approvals"}})
	}
	a.reopen()
	a.sender.attach(l)
}

// listed notes up to where the lists are complete: a page of changed rows says it, and the last page of any list.
func (a *Agent) listed(rev assist.Rev) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rev = max(a.rev, rev)
}

func (a *Agent) gone(f wire.AgentGone) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, id := range f.Conversations {
		delete(a.open, id)
	}
}

// failure passes a refusal to whom it concerns.
func (a *Agent) failure(f wire.Failure) {
	if a.calls.answered(f.Ref, f) {
		return
	}
	if id, left, ok := thenOf(f.Ref); ok {
		a.undone(id, left, f)
		return
	}
	id, ok := openOf(f.Ref)
	switch {
	case ok && temporary(f.Code): // asked again when the hub has been left alone for a while
		a.sender.refused(context.Background(), "", f)
		return
	case ok:
		a.mu.Lock()
		delete(a.open, id)
		a.mu.Unlock()
		f.Ref, f.Conversation = "", id
	default:
		a.sender.refused(context.Background(), f.ClientID, f)
	}
	a.handle(f)
}

// undone is an action refused: it is done later, or not at all, and then the person hears of it.
func (a *Agent) undone(id assist.ClientID, left int, f wire.Failure) {
	if temporary(f.Code) {
		a.sender.refused(context.Background(), "", f)
		return
	}
	e, ok := a.sender.acted(context.Background(), id, left)
	if !ok || e.tries > 1 && f.Code == assist.CodeWrongStatus {
		return // an earlier try, whose answer was lost, has done it: the conversation is resolved or snoozed
	}
	a.handle(Undone{Conversation: e.Conversation, Action: e.Then[0], Code: f.Code})
}
