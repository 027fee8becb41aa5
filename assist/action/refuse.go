package action

import (
	"errors"
	"fmt"
)

// OverLimit says that a change is above what the bot may do by itself: the sum of what the conversation did and asks for,
// of the day, or of parts that belong together.
type OverLimit struct {
	Action string
	Limit  int64  // in the smallest unit
	Sum    int64  // that it would come to
	Scope  string // action, day, split
}

// Error implements error.
func (e *OverLimit) Error() string {
	return fmt.Sprintf("%s: %d is over the limit of %d a %s", e.Action, e.Sum, e.Limit, e.Scope)
}

// Switched says that somebody has switched the action off.
type Switched struct{ Action string }

// Error implements error.
func (e *Switched) Error() string { return e.Action + " is switched off" }

// Errors of what a command is not ready for.
var (
	ErrUnverified  = errors.New("the customer has not proved enough, or not lately")
	ErrUnconfirmed = errors.New("nobody has said yes to it as it was read back")
	ErrState       = errors.New("the command is in another state")
	ErrOwn         = errors.New("whoever drafted it can't approve it")
)
