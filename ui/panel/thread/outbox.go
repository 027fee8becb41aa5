package thread

import (
	"context"

	"deskhand/assist"
)

// tell does something with a message in the outbox, off the goroutine that paints.
func (p *Presenter) tell(id assist.ClientID, do func(ctx context.Context, id assist.ClientID) error) {
	p.desk.Go(func(ctx context.Context) func() {
		if err := do(ctx, id); err != nil {
			return func() { p.desk.Fail(err) }
		}
		return nil
	})
}
