package bot

import (
	"context"
	"fmt"
	"slices"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// Given is what the bot goes on with when an agent has given it a conversation that it had before.
type Given struct {
	Before assist.ClientID // the bot's last message before that, whose memory goes on; empty: it had said nothing
	Note   string          // what the agent told the bot; agents read it, and the bot tells it when it hands over again
}

// given looks for what was there before the bot was given the conversation. messages are the newest shared ones.
func (w *Worker) given(ctx context.Context, id assist.ConversationID, messages []assist.Message) (g Given, err error) {
	at := -1
	for i := len(messages) - 1; i >= 0 && at < 0; i-- {
		if a := messages[i].Activity; a != nil && a.Code == assist.ActivityToBot {
			at = i
		} else if a != nil && a.Code == assist.ActivityResolved {
			return g, nil // another matter
		}
	}
	if at < 0 {
		return g, nil
	}
	for i := at - 1; i >= 0 && g.Before == ""; i-- {
		if a := messages[i].Activity; a != nil && a.Code == assist.ActivityResolved {
			break
		}
		if messages[i].From.Kind == assist.ActorBot {
			g.Before = messages[i].ClientID
		}
	}
	before, err := w.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: id, BeforeRev: messages[at].Rev, Limit: 1})
	if err != nil {
		return g, fmt.Errorf("note to the bot in conversation %d: %w", id, err)
	}
	if n := len(before); n > 0 && before[n-1].Kind == assist.KindNote && before[n-1].From.Kind == assist.ActorAgent {
		g.Note = before[n-1].Text
	}
	return g, nil
}

// noteRunes is how many characters of a note to the bot it passes on.
const noteRunes = 500

// recall is the state of the dialogue to go on from: that of the bot's last message, or what is left of it after the
// conversation was given back.
func (d *Dialogue) recall(ctx context.Context, t Turn, p *pack.Pack, last int) (*flow.State, error) {
	switch {
	case last >= 0:
		s, err := d.load(ctx, t, t.Transcript[last].ClientID)
		if err != nil {
			return nil, err
		}
		s.Greeted = true
		return s, nil
	case t.Given.Before == "":
		s := flow.NewState()
		s.Note = passedOn(t.Given.Note)
		return s, nil
	}
	s, err := d.load(ctx, t, t.Given.Before)
	if err != nil {
		return nil, err
	}
	return s.GivenBack(p, passedOn(t.Given.Note), d.unfinished(t.Conversation.Handoff)), nil
}

func (d *Dialogue) load(ctx context.Context, t Turn, id assist.ClientID) (*flow.State, error) {
	b, err := d.opts.Memory.Load(ctx, t.Conversation.ID, id)
	if err != nil {
		return nil, fmt.Errorf("memory of conversation %d: %w", t.Conversation.ID, err)
	}
	s, err := flow.ReadState(b)
	if err != nil {
		d.opts.Log.Error("dialogue begins anew", "conversation_id", t.Conversation.ID, "err", err)
		return flow.NewState(), nil
	}
	return s, nil
}

// unfinished tells whether the errand that was under way at the handoff may go on: the bot was not stopped by what the
// errand is, or by what became of it, but by the customer or by not understanding.
func (d *Dialogue) unfinished(h *assist.Handoff) bool {
	return h == nil || slices.Contains([]string{"customer_asked", "not_understood", "out_of_scope", "mood", "identity"}, h.Reason)
}

func passedOn(note string) string {
	text := []rune(entity.Clean(note))
	if len(text) > noteRunes {
		text = append(text[:noteRunes], '…')
	}
	return string(text)
}
