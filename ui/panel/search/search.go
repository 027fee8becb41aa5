// Package search is the page that finds messages and customers among everything that the agent may see.
package search

import (
	"strings"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
)

// pageOf is how many hits are asked for at once.
const pageOf = 50

// Presenter asks and keeps what was found.
type Presenter struct {
	desk      *panel.Desk
	query     string
	asked     int // counts questions: answers to older ones are dropped
	Hits      []assist.Hit
	Customers []assist.Customer
	More      bool
	Busy      bool
	changed   func()
}

// NewPresenter returns a presenter that has found nothing; changed is called when that changes.
func NewPresenter(d *panel.Desk, changed func()) *Presenter {
	return &Presenter{desk: d, changed: changed}
}

// Query is what was asked for last.
func (p *Presenter) Query() string { return p.query }

// Find asks for a text; an empty one clears what was found.
func (p *Presenter) Find(query string) {
	query = strings.TrimSpace(query)
	p.query, p.Hits, p.Customers, p.More = query, nil, nil, false
	p.asked++
	if p.Busy = query != ""; p.Busy {
		p.ask(0)
	}
	p.changed()
}

// FindMore asks for the hits after those there are.
func (p *Presenter) FindMore() {
	if p.More && !p.Busy && len(p.Hits) > 0 {
		p.Busy = true
		p.ask(p.Hits[len(p.Hits)-1].Message.Rev)
	}
}

func (p *Presenter) ask(before assist.Rev) {
	p.asked++
	mine := p.asked
	p.desk.Ask(wire.AgentSearch{Text: p.query, Before: before, Limit: pageOf}, func(f wire.Frame, err error) {
		if mine != p.asked {
			return
		}
		p.Busy = false
		if found, ok := f.(wire.AgentFound); err == nil && ok {
			p.Hits, p.More = append(p.Hits, found.Hits...), found.More
			if before == 0 {
				p.Customers = found.Customers
			}
		} else if err != nil {
			p.desk.Fail(err)
		}
		p.changed()
	})
}

// Entry is one line of what was found.
type Entry struct {
	Customer *assist.Customer // of a customer
	Hit      *assist.Hit      // of a message
	Name     string           // of the customer
	Title    string
	Detail   string
	When     string
}

// Entries are what was found: customers first, then messages, newest first.
func (p *Presenter) Entries() []Entry {
	var out []Entry
	l, now := p.desk.Lang, p.desk.State.HubNow()
	for i := range p.Customers {
		c := &p.Customers[i]
		var parts []string
		for _, s := range []string{c.Email, c.Phone, c.Tier} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		out = append(out, Entry{Customer: c, Name: p.desk.CustomerName(c.Name, c.ID), Title: p.desk.CustomerName(c.Name, c.ID), Detail: strings.Join(parts, " · "), When: l.T("search.customer")})
	}
	for i := range p.Hits {
		h := &p.Hits[i]
		who := ""
		switch h.Message.From.Kind {
		case assist.ActorAgent:
			who = h.Message.From.Name + ": "
		case assist.ActorBot:
			who = l.T("bot.name") + ": "
		}
		out = append(out, Entry{Hit: h, Name: p.desk.CustomerName(h.CustomerName, h.Customer), Title: p.desk.CustomerName(h.CustomerName, h.Customer) + "  #" + itoa(int64(h.Message.Conversation)),
			Detail: who + around(h.Message.Text, p.query), When: l.Ago(h.Message.At, now)})
	}
	return out
}

// around is the part of a text in which the query stands, on one line.
func around(s, query string) string {
	s = strings.Join(strings.Fields(s), " ")
	first := strings.Fields(strings.ToLower(query))
	if len(first) == 0 {
		return s
	}
	i := strings.Index(strings.ToLower(s), first[0])
	const before = 40
	if i <= before || len(strings.ToLower(s)) != len(s) {
		return s
	}
	start := i - before
	for start > 0 && s[start]&0xC0 == 0x80 { // not inside a character
		start--
	}
	if start == 0 {
		return s
	}
	if space := strings.IndexByte(s[start-1:i], ' '); space >= 0 && space < before/2 { // nor inside a word
		start += space
	}
	return "…" + s[start:]
}
