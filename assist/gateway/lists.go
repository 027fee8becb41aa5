package gateway

import (
	"context"
	"sync"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/wire"
)

// lists tells every desktop which conversations changed: the last value of each, ten times a second at most,
// so that a busy desk costs each desktop the same as a calm one.
type lists struct {
	server *Server
	names  *names

	mu      sync.Mutex // guards the fields below
	dirty   map[assist.ConversationID]assist.Conversation
	renamed map[assist.CustomerID]bool // whose rows have another name now
	decided bool                       // what waits for approval has changed
}

func newLists(s *Server) *lists {
	return &lists{server: s, names: newNames(s.opts.Store), dirty: map[assist.ConversationID]assist.Conversation{},
		renamed: map[assist.CustomerID]bool{}}
}

// Sink is what the hub must be told to Watch with.
func (s *Server) Sink() hub.Sink { return s.lists }

// Changed implements hub.Sink.
func (l *lists) Changed(u hub.Update) {
	for _, e := range u.Events {
		if d, ok := e.Data.(assist.CustomerChanged); ok {
			l.names.set(d.Customer.ID, d.Customer.Name)
			l.mu.Lock()
			l.renamed[d.Customer.ID] = true
			l.mu.Unlock()
			for _, c := range l.server.greeted() {
				c.customerChanged(e, d.Customer.ID)
			}
		}
	}
	if u.Conversation.ID == 0 {
		return
	}
	l.mu.Lock()
	if old, there := l.dirty[u.Conversation.ID]; !there || old.Rev <= u.Conversation.Rev {
		l.dirty[u.Conversation.ID] = u.Conversation
	}
	l.mu.Unlock()
	l.alert(u)
	l.noteCommands(u)
}

// Typed implements hub.Sink: tells those who have the conversation open or are its agent.
func (l *lists) Typed(t hub.Typing) {
	var frame []byte
	for _, c := range l.server.greeted() {
		if !c.caresFor(t.Conversation) || (t.From.Kind == assist.ActorAgent && t.From.IsAgent(c.agentID())) {
			continue
		}
		if frame == nil {
			frame = wire.MustEncode(wire.AgentPeerTyping{Conversation: t.Conversation, From: t.From, Text: t.Text, Off: t.Off})
		}
		c.conn.SendMoment("typing:"+itoa(int64(t.Conversation))+string(t.From.Kind), frame)
	}
}

// flush sends what changed since the last time.
func (l *lists) flush(ctx context.Context) {
	l.rename(ctx)
	l.flushApprovals(ctx)
	l.mu.Lock()
	dirty := l.dirty
	if len(dirty) == 0 {
		l.mu.Unlock()
		return
	}
	l.dirty = make(map[assist.ConversationID]assist.Conversation, len(dirty))
	l.mu.Unlock()
	frames := make(map[assist.ConversationID][]byte, len(dirty))
	for _, s := range l.server.greeted() {
		by, err := s.by() // once a desktop: on a busy desk there are many conversations for each
		if err != nil {
			continue
		}
		for id, c := range dirty {
			if !s.lists(by, c) {
				continue
			}
			if frames[id] == nil {
				frames[id] = l.frame(ctx, c)
			}
			s.conn.SendLast(rowKey(c), frames[id])
		}
	}
}

// rename has the rows of customers with another name sent again.
func (l *lists) rename(ctx context.Context) {
	l.mu.Lock()
	renamed := l.renamed
	if len(renamed) == 0 {
		l.mu.Unlock()
		return
	}
	l.renamed = map[assist.CustomerID]bool{}
	l.mu.Unlock()
	for id := range renamed {
		all, err := l.server.opts.Store.Conversations(ctx, assist.ConversationFilter{Customer: id, Limit: wire.HistoryPage})
		if err != nil {
			l.server.opts.Log.Warn("conversations of a renamed customer not read", "customer_id", id, "err", err)
			continue
		}
		l.mu.Lock()
		for _, c := range all {
			if old, there := l.dirty[c.ID]; c.Status.Open() && (!there || old.Rev < c.Rev) {
				l.dirty[c.ID] = c
			}
		}
		l.mu.Unlock()
	}
}

func rowKey(c assist.Conversation) string { return "row:" + itoa(int64(c.ID)) }

func (l *lists) frame(ctx context.Context, c assist.Conversation) []byte {
	return wire.MustEncode(wire.AgentRows{Rows: []wire.Row{l.row(ctx, c)}})
}

// sendRow shows one desktop one conversation.
func (l *lists) sendRow(ctx context.Context, s *session, c assist.Conversation) {
	s.conn.SendLast(rowKey(c), l.frame(ctx, c))
}

func (l *lists) row(ctx context.Context, c assist.Conversation) wire.Row {
	return wire.Row{Conversation: c, CustomerName: l.names.of(ctx, c.Customer)}
}

func (l *lists) rows(ctx context.Context, cs []assist.Conversation) []wire.Row {
	out := make([]wire.Row, len(cs))
	for i, c := range cs {
		out[i] = l.row(ctx, c)
	}
	return out
}

// alert tells people what they must know at once.
func (l *lists) alert(u hub.Update) {
	for _, e := range u.Events {
		switch d := e.Data.(type) {
		case assist.Assigned:
			if d.Cause == "assign" || d.Cause == "transfer" || d.Cause == "auto" {
				l.tell(u, d.Agent, wire.AgentAlert{Kind: "assigned", Conversation: u.Conversation.ID, Name: e.Actor.Name, Note: d.Note})
			}
			if d.From != 0 && d.From != d.Agent {
				l.tell(u, d.From, wire.AgentAlert{Kind: "lost", Conversation: u.Conversation.ID, Name: d.Name})
			}
		case assist.HandedOff:
			l.tellTeam(u, wire.AgentAlert{Kind: "waiting", Conversation: u.Conversation.ID})
		case assist.Queued:
			kind := "waiting"
			switch d.Reason {
			case "transfer":
				kind = "transferred"
			case "agent_lost":
				kind = "requeued"
			case "left_message", "staffed":
				continue
			}
			l.tellTeam(u, wire.AgentAlert{Kind: kind, Conversation: u.Conversation.ID, Name: e.Actor.Name, Note: d.Note})
		}
	}
}

func (l *lists) tell(u hub.Update, to assist.AgentID, a wire.AgentAlert) {
	for _, c := range l.server.greeted() {
		if c.agentID() == to && !u.Events[0].Actor.IsAgent(to) {
			c.conn.Send(wire.MustEncode(a))
		}
	}
}

func (l *lists) tellTeam(u hub.Update, a wire.AgentAlert) {
	var frame []byte
	for _, c := range l.server.greeted() {
		agent, ok := l.server.opts.Floor.Agent(c.agentID())
		if !ok || !agent.InTeam(u.Conversation.Team) || !agent.Speaks(u.Conversation.Language) {
			continue
		}
		if frame == nil {
			frame = wire.MustEncode(a)
		}
		c.conn.Send(frame)
	}
}
