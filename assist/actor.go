package assist

// ActorKind says what sort of party did something.
type ActorKind string

// The four parties.
const (
	ActorCustomer ActorKind = "customer"
	ActorAgent    ActorKind = "agent"
	ActorBot      ActorKind = "bot"
	ActorSystem   ActorKind = "system"
)

// Actor is who did something. ID is the CustomerID or AgentID, 0 for bot and system.
type Actor struct {
	Kind ActorKind `json:"kind"`
	ID   int64     `json:"id,omitzero"`
	Name string    `json:"name,omitzero"` // as it was shown at the time; agents only
}

// ByAgent is the Actor of an agent.
func ByAgent(a Agent) Actor { return Actor{Kind: ActorAgent, ID: int64(a.ID), Name: a.Name} }

// ByCustomer is the Actor of a customer.
func ByCustomer(id CustomerID) Actor { return Actor{Kind: ActorCustomer, ID: int64(id)} }

// ByBot is the Actor of the bot.
func ByBot() Actor { return Actor{Kind: ActorBot} }

// BySystem is the Actor of the hub itself: timers, routing, clean-up.
func BySystem() Actor { return Actor{Kind: ActorSystem} }

// IsAgent tells whether the actor is the agent with that id.
func (a Actor) IsAgent(id AgentID) bool { return a.Kind == ActorAgent && a.ID == int64(id) }

// IsBot tells whether the actor is the bot.
func (a Actor) IsBot() bool { return a.Kind == ActorBot }
