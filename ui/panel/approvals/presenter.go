// Package approvals is the page of changes of the back office that wait for a second person.
package approvals

import (
	"slices"
	"strings"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
)

// MaxReason is how many characters the reason of a decline may have, as the hub has it.
const MaxReason = 500

// Item is a command that waits.
type Item struct {
	ID           string
	Conversation assist.ConversationID
	Sheet        panel.Sheet
	Own          bool // whoever asked for it may not decide
	Deciding     bool // the hub is being asked
}

// Presenter decides what the page shows.
type Presenter struct {
	desk     *panel.Desk
	changed  func()
	deciding map[string]bool
	decided  []decision // by this person since signing in, newest first
}

// NewPresenter returns a presenter; changed is called when the page reads differently by what was done here.
func NewPresenter(d *panel.Desk, changed func()) *Presenter {
	return &Presenter{desk: d, changed: changed, deciding: map[string]bool{}}
}

// Items are what waits, oldest first.
func (p *Presenter) Items() []Item {
	you := p.desk.State.You().ID
	var out []Item
	for _, c := range p.desk.State.Approvals() {
		out = append(out, Item{ID: c.ID, Conversation: c.Conversation, Sheet: p.desk.Sheet(c), Own: c.By.IsAgent(you), Deciding: p.deciding[c.ID]})
	}
	return out
}

// Approve lets a command be carried out.
func (p *Presenter) Approve(i Item) {
	p.decide(i, wire.AgentApprove{ID: i.ID}, decision{to: "approved"}, nil)
}

// Decline refuses a command. done is called once the hub has it; what was typed is not lost before.
func (p *Presenter) Decline(i Item, reason string, done func()) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > MaxReason {
		p.desk.Fail(assist.Errorf(assist.CodeTooLong, "at most %d characters", MaxReason))
		return
	}
	p.decide(i, wire.AgentDecline{ID: i.ID, Note: reason}, decision{to: "declined", reason: reason}, done)
}

func (p *Presenter) decide(i Item, command any, d decision, done func()) {
	if i.Own || p.deciding[i.ID] || slices.ContainsFunc(p.decided, func(d decision) bool { return d.command.ID == i.ID }) {
		return
	}
	p.deciding[i.ID] = true
	d.command = p.waiting(i.ID)
	p.changed()
	p.desk.Ask(command, func(_ wire.Frame, err error) {
		delete(p.deciding, i.ID)
		switch {
		case assist.CodeOf(err) == assist.CodeTaken && err != nil:
			p.desk.Tell(p.desk.Lang.T("approvals.gone"), true)
		case err != nil:
			p.desk.Fail(err)
		default:
			p.desk.Tell(p.desk.Lang.T("approvals."+d.to, "action", i.Sheet.Title), false)
			p.remember(d)
		}
		if done != nil && (err == nil || assist.CodeOf(err) == assist.CodeTaken) {
			done()
		}
		p.changed()
	})
}
