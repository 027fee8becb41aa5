package assist

import (
	"fmt"
	"time"
)

// CommandRecord is a command of the back office as stores keep it: what they must know to find and guard it, and the
// whole as Data. Package action says what the words mean.
type CommandRecord struct {
	ID           string
	Conversation ConversationID
	Generation   int
	Inbox        InboxID
	Customer     CustomerID
	Party        string // the customer's id at the company; empty: not identified
	Intent       string
	Action       string
	State        string
	Outcome      string
	Ended        bool      // nothing can follow State
	Amount       int64     // in the smallest unit
	DueAt        time.Time // when somebody must look at it again: an approval runs out, a back office is asked again; zero: never
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Data         []byte // JSON
}

// CommandChange brings a command from one state to the next, in the same transaction as the facts of its Write. If the
// stored command is in another state, or a ceiling would be exceeded, the whole Write is refused: CodeWrongStatus,
// CodeExists where From is empty and the id is taken, or CodeFull with a *CeilingError.
type CommandChange struct {
	From     string // the state that it must be in; empty: it must not be there yet
	To       CommandRecord
	Ceilings []CommandCeiling
	// Switch refuses the change with CodeForbidden while the action is switched off.
	Switch bool
}

// CommandCeiling bounds the sum of the amounts of To and of the other commands that match.
type CommandCeiling struct {
	Scope  string // for the error
	Max    int64
	Counts CommandFilter
}

// CeilingError says by what a change was too much. It is the cause of a CodeFull.
type CeilingError struct {
	Scope    string
	Max, Sum int64
}

// Error implements error.
func (e *CeilingError) Error() string { return fmt.Sprintf("%s: %d of %d", e.Scope, e.Sum, e.Max) }

// CommandFilter picks commands; zero fields pick all. A record whose State is "reconciled" counts as its Outcome.
type CommandFilter struct {
	ID           string
	Conversation ConversationID
	Generation   int
	Inboxes      []InboxID
	Customer     CustomerID
	Party        string
	Intent       string
	Action       string
	States       []string
	Open         bool      // those that haven't ended
	Since        time.Time // updated at or after
	DueBefore    time.Time // DueAt is set and before
	Limit        int       // default 200, at most 1000
}

// ActionSwitch is an action that somebody has switched off.
type ActionSwitch struct {
	Action string    `json:"action"` // domain.verb, or domain.* for all of it
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}
