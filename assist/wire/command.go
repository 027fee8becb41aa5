package wire

import (
	"time"

	"deskhand/assist"
)

// Frames about commands of the back office, see package action.
type (
	// AgentCommands asks for the commands of a conversation.
	AgentCommands struct {
		Head
		Conversation assist.ConversationID `json:"conversation"`
	}
	// AgentApprovals asks for the commands that wait for a second person.
	AgentApprovals struct{ Head }
	// AgentApprove lets a command be carried out.
	AgentApprove struct {
		Head
		ID string `json:"id"`
	}
	// AgentDecline refuses a command.
	AgentDecline struct {
		Head
		ID   string `json:"id"`
		Note string `json:"note,omitzero"` // why
	}

	// AgentCommandList answers AgentCommands, oldest first.
	AgentCommandList struct {
		Ref          string                `json:"ref,omitzero"`
		Conversation assist.ConversationID `json:"conversation"`
		Commands     []CommandView         `json:"commands"`
	}
	// AgentApprovalList answers AgentApprovals, oldest first, and comes by itself when the list changes. Only the last
	// one counts.
	AgentApprovalList struct {
		Ref      string        `json:"ref,omitzero"`
		Commands []CommandView `json:"commands"`
	}
	// CommandView is a command as it is stored: what will be, or was, sent to the back office.
	CommandView struct {
		ID           string                    `json:"id"`
		Conversation assist.ConversationID     `json:"conversation"`
		Inbox        assist.InboxID            `json:"inbox"`
		Customer     assist.CustomerID         `json:"customer"`
		CustomerName string                    `json:"customer_name,omitzero"`
		Party        string                    `json:"party,omitzero"` // the customer's id at the company
		Intent       string                    `json:"intent"`
		Action       string                    `json:"action"`
		Args         map[string]string         `json:"args"`
		Words        map[string]assist.Wording `json:"words,omitzero"`  // argument → its value as agents read it
		Terms        map[string]any            `json:"terms,omitzero"`  // what it comes to, as the back office said: fee, refund …
		Amount       int64                     `json:"amount,omitzero"` // in hundredths
		Currency     string                    `json:"currency,omitzero"`
		Needs        string                    `json:"needs"`              // verification: none, identified, strong
		Had          string                    `json:"had,omitzero"`       // what there was
		Duty         bool                      `json:"duty,omitzero"`      // done at once, without a yes
		State        string                    `json:"state"`              // see action.State
		Outcome      string                    `json:"outcome,omitzero"`   // after reconciled: done or failed
		Why          string                    `json:"why,omitzero"`       // code of a refusal, reason of a decline
		ReadBack     string                    `json:"read_back,omitzero"` // the sentence that the customer said yes to
		ReadAt       assist.Seq                `json:"read_at,omitzero"`
		YesAt        assist.Seq                `json:"yes_at,omitzero"`
		By           assist.Actor              `json:"by"`                // who drafted it
		Approval     string                    `json:"approval,omitzero"` // why a second person must approve it: always, action, split, day
		Approver     assist.AgentID            `json:"approver,omitzero"`
		DueAt        time.Time                 `json:"due_at,omitzero"` // when the approval runs out
		CreatedAt    time.Time                 `json:"created_at"`
		UpdatedAt    time.Time                 `json:"updated_at"`
	}
)

// Type implements Frame.
func (AgentCommandList) Type() string { return "commands" }

// Type implements Frame.
func (AgentApprovalList) Type() string { return "approvals" }
