package state

import (
	"slices"
	"sort"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// Conversation is an open one: all that its panels show.
type Conversation struct {
	ID       assist.ConversationID
	Row      wire.Row
	Customer assist.Customer
	Messages []assist.Message // in order of Rev, notes among them
	More     bool             // there are older ones
	Viewers  []assist.AgentID
	Past     []wire.Row // the customer's other conversations, newest first
	Loaded   bool
	Gone     bool               // the agent may no longer see it
	Commands []wire.CommandView // of the back office, oldest first; see Change.Moved

	early []assist.Event // facts that came before the answer that they belong behind
}

// earlyMost bounds what is kept of facts before the answer; what is dropped shows as a gap and is fetched.
const earlyMost = 1000

// Open begins to keep a conversation; the hub's answer fills it.
func (d *Desk) Open(id assist.ConversationID) {
	if d.open[id] == nil {
		d.open[id] = &Conversation{ID: id, Row: d.rows[id]}
	}
}

// Close forgets an open conversation but for its row and what isn't sent yet.
func (d *Desk) Close(id assist.ConversationID) { delete(d.open, id) }

// Conversation is an open conversation, or nil. It must not be changed.
func (d *Desk) Conversation(id assist.ConversationID) *Conversation { return d.open[id] }

// LastRev is up to where an open conversation is known, for asking only for what is newer; 0 if nothing is.
func (d *Desk) LastRev(id assist.ConversationID) assist.Rev {
	if c := d.open[id]; c != nil && c.Loaded {
		return c.Row.Rev
	}
	return 0
}

func (d *Desk) opened(f wire.AgentOpened, ch *Change) {
	id := f.Row.ID
	c := d.open[id]
	if c == nil {
		return // closed in the meantime
	}
	if f.Reset || !c.Loaded {
		c.Messages, c.More = nil, f.More
	}
	if f.Row.Rev >= c.Row.Rev {
		c.Row = f.Row
	}
	c.Row.Marks = c.Row.Marks.Raise(f.Marks)
	c.Customer, c.Viewers, c.Past, c.Loaded, c.Gone = f.Customer, f.Viewers, f.Past, true, false
	for _, m := range f.Messages {
		d.addMessage(c, m)
	}
	early := c.early
	c.early = nil
	for _, e := range early {
		d.event(e, ch)
	}
	d.setRow(c.Row, ch)
	ch.thread(id)
	ch.detail(id)
	ch.moved(id)
	d.checkGap(c, ch)
}

func (d *Desk) older(f wire.AgentMessages, ch *Change) {
	c := d.open[f.Conversation]
	if c == nil {
		return
	}
	first := len(c.Messages) == 0 || len(f.Messages) == 0 || f.Messages[0].Rev < c.Messages[0].Rev
	for _, m := range f.Messages {
		d.addMessage(c, m)
	}
	if first {
		c.More = f.More
	}
	ch.thread(c.ID)
	d.checkGap(c, ch)
}

// addMessage puts a message where its Rev belongs; one that is there already is not added again.
func (d *Desk) addMessage(c *Conversation, m assist.Message) {
	i := sort.Search(len(c.Messages), func(i int) bool { return c.Messages[i].Rev >= m.Rev })
	if i == len(c.Messages) || c.Messages[i].Rev != m.Rev {
		c.Messages = slices.Insert(c.Messages, i, m)
	}
	if m.ClientID != "" {
		d.dropOutgoing(c.ID, m.ClientID)
	}
}

func (d *Desk) event(e assist.Event, ch *Change) {
	c := d.open[e.Conversation]
	if c == nil {
		return
	}
	if !c.Loaded {
		if len(c.early) < earlyMost {
			c.early = append(c.early, e)
		}
		return
	}
	switch data := e.Data.(type) {
	case assist.Appended:
		m := data.Message
		m.Conversation, m.Rev, m.At = e.Conversation, e.Rev, e.At
		if m.From.Kind == "" {
			m.From = e.Actor
		}
		d.addMessage(c, m)
		d.checkGap(c, ch)
		if k := m.From.Kind; d.typing[c.ID].From.Kind == k {
			delete(d.typing, c.ID)
			ch.typing(c.ID)
		}
	case assist.CommandMoved:
		ch.moved(c.ID)
	case assist.CustomerChanged:
		c.Customer, c.Row.CustomerName = data.Customer, data.Customer.Name
	}
	if e.Rev > c.Row.Rev {
		marks := c.Row.Marks
		c.Row.Conversation = c.Row.Apply(e)
		c.Row.Marks = c.Row.Marks.Raise(marks)
	}
	d.setRow(c.Row, ch)
	ch.thread(c.ID)
	ch.detail(c.ID)
}

func (d *Desk) marks(f wire.AgentMarks, ch *Change) {
	if c := d.open[f.Conversation]; c != nil {
		c.Row.Marks = c.Row.Marks.Raise(f.Marks)
	}
	if r, ok := d.rows[f.Conversation]; ok {
		r.Marks = r.Marks.Raise(f.Marks)
		d.rows[f.Conversation] = r
	}
	ch.thread(f.Conversation)
	ch.row(f.Conversation)
}

// MarkRead raises the agents' read mark before the hub confirms it, so that the badge goes at once.
func (d *Desk) MarkRead(id assist.ConversationID, seq assist.Seq, ch *Change) {
	d.marks(wire.AgentMarks{Conversation: id, Marks: assist.Marks{AgentRead: seq}}, ch)
}

// Gap is the Rev before which messages are missing in the middle of an open conversation; 0 if none are.
func (d *Desk) Gap(id assist.ConversationID) assist.Rev {
	c := d.open[id]
	if c == nil {
		return 0
	}
	last := assist.Seq(0)
	for _, m := range c.Messages {
		if m.Seq == 0 {
			continue
		}
		if last > 0 && m.Seq > last+1 {
			return m.Rev
		}
		last = m.Seq
	}
	return 0
}

func (d *Desk) checkGap(c *Conversation, ch *Change) {
	if d.Gap(c.ID) > 0 {
		add(&ch.Gaps, c.ID)
	}
}
