package assist

import "time"

// Decision reads a conversation as it is stored at this moment and says which facts follow, or refuses
// with an *Error. It runs inside the storing transaction, so what it reads cannot change before its facts
// are stored. It must be pure: it may run again, and does no I/O.
//
// The events it returns need Actor and Data only; the ledger and the store fill in the rest (Rev, Seq, At,
// Conversation).
type Decision func(c Conversation) ([]Event, error)

// Write is one change of stored state. A store applies it whole or not at all.
type Write struct {
	// Conversation is the one to change; 0 with Start, or for facts that belong to none.
	Conversation ConversationID
	// Start finds or opens the conversation of a customer; Conversation must then be 0.
	Start *Start
	// ClientID is the sender's id of the message in this write. If the conversation has it already, nothing
	// is written, whatever Decide would say, and the first receipt is returned again.
	ClientID ClientID
	// Capacity refuses the write with CodeFull if the agent has its fill.
	Capacity *Capacity
	// Marks raises high-water marks; it makes a new Rev but no event.
	Marks *Marks
	// Command changes a command of the back office together with the facts.
	Command *CommandChange
	// Decide may be nil if only Marks or Command are set.
	Decide Decision
}

// Start says whose conversation a customer's first words belong to.
type Start struct {
	Inbox    InboxID
	Identity Identity // Inbox, Kind and Source; the store finds or creates the customer
	Customer Customer // what is known of a customer that is not there yet
	// ReopenAfter: a conversation that was resolved before this moment is not reopened; a new one starts.
	ReopenAfter time.Time
}

// Capacity is a limit checked in the same transaction as the write.
type Capacity struct {
	Agent AgentID
	Max   int // conversations in StatusHuman that the agent may have after the write
}

// Written is what became of one Write.
type Written struct {
	Conversation Conversation // after the write
	Events       []Event      // the new facts in order; none for a duplicate
	Receipt      Receipt      // of the message with the write's ClientID, if it had one
	Duplicate    bool
	MarksMoved   bool // Marks were raised
	Err          error
}

// Receipt says where a message stands. A repeated message gets the same one.
type Receipt struct {
	Conversation ConversationID `json:"conversation"`
	ClientID     ClientID       `json:"client_id,omitzero"`
	Seq          Seq            `json:"seq,omitzero"`
	Rev          Rev            `json:"rev"`
	At           time.Time      `json:"at"`
}

// Say is the event of a message.
func Say(from Actor, m Message) Event {
	m.From = from
	return Event{Actor: from, Data: Appended{Message: m}}
}

// Line is the event of a system line that both sides read.
func Line(code string, args map[string]string) Event {
	return Say(BySystem(), Message{Kind: KindActivity, Activity: &Activity{Code: code, Args: args}})
}
