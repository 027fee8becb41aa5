package assist

import "time"

// Draft is a message that somebody wants sent.
type Draft struct {
	Conversation ConversationID // agents only
	Text         string
	Note         bool         // private to agents
	Attachments  []Attachment // uploaded before
	// Then is what a macro does behind its words: carried out in order once the hub has the message, before the next
	// message of the conversation is sent. A draft without text and files is Then alone. Agents only.
	Then []MacroAction
}

// Bare tells whether there is no message, only what is to be done.
func (d Draft) Bare() bool { return d.Text == "" && len(d.Attachments) == 0 && len(d.Then) > 0 }

// Outgoing is a message in the outbox of its sender: kept there until the hub has stored it.
type Outgoing struct {
	Draft
	ClientID ClientID
	QueuedAt time.Time // UTC, whole milliseconds
	Refused  Code      // why the hub refused it for good; 0: still to be sent
	Stored   bool      // the hub has the message (or there is none): what Then holds is left to be done
}
