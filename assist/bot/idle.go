package bot

import (
	"context"

	"deskhand/assist"
)

// settleIdle resolves conversations in which nothing was said for long.
func (w *Worker) settleIdle(ctx context.Context) {
	page, err := w.opts.Store.Conversations(ctx, assist.ConversationFilter{Statuses: []assist.Status{assist.StatusBot}, Oldest: true, Limit: 200})
	if err != nil {
		w.opts.Log.Error("idle conversations not read", "err", err)
		return
	}
	before := w.opts.Now().Add(-w.opts.IdleAfter)
	for _, c := range page {
		if c.Last.At.After(before) {
			return
		}
		w.opts.Ledger.Submit(assist.Write{Conversation: c.ID, Decide: resolveIdle(c.Seq)}, func(r assist.Written) {
			if r.Err != nil && assist.CodeOf(r.Err) != assist.CodeDraining {
				w.opts.Log.Error("idle conversation not resolved", "conversation_id", c.ID, "err", r.Err)
			}
		})
	}
}

// resolveIdle settles a conversation of the bot in which nothing was said after seq.
func resolveIdle(seq assist.Seq) assist.Decision {
	return func(c assist.Conversation) ([]assist.Event, error) {
		if c.Status != assist.StatusBot || c.Seq != seq {
			return nil, nil
		}
		return []assist.Event{
			assist.Line(assist.ActivityResolved, nil),
			{Actor: assist.BySystem(), Data: assist.Resolved{Cause: "idle"}},
		}, nil
	}
}
