package shell

import (
	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/state"
)

// Pose brings the window nearer to a state worth a picture: a conversation in a language, in one's own hands, with
// something being written. It reports whether it is there; call it again until it is. It is for the pictures of the
// documentation, drawn from the demo desk, and does nothing that a person could not do by hand.
func (s *Shell) Pose(language, words string) bool {
	d := s.desk
	if d == nil || !d.state.Loaded() {
		return false
	}
	const mineWanted, messagesWanted = 4, 4
	if len(d.state.List(state.Mine)) < mineWanted {
		for _, r := range d.state.List(state.Queue) {
			if d.stage.Allowed(r).Accept {
				d.stage.Do(wire.AgentDo{Do: wire.DoAccept, Conversation: r.ID}, nil)
				break
			}
		}
		return false
	}
	d.inbox.Show(state.Mine)
	var best wire.Row
	for _, r := range d.state.List(state.Mine) {
		if r.Language == language && r.Status == assist.StatusHuman && r.Seq > best.Seq {
			best = r
		}
	}
	if best.ID == 0 {
		return false
	}
	d.show(best.ID)
	c := d.state.Conversation(best.ID)
	if c == nil || !c.Loaded || len(c.Messages) < messagesWanted {
		return false
	}
	d.composer.Write(words)
	d.composer.Focus()
	return true
}
