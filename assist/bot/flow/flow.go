// Package flow runs errands: it goes through the steps of a pack's flow, asks for what is missing, reads values from what
// the customer says, has changes drafted, read back, confirmed and executed, and stops where an answer is awaited. What a
// customer, an article or a back office says is a value or a text to show; only the steps of the pack and the customer's
// own yes to a stored command change anything. The package starts no goroutines.
package flow

import (
	"context"
	"errors"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/verify"
)

// Commands keeps and carries out changes. Errors of Draft: *action.OverLimit, *action.Switched.
type Commands interface {
	// Draft stores a command and voids the conversation's other open ones of this generation with the same intent.
	Draft(ctx context.Context, c action.Command) (action.Command, error)
	// ReadBack notes the sentence that the bot's message at Seq at reads the command back with.
	ReadBack(ctx context.Context, id action.ID, text string, at assist.Seq) error
	// Confirm takes the yes of the customer's message at Seq yesAt; only for a command that was read back before it.
	Confirm(ctx context.Context, id action.ID, yesAt assist.Seq) error
	// Execute carries out what is confirmed, or a duty, once, however often it is called.
	Execute(ctx context.Context, id action.ID) (action.Command, error)
	// Void ends a command that has not been executed.
	Void(ctx context.Context, id action.ID, why string) error
	// Open lists all commands of the generation, also done ones, oldest first.
	Open(ctx context.Context, conversation assist.ConversationID, generation int) ([]action.Command, error)
}

// Proofs knows what customers have proved.
type Proofs interface {
	Level(ctx context.Context, conversation assist.ConversationID, generation int) (level verify.Level, party string, err error)
	Identify(ctx context.Context, conversation assist.ConversationID, generation int, party string) error
	// Send sends a new code to the phone on file.
	Send(ctx context.Context, conversation assist.ConversationID, generation int, party, language string) error
	// Attempt tells what became of a code that was typed in that message; it was judged, and masked, on arrival.
	Attempt(ctx context.Context, conversation assist.ConversationID, message assist.ClientID) (verify.Attempt, error)
	Failed(ctx context.Context, conversation assist.ConversationID, generation int) (int, error)
}

// Engine runs flows. It is safe for concurrent use; a Turn is not.
type Engine struct {
	commands Commands
	proofs   Proofs
}

// New makes an engine; both are needed.
func New(c Commands, p Proofs) (*Engine, error) {
	if c == nil || p == nil {
		return nil, errors.New("flow: commands or proofs are missing")
	}
	return &Engine{c, p}, nil
}
