package thread

import (
	"strconv"
	"time"

	"deskhand/assist"
	"deskhand/ui/state"
)

// builder writes the entries of one conversation.
type builder struct {
	p   *Presenter
	c   *state.Conversation
	now time.Time
	day time.Time // of the last entry
	out []Entry

	marked bool // the unread mark was written
}

func (b *builder) add(e Entry) { b.out = append(b.out, e) }

func (b *builder) dayOf(at time.Time, id string) {
	if b.day.IsZero() || !b.p.desk.Lang.SameDay(b.day, at) {
		b.add(Entry{ID: "day/" + id, Kind: NewDay, Text: b.p.desk.Lang.Day(at, b.now)})
	}
	b.day = at
}

// message writes the i-th message.
func (b *builder) message(i int) {
	m, next := b.c.Messages[i], (*assist.Message)(nil)
	if i+1 < len(b.c.Messages) {
		next = &b.c.Messages[i+1]
	}
	id := "r" + strconv.FormatInt(int64(m.Rev), 10)
	if m.ClientID != "" {
		id = "c" + string(m.ClientID) // the same as while it was queued: it must not move
	}
	b.dayOf(m.At, id)
	if b.p.unread > 0 && !b.marked && m.Seq > b.p.unread && m.From.Kind == assist.ActorCustomer {
		b.marked = true
		b.add(Entry{ID: "unread", Kind: UnreadMark, Text: b.p.desk.Lang.T("thread.unread")})
	}
	if m.Activity != nil { // also as a note: what became of a change while a person had the conversation
		b.add(Entry{ID: id, Kind: SystemLine, Text: b.p.desk.Lang.Activity(*m.Activity) + " · " + b.p.desk.Lang.Clock(m.At)})
		return
	}
	e := Entry{ID: id, Kind: kindOf(m), Text: m.Text, Copyable: m.Text}
	b.head(&e, m)
	if b.timed(m, next) {
		e.Below = b.below(m)
	}
	for _, choice := range m.Choices {
		e.Choices = append(e.Choices, choice.Label)
	}
	e.Chosen = chosen(m, next)
	if t := b.turnTo(i); t != nil {
		e.Under, e.Understood = b.briefly(*t), b.understood(*t)
	}
	b.addWithFiles(e, m.Attachments)
}

// addWithFiles adds the text, unless there are only files, and an entry for each file; what stands below comes below
// the last of them.
func (b *builder) addWithFiles(e Entry, files []assist.Attachment) {
	below, bad, action, under, understood := e.Below, e.Bad, e.Action, e.Under, e.Understood
	first := len(b.out)
	if e.Text != "" || len(files) == 0 {
		e.Below, e.Bad, e.Action, e.Under, e.Understood = "", false, "", nil, nil
		b.add(e)
	}
	for i := range files {
		f := Entry{ID: e.ID + "/" + strconv.Itoa(i), Kind: e.Kind, File: &files[i], Message: e.Message}
		if len(b.out) == first {
			f.Above, f.Bold, f.After = e.Above, e.Bold, e.After
		}
		b.add(f)
	}
	last := &b.out[len(b.out)-1]
	last.Below, last.Bad, last.Action, last.Under, last.Understood = below, bad, action, under, understood
}

func kindOf(m assist.Message) EntryKind {
	switch {
	case m.Kind == assist.KindNote:
		return PrivateNote
	case m.From.Kind == assist.ActorAgent:
		return FromAgent
	case m.From.Kind == assist.ActorBot:
		return FromBot
	case m.From.Kind == assist.ActorSystem:
		return SystemLine
	}
	return FromCustomer
}

// timed tells whether a message says its time: the last one, the last before a pause, and of one's own the last in a
// row, which also says how far it has come.
func (b *builder) timed(m assist.Message, next *assist.Message) bool {
	if next == nil || next.At.Sub(m.At) >= groupWithin {
		return true
	}
	return m.From.Kind == assist.ActorAgent && m.Kind == assist.KindText && !sameGroup(m, *next)
}

func sameGroup(a, b assist.Message) bool {
	return a.From.Kind == b.From.Kind && a.From.ID == b.From.ID && a.Kind == b.Kind && b.At.Sub(a.At) < groupWithin
}

// head writes the small line above: where the bot has its answer from, who wrote a note.
func (b *builder) head(e *Entry, m assist.Message) {
	l := b.p.desk.Lang
	switch {
	case m.From.Kind == assist.ActorBot:
		e.Above = l.T("bot.name")
		if m.Bot != nil && len(m.Bot.Sources) > 0 {
			e.After = " · " + l.T("thread.bot.sources", "list", b.sources(m.Bot.Sources))
		}
	case m.Kind == assist.KindNote:
		e.Above = l.T("thread.note", "name", b.nameOf(m.From))
	case m.From.Kind == assist.ActorAgent && m.From.ID != int64(b.p.desk.State.You().ID):
		e.Above = b.nameOf(m.From)
	}
}

func (b *builder) nameOf(a assist.Actor) string {
	if a.Name != "" {
		return a.Name
	}
	return b.p.desk.AgentName(assist.AgentID(a.ID))
}

// below writes the time, and how far one's own message has come.
func (b *builder) below(m assist.Message) string {
	l := b.p.desk.Lang
	at := l.Clock(m.At)
	if m.Kind == assist.KindText && m.From.Kind == assist.ActorAgent {
		return at + " · " + l.T("delivery."+string(b.c.DeliveryOf(m)))
	}
	return at
}

// chosen is which of a message's choices the customer took with the next message: 1 + its index, else 0.
func chosen(m assist.Message, next *assist.Message) int {
	if next == nil || next.From.Kind != assist.ActorCustomer {
		return 0
	}
	for i, c := range m.Choices {
		if c.Text == next.Text {
			return i + 1
		}
	}
	return 0
}

func (b *builder) outgoing(o state.Outgoing) {
	l := b.p.desk.Lang
	id := "c" + string(o.ClientID)
	b.dayOf(o.At, id)
	e := Entry{ID: id, Kind: FromAgent, Text: o.Text, Copyable: o.Text, Message: o.ClientID}
	if o.Note {
		e.Kind = PrivateNote
		e.Above = l.T("thread.note", "name", b.p.desk.State.You().Name)
	}
	switch o.State {
	case state.Failed:
		e.Below = l.T("delivery.failed") + " · " + l.Refusal(o.Code)
		e.Bad, e.Action = true, l.T("thread.retry")
	case state.Sent:
		e.Below = l.Clock(o.At) + " · " + l.T("delivery.sent")
	default:
		e.Below = l.T("delivery.queued")
	}
	b.addWithFiles(e, o.Attachments)
}
