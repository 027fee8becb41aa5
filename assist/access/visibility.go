package access

import "deskhand/assist"

// Scope is how much of the desk people of the role agent see.
type Scope string

// The scopes.
const (
	ScopeOwn  Scope = "own"  // their own conversations, and what waits for their teams
	ScopeTeam Scope = "team" // also those that others of their teams have
	ScopeAll  Scope = "all"
)

// Valid tells whether s is a known scope.
func (s Scope) Valid() bool { return s == ScopeOwn || s == ScopeTeam || s == ScopeAll }

// Policy is what the desk's owner decided about who sees what. The zero value is the default.
type Policy struct {
	AgentsSee Scope // default: ScopeTeam
	// HideUnassigned keeps conversations that belong to no agent and no team (those that the bot has) from
	// agents; default: they see them.
	HideUnassigned bool
}

// VisibilityOf is which conversations the agent may see: supervisors, trainers and admins all, agents what
// the policy says. Who may read no conversation sees none.
func VisibilityOf(a assist.Agent, p Policy) assist.Visibility {
	switch {
	case !Can(a, ConversationRead):
		return assist.Visibility{}
	case Can(a, ConversationSeeAll) || p.AgentsSee == ScopeAll:
		return assist.Visibility{All: true, Agent: a.ID}
	}
	return assist.Visibility{
		Agent:      a.ID,
		Teams:      a.Teams,
		Waiting:    p.AgentsSee == ScopeOwn,
		Unassigned: !p.HideUnassigned,
	}
}
