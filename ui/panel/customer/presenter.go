// Package customer is the panel of who the conversation is with: profile, what the company's page told, and the form to
// correct it.
package customer

import (
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
)

// Fact is a line of the profile.
type Fact struct{ Name, Value string }

// Presenter decides what the panel shows.
type Presenter struct {
	desk *panel.Desk
	id   assist.ConversationID
}

// NewPresenter returns a presenter of nobody.
func NewPresenter(d *panel.Desk) *Presenter { return &Presenter{desk: d} }

// Show turns to the customer of a conversation.
func (p *Presenter) Show(id assist.ConversationID) { p.id = id }

// Customer is who is shown; false while it is not known.
func (p *Presenter) Customer() (assist.Customer, bool) {
	c := p.desk.State.Conversation(p.id)
	if c == nil || !c.Loaded {
		return assist.Customer{}, false
	}
	return c.Customer, true
}

// Name is how the customer is called.
func (p *Presenter) Name() string {
	c, _ := p.Customer()
	return p.desk.CustomerName(c.Name, c.ID)
}

// Facts are what is known, without what is not.
func (p *Presenter) Facts() []Fact {
	c, _ := p.Customer()
	l := p.desk.Lang
	var out []Fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, Fact{l.T(key), value})
		}
	}
	add("customer.email", c.Email)
	add("customer.phone", c.Phone)
	if c.Language != "" {
		add("customer.language", l.Language(c.Language))
	}
	add("customer.tier", c.Tier)
	if !c.CreatedAt.IsZero() {
		add("customer.since", l.Date(c.CreatedAt, p.desk.State.HubNow()))
	}
	return out
}

// Fields are what the company's page told, by name.
func (p *Presenter) Fields() []Fact {
	c, _ := p.Customer()
	var out []Fact
	for k, v := range c.Fields {
		if v != "" {
			out = append(out, Fact{strings.ReplaceAll(k, "_", " "), v})
		}
	}
	slices.SortFunc(out, func(a, b Fact) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Verified tells whether the company vouched for who this is.
func (p *Presenter) Verified() (words string, sure bool) {
	c := p.desk.State.Conversation(p.id)
	if c == nil || c.Row.Handoff == nil {
		return "", false
	}
	v := c.Row.Handoff.Verified
	return p.desk.Lang.Verified(v), v == "identified" || v == "strong"
}

// Past is how many other conversations the customer had.
func (p *Presenter) Past() int {
	if c := p.desk.State.Conversation(p.id); c != nil {
		return len(c.Past)
	}
	return 0
}

// CanEdit tells whether the agent may correct the profile.
func (p *Presenter) CanEdit() bool { return p.desk.State.Can("customer.edit") }

// Save stores the profile; done is called once the hub has it.
func (p *Presenter) Save(c assist.Customer, done func()) {
	c.Name, c.Email, c.Phone, c.Tier = trim(c.Name), trim(c.Email), trim(c.Phone), trim(c.Tier)
	p.desk.Call(wire.AgentCustomerSave{Customer: c}, func(wire.Frame) { done() })
}

func trim(s string) string { return strings.TrimSpace(s) }
