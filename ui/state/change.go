package state

import (
	"deskhand/assist"
	"deskhand/assist/wire"
)

// Change says what frames have changed, so that only that is painted anew. The zero value is no change.
type Change struct {
	Lists      bool                           // rows came or went, their order or the counts may be others
	Rows       map[assist.ConversationID]bool // rows that read differently
	Threads    map[assist.ConversationID]bool // messages, their states, or what isn't sent yet
	Details    map[assist.ConversationID]bool // customer, past conversations, viewers, handoff
	Typings    map[assist.ConversationID]bool // who types
	Directory  bool                           // colleagues, queues, macros, tags
	Me         bool                           // own state, rights
	Connection bool
	Approvals  bool // what waits for a second person
	Alerts     []wire.AgentAlert
	// Moved are open conversations whose commands may be others: they are to be asked for.
	Moved map[assist.ConversationID]bool
	// Gaps are open conversations that lack messages in the middle: see Desk.Gap.
	Gaps map[assist.ConversationID]bool
	// Failed are messages that the hub refused just now.
	Failed []Outgoing
}

// Any tells whether anything changed.
func (ch *Change) Any() bool {
	return ch.Lists || ch.Directory || ch.Me || ch.Connection || ch.Approvals || len(ch.Rows)+len(ch.Threads)+len(ch.Details)+
		len(ch.Typings)+len(ch.Alerts)+len(ch.Moved)+len(ch.Gaps)+len(ch.Failed) > 0
}

func add(m *map[assist.ConversationID]bool, id assist.ConversationID) {
	if *m == nil {
		*m = map[assist.ConversationID]bool{}
	}
	(*m)[id] = true
}

func (ch *Change) row(id assist.ConversationID)    { add(&ch.Rows, id) }
func (ch *Change) thread(id assist.ConversationID) { add(&ch.Threads, id) }
func (ch *Change) moved(id assist.ConversationID)  { add(&ch.Moved, id) }
func (ch *Change) detail(id assist.ConversationID) { add(&ch.Details, id) }
func (ch *Change) typing(id assist.ConversationID) { add(&ch.Typings, id); add(&ch.Rows, id) }
