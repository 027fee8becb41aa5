// Package thread is the panel of one conversation: who it is with and what can be done, the handoff, the messages.
package thread

import (
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/state"
)

// Entry is one line of the thread as it reads; the view turns it into what is drawn.
type Entry struct {
	ID       string
	Kind     EntryKind
	Text     string
	Bold     string // the part of Above in bold
	Above    string // before Bold
	After    string // behind Bold
	Below    string
	Bad      bool
	Action   string
	File     *assist.Attachment
	Message  assist.ClientID // of one's own message that can be tried again
	Choices  []string
	Chosen   int
	Copyable string // what "copy" takes
	// Under is in one line what the bot made of what the customer said, Understood is all of it; none of other entries.
	Under      []Part
	Understood []panel.Fact
	Command    string // id of a command of the back office
}

// Part is a stretch of a small line.
type Part struct {
	Text  string
	Bold  bool
	Doubt bool // it is not sure
}

// EntryKind is what an entry is.
type EntryKind uint8

// The kinds.
const (
	FromCustomer EntryKind = iota
	FromAgent
	FromBot
	PrivateNote
	SystemLine
	TypingLine
	NewDay
	UnreadMark
)

// groupWithin is how near in time messages of one sender stand together, with one line below the last.
const groupWithin = 3 * time.Minute

// Presenter decides what a conversation shows.
type Presenter struct {
	desk   *panel.Desk
	id     assist.ConversationID
	asked  int        // how often commands were asked for: only the last answer counts
	unread assist.Seq // messages above it were unread when the conversation was opened; 0: none
}

// NewPresenter returns a presenter of no conversation.
func NewPresenter(d *panel.Desk) *Presenter { return &Presenter{desk: d} }

// Show turns to another conversation.
func (p *Presenter) Show(id assist.ConversationID) {
	p.id, p.unread = id, 0
	if r, ok := p.desk.State.Row(id); ok && r.Unread() > 0 && r.Assignee == p.desk.State.You().ID {
		p.unread = r.AgentRead
	}
}

// ID is the conversation shown, 0 for none.
func (p *Presenter) ID() assist.ConversationID { return p.id }

// Entries are the lines of the conversation, oldest first, without who types.
func (p *Presenter) Entries() []Entry { return p.EntriesFrom(0) }

// EntriesFrom are the lines from a message's index on, with those of what is not sent yet.
func (p *Presenter) EntriesFrom(first int) []Entry {
	c := p.desk.State.Conversation(p.id)
	if c == nil || !c.Loaded {
		return nil
	}
	b := &builder{p: p, c: c, now: p.desk.State.HubNow()}
	if first > 0 {
		before := c.Messages[first-1]
		b.day, b.marked = before.At, before.Seq > p.unread
	}
	for i := first; i < len(c.Messages); i++ {
		if i > 0 {
			b.commands(&c.Messages[i-1], &c.Messages[i])
		} else {
			b.commands(nil, &c.Messages[i])
		}
		b.message(i)
	}
	if n := len(c.Messages); n > 0 {
		b.commands(&c.Messages[n-1], nil)
	}
	for _, o := range p.desk.State.Outgoing(p.id) {
		b.outgoing(o)
	}
	return b.out
}

// Typing is the line of who types, nil if nobody does.
func (p *Presenter) Typing() *Entry {
	t, ok := p.desk.State.Typing(p.id)
	if !ok {
		return nil
	}
	c := p.desk.State.Conversation(p.id)
	name := t.From.Name
	if t.From.Kind == assist.ActorCustomer && c != nil {
		name = p.desk.CustomerName(c.Customer.Name, c.Row.Customer)
	}
	if t.From.Kind == assist.ActorBot {
		name = p.desk.Lang.T("bot.name")
	}
	e := Entry{ID: "typing", Kind: TypingLine, Text: p.desk.Lang.T("thread.typing", "name", name)}
	if t.Text != "" {
		e.After = "“" + strings.Join(strings.Fields(t.Text), " ") + "”"
	}
	return &e
}

// Older is the Rev before which older messages can be asked for; 0 if there are none.
func (p *Presenter) Older() assist.Rev {
	c := p.desk.State.Conversation(p.id)
	if c == nil || !c.More || len(c.Messages) == 0 {
		return 0
	}
	return c.Messages[0].Rev
}

// LoadOlder asks for older messages.
func (p *Presenter) LoadOlder() { p.load(p.Older()) }

// MendGap asks for messages that are missing in the middle.
func (p *Presenter) MendGap() { p.load(p.desk.State.Gap(p.id)) }

func (p *Presenter) load(before assist.Rev) {
	if before == 0 {
		return
	}
	p.desk.Call(wire.AgentHistory{Conversation: p.id, BeforeRev: before, Limit: wire.HistoryMax}, p.desk.Apply)
}

// Read is up to where the customer's messages are read when the end is on screen; 0 if nothing new is.
func (p *Presenter) Read() assist.Seq {
	c := p.desk.State.Conversation(p.id)
	if c == nil || !c.Loaded || c.Row.Assignee != p.desk.State.You().ID || c.Row.Seq <= c.Row.AgentRead {
		return 0
	}
	return c.Row.Seq
}

// MarkRead tells the hub, and at once the screen, that everything was read.
func (p *Presenter) MarkRead() {
	seq := p.Read()
	if seq == 0 {
		return
	}
	p.desk.Hub.Mark(p.id, seq)
	var ch state.Change
	p.desk.State.MarkRead(p.id, seq, &ch)
	p.desk.Changed(&ch)
}

// Retry sends a message again that was refused; Discard gives it up.
func (p *Presenter) Retry(id assist.ClientID) { p.again(id, true) }

// Discard gives a refused message up.
func (p *Presenter) Discard(id assist.ClientID) { p.again(id, false) }

func (p *Presenter) again(id assist.ClientID, retry bool) {
	for _, o := range p.desk.State.Outgoing(p.id) {
		if o.ClientID != id {
			continue
		}
		var ch state.Change
		if retry {
			o.State, o.Code = state.Queued, 0
			p.desk.State.Send(o, &ch)
			p.tell(id, p.desk.Hub.Retry)
		} else {
			p.desk.State.Discard(p.id, id, &ch)
			p.tell(id, p.desk.Hub.Discard)
		}
		p.desk.Changed(&ch)
		return
	}
}
