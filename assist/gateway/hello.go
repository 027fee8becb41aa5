package gateway

import (
	"context"
	"fmt"
	"slices"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/wire"
)

// Limits of the lists that a desktop is given at the start.
const (
	rowsMost = 2000
	rowsPage = 200
)

// hello redeems the ticket and shows the desk.
func (c *session) hello(f wire.AgentHello) error {
	if c.agentID() != 0 {
		return assist.Errorf(assist.CodeHelloAgain, "hello was said")
	}
	if f.V != wire.Version {
		return assist.Errorf(assist.CodeBadVersion, "version %d, this hub speaks %d", f.V, wire.Version)
	}
	ctx, cancel := c.query()
	defer cancel()
	agent, session, err := c.server.opts.Access.RedeemTicket(ctx, f.Ticket)
	if err != nil {
		return err
	}
	if agent, err = c.server.known(ctx, agent.ID); err != nil {
		return err
	}
	ended, stop := c.server.opts.Access.Watch(session.Hash)
	c.watch(ended, stop)
	state := c.server.opts.Presence.Connect(agent.ID)
	c.mu.Lock()
	c.agent = agent.ID
	c.mu.Unlock()
	c.server.limitConnections(agent.ID)
	if err := c.showDesk(ctx, f, agent, state); err != nil {
		c.conn.Send(wire.MustEncode(wire.Fail(f.Head, err)))
		c.conn.Close(wire.CloseInternal, "the desk could not be read")
		return fmt.Errorf("welcome agent %d: %w", agent.ID, err)
	}
	return nil
}

// known is the agent as the floor has it, which may have been added a moment ago by another program.
func (s *Server) known(ctx context.Context, id assist.AgentID) (assist.Agent, error) {
	if a, ok := s.opts.Floor.Agent(id); ok {
		return a, nil
	}
	if err := s.opts.Floor.Refresh(ctx); err != nil {
		return assist.Agent{}, err
	}
	a, ok := s.opts.Floor.Agent(id)
	if !ok {
		return a, assist.Errorf(assist.CodeUnauthenticated, "agent %d is gone", id)
	}
	return a, nil
}

// watch closes the connection when its session ends.
func (c *session) watch(ended <-chan struct{}, stop func()) {
	closed := make(chan struct{})
	gone := make(chan struct{})
	c.unwatch = func() { stop(); close(closed); <-gone }
	go func() {
		defer close(gone)
		select {
		case <-ended:
			c.mu.Lock()
			c.left = true
			c.mu.Unlock()
			c.conn.Close(wire.CloseRevoked, "the session has ended")
		case <-closed:
		}
	}()
}

func (c *session) showDesk(ctx context.Context, f wire.AgentHello, agent assist.Agent, state assist.AgentState) error {
	by := desk.By{Agent: agent, Visible: access.VisibilityOf(agent, c.server.opts.Policy)}
	epoch, err := c.server.opts.Store.Epoch(ctx)
	if err != nil {
		return fmt.Errorf("epoch: %w", err)
	}
	rev, err := c.server.opts.Store.Rev(ctx)
	if err != nil {
		return fmt.Errorf("rev: %w", err)
	}
	directory, err := c.server.directory(ctx)
	if err != nil {
		return err
	}
	c.conn.Send(wire.MustEncode(wire.AgentWelcome{
		V: wire.Version, Epoch: epoch, Rev: rev, You: agent, State: state, Permissions: permissions(agent.Role),
		Inboxes: c.server.opts.Inboxes, Time: wire.Time(c.server.opts.Now()), Directory: directory,
		Limits: wire.LimitsView{Text: assist.MaxText, Attachments: assist.MaxAttachments, File: c.server.opts.MaxFile,
			Frame: c.server.opts.MaxFrame, Unacked: wire.MaxUnacked},
	}))
	c.mu.Lock()
	c.welcome = true
	c.mu.Unlock()
	resume := f.Resume
	if resume != nil && (resume.Epoch != epoch || resume.Rev > rev) {
		resume = nil
	}
	if err := c.showRows(ctx, by, resume, rev); err != nil {
		return err
	}
	c.catchUp(ctx, by)
	return nil
}

// catchUp sends the rows that changed while the first ones were read: sent at once, they would have been
// overwritten by what was read before.
func (c *session) catchUp(ctx context.Context, by desk.By) {
	c.mu.Lock()
	late := c.late
	c.late = nil
	c.mu.Unlock()
	for _, v := range late {
		if c.lists(by, v) {
			c.server.lists.sendRow(ctx, c, v)
		}
	}
}

func permissions(r assist.Role) []string {
	all := access.PermissionsOf(r)
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = string(p)
	}
	return out
}

// showRows sends the open conversations, newest first, or with resume those that changed, oldest first, in pages. A page
// of changed ones says up to where the desktop is complete with it: who is cut off in the middle goes on from there. A
// fresh list has no such place, since the newest come first; cut off it begins anew, ten pages at most.
func (c *session) showRows(ctx context.Context, by desk.By, resume *wire.AgentResume, rev assist.Rev) error {
	f := assist.ConversationFilter{Limit: rowsMost}
	if resume != nil {
		f.RevAfter = resume.Rev // whatever is visible or not: what has left the agent's sight must go from the lists
	} else {
		f.Visible = &by.Visible
		f.Statuses = []assist.Status{assist.StatusBot, assist.StatusWaiting, assist.StatusHuman, assist.StatusSnoozed, assist.StatusWrapUp}
	}
	all, err := c.pages(ctx, f)
	if err != nil {
		return err
	}
	if resume != nil && len(all) >= rowsMost { // too much has happened: a fresh list is shorter
		return c.showRows(ctx, by, nil, rev)
	}
	all = c.show(by, all)
	if resume != nil {
		slices.Reverse(all)
	}
	for first := true; first || len(all) > 0; first = false {
		n := min(rowsPage, len(all))
		page := wire.AgentRows{Rows: c.server.lists.rows(ctx, all[:n]), Reset: first && resume == nil}
		if resume != nil && n > 0 {
			page.Rev = min(all[n-1].Rev, rev) // what changed after rev was read may be missing
		}
		if all = all[n:]; len(all) == 0 {
			page.Done, page.Rev = true, rev
		}
		c.conn.SendWait(wire.MustEncode(page))
	}
	return nil
}

// show remembers which of the conversations the desktop has in its lists, and takes those off that the agent may
// no longer see.
func (c *session) show(by desk.By, all []assist.Conversation) (visible []assist.Conversation) {
	var gone []assist.ConversationID
	c.mu.Lock()
	for _, v := range all {
		if !by.Visible.Sees(v) {
			gone = append(gone, v.ID)
			continue
		}
		c.shown[v.ID] = v.Assignee
		visible = append(visible, v)
	}
	c.mu.Unlock()
	if len(gone) > 0 {
		c.conn.SendWait(wire.MustEncode(wire.AgentGone{Conversations: gone}))
	}
	return visible
}

// pages reads up to f.Limit conversations, newest first, in steps that the store allows.
func (c *session) pages(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error) {
	var all []assist.Conversation
	want := f.Limit
	for want > len(all) {
		f.Limit = min(1000, want-len(all))
		page, err := c.server.opts.Store.Conversations(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("rows: %w", err)
		}
		all = append(all, page...)
		if len(page) < f.Limit {
			break
		}
		f.Before = page[len(page)-1].Rev
	}
	return all, nil
}
