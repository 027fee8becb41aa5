package assist

import "time"

// Priority orders a queue: higher first.
type Priority int

// The priorities.
const (
	PriorityLow    Priority = -1
	PriorityNormal Priority = 0
	PriorityHigh   Priority = 1
	PriorityUrgent Priority = 2
)

// Conversation is one matter with one customer in one inbox, as the facts up to Rev have made it.
type Conversation struct {
	ID       ConversationID `json:"id"`
	Inbox    InboxID        `json:"inbox"`
	Customer CustomerID     `json:"customer"`
	Status   Status         `json:"status"`
	Assignee AgentID        `json:"assignee,omitzero"` // who has it; kept through snooze, wrap-up and resolve
	Team     TeamID         `json:"team,omitzero"`
	Queue    QueueID        `json:"queue,omitzero"` // where it waits, or last waited
	Priority Priority       `json:"priority,omitzero"`
	Language string         `json:"language,omitzero"` // of the customer: "en" or "zh"
	Tags     []string       `json:"tags,omitzero"`

	Disposition string `json:"disposition,omitzero"` // the agent's coded outcome
	CSAT        int    `json:"csat,omitzero"`        // 1–5; 0: not rated

	CreatedAt    time.Time `json:"created_at"`
	WaitingSince time.Time `json:"waiting_since,omitzero"` // since when the customer waits for a person or a reply
	SnoozedUntil time.Time `json:"snoozed_until,omitzero"`
	ResolvedAt   time.Time `json:"resolved_at,omitzero"` // when it was settled: wrap-up began, or resolved

	Seq Seq `json:"seq"` // of the last shared message
	Rev Rev `json:"rev"` // of the last fact
	Marks

	Last    Preview  `json:"last,omitzero"`
	Handoff *Handoff `json:"handoff,omitzero"` // of the last handoff since it was (re)opened

	// BotGeneration grows by one each time the bot must begin afresh: at a reopening, when given back.
	BotGeneration int `json:"bot_generation,omitzero"`
	// LeftMessage is set when the customer waits with nobody on shift.
	LeftMessage bool `json:"left_message,omitzero"`
}

// Marks are the high-water marks of delivery and reading; they only grow.
type Marks struct {
	CustomerDelivered Seq `json:"customer_delivered,omitzero"`
	CustomerRead      Seq `json:"customer_read,omitzero"`
	AgentRead         Seq `json:"agent_read,omitzero"` // read by any agent, or answered by the bot
}

// Raise is the higher of two marks, each part by itself.
func (m Marks) Raise(o Marks) Marks {
	return Marks{
		CustomerDelivered: max(m.CustomerDelivered, o.CustomerDelivered),
		CustomerRead:      max(m.CustomerRead, o.CustomerRead),
		AgentRead:         max(m.AgentRead, o.AgentRead),
	}
}

// Preview is the last thing said in short, for lists; a system line only while nothing has been said.
type Preview struct {
	Text string      `json:"text"` // at most PreviewRunes runes
	From ActorKind   `json:"from"`
	Kind MessageKind `json:"kind"`
	At   time.Time   `json:"at"`
	// Activity is the code of a system line (Kind activity), so that lists show it in the reader's language.
	Activity string `json:"activity,omitzero"`
}

// PreviewRunes is how many runes of a message a Preview keeps.
const PreviewRunes = 120

// Handoff is all that the bot knows when it hands a conversation to a person.
type Handoff struct {
	Reason   string            `json:"reason"` // see contracts: customer_asked, not_understood, out_of_scope, …
	Intent   string            `json:"intent,omitzero"`
	Slots    map[string]string `json:"slots,omitzero"`
	Verified string            `json:"verified,omitzero"` // none, identified, strong
	Tried    []string          `json:"tried,omitzero"`
	Summary  string            `json:"summary,omitzero"` // in English
	// Summaries are the summary in both languages; empty: there is but the one.
	Summaries Wording            `json:"summaries,omitzero"`
	Words     map[string]Wording `json:"words,omitzero"` // slot → its value as people read it, where that is another
	Turns     int                `json:"turns,omitzero"` // how many turns the bot had
	At        time.Time          `json:"at,omitzero"`
}

// Unread is how many shared messages no agent has read yet.
func (c Conversation) Unread() int {
	if c.Seq <= c.AgentRead {
		return 0
	}
	return int(c.Seq - c.AgentRead)
}
