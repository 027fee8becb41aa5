package assist

import (
	"slices"
	"time"
)

// Role is what a person with a login does; permissions follow from it.
type Role string

// The roles.
const (
	RoleAgent      Role = "agent"
	RoleSupervisor Role = "supervisor"
	RoleTrainer    Role = "trainer"
	RoleAdmin      Role = "admin"
)

// Roles lists all roles.
func Roles() []Role { return []Role{RoleAgent, RoleSupervisor, RoleTrainer, RoleAdmin} }

// Valid tells whether r is a known role.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Agent is a person with a login.
type Agent struct {
	ID        AgentID   `json:"id"`
	Login     string    `json:"login"`
	Name      string    `json:"name"`
	Role      Role      `json:"role"`
	Teams     []TeamID  `json:"teams,omitzero"`     // empty: all
	Languages []string  `json:"languages,omitzero"` // "en", "zh"; empty: any
	Capacity  int       `json:"capacity"`           // conversations at once
	Disabled  bool      `json:"disabled,omitzero"`
	CreatedAt time.Time `json:"created_at"`
}

// DefaultCapacity is how many conversations an agent has at once unless set otherwise.
const DefaultCapacity = 6

// InTeam tells whether the agent belongs to the team.
func (a Agent) InTeam(t TeamID) bool { return slices.Contains(a.Teams, t) }

// Speaks tells whether the agent serves customers in that language.
func (a Agent) Speaks(language string) bool {
	return len(a.Languages) == 0 || language == "" || slices.Contains(a.Languages, language)
}

// AgentState is whether an agent takes new conversations.
type AgentState string

// The states of an agent.
const (
	StateAvailable AgentState = "available" // takes new conversations
	StateBusy      AgentState = "busy"      // works, takes no new ones
	StateAway      AgentState = "away"      // not at the desk
	StateOffline   AgentState = "offline"   // not connected
)

// Valid tells whether s is a known state.
func (s AgentState) Valid() bool {
	return s == StateAvailable || s == StateBusy || s == StateAway || s == StateOffline
}
