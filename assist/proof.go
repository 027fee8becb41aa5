package assist

import "time"

// Proof is what a customer has proved in one generation of a conversation. Package verify says what the words mean.
type Proof struct {
	Conversation ConversationID
	Generation   int
	Level        string
	Party        string // the customer's id at the company
	ActiveAt     time.Time
}

// SentCode is a one-time code that was sent. The code itself is stored nowhere, only its HMAC.
type SentCode struct {
	Conversation ConversationID
	Generation   int
	Inbox        InboxID
	Party        string
	Hash         []byte
	SentAt       time.Time
	ExpiresAt    time.Time
	Tries        int  // wrong ones
	Used         bool // it was right
}

// CodeCase is what a typed code is judged by: what was sent last in the conversation and what became of earlier tries.
type CodeCase struct {
	Conversation Conversation
	Code         *SentCode // the last one of the conversation; nil: none was sent
	Proof        Proof     // of the conversation's generation
	Failed       int       // wrong tries in the conversation since its last right one and the moment that was asked for
	Awaiting     string    // what the bot's last message in this generation awaits
	AskedAt      time.Time // when that message was stored; zero: there is none
}

// CodeVerdict is what became of a typed code. It is stored under the client id of the message and never changes.
type CodeVerdict struct {
	Outcome string // right, wrong, expired, or none: the text held no code to be judged
	Tries   int    // wrong ones in this message
	Left    int    // tries that are left
	At      time.Time
	Hide    bool   // the digits must not be stored
	Proof   *Proof // what is proved by it; not stored with the verdict
}
