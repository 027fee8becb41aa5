package assist

import "time"

// MessageKind tells apart what stands in a transcript.
type MessageKind string

// The kinds of message.
const (
	KindText     MessageKind = "text"     // said by customer, agent or bot
	KindNote     MessageKind = "note"     // private to agents; has no Seq and never reaches a customer
	KindActivity MessageKind = "activity" // a system line that both sides read, e.g. "Li Wei joined"
)

// Limits of what one message may hold.
const (
	MaxText        = 8000 // characters (runes) of a message
	MaxAttachments = 10   // files of a message
	MaxChoices     = 12   // buttons of a message
)

// Message is one utterance in a conversation.
type Message struct {
	Conversation ConversationID `json:"conversation,omitzero"`
	Rev          Rev            `json:"rev,omitzero"`
	Seq          Seq            `json:"seq,omitzero"` // 0 for notes
	ClientID     ClientID       `json:"client_id,omitzero"`
	Kind         MessageKind    `json:"kind"`
	From         Actor          `json:"from"`
	At           time.Time      `json:"at"` // when it was stored; UTC, whole milliseconds
	Text         string         `json:"text"`
	Attachments  []Attachment   `json:"attachments,omitzero"`
	Choices      []Choice       `json:"choices,omitzero"`
	Activity     *Activity      `json:"activity,omitzero"` // with KindActivity, and with notes of the hub itself
	Bot          *BotTurn       `json:"bot,omitzero"`      // with messages of the bot only
}

// Public tells whether the customer may see the message.
func (m Message) Public() bool { return m.Kind != KindNote }

// Choice is a button under a message; pressing it sends Text as the customer's words.
type Choice struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Activity is a system line as code and arguments, so that each side reads it in its own language.
type Activity struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitzero"`
}

// The activity codes; arguments in brackets.
const (
	ActivityWaiting      = "waiting"       // the customer now waits for a person
	ActivityLeaveMessage = "leave_message" // nobody is here; what is written will be answered later
	ActivityJoined       = "joined"        // an agent took over (name)
	ActivityTransferred  = "transferred"   // on its way to somebody else (name: agent or queue)
	ActivityAgentLost    = "agent_lost"    // the agent dropped off; the customer is back in the queue
	ActivityToBot        = "to_bot"        // the assistant goes on
	ActivityBotAway      = "bot_away"      // the assistant can't go on; the customer now waits for a person
	ActivityResolved     = "resolved"      // the matter is settled
	ActivityReopened     = "reopened"      // the matter is open again

	// What became of a change that was open when the customer last heard of it (intent, command, why). Where a person has
	// the conversation it is a note to them, else both sides read it.
	ActivityCommandDone     = "command_done"
	ActivityCommandFailed   = "command_failed"   // it was not carried out, why is a code
	ActivityCommandDeclined = "command_declined" // by the second person, why is their reason
	ActivityCommandExpired  = "command_expired"  // nobody decided on it in time
)

// BotTurn is what the bot understood and awaits; every message of the bot carries one.
type BotTurn struct {
	Intent     string            `json:"intent"`
	Confidence float64           `json:"confidence"` // 0…1
	Slots      map[string]string `json:"slots,omitzero"`
	Awaiting   string            `json:"awaiting,omitzero"` // the slot it asks for, or empty
	Handoff    *HandoffReason    `json:"handoff,omitzero"`  // set when this turn hands over
	Sources    []Source          `json:"sources,omitzero"`

	// For agents only; see Shared.
	RunnerUp string             `json:"runner_up,omitzero"` // the intent that came second
	Margin   float64            `json:"margin,omitzero"`    // 0…1: by how much it lost
	Step     string             `json:"step,omitzero"`      // what the flow does now: collect, verify, confirm, execute …
	Words    map[string]Wording `json:"words,omitzero"`     // slot → its value as people read it, where that is another
}

// Shared is what a customer's page may know of the turn: what was weighed stays with the agents.
func (t *BotTurn) Shared() *BotTurn {
	if t == nil {
		return nil
	}
	return &BotTurn{Intent: t.Intent, Confidence: t.Confidence, Slots: t.Slots, Awaiting: t.Awaiting, Handoff: t.Handoff, Sources: t.Sources}
}

// Wording is something in both languages that agents read.
type Wording struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// In is the wording in a language, "en" or "zh".
func (w Wording) In(language string) string {
	if language == "zh" && w.ZH != "" {
		return w.ZH
	}
	return w.EN
}

// HandoffReason says why the bot hands a conversation over.
type HandoffReason struct {
	Reason string `json:"reason"`
}

// Source is where an answer was taken from.
type Source struct {
	Kind  string `json:"kind"` // "article"
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Attachment is a stored file. Its content lies beside the database under its SHA-256.
type Attachment struct {
	ID     AttachmentID `json:"id"`
	Name   string       `json:"name"`
	Type   string       `json:"type"` // sniffed from the content, e.g. "image/png"
	Size   int64        `json:"size"` // bytes
	SHA256 string       `json:"sha256,omitzero"`
}
