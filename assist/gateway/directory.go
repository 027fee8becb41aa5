package gateway

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/wire"
)

// shared remembers what of the directory the desktops were told last.
type shared struct {
	mu   sync.Mutex // guards last
	last []byte
}

// directory is what all agents share, as it is now.
func (s *Server) directory(ctx context.Context) (wire.Directory, error) {
	macros, err := s.opts.Store.Macros(ctx)
	if err != nil {
		return wire.Directory{}, fmt.Errorf("macros: %w", err)
	}
	tags, err := s.opts.Store.Tags(ctx)
	if err != nil {
		return wire.Directory{}, fmt.Errorf("tags: %w", err)
	}
	d := wire.Directory{Macros: macros, Tags: tags, Teams: s.opts.Floor.Teams(), Queues: s.opts.Floor.Queues()}
	for _, a := range s.opts.Floor.Agents() {
		d.Agents = append(d.Agents, s.presence(a))
	}
	return d, nil
}

func (s *Server) presence(a assist.Agent) wire.AgentPresence {
	state, since := s.opts.Presence.State(a.ID)
	return wire.AgentPresence{Agent: a, State: state, Since: wire.Time(since), Load: s.opts.Floor.LoadOf(a.ID)}
}

// refresh reads people and settings anew, which another program may have changed, and tells all desktops
// what is different.
func (s *Server) refresh(ctx context.Context) {
	if err := s.opts.Floor.Refresh(ctx); err != nil {
		s.opts.Log.Warn("people and queues not read", "err", err)
		return
	}
	d, err := s.directory(ctx)
	if err != nil {
		s.opts.Log.Warn("directory not read", "err", err)
		return
	}
	frame := wire.MustEncode(wire.AgentDirectory{Directory: d})
	s.shared.mu.Lock()
	same := bytes.Equal(s.shared.last, frame)
	s.shared.last = frame
	s.shared.mu.Unlock()
	if same {
		return
	}
	for _, c := range s.greeted() {
		c.conn.SendLast("directory", frame)
	}
}

// StateChanged tells the desktops and stores that an agent's state changed; it is what hub.NewPresence wants.
func (s *Server) StateChanged(a hub.AgentStatus) {
	s.opts.Ledger.Submit(assist.Write{Decide: func(assist.Conversation) ([]assist.Event, error) {
		by := assist.BySystem()
		if agent, ok := s.opts.Floor.Agent(a.Agent); ok && a.Cause == "agent" {
			by = assist.ByAgent(agent)
		}
		return []assist.Event{{Actor: by, Data: assist.StateChanged{Agent: a.Agent, State: a.State, Cause: a.Cause}}}, nil
	}}, func(w assist.Written) {
		if w.Err != nil && assist.CodeOf(w.Err) != assist.CodeDraining {
			s.opts.Log.Error("state of an agent not stored", "agent_id", a.Agent, "err", w.Err)
		}
	})
	agent, ok := s.opts.Floor.Agent(a.Agent)
	if !ok {
		return
	}
	frame := wire.MustEncode(wire.AgentPresenceChanged{AgentPresence: wire.AgentPresence{
		Agent: agent, State: a.State, Since: wire.Time(a.Since), Load: s.opts.Floor.LoadOf(a.Agent)}})
	for _, c := range s.greeted() {
		c.conn.SendLast("presence:"+itoa(int64(a.Agent)), frame)
	}
}

// tellViewers tells those who have the conversation open who else has.
func (s *Server) tellViewers(id assist.ConversationID) {
	var frame []byte
	for _, c := range s.greeted() {
		if !c.hasOpen(id) {
			continue
		}
		if frame == nil {
			frame = wire.MustEncode(wire.AgentViewers{Conversation: id, Agents: s.viewers(id)})
		}
		c.conn.SendLast("viewers:"+itoa(int64(id)), frame)
	}
}

func (s *Server) viewers(id assist.ConversationID) []assist.AgentID {
	var out []assist.AgentID
	seen := map[assist.AgentID]bool{}
	for _, c := range s.greeted() {
		if a := c.agentID(); c.hasOpen(id) && !seen[a] {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out
}

func (c *session) hasOpen(id assist.ConversationID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open[id] != 0
}
