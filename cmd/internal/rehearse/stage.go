package rehearse

import (
	"context"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/wire"
)

// Stage is a hub with a fresh back office, made for one scenario.
type Stage interface {
	// Hub is its address.
	Hub() string
	// Inbox is where customers of the pack's company write.
	Inbox(pack string) assist.InboxID
	// Identity signs a customer in, as the company's page does.
	Identity(ctx context.Context, inbox assist.InboxID, customer string) (wire.SignedIdentity, error)
	// Code is the last one-time code sent to anybody of the company, and to whom; false if none was.
	Code(inbox assist.InboxID) (party, code string, ok bool)
	// Changes are the changes carried out in the back office so far, oldest first.
	Changes() []Change
	// Needs tells what a change needs.
	Needs(pack, action string) Needs
	// Person is a customer of the back office.
	Person(ctx context.Context, inbox assist.InboxID, party string) (backoffice.Person, error)
	// Close stops the hub and removes what it left.
	Close() error
}

// Keeper is a Stage that can tell what its back office holds.
type Keeper interface {
	// State is the same text as long as nothing was changed.
	State(ctx context.Context) (string, error)
}

// Change is what the back office was made to do, as it saw it.
type Change struct {
	At     time.Time
	Action string
	Party  string
	Args   map[string]string
}

// Needs is what intents.yaml asks for before a change.
type Needs struct {
	Known  bool     // some intent of the pack makes this change
	Strong bool     // a one-time code came back
	Signed bool     // the customer is known at all
	Duty   bool     // no read-back and no yes: a block of what was lost
	Doing  []string // how people call it: "cancel it" is a yes to a cancellation alone
}
