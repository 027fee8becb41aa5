package assist

import "time"

// Draft is a message that somebody wants sent.
type Draft struct {
	Conversation ConversationID // agents only
	Text         string
	Note         bool         // private to agents
	Attachments  []Attachment // uploaded before
}

// Outgoing is a message in the outbox of its sender: kept there until the hub has stored it.
type Outgoing struct {
	Draft
	ClientID ClientID
	QueuedAt time.Time // UTC, whole milliseconds
	Refused  Code      // why the hub refused it for good; 0: still to be sent
}
