package wire

import (
	"time"

	"deskhand/assist"
)

// Frames that an agent's desktop sends. All but hello, typing, mark, close and pong are answered by an ack,
// an answer frame of their own, or an error with the same ref.
type (
	// AgentHello is a desktop's first frame.
	AgentHello struct {
		Head
		V      int          `json:"v"`
		Ticket string       `json:"ticket"`
		Resume *AgentResume `json:"resume,omitzero"`
	}
	// AgentResume says what the desktop has already.
	AgentResume struct {
		Epoch assist.Epoch `json:"epoch"`
		Rev   assist.Rev   `json:"rev"`
	}
	// AgentOpen shows a conversation and follows it: its events come until AgentClose.
	AgentOpen struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
		AfterRev     assist.Rev            `json:"after_rev,omitzero"` // only what is newer (after a lost connection)
		Limit        int                   `json:"limit,omitzero"`
	}
	// AgentClose stops following.
	AgentClose struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
	}
	// AgentHistory asks for older messages.
	AgentHistory struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
		BeforeRev    assist.Rev            `json:"before_rev"`
		Limit        int                   `json:"limit,omitzero"`
	}
	// AgentSend is a reply, or with Note a private note.
	AgentSend struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
		ClientID     assist.ClientID       `json:"client_id"`
		Text         string                `json:"text"`
		Note         bool                  `json:"note,omitzero"`
		Attachments  []assist.AttachmentID `json:"attachments,omitzero"`
	}
	// AgentTyping says that the agent types to the customer.
	AgentTyping struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
		Off          bool                  `json:"off,omitzero"`
	}
	// AgentMark raises the mark of what the agents have read.
	AgentMark struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
		Read         assist.Seq            `json:"read"`
	}
	// AgentDo is a command on a conversation: Do is one of the Do… constants, the other fields its arguments.
	AgentDo struct {
		Head
		Do           string                `json:"do"`
		Conversation assist.ConversationID `json:"conversation"`
		Agent        assist.AgentID        `json:"agent,omitzero"`       // assign, transfer
		Queue        assist.QueueID        `json:"queue,omitzero"`       // transfer
		Note         string                `json:"note,omitzero"`        // assign, transfer: to the next owner
		Until        time.Time             `json:"until,omitzero"`       // snooze
		Add          []string              `json:"add,omitzero"`         // tag
		Remove       []string              `json:"remove,omitzero"`      // tag
		Priority     assist.Priority       `json:"priority,omitzero"`    // priority
		Disposition  string                `json:"disposition,omitzero"` // resolve
		Language     string                `json:"language,omitzero"`    // language
	}
	// AgentState changes the state of the agent, or with Agent of another.
	AgentState struct {
		Head
		State assist.AgentState `json:"state"`
		Agent assist.AgentID    `json:"agent,omitzero"`
	}
	// AgentList asks for conversations, newest first.
	AgentList struct {
		Head
		Statuses []assist.Status   `json:"statuses,omitzero"`
		Assignee assist.AgentID    `json:"assignee,omitzero"`
		Queue    assist.QueueID    `json:"queue,omitzero"`
		Inbox    assist.InboxID    `json:"inbox,omitzero"`
		Customer assist.CustomerID `json:"customer,omitzero"`
		Tag      string            `json:"tag,omitzero"`
		Before   assist.Rev        `json:"before,omitzero"`
		Limit    int               `json:"limit,omitzero"`
	}
	// AgentSearch asks for messages and customers.
	AgentSearch struct {
		Head
		Text   string     `json:"text"`
		Before assist.Rev `json:"before,omitzero"`
		Limit  int        `json:"limit,omitzero"`
	}
	// AgentCustomer asks for a customer with all past conversations that the agent may see.
	AgentCustomer struct {
		Head
		Customer assist.CustomerID `json:"customer"`
	}
	// AgentCustomerSave changes a customer's profile.
	AgentCustomerSave struct {
		Head
		Customer assist.Customer `json:"customer"`
	}
	// AgentMacroSave creates (ID 0) or changes a macro; with Delete it goes.
	AgentMacroSave struct {
		Head
		Macro  assist.Macro `json:"macro"`
		Delete bool         `json:"delete,omitzero"`
	}
	// AgentTagSave creates or changes a tag; with Delete it goes.
	AgentTagSave struct {
		Head
		Tag    assist.Tag `json:"tag"`
		Delete bool       `json:"delete,omitzero"`
	}
)

// What AgentDo can do.
const (
	DoAccept   = "accept"   // take a waiting conversation
	DoTake     = "take"     // take over from the bot or another agent
	DoAssign   = "assign"   // give a conversation to an agent
	DoTransfer = "transfer" // pass one's own on to an agent or a queue
	DoToBot    = "to_bot"
	DoSnooze   = "snooze"
	DoWake     = "wake"
	DoTag      = "tag"
	DoPriority = "priority"
	DoLanguage = "language"
	DoWrapUp   = "wrap_up" // settled; the disposition comes later
	DoResolve  = "resolve" // with disposition; from human passes through wrap-up
	DoReopen   = "reopen"
)

// Frames that the hub sends to a desktop.
type (
	// AgentWelcome answers AgentHello; rows follow.
	AgentWelcome struct {
		V           int               `json:"v"`
		Epoch       assist.Epoch      `json:"epoch"`
		Rev         assist.Rev        `json:"rev"`
		You         assist.Agent      `json:"you"`
		State       assist.AgentState `json:"state"`
		Permissions []string          `json:"permissions"`
		Inboxes     []assist.Inbox    `json:"inboxes"`
		Time        time.Time         `json:"time"`
		Limits      LimitsView        `json:"limits"`
		Directory
	}
	// Directory is what agents share; sent anew when it changes.
	Directory struct {
		Agents []AgentPresence `json:"agents"`
		Teams  []assist.Team   `json:"teams"`
		Queues []assist.Queue  `json:"queues"`
		Macros []assist.Macro  `json:"macros"`
		Tags   []assist.Tag    `json:"tags"`
	}
	// AgentDirectory replaces the directory of the welcome.
	AgentDirectory struct{ Directory }
	// AgentPresence is a colleague with state and load.
	AgentPresence struct {
		Agent assist.Agent      `json:"agent"`
		State assist.AgentState `json:"state"`
		Since time.Time         `json:"since,omitzero"`
		Load  int               `json:"load"` // conversations in status human
	}
	// Row is a conversation as lists show it.
	Row struct {
		assist.Conversation
		CustomerName string `json:"customer_name,omitzero"`
	}
	// AgentRows are conversations that are new or changed. After welcome they come in pages until Done; with
	// Reset the desktop forgets all rows it had. Rows of resolved conversations leave the lists.
	AgentRows struct {
		Rows  []Row      `json:"rows"`
		Reset bool       `json:"reset,omitzero"`
		Done  bool       `json:"done,omitzero"`
		Rev   assist.Rev `json:"rev,omitzero"` // with Done: resume from here
	}
	// AgentGone are conversations that the agent no longer may see.
	AgentGone struct {
		Conversations []assist.ConversationID `json:"conversations"`
	}
	// AgentOpened answers AgentOpen: the conversation with the newest messages, or those after AfterRev.
	AgentOpened struct {
		Ref      string           `json:"ref,omitzero"`
		Row      Row              `json:"row"`
		Customer assist.Customer  `json:"customer"`
		Messages []assist.Message `json:"messages"`
		More     bool             `json:"more,omitzero"`  // there are older ones
		Reset    bool             `json:"reset,omitzero"` // AfterRev was too far back: forget what you had
		Viewers  []assist.AgentID `json:"viewers,omitzero"`
		Past     []Row            `json:"past,omitzero"` // the customer's other conversations, newest first
		Marks    assist.Marks     `json:"marks"`
	}
	// AgentMessages answers AgentHistory, oldest first.
	AgentMessages struct {
		Ref          string                `json:"ref,omitzero"`
		Conversation assist.ConversationID `json:"conversation"`
		Messages     []assist.Message      `json:"messages"`
		More         bool                  `json:"more,omitzero"`
	}
	// AgentEvent is a fact of an open conversation, in order of Rev.
	AgentEvent struct {
		Event assist.Event `json:"event"`
	}
	// AgentMarks are the marks of an open conversation.
	AgentMarks struct {
		Conversation assist.ConversationID `json:"conversation"`
		assist.Marks
	}
	// AgentPeerTyping says that the customer, or another agent, types. Only the last value counts.
	AgentPeerTyping struct {
		Conversation assist.ConversationID `json:"conversation"`
		From         assist.Actor          `json:"from"`
		Text         string                `json:"text,omitzero"` // preview, where the inbox allows it
		Off          bool                  `json:"off,omitzero"`
	}
	// AgentViewers says who looks at an open conversation.
	AgentViewers struct {
		Conversation assist.ConversationID `json:"conversation"`
		Agents       []assist.AgentID      `json:"agents"`
	}
	// AgentPresenceChanged is a colleague's new state or load. Only the last value counts.
	AgentPresenceChanged struct{ AgentPresence }
	// AgentListed answers AgentList.
	AgentListed struct {
		Ref  string `json:"ref,omitzero"`
		Rows []Row  `json:"rows"`
		More bool   `json:"more,omitzero"`
	}
	// AgentFound answers AgentSearch.
	AgentFound struct {
		Ref       string            `json:"ref,omitzero"`
		Hits      []assist.Hit      `json:"hits"`
		Customers []assist.Customer `json:"customers,omitzero"`
		More      bool              `json:"more,omitzero"`
	}
	// AgentCustomerPage answers AgentCustomer.
	AgentCustomerPage struct {
		Ref           string            `json:"ref,omitzero"`
		Customer      assist.Customer   `json:"customer"`
		Identities    []assist.Identity `json:"identities,omitzero"`
		Conversations []Row             `json:"conversations"`
	}
	// AgentAlert is a thing that a person must know: a conversation given to them, one lost, a customer waiting.
	AgentAlert struct {
		Kind         string                `json:"kind"` // assigned, transferred, waiting, lost, requeued, mention
		Conversation assist.ConversationID `json:"conversation,omitzero"`
		Name         string                `json:"name,omitzero"` // customer's or colleague's
		Note         string                `json:"note,omitzero"`
	}
)
