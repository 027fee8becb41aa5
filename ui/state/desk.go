package state

import (
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// TypingFor is how long somebody counts as typing after the last sign of it.
const TypingFor = 6 * time.Second

// Options are what a Desk is made of.
type Options struct {
	Now func() time.Time // default time.Now
}

// Desk is everything that the agent's hub has told.
type Desk struct {
	now  func() time.Time
	skew time.Duration // the hub's clock minus ours
	link Link

	epoch       assist.Epoch
	you         assist.Agent
	myState     assist.AgentState
	permissions map[string]bool
	inboxes     []assist.Inbox
	limits      wire.LimitsView
	welcomed    bool

	rows     map[assist.ConversationID]wire.Row
	renewing map[assist.ConversationID]bool // rows seen since a reset; nil: none is going on
	loaded   bool                           // the first list is complete

	open     map[assist.ConversationID]*Conversation
	typing   map[assist.ConversationID]Typing
	outgoing map[assist.ConversationID][]Outgoing

	agents []wire.AgentPresence
	teams  []assist.Team
	queues []assist.Queue
	macros []assist.Macro
	tags   []assist.Tag

	approvals []wire.CommandView // that wait for somebody with the right
}

// New returns an empty desk.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{now: o.Now, permissions: map[string]bool{}, rows: map[assist.ConversationID]wire.Row{},
		open: map[assist.ConversationID]*Conversation{}, typing: map[assist.ConversationID]Typing{},
		outgoing: map[assist.ConversationID][]Outgoing{}}
}

// Apply takes one frame of the hub and adds to ch what it changed. Frames that answer a question of one panel
// (found, listed, customer) change nothing here.
func (d *Desk) Apply(f wire.Frame, ch *Change) {
	switch f := f.(type) {
	case wire.AgentWelcome:
		d.welcome(f, ch)
	case wire.AgentRows:
		d.applyRows(f, ch)
	case wire.AgentGone:
		for _, id := range f.Conversations {
			d.gone(id, ch)
		}
	case wire.AgentOpened:
		d.opened(f, ch)
	case wire.AgentMessages:
		d.older(f, ch)
	case wire.AgentEvent:
		d.event(f.Event, ch)
	case wire.AgentMarks:
		d.marks(f, ch)
	case wire.AgentPeerTyping:
		d.peerTyping(f, ch)
	case wire.AgentViewers:
		if c := d.open[f.Conversation]; c != nil {
			c.Viewers = f.Agents
			ch.detail(f.Conversation)
		}
	case wire.AgentPresenceChanged:
		d.presence(f.AgentPresence, ch)
	case wire.AgentDirectory:
		d.directory(f.Directory, ch)
	case wire.AgentCommandList:
		if c := d.open[f.Conversation]; c != nil {
			c.Commands = f.Commands
			ch.thread(c.ID)
		}
	case wire.AgentApprovalList:
		d.approvals, ch.Approvals = f.Commands, true
	case wire.AgentAlert:
		ch.Alerts = append(ch.Alerts, f)
	case wire.Ack:
		d.ack(f, ch)
	case wire.Failure:
		d.refused(f, ch)
	}
}

func (d *Desk) welcome(f wire.AgentWelcome, ch *Change) {
	d.renewing = nil                         // a list that was cut off is no list of what there is
	if d.epoch != "" && d.epoch != f.Epoch { // another history: nothing remembered holds, but what was not sent yet
		clear(d.rows)
		clear(d.typing)
		for id, c := range d.open {
			*c = Conversation{ID: id}
			ch.thread(id)
		}
		ch.Lists = true
	}
	d.epoch, d.you, d.myState, d.inboxes, d.limits, d.welcomed = f.Epoch, f.You, f.State, f.Inboxes, f.Limits, true
	if !f.Time.IsZero() {
		d.skew = f.Time.Sub(d.now())
	}
	clear(d.permissions)
	for _, p := range f.Permissions {
		d.permissions[p] = true
	}
	if len(d.approvals) > 0 && !d.permissions["command.approve"] {
		d.approvals, ch.Approvals = nil, true
	}
	d.directory(f.Directory, ch)
	ch.Me = true
}

func (d *Desk) directory(f wire.Directory, ch *Change) {
	d.agents, d.teams, d.queues, d.macros, d.tags = slices.Clone(f.Agents), f.Teams, f.Queues, f.Macros, f.Tags
	for _, a := range d.agents {
		if a.Agent.ID == d.you.ID {
			d.you, d.myState = a.Agent, a.State
			ch.Me = true
		}
	}
	ch.Directory = true
}

func (d *Desk) presence(p wire.AgentPresence, ch *Change) {
	i := slices.IndexFunc(d.agents, func(a wire.AgentPresence) bool { return a.Agent.ID == p.Agent.ID })
	if i < 0 {
		d.agents = append(d.agents, p)
	} else {
		d.agents[i] = p
	}
	if p.Agent.ID == d.you.ID {
		d.myState = p.State
		ch.Me = true
	}
	ch.Directory = true
}

// HubNow is the time by the hub's clock, by which all times of messages are.
func (d *Desk) HubNow() time.Time { return d.now().Add(d.skew) }

// Welcomed tells whether the hub has let this desk in since it was made.
func (d *Desk) Welcomed() bool { return d.welcomed }

// Loaded tells whether the lists are complete.
func (d *Desk) Loaded() bool { return d.loaded }

// Epoch names the history of the hub's database.
func (d *Desk) Epoch() assist.Epoch { return d.epoch }

// You is the agent who is signed in.
func (d *Desk) You() assist.Agent { return d.you }

// MyState is the agent's own state.
func (d *Desk) MyState() assist.AgentState { return d.myState }

// Can tells whether the agent has a permission, e.g. "conversation.transfer".
func (d *Desk) Can(permission string) bool { return d.permissions[permission] }

// Limits are what this hub takes.
func (d *Desk) Limits() wire.LimitsView { return d.limits }

// Inbox is the inbox of that id; its name is the id if it is unknown.
func (d *Desk) Inbox(id assist.InboxID) assist.Inbox {
	for _, i := range d.inboxes {
		if i.ID == id {
			return i
		}
	}
	return assist.Inbox{ID: id, Name: string(id)}
}

// Agents are the colleagues with state and load, oneself among them.
func (d *Desk) Agents() []wire.AgentPresence { return d.agents }

// Agent is one colleague.
func (d *Desk) Agent(id assist.AgentID) (wire.AgentPresence, bool) {
	for _, a := range d.agents {
		if a.Agent.ID == id {
			return a, true
		}
	}
	return wire.AgentPresence{}, false
}

// Queues are all queues.
func (d *Desk) Queues() []assist.Queue { return d.queues }

// Queue names a queue.
func (d *Desk) Queue(id assist.QueueID) assist.Queue {
	for _, q := range d.queues {
		if q.ID == id {
			return q
		}
	}
	return assist.Queue{ID: id, Name: string(id)}
}

// Approvals are the commands that wait for a second person, oldest first; none without the right to decide.
func (d *Desk) Approvals() []wire.CommandView { return d.approvals }

// Tags are the tags that the company has.
func (d *Desk) Tags() []assist.Tag { return d.tags }

// Tag is one of them; without a colour if it isn't.
func (d *Desk) Tag(name string) assist.Tag {
	for _, t := range d.tags {
		if t.Name == name {
			return t
		}
	}
	return assist.Tag{Name: name}
}

// Macros are those that the agent may use for a customer's language ("" for any).
func (d *Desk) Macros(language string) []assist.Macro {
	var out []assist.Macro
	for _, m := range d.macros {
		if m.For(d.you) && (m.Language == "" || language == "" || m.Language == language) {
			out = append(out, m)
		}
	}
	return out
}
