package assist

// Status is where a conversation stands; see the state diagram in the README.
type Status string

// The six states of a conversation.
const (
	StatusBot      Status = "bot"      // the bot has it
	StatusWaiting  Status = "waiting"  // it waits in a queue for an agent
	StatusHuman    Status = "human"    // an agent has it
	StatusSnoozed  Status = "snoozed"  // its agent put it off until a time or until the customer writes
	StatusWrapUp   Status = "wrap_up"  // settled; its agent still writes it up
	StatusResolved Status = "resolved" // done; a new message of the customer reopens it
)

// Statuses lists all states in the order in which a conversation usually passes them.
func Statuses() []Status {
	return []Status{StatusBot, StatusWaiting, StatusHuman, StatusSnoozed, StatusWrapUp, StatusResolved}
}

// edges says which state may follow which. Every edge has its own event type.
var edges = map[Status][]Status{
	StatusBot:      {StatusWaiting, StatusHuman, StatusResolved},
	StatusWaiting:  {StatusHuman, StatusBot, StatusWaiting, StatusResolved},
	StatusHuman:    {StatusHuman, StatusWaiting, StatusBot, StatusSnoozed, StatusWrapUp},
	StatusSnoozed:  {StatusHuman, StatusWaiting, StatusBot, StatusWrapUp},
	StatusWrapUp:   {StatusResolved, StatusHuman, StatusWaiting},
	StatusResolved: {StatusBot, StatusWaiting, StatusHuman},
}

// CanBecome tells whether a conversation in state s may go to state to.
func (s Status) CanBecome(to Status) bool {
	for _, e := range edges[s] {
		if e == to {
			return true
		}
	}
	return false
}

// Open tells whether the matter is not settled yet.
func (s Status) Open() bool { return s != StatusResolved && s != "" }
