// Package channeltest is the contract of a channel: what every way on which customers write must keep, whatever
// its wire looks like. An implementation's test builds a Bench over the whole hub and calls Run. It starts no
// goroutines.
package channeltest

import (
	"fmt"
	"slices"
	"testing"

	"deskhand/assist"
)

// Bench is a channel in one inbox whose conversations go straight to people, and an agent who serves it. Its
// methods fail the test when something goes wrong that the suite doesn't ask about.
type Bench interface {
	// NewCustomer is somebody who has never written before, connected.
	NewCustomer() Customer
	// Accept takes the waiting conversation as the agent.
	Accept(c assist.ConversationID)
	// Reply sends a message of the agent; Note a private one.
	Reply(c assist.ConversationID, text string)
	Note(c assist.ConversationID, text string)
	// Resolve settles the conversation.
	Resolve(c assist.ConversationID)
}

// Customer is one customer's end of the channel.
type Customer interface {
	// Send sends a message and waits until the channel says that it is stored.
	Send(id assist.ClientID, text string) assist.Receipt
	// Leave breaks the connection; Return comes back as the same customer with what was had before.
	Leave()
	Return()
	// Shows waits until the customer has read a message with that text, and gives all that the customer has,
	// in the order of Seq.
	Shows(text string) []Shown
}

// Shown is a message as the customer has it.
type Shown struct {
	Seq  assist.Seq
	Kind assist.MessageKind
	Text string
}

// Run checks the contract. open makes a fresh bench and newID a fresh id of a message.
func Run(t *testing.T, open func(t *testing.T) Bench, newID func() assist.ClientID) {
	t.Helper()
	s := suite{newID}
	for name, test := range map[string]func(*testing.T, Bench){
		"a repeat is stored once and gets the same receipt": s.repeats,
		"what the agent says arrives in order without gaps": s.order,
		"notes stay inside":                                      s.notes,
		"what was said meanwhile arrives at the return":          s.returns,
		"customers are strangers to each other":                  s.strangers,
		"who writes again after the end goes on where they were": s.reopens,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

type suite struct{ newID func() assist.ClientID }

func (s suite) repeats(t *testing.T, b Bench) {
	c, id := b.NewCustomer(), s.newID()
	first := c.Send(id, "hello")
	again := c.Send(id, "hello")
	if again.Seq != first.Seq || again.Conversation != first.Conversation || !again.At.Equal(first.At) {
		t.Errorf("got %+v, want %+v again", again, first)
	}
	b.Accept(first.Conversation)
	b.Reply(first.Conversation, "the answer")
	if n := count(c.Shows("the answer"), "hello"); n > 1 {
		t.Errorf("the customer has the message %d times", n)
	}
}

func (s suite) order(t *testing.T, b Bench) {
	c := b.NewCustomer()
	r := c.Send(s.newID(), "hello")
	b.Accept(r.Conversation)
	for i := range 20 {
		b.Reply(r.Conversation, fmt.Sprintf("answer %02d", i))
	}
	shown := c.Shows("answer 19")
	if i := gap(shown); i >= 0 {
		t.Errorf("after %d comes %d", shown[i].Seq, shown[i+1].Seq)
	}
	var answers []string
	for _, m := range shown {
		if m.Kind == assist.KindText && m.Text != "hello" {
			answers = append(answers, m.Text)
		}
	}
	if len(answers) != 20 || !slices.IsSorted(answers) {
		t.Errorf("got %v", answers)
	}
}

func (s suite) notes(t *testing.T, b Bench) {
	c := b.NewCustomer()
	r := c.Send(s.newID(), "hello")
	b.Accept(r.Conversation)
	b.Note(r.Conversation, "private")
	b.Reply(r.Conversation, "public")
	c.Leave()
	b.Note(r.Conversation, "private")
	b.Reply(r.Conversation, "the end")
	c.Return()
	shown := c.Shows("the end")
	if count(shown, "private") != 0 || gap(shown) >= 0 {
		t.Errorf("got %v", shown)
	}
}

func (s suite) returns(t *testing.T, b Bench) {
	c := b.NewCustomer()
	r := c.Send(s.newID(), "hello")
	b.Accept(r.Conversation)
	c.Leave()
	b.Reply(r.Conversation, "where are you")
	b.Reply(r.Conversation, "still here")
	c.Return()
	shown := c.Shows("still here")
	if count(shown, "where are you") != 1 || gap(shown) >= 0 {
		t.Errorf("got %v", shown)
	}
	if again := c.Send(s.newID(), "back"); again.Conversation != r.Conversation {
		t.Errorf("got conversation %d, want %d", again.Conversation, r.Conversation)
	}
}

func (s suite) strangers(t *testing.T, b Bench) {
	one, two := b.NewCustomer(), b.NewCustomer()
	r, o := one.Send(s.newID(), "of one"), two.Send(s.newID(), "of two")
	if r.Conversation == o.Conversation {
		t.Fatal("two customers share a conversation")
	}
	b.Accept(r.Conversation)
	b.Accept(o.Conversation)
	b.Reply(r.Conversation, "for one")
	b.Reply(o.Conversation, "for two")
	one.Shows("for one")
	if shown := two.Shows("for two"); count(shown, "of one")+count(shown, "for one") != 0 {
		t.Errorf("a stranger has %v", shown)
	}
}

func (s suite) reopens(t *testing.T, b Bench) {
	c := b.NewCustomer()
	r := c.Send(s.newID(), "hello")
	b.Accept(r.Conversation)
	b.Resolve(r.Conversation)
	again := c.Send(s.newID(), "one more thing")
	if again.Conversation != r.Conversation || again.Seq <= r.Seq {
		t.Errorf("got %+v after %+v", again, r)
	}
	b.Accept(r.Conversation)
	b.Reply(r.Conversation, "yes")
	if shown := c.Shows("yes"); gap(shown) >= 0 {
		t.Errorf("got %v", shown)
	}
}

func count(shown []Shown, text string) int {
	n := 0
	for _, m := range shown {
		if m.Text == text {
			n++
		}
	}
	return n
}

// gap is the index of a message after which one is missing or doubled, -1 if there is none.
func gap(shown []Shown) int {
	for i := range len(shown) - 1 {
		if shown[i+1].Seq != shown[i].Seq+1 {
			return i
		}
	}
	return -1
}
