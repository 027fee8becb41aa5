// Package action carries out what a customer or an agent asks of the back office, in steps that can be checked: a
// typed Command is drafted, verified, read back, confirmed, if need be approved, executed once, and reconciled after
// a crash. Text never changes anything: only a stored Command does, and only the yes to that very Command.
package action

import (
	"time"

	"deskhand/assist"
	"deskhand/assist/verify"
)

// State is where a Command stands.
type State string

// The states. A command ends in done, failed, reconciled (as done or failed: see Command.Outcome), declined or voided.
const (
	Draft      State = "draft"     // every value is there and valid
	Verified   State = "verified"  // the customer has proved enough; it may be read back
	Confirmed  State = "confirmed" // the customer said yes to it as it was read back
	Waiting    State = "waiting"   // for a second person's approval
	Approved   State = "approved"
	Executing  State = "executing" // the back office has been asked or is about to be
	Done       State = "done"
	Failed     State = "failed"     // refused by the back office or by a limit: nothing was changed
	Unknown    State = "unknown"    // no answer: nobody may try again before the back office was asked what became of it
	Reconciled State = "reconciled" // asked after unknown; Outcome says which
	Declined   State = "declined"   // by the approver, or the approval ran out
	Voided     State = "voided"     // edited, left, said no to, or overtaken: a yes to it counts no more
)

// ID names a command; it is also the idempotency key towards the back office.
type ID string

// Command is one change that was asked for. Once stored, Action, Party and Args never change: an edit makes a new one
// and voids this.
type Command struct {
	ID           ID                        `json:"id"`
	Conversation assist.ConversationID     `json:"conversation"`
	Generation   int                       `json:"generation"` // of the bot's context
	Inbox        assist.InboxID            `json:"inbox"`
	Customer     assist.CustomerID         `json:"customer"`
	Party        string                    `json:"party"` // the customer's id in the back office
	Intent       string                    `json:"intent"`
	Action       string                    `json:"action"`
	Args         map[string]string         `json:"args"`
	Words        map[string]assist.Wording `json:"words,omitzero"`  // argument → its value as agents read it, where that is another
	Terms        map[string]any            `json:"terms,omitzero"`  // what the back office said it would come to, e.g. fee or refund, when it was read back
	Amount       int64                     `json:"amount,omitzero"` // in the smallest unit, what limits count; 0: none
	Currency     string                    `json:"currency,omitzero"`
	Needs        verify.Level              `json:"needs"`
	Had          verify.Level              `json:"had,omitzero"`
	Duty         bool                      `json:"duty,omitzero"` // needs no yes: the block of a lost card or SIM
	State        State                     `json:"state"`
	ReadBack     string                    `json:"read_back,omitzero"` // the sentence that the customer was asked to say yes to
	ReadAt       assist.Seq                `json:"read_at,omitzero"`   // Seq of the bot's message that read it back
	YesAt        assist.Seq                `json:"yes_at,omitzero"`    // Seq of the customer's message that said yes
	Outcome      State                     `json:"outcome,omitzero"`   // after reconciled: done or failed
	Why          string                    `json:"why,omitzero"`       // code of a refusal, reason of a decline
	Result       map[string]any            `json:"result,omitzero"`
	By           assist.Actor              `json:"by"`                // who drafted it: the bot or an agent
	Language     string                    `json:"language,omitzero"` // of the customer; the back office answers in it
	Approval     string                    `json:"approval,omitzero"` // why a second person must approve it: always, action, split, day; empty: nobody
	ConfirmedAt  time.Time                 `json:"confirmed_at,omitzero"`
	StartedAt    time.Time                 `json:"started_at,omitzero"` // when the back office was first told to carry it out
	DueAt        time.Time                 `json:"due_at,omitzero"`     // when the approval runs out, or the back office is asked again
	Tries        int                       `json:"tries,omitzero"`      // how often the back office was told to carry it out
	Asked        int                       `json:"asked,omitzero"`      // how often it was asked what became of it
	Told         bool                      `json:"told,omitzero"`       // the customer has been told that the outcome is open, so they must hear of it
	Approver     assist.AgentID            `json:"approver,omitzero"`
	CreatedAt    time.Time                 `json:"created_at"`
	UpdatedAt    time.Time                 `json:"updated_at"`
}
