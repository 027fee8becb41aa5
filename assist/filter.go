package assist

import (
	"slices"
	"time"
)

// ConversationFilter picks conversations; zero fields don't restrict.
type ConversationFilter struct {
	RevAfter  Rev // changed after this Rev
	Statuses  []Status
	Assignee  AgentID
	Queue     QueueID
	Inbox     InboxID
	Customer  CustomerID
	Tag       string
	Visible   *Visibility
	Before    Rev       // for paging newest first: Rev below this
	SnoozedBy time.Time // snoozed until this moment or earlier
	Oldest    bool      // order by Rev ascending instead of newest first
	Limit     int       // default 200, at most 1000
}

// Visibility is which conversations somebody may see: those assigned to Agent, those of Teams, and, with
// Unassigned, those that belong to no agent and no team. All lifts every restriction.
type Visibility struct {
	All        bool
	Agent      AgentID
	Teams      []TeamID
	Waiting    bool // of Teams only what no agent has, not what colleagues have
	Unassigned bool
}

// Sees tells whether the conversation is visible. It is the same rule as the store's.
func (v Visibility) Sees(c Conversation) bool {
	if v.All || (v.Agent != 0 && c.Assignee == v.Agent) {
		return true
	}
	if v.Unassigned && c.Assignee == 0 && c.Team == "" {
		return true
	}
	if v.Waiting && c.Assignee != 0 {
		return false
	}
	return c.Team != "" && slices.Contains(v.Teams, c.Team)
}

// MessageFilter picks messages of one conversation, newest Limit of them, returned oldest first.
type MessageFilter struct {
	Conversation ConversationID
	Public       bool // leave out notes
	BeforeRev    Rev  // only older ones; 0: from the end
	AfterRev     Rev  // only newer ones
	AfterSeq     Seq  // only newer shared ones
	BeforeSeq    Seq
	Limit        int // default 50, at most 1000
}

// EventFilter picks events in order of Rev, oldest first. Messages are events too.
type EventFilter struct {
	AfterRev     Rev
	Conversation ConversationID
	Limit        int // default 200, at most 5000
}

// CustomerFilter picks customers.
type CustomerFilter struct {
	Text  string // in name, e-mail, phone, or an identity's source
	Limit int    // default 50, at most 500
}

// SearchFilter restricts a full-text search.
type SearchFilter struct {
	Visible  *Visibility
	Inbox    InboxID
	Customer CustomerID
	Before   Rev // for paging
	Limit    int // default 30, at most 200
}

// Hit is a message that a search found.
type Hit struct {
	Message      Message    `json:"message"`
	Customer     CustomerID `json:"customer"`
	CustomerName string     `json:"customer_name,omitzero"`
	Inbox        InboxID    `json:"inbox"`
	Status       Status     `json:"status"`
}

// Counts are the numbers beside the lists of an inbox: open conversations only.
type Counts struct {
	Mine  int `json:"mine"`
	Queue int `json:"queue"`
	Bot   int `json:"bot"`
	All   int `json:"all"`
}
