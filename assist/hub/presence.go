package hub

import (
	"sync"
	"time"

	"deskhand/assist"
)

// Presence is who of the agents is here. Connections come and go; the state that a person chose stays while
// one of them lives. Safe for concurrent use.
type Presence struct {
	now     func() time.Time
	changed func(AgentStatus) // called without the lock held, in no order between agents

	mu     sync.Mutex // guards agents
	agents map[assist.AgentID]*presence
}

type presence struct {
	connections int
	state       assist.AgentState
	since       time.Time
	active      time.Time // last sign of a person
	lost        time.Time // when the last connection ended; zero while connected
	byIdle      bool      // away because of idleness: the next sign of a person ends it
}

// AgentStatus is one agent's state.
type AgentStatus struct {
	Agent assist.AgentID
	State assist.AgentState
	Since time.Time
	Cause string // agent, idle, connected, lost, supervisor
}

// NewPresence is a presence in which everybody is offline. changed hears of every change of state; it may be nil.
func NewPresence(now func() time.Time, changed func(AgentStatus)) *Presence {
	if changed == nil {
		changed = func(AgentStatus) {}
	}
	return &Presence{now: now, changed: changed, agents: map[assist.AgentID]*presence{}}
}

// Connect counts one more connection of the agent. The first one makes an agent available, unless the
// connection was lost a moment ago: then the former state goes on.
func (p *Presence) Connect(id assist.AgentID) assist.AgentState {
	p.mu.Lock()
	a := p.agents[id]
	if a == nil {
		a = &presence{state: assist.StateOffline}
		p.agents[id] = a
	}
	a.connections++
	a.lost, a.active = time.Time{}, p.now()
	if a.state != assist.StateOffline {
		defer p.mu.Unlock()
		return a.state
	}
	s := a.set(id, assist.StateAvailable, "connected", p.now())
	p.mu.Unlock()
	p.changed(s)
	return s.State
}

// Disconnect counts one connection less. The state stays until Sweep finds the agent gone for too long, so
// that a short loss of the network re-queues nobody; leave true (signed out) makes the agent offline at once.
func (p *Presence) Disconnect(id assist.AgentID, leave bool) {
	p.mu.Lock()
	a := p.agents[id]
	if a == nil || a.connections == 0 {
		p.mu.Unlock()
		return
	}
	a.connections--
	if a.connections > 0 {
		p.mu.Unlock()
		return
	}
	a.lost = p.now()
	if !leave {
		p.mu.Unlock()
		return
	}
	s := a.set(id, assist.StateOffline, "agent", p.now())
	p.mu.Unlock()
	p.changed(s)
}

// Set changes the state of a connected agent; it reports false for one who isn't.
func (p *Presence) Set(id assist.AgentID, state assist.AgentState, cause string) bool {
	p.mu.Lock()
	a := p.agents[id]
	if a == nil || a.connections == 0 {
		p.mu.Unlock()
		return false
	}
	a.active, a.byIdle = p.now(), false
	if a.state == state {
		p.mu.Unlock()
		return true
	}
	s := a.set(id, state, cause, p.now())
	p.mu.Unlock()
	p.changed(s)
	return true
}

// Active notes a sign of a person. Who was away for idleness only is available again.
func (p *Presence) Active(id assist.AgentID) {
	p.mu.Lock()
	a := p.agents[id]
	if a == nil {
		p.mu.Unlock()
		return
	}
	a.active = p.now()
	if !a.byIdle {
		p.mu.Unlock()
		return
	}
	s := a.set(id, assist.StateAvailable, "agent", p.now())
	p.mu.Unlock()
	p.changed(s)
}

// Sweep makes agents away who showed no sign for awayAfter, and offline who lost their connection longer than
// grace ago. Zero durations switch each off. Call it about once a second.
func (p *Presence) Sweep(awayAfter, grace time.Duration) {
	now := p.now()
	var changes []AgentStatus
	p.mu.Lock()
	for id, a := range p.agents {
		switch {
		case a.state == assist.StateOffline:
			if a.connections == 0 {
				delete(p.agents, id)
			}
		case a.connections == 0 && now.Sub(a.lost) >= grace:
			changes = append(changes, a.set(id, assist.StateOffline, "lost", now))
		case awayAfter > 0 && a.state == assist.StateAvailable && now.Sub(a.active) >= awayAfter:
			changes = append(changes, a.set(id, assist.StateAway, "idle", now))
			a.byIdle = true
		}
	}
	p.mu.Unlock()
	for _, s := range changes {
		p.changed(s)
	}
}

// State is the agent's state now.
func (p *Presence) State(id assist.AgentID) (assist.AgentState, time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[id]; a != nil {
		return a.state, a.since
	}
	return assist.StateOffline, time.Time{}
}

// Connected tells whether the agent has a live connection at this moment.
func (p *Presence) Connected(id assist.AgentID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[id]
	return a != nil && a.connections > 0
}

// Here lists the agents that are not offline with their states.
func (p *Presence) Here() map[assist.AgentID]assist.AgentState {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := make(map[assist.AgentID]assist.AgentState, len(p.agents))
	for id, a := range p.agents {
		if a.state != assist.StateOffline {
			m[id] = a.state
		}
	}
	return m
}

func (a *presence) set(id assist.AgentID, state assist.AgentState, cause string, now time.Time) AgentStatus {
	a.state, a.since, a.byIdle = state, now, false
	return AgentStatus{Agent: id, State: state, Since: now, Cause: cause}
}
