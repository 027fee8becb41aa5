package bot

import (
	"errors"

	"deskhand/assist"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/entity"
)

// ErrLater is what a Responder returns that waits for something: it calls Turn.Again when the turn may be computed once
// more. It is no failure.
var ErrLater = errors.New("the answer comes later")

// waits has others asked about messages that the bot is unsure of, and tells whether an answer is still to come. Nobody is
// asked about what answers a question of the bot, nor about what must not wait.
func (d *Dialogue) waits(x *exchange, t Turn, unread []assist.Message) bool {
	if d.opts.Adviser == nil || x.State.Await != "" || t.Again == nil {
		return false
	}
	waits := false
	for _, m := range unread {
		text := trim(entity.Clean(m.Text))
		if m.From.Kind != assist.ActorCustomer || !entity.Visible(m.Text) || endangered(text) {
			continue
		}
		for _, p := range d.opts.Split(text, x.company.Reader, x.urgent) {
			_, settled := d.opts.Adviser.Advise(inquiry(x, p, t.Again))
			waits = waits || !settled
		}
	}
	return waits
}

// advised are the parts of a message as others see them, where the bot is unsure and nothing is awaited. What is not known
// by now is not waited for.
func (d *Dialogue) advised(x *exchange, parts []Part) []Part {
	if d.opts.Adviser == nil || x.State.Await != "" || endangered(x.text) {
		return parts
	}
	for n, p := range parts {
		if r, settled := d.opts.Adviser.Advise(inquiry(x, p, nil)); settled {
			parts[n].Reading = r
		}
	}
	return parts
}

// inquiry is what others are asked about a part of a message.
func inquiry(x *exchange, p Part, again func()) nlu.Question {
	q := nlu.Question{Text: p.Text, Reading: p.Reading, Ready: again}
	for _, name := range x.Pack.Order {
		if i := x.Pack.Intents[name]; i != nil && !nlu.IsOutOfScope(name) {
			q.Among = append(q.Among, nlu.Choice{Intent: name, Title: i.Title.EN})
		}
	}
	if person, ok := x.Person(); ok {
		q.Names = []string{person.Name}
	}
	return q
}
