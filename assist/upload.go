package assist

import "time"

// Upload is a stored file together with what decides who may read it: whoever brought it, and whoever may
// read one of the conversations in which it was sent.
type Upload struct {
	Attachment
	// Owner is who brought it, in words that only its caller reads, e.g. "agent:7" or the source of a visitor's identity.
	Owner     string    `json:"owner"`
	CreatedAt time.Time `json:"created_at"`
	// Conversations are those with a message that holds the file. The store keeps them up to date when it
	// stores a message; what a caller puts here is not looked at.
	Conversations []ConversationID `json:"conversations,omitzero"`
}
