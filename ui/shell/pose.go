package shell

import (
	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/state"
)

// Posture is what a picture of the window is to show.
type Posture struct {
	Language  string // of the customer: "en" or "zh"
	Words     string // being written
	Handoff   bool   // the card unfolded, and what the bot understood of the customer's last words
	Approvals bool   // the page of changes that wait for a second person
}

// Pose brings the window nearer to a state worth a picture: a conversation in a language, in one's own hands, with
// something being written. It reports whether it is there; call it again until it is. It is for the pictures of the
// documentation, drawn from the demo desk, and does nothing that a person could not do by hand.
func (s *Shell) Pose(p Posture) bool {
	d := s.desk
	if d == nil || !d.state.Loaded() {
		return false
	}
	if p.Approvals {
		d.act("approvals")
		return d.place == pageApprovals && len(d.state.Approvals()) > 0
	}
	const mineWanted, messagesWanted = 5, 4
	if len(d.state.List(state.Mine)) < mineWanted && d.acceptOne() {
		return false
	}
	best := d.telling(p)
	if best == 0 {
		return false
	}
	d.inbox.Show(state.Mine)
	d.show(best)
	c := d.state.Conversation(best)
	if c == nil || !c.Loaded || len(c.Messages) < messagesWanted {
		return false
	}
	d.thread.Unfold(p.Handoff)
	d.composer.Write(p.Words)
	d.composer.Focus()
	return true
}

// acceptOne takes a conversation from the queue if there is one to be taken.
func (d *desk) acceptOne() bool {
	for _, r := range d.state.List(state.Queue) {
		if d.stage.Allowed(r).Accept {
			d.stage.Do(wire.AgentDo{Do: wire.DoAccept, Conversation: r.ID}, nil)
			break
		}
	}
	return len(d.state.List(state.Mine)) < 4
}

// telling is the longest of one's own conversations in the language; where the handoff is to be seen, one whose bot knew
// what was wanted comes first. 0: there is none yet.
func (d *desk) telling(p Posture) (id assist.ConversationID) {
	longest, knew := assist.Seq(0), false
	for _, r := range d.state.List(state.Mine) {
		if r.Language != p.Language || r.Status != assist.StatusHuman {
			continue
		}
		knows := p.Handoff && r.Handoff != nil && len(r.Handoff.Slots) > 0
		if knows && !knew || knows == knew && r.Seq > longest {
			id, longest, knew = r.ID, r.Seq, knows
		}
	}
	return id
}
