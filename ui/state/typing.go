package state

import (
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// Typing is somebody who types in a conversation. Text is the preview, where the inbox allows it.
type Typing struct {
	From  assist.Actor
	Text  string
	Until time.Time
}

func (d *Desk) peerTyping(f wire.AgentPeerTyping, ch *Change) {
	if f.Off {
		if d.typing[f.Conversation].From.Kind == f.From.Kind {
			delete(d.typing, f.Conversation)
			ch.typing(f.Conversation)
		}
		return
	}
	next := Typing{From: f.From, Text: f.Text, Until: d.now().Add(TypingFor)}
	old, had := d.typing[f.Conversation]
	d.typing[f.Conversation] = next
	if !had || old.From != next.From || old.Text != next.Text {
		ch.typing(f.Conversation)
	}
}

// Typing is who types in the conversation now.
func (d *Desk) Typing(id assist.ConversationID) (Typing, bool) {
	t, ok := d.typing[id]
	return t, ok && d.now().Before(t.Until)
}

// Tick forgets who no longer types. It is to be called about once a second.
func (d *Desk) Tick(ch *Change) {
	now := d.now()
	for id, t := range d.typing {
		if !now.Before(t.Until) {
			delete(d.typing, id)
			ch.typing(id)
		}
	}
}
