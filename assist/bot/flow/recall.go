package flow

import (
	"context"
	"fmt"

	"deskhand/assist/action"
	"deskhand/assist/pack"
)

// recall takes up the command of a duty that this very turn carried out when it was computed before and could not be
// sent. What the errand would be about now may be something else: the lost card is blocked already, and the next one
// isn't lost.
func (e *Engine) recall(ctx context.Context, t *Turn, i *pack.Intent) error {
	r := t.State.Errand
	if !i.Duty || r.Draft != "" {
		return nil
	}
	all, err := e.commands.Open(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return fmt.Errorf("commands of the conversation: %w", err)
	}
	for _, c := range all {
		if c.Intent != i.Name || !counts(c) || !t.isOf(c, r) {
			continue
		}
		for name, value := range c.Args {
			if _, filled := r.Slots[name]; !filled && i.Needs(name) {
				r.Slots[name] = Value{V: value}
			}
		}
		r.Drafts, r.Draft = r.Drafts+1, c.ID
		return nil
	}
	return nil
}

// isOf tells whether the command is the errand's next one: its id is made of the errand and of the command's values.
func (t *Turn) isOf(c action.Command, r *Errand) bool {
	r.Drafts++
	defer func() { r.Drafts-- }()
	return t.commandID(c) == c.ID
}
