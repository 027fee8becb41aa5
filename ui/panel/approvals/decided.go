package approvals

import (
	"slices"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
)

// decision is what this person decided, with the command as it was last heard of.
type decision struct {
	command wire.CommandView
	to      string // approved or declined
	reason  string // of a decline
}

// decidedMost is how many decisions are remembered.
const decidedMost = 20

// Decided is a command that this person decided on.
type Decided struct {
	ID           string
	Conversation assist.ConversationID
	Title        string
	Customer     string
	State        string // in words
	Outcome      string // what came of it, in a sentence
	Reason       string // that was given; "" if none
	Good, Bad    bool   // carried out; not carried out though approved
}

// Decided are the decisions since signing in, newest first, with what came of them.
func (p *Presenter) Decided() []Decided {
	l := p.desk.Lang
	out := make([]Decided, len(p.decided))
	for i, d := range p.decided {
		c := d.command
		state := panel.StateOf(c)
		out[i] = Decided{ID: c.ID, Conversation: c.Conversation, Title: p.desk.CommandTitle(c), Customer: p.desk.CustomerName(c.CustomerName, c.Customer),
			State: p.desk.CommandState(c), Reason: d.reason, Good: state == "done", Bad: state == "failed" || state == "voided" && d.to == "approved"}
		key := state
		if state == "executing" {
			key = "approved"
		}
		out[i].Outcome = l.Try("approvals.outcome."+key, "")
		if out[i].Bad && c.Why != "" {
			out[i].Outcome += l.T("list.space") + l.Why(c.Why)
		}
	}
	return out
}

// waiting is the command that waits under the id.
func (p *Presenter) waiting(id string) wire.CommandView {
	for _, c := range p.desk.State.Approvals() {
		if c.ID == id {
			return c
		}
	}
	return wire.CommandView{ID: id}
}

func (p *Presenter) remember(d decision) {
	d.command.State = d.to
	p.decided = append([]decision{d}, p.decided...)
	p.decided = p.decided[:min(len(p.decided), decidedMost)]
	p.Follow()
}

// Follow asks what became of the commands that this person let be carried out. The list of approvals comes anew whenever
// one of them has moved.
func (p *Presenter) Follow() {
	asked := map[assist.ConversationID]bool{}
	for _, d := range p.decided {
		id := d.command.Conversation
		if id == 0 || asked[id] || slices.Contains([]string{"done", "failed", "reconciled", "declined", "voided"}, d.command.State) {
			continue
		}
		asked[id] = true
		p.desk.Ask(wire.AgentCommands{Conversation: id}, func(f wire.Frame, err error) {
			if list, ok := f.(wire.AgentCommandList); ok && err == nil { // else it is asked for again
				p.heard(list.Commands)
			}
		})
	}
}

func (p *Presenter) heard(all []wire.CommandView) {
	for _, c := range all {
		for i := range p.decided {
			if p.decided[i].command.ID == c.ID && c.State != "waiting" {
				p.decided[i].command = c
			}
		}
	}
	p.changed()
}
