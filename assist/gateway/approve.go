package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/desk"
	"deskhand/assist/hub"
	"deskhand/assist/wire"
)

// Commands are the changes of the back office that customers asked for.
type Commands interface {
	Command(ctx context.Context, id action.ID) (action.Command, error)
	Of(ctx context.Context, conversation assist.ConversationID) ([]action.Command, error)
	Waiting(ctx context.Context) ([]action.Command, error)
	Approve(ctx context.Context, id action.ID, by assist.Agent) (action.Command, error)
	Decline(ctx context.Context, id action.ID, by assist.Agent, why string) (action.Command, error)
}

// commands lists what was asked for in a conversation.
func (c *session) commands(by desk.By, f wire.AgentCommands) error {
	ctx, cancel := c.query()
	defer cancel()
	if _, err := c.visible(ctx, by, f.Conversation); err != nil {
		return err
	}
	answer := wire.AgentCommandList{Ref: f.Ref, Conversation: f.Conversation, Commands: []wire.CommandView{}}
	if c.server.opts.Commands != nil {
		all, err := c.server.opts.Commands.Of(ctx, f.Conversation)
		if err != nil {
			return fmt.Errorf("commands of conversation %d: %w", f.Conversation, err)
		}
		for _, x := range all[max(0, len(all)-maxCommands):] {
			answer.Commands = append(answer.Commands, c.server.lists.command(ctx, x))
		}
	}
	c.conn.SendWait(wire.MustEncode(answer))
	return nil
}

// maxCommands is how many commands a frame lists: of a conversation the newest, of what waits the oldest.
const maxCommands = 100

// approvals lists what waits for a second person.
func (c *session) approvals(by desk.By, f wire.AgentApprovals) error {
	if err := access.Require(by.Agent, access.CommandApprove); err != nil {
		return err
	}
	ctx, cancel := c.query()
	defer cancel()
	waiting, err := c.server.waiting(ctx)
	if err != nil {
		return err
	}
	c.conn.SendWait(wire.MustEncode(wire.AgentApprovalList{Ref: f.Ref, Commands: c.server.lists.forApproval(ctx, by, waiting)}))
	return nil
}

func (s *Server) waiting(ctx context.Context) ([]action.Command, error) {
	if s.opts.Commands == nil {
		return nil, nil
	}
	all, err := s.opts.Commands.Waiting(ctx)
	if err != nil {
		return nil, fmt.Errorf("approvals: %w", err)
	}
	return all, nil
}

// maxWhy is how many characters the reason of a decline may have.
const maxWhy = 500

func (c *session) approve(by desk.By, f wire.AgentApprove) error {
	return c.decide(by, f.Head, f.ID, func(ctx context.Context, id action.ID) (action.Command, error) {
		return c.server.opts.Commands.Approve(ctx, id, by.Agent)
	})
}

func (c *session) decline(by desk.By, f wire.AgentDecline) error {
	if n := utf8.RuneCountInString(f.Note); n > maxWhy {
		return assist.Errorf(assist.CodeTooLong, "%d characters, at most %d", n, maxWhy)
	}
	return c.decide(by, f.Head, f.ID, func(ctx context.Context, id action.ID) (action.Command, error) {
		return c.server.opts.Commands.Decline(ctx, id, by.Agent, f.Note)
	})
}

// decide approves or declines a command of a conversation that the agent may see.
func (c *session) decide(by desk.By, h wire.Head, id string, how func(context.Context, action.ID) (action.Command, error)) error {
	if err := access.Require(by.Agent, access.CommandApprove); err != nil {
		return err
	}
	if c.server.opts.Commands == nil || id == "" {
		return assist.Errorf(assist.CodeNotFound, "command %q", id)
	}
	ctx, cancel := c.query()
	defer cancel()
	known, err := c.server.opts.Commands.Command(ctx, action.ID(id))
	if err == nil {
		_, err = c.visible(ctx, by, known.Conversation)
	}
	if err != nil {
		return err
	}
	done, err := how(ctx, known.ID)
	if err != nil {
		return refusedDecision(err)
	}
	c.conn.Send(wire.MustEncode(wire.Ack{Ref: h.Ref, Conversation: done.Conversation}))
	return nil
}

// refusedDecision says in the wire's terms why a decision wasn't taken.
func refusedDecision(err error) error {
	var off *action.Switched
	switch {
	case errors.Is(err, action.ErrOwn):
		return assist.Errorf(assist.CodeForbidden, "whoever drafted a command can't approve it")
	case errors.As(err, &off):
		return assist.Errorf(assist.CodeWrongStatus, "%s is switched off", off.Action)
	case errors.Is(err, action.ErrState):
		return assist.Errorf(assist.CodeTaken, "the command waits for nobody any more")
	}
	return err
}

// noteCommands looks out for commands that begin or cease to wait.
func (l *lists) noteCommands(u hub.Update) {
	for _, e := range u.Events {
		if d, ok := e.Data.(assist.CommandMoved); ok && d.State != string(action.Draft) && d.State != string(action.Verified) {
			l.mu.Lock()
			l.decided = true
			l.mu.Unlock()
			if d.State == string(action.Waiting) {
				l.tellApprovers(u)
			}
		}
	}
}

// tellApprovers alerts those who may approve.
func (l *lists) tellApprovers(u hub.Update) {
	frame := wire.MustEncode(wire.AgentAlert{Kind: "approval", Conversation: u.Conversation.ID})
	for _, c := range l.server.greeted() {
		if by, err := c.by(); err == nil && access.Can(by.Agent, access.CommandApprove) && by.Visible.Sees(u.Conversation) {
			c.conn.Send(frame)
		}
	}
}

// flushApprovals sends the list of approvals to those who may approve, if it has changed.
func (l *lists) flushApprovals(ctx context.Context) {
	l.mu.Lock()
	changed := l.decided
	l.decided = false
	l.mu.Unlock()
	if !changed {
		return
	}
	waiting, err := l.server.waiting(ctx)
	if err != nil {
		l.server.opts.Log.Warn("approvals not read", "err", err)
		return
	}
	for _, c := range l.server.greeted() {
		if by, err := c.by(); err == nil && access.Can(by.Agent, access.CommandApprove) {
			c.conn.SendLast("approvals", wire.MustEncode(wire.AgentApprovalList{Commands: l.forApproval(ctx, by, waiting)}))
		}
	}
}

// forApproval is the list as the agent may see it.
func (l *lists) forApproval(ctx context.Context, by desk.By, waiting []action.Command) []wire.CommandView {
	out := []wire.CommandView{}
	for _, x := range waiting {
		v, err := l.server.opts.Store.Conversation(ctx, x.Conversation)
		if err == nil && by.Visible.Sees(v) && len(out) < maxCommands {
			out = append(out, l.command(ctx, x))
		}
	}
	return out
}

func (l *lists) command(ctx context.Context, c action.Command) wire.CommandView {
	return wire.CommandView{
		ID: string(c.ID), Conversation: c.Conversation, Inbox: c.Inbox, Customer: c.Customer, CustomerName: l.names.of(ctx, c.Customer),
		Party: c.Party, Intent: c.Intent, Action: c.Action, Args: c.Args, Words: c.Words, Terms: onTheWire(c.Terms), Amount: c.Amount, Currency: c.Currency, Needs: string(c.Needs),
		Had: string(c.Had), Duty: c.Duty, State: string(c.State), Outcome: string(c.Outcome), Why: c.Why, ReadBack: c.ReadBack, ReadAt: c.ReadAt,
		YesAt: c.YesAt, By: c.By, Approval: c.Approval, Approver: c.Approver, DueAt: wire.Time(c.DueAt), CreatedAt: wire.Time(c.CreatedAt),
		UpdatedAt: wire.Time(c.UpdatedAt),
	}
}

// onTheWire is what a back office said, with times as frames carry them and days as dates.
func onTheWire(m map[string]any) map[string]any {
	if m == nil {
		return nil
	}
	out := make(map[string]any, len(m))
	for k, v := range m {
		switch v := v.(type) {
		case time.Time:
			if out[k] = wire.Time(v); v.Hour() == 0 && v.Minute() == 0 && v.Second() == 0 {
				out[k] = v.Format(time.DateOnly) // a day at the company, whatever the clock says where it is read
			}
		case backoffice.Record:
			out[k] = onTheWire(v)
		case []backoffice.Record:
			list := make([]map[string]any, len(v))
			for i, r := range v {
				list[i] = onTheWire(r)
			}
			out[k] = list
		default:
			out[k] = v
		}
	}
	return out
}
