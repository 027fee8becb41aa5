package wire

import (
	"time"

	"deskhand/assist"
)

// Frames that a customer's page sends.
type (
	// CustomerHello is a customer's first frame.
	CustomerHello struct {
		Head
		V        int             `json:"v"`
		Inbox    assist.InboxID  `json:"inbox"`
		Token    string          `json:"token,omitzero"`    // visitor token of an earlier welcome
		Identity *SignedIdentity `json:"identity,omitzero"` // vouched for by the company's own site
		Language string          `json:"language,omitzero"` // "en" or "zh"
		Page     string          `json:"page,omitzero"`     // address of the page, for the agent
		Resume   *CustomerResume `json:"resume,omitzero"`
	}
	// SignedIdentity is a customer of the company's own site; see access.Claim for the signature.
	SignedIdentity struct {
		ID        string `json:"id"`
		Name      string `json:"name,omitzero"`
		Email     string `json:"email,omitzero"`
		IssuedAt  int64  `json:"issued_at"` // seconds since 1970
		Signature string `json:"signature"` // lower-case hexadecimal HMAC-SHA256
	}
	// CustomerResume says what the page has already.
	CustomerResume struct {
		Conversation assist.ConversationID `json:"conversation"`
		Seq          assist.Seq            `json:"seq"`
		Epoch        assist.Epoch          `json:"epoch"`
	}
	// CustomerSend is a message of the customer.
	CustomerSend struct {
		Head
		ClientID    assist.ClientID       `json:"client_id"`
		Text        string                `json:"text"`
		Attachments []assist.AttachmentID `json:"attachments,omitzero"`
	}
	// CustomerTyping says that the customer types; Text only if the inbox shows previews. Empty and Off: stopped.
	CustomerTyping struct {
		Head
		Text string `json:"text,omitzero"`
		Off  bool   `json:"off,omitzero"`
	}
	// CustomerMark raises the marks of what reached the page and what was seen.
	CustomerMark struct {
		Head
		Delivered assist.Seq `json:"delivered,omitzero"`
		Read      assist.Seq `json:"read,omitzero"`
	}
	// CustomerHistory asks for older messages.
	CustomerHistory struct {
		Head
		Before assist.Seq `json:"before"`
		Limit  int        `json:"limit,omitzero"`
	}
	// CustomerHuman asks for a person.
	CustomerHuman struct{ Head }
	// CustomerRate rates the conversation.
	CustomerRate struct {
		Head
		Score   int    `json:"score"`
		Comment string `json:"comment,omitzero"`
	}
	// CustomerLanguage switches the language.
	CustomerLanguage struct {
		Head
		Language string `json:"language"`
	}
)

// Frames that the hub sends to a customer's page.
type (
	// CustomerWelcome answers CustomerHello.
	CustomerWelcome struct {
		V            int                   `json:"v"`
		Epoch        assist.Epoch          `json:"epoch"`
		Token        string                `json:"token,omitzero"` // a new visitor token: keep it
		Inbox        InboxView             `json:"inbox"`
		Conversation assist.ConversationID `json:"conversation,omitzero"`
		Seq          assist.Seq            `json:"seq,omitzero"` // of the last message
		Language     string                `json:"language,omitzero"`
		Time         time.Time             `json:"time"` // the hub's clock
		Limits       LimitsView            `json:"limits"`
	}
	// InboxView is what a customer's page needs to know of the inbox.
	InboxView struct {
		ID      assist.InboxID `json:"id"`
		Name    string         `json:"name"`
		NameZH  string         `json:"name_zh,omitzero"`
		Preview bool           `json:"preview,omitzero"`
		CSAT    bool           `json:"csat,omitzero"`
		Bot     bool           `json:"bot,omitzero"` // a program answers first
	}
	// LimitsView is what the hub takes.
	LimitsView struct {
		Text        int   `json:"text"`        // runes of a message
		Attachments int   `json:"attachments"` // files of a message
		File        int64 `json:"file"`        // bytes of a file
		Frame       int   `json:"frame"`       // bytes of a frame
		Unacked     int   `json:"unacked"`     // messages in flight
	}
	// CustomerMessages is a stretch of the transcript, oldest first. After hello it has no Ref.
	CustomerMessages struct {
		Ref          string                `json:"ref,omitzero"`
		Conversation assist.ConversationID `json:"conversation"`
		Reset        bool                  `json:"reset,omitzero"` // forget what you had
		Messages     []CustomerMessage     `json:"messages"`
		More         bool                  `json:"more,omitzero"` // there are older ones
	}
	// CustomerMessageNew is a message that was just stored.
	CustomerMessageNew struct {
		Conversation assist.ConversationID `json:"conversation"`
		Message      CustomerMessage       `json:"message"`
	}
	// CustomerMessage is a message as the customer may see it.
	CustomerMessage struct {
		Seq         assist.Seq          `json:"seq"`
		ClientID    assist.ClientID     `json:"client_id,omitzero"`
		Kind        assist.MessageKind  `json:"kind"`
		From        assist.ActorKind    `json:"from"`
		Name        string              `json:"name,omitzero"` // of the agent
		At          time.Time           `json:"at"`
		Text        string              `json:"text"`
		Attachments []assist.Attachment `json:"attachments,omitzero"`
		Choices     []assist.Choice     `json:"choices,omitzero"`
		Activity    *assist.Activity    `json:"activity,omitzero"`
		Bot         *assist.BotTurn     `json:"bot,omitzero"`
	}
	// CustomerStatus says where the conversation stands; sent after welcome and on every change.
	CustomerStatus struct {
		Conversation assist.ConversationID `json:"conversation"`
		Status       assist.Status         `json:"status"`
		Agent        string                `json:"agent,omitzero"`         // name of who has it
		Position     int                   `json:"position,omitzero"`      // place in the queue, from 1
		WaitS        int                   `json:"wait_s,omitzero"`        // estimated; 0: not known
		LeaveMessage bool                  `json:"leave_message,omitzero"` // nobody is here
		AskRating    bool                  `json:"ask_rating,omitzero"`    // CSAT may be given now
		Rated        int                   `json:"rated,omitzero"`
	}
	// CustomerMarks says how far the customer's messages have come: to the desktop of the agent who has the
	// conversation (or to the bot), and before somebody's eyes.
	CustomerMarks struct {
		Delivered assist.Seq `json:"delivered,omitzero"`
		Read      assist.Seq `json:"read"`
	}
	// CustomerPeerTyping says that an agent types.
	CustomerPeerTyping struct {
		Name string `json:"name,omitzero"`
		Off  bool   `json:"off,omitzero"`
	}
)

// Type implements Frame.
func (CustomerWelcome) Type() string { return "welcome" }

// Type implements Frame.
func (CustomerMessages) Type() string { return "history" }

// Type implements Frame.
func (CustomerMessageNew) Type() string { return "message" }

// Type implements Frame.
func (CustomerStatus) Type() string { return "status" }

// Type implements Frame.
func (CustomerMarks) Type() string { return "marks" }

// Type implements Frame.
func (CustomerPeerTyping) Type() string { return "typing" }

// ForCustomer is the message as its customer may see it; m must be public. Hashes of files stay inside.
func ForCustomer(m assist.Message) CustomerMessage {
	c := CustomerMessage{Seq: m.Seq, Kind: m.Kind, From: m.From.Kind, At: m.At, Text: m.Text,
		Choices: m.Choices, Activity: m.Activity, Bot: m.Bot.Shared()}
	switch m.From.Kind {
	case assist.ActorCustomer:
		c.ClientID = m.ClientID
	case assist.ActorAgent:
		c.Name = m.From.Name
	}
	for _, a := range m.Attachments {
		a.SHA256 = ""
		c.Attachments = append(c.Attachments, a)
	}
	return c
}
