package assist

import (
	"encoding/json"
	"fmt"
	"time"
)

// EventType names a fact. The names are stable: the wire, the database and the export carry them.
type EventType string

// The facts about conversations.
const (
	ConversationStarted  EventType = "conversation_started"
	MessageAppended      EventType = "message_appended" // customer, agent, bot or system line; also notes
	ConversationHanded   EventType = "conversation_handed_off"
	ConversationQueued   EventType = "conversation_queued"
	ConversationAssigned EventType = "conversation_assigned"
	ConversationToBot    EventType = "conversation_given_to_bot"
	ConversationSnoozed  EventType = "conversation_snoozed"
	ConversationWoken    EventType = "conversation_woken"
	WrapUpStarted        EventType = "wrap_up_started"
	ConversationResolved EventType = "conversation_resolved"
	ConversationReopened EventType = "conversation_reopened"
	ConversationTagged   EventType = "conversation_tagged"
	PriorityChanged      EventType = "priority_changed"
	LanguageChanged      EventType = "language_changed"
	ConversationRated    EventType = "conversation_rated"
	CustomerLeft         EventType = "customer_left" // closed the page while waiting for a person
	CommandChanged       EventType = "command_changed"
)

// The facts about customers and agents; their Conversation is 0 unless they happened in one.
const (
	CustomerUpdated   EventType = "customer_updated"
	AgentStateChanged EventType = "agent_state_changed"
	AgentSaved        EventType = "agent_saved" // created, changed, disabled, password set
	SettingSaved      EventType = "setting_saved"
	SignedIn          EventType = "signed_in"
	SignInRefused     EventType = "sign_in_refused"
)

// Event is a fact: it happened, was stored, and never changes.
type Event struct {
	Rev          Rev            `json:"rev"`
	Conversation ConversationID `json:"conversation,omitzero"`
	Type         EventType      `json:"type"`
	At           time.Time      `json:"at"` // UTC, whole milliseconds
	Actor        Actor          `json:"actor"`
	Data         EventData      `json:"data"`
}

// EventData is the part of an Event that depends on its type; the implementations are in this package.
type EventData interface {
	// EventType names the fact that the data belongs to.
	EventType() EventType
}

// The data of each event type.
type (
	// Started opens a conversation. Page is where the customer was, as the widget told.
	Started struct {
		Inbox    InboxID    `json:"inbox"`
		Customer CustomerID `json:"customer"`
		Language string     `json:"language,omitzero"`
		Page     string     `json:"page,omitzero"`
	}
	// Appended is a message or a note.
	Appended struct {
		Message Message `json:"message"`
	}
	// HandedOff is the bot passing the conversation to people.
	HandedOff struct {
		Handoff Handoff `json:"handoff"`
		Queue   QueueID `json:"queue"`
		Team    TeamID  `json:"team,omitzero"`
	}
	// Queued puts a conversation into a queue otherwise than by a handoff.
	Queued struct {
		Queue  QueueID `json:"queue"`
		Team   TeamID  `json:"team,omitzero"`
		Reason string  `json:"reason"`          // transfer, agent_lost, no_bot, reopened, asked, left_message
		From   AgentID `json:"from,omitzero"`   // who had it before
		Note   string  `json:"note,omitzero"`   // what the former owner says to the next
		Alone  bool    `json:"nobody,omitzero"` // nobody was on shift: the customer was asked to leave a message
	}
	// Assigned gives a conversation to an agent.
	Assigned struct {
		Agent AgentID `json:"agent"`
		Name  string  `json:"name,omitzero"`
		Cause string  `json:"cause"` // accept, auto, assign, transfer, take, wake, reopen
		From  AgentID `json:"from,omitzero"`
		Note  string  `json:"note,omitzero"`
	}
	// GivenToBot hands a conversation (back) to the bot, which begins another generation.
	GivenToBot struct {
		From AgentID `json:"from,omitzero"`
	}
	// Snoozed puts a conversation off.
	Snoozed struct {
		Until time.Time `json:"until"`
	}
	// Woken ends a snooze.
	Woken struct {
		Cause string `json:"cause"` // time, customer, agent
	}
	// WrapUp begins the writing-up after the matter is settled.
	WrapUp struct{}
	// Resolved ends a conversation.
	Resolved struct {
		Disposition string `json:"disposition,omitzero"`
		Cause       string `json:"cause"` // agent, bot, idle, customer
	}
	// Reopened brings a resolved conversation back.
	Reopened struct {
		Cause string `json:"cause"` // customer, agent
	}
	// Tagged changes the tags.
	Tagged struct {
		Added   []string `json:"added,omitzero"`
		Removed []string `json:"removed,omitzero"`
	}
	// Prioritized changes the priority.
	Prioritized struct {
		Priority Priority `json:"priority"`
	}
	// LanguageSet says which language the customer speaks.
	LanguageSet struct {
		Language string `json:"language"`
	}
	// Rated is the customer's rating.
	Rated struct {
		Score   int    `json:"score"` // 1–5
		Comment string `json:"comment,omitzero"`
	}
	// Left is the customer's page closing while waiting.
	Left struct {
		WaitedMS int64 `json:"waited_ms"`
	}
	// CommandMoved is a command of the back office coming into another state. What it is about stays with the command.
	CommandMoved struct {
		ID      string `json:"id"`
		Intent  string `json:"intent"`
		Action  string `json:"action"`
		State   string `json:"state"`            // see action.State
		Outcome string `json:"outcome,omitzero"` // after reconciled: done or failed
		Why     string `json:"why,omitzero"`     // code of a refusal, reason of a decline
	}
	// CustomerChanged holds the customer as it is after the change.
	CustomerChanged struct {
		Customer Customer `json:"customer"`
	}
	// StateChanged is an agent becoming available, busy, away or offline.
	StateChanged struct {
		Agent AgentID    `json:"agent"`
		State AgentState `json:"state"`
		Cause string     `json:"cause"` // agent, idle, connected, lost, supervisor
	}
	// AgentChanged holds a person with a login as it is after the change; never a password.
	AgentChanged struct {
		Agent  Agent  `json:"agent"`
		Change string `json:"change"` // created, updated, password, disabled, enabled
	}
	// SettingChanged says that a team, queue, macro or tag was saved or deleted.
	SettingChanged struct {
		Kind    string `json:"kind"` // team, queue, macro, tag
		ID      string `json:"id"`
		Deleted bool   `json:"deleted,omitzero"`
	}
	// SignIn is somebody signing in, or being refused.
	SignIn struct {
		Agent  AgentID `json:"agent,omitzero"`
		Remote string  `json:"remote,omitzero"` // network address
		Reason string  `json:"reason,omitzero"` // with refusals: password, disabled, locked
	}
)

// EventType implements EventData.
func (Started) EventType() EventType { return ConversationStarted }

// EventType implements EventData.
func (Appended) EventType() EventType { return MessageAppended }

// EventType implements EventData.
func (HandedOff) EventType() EventType { return ConversationHanded }

// EventType implements EventData.
func (Queued) EventType() EventType { return ConversationQueued }

// EventType implements EventData.
func (Assigned) EventType() EventType { return ConversationAssigned }

// EventType implements EventData.
func (GivenToBot) EventType() EventType { return ConversationToBot }

// EventType implements EventData.
func (Snoozed) EventType() EventType { return ConversationSnoozed }

// EventType implements EventData.
func (Woken) EventType() EventType { return ConversationWoken }

// EventType implements EventData.
func (WrapUp) EventType() EventType { return WrapUpStarted }

// EventType implements EventData.
func (Resolved) EventType() EventType { return ConversationResolved }

// EventType implements EventData.
func (Reopened) EventType() EventType { return ConversationReopened }

// EventType implements EventData.
func (Tagged) EventType() EventType { return ConversationTagged }

// EventType implements EventData.
func (Prioritized) EventType() EventType { return PriorityChanged }

// EventType implements EventData.
func (LanguageSet) EventType() EventType { return LanguageChanged }

// EventType implements EventData.
func (Rated) EventType() EventType { return ConversationRated }

// EventType implements EventData.
func (Left) EventType() EventType { return CustomerLeft }

// EventType implements EventData.
func (CommandMoved) EventType() EventType { return CommandChanged }

// EventType implements EventData.
func (CustomerChanged) EventType() EventType { return CustomerUpdated }

// EventType implements EventData.
func (StateChanged) EventType() EventType { return AgentStateChanged }

// EventType implements EventData.
func (AgentChanged) EventType() EventType { return AgentSaved }

// EventType implements EventData.
func (SettingChanged) EventType() EventType { return SettingSaved }

// EventType implements EventData. Reason tells a refusal from a success.
func (s SignIn) EventType() EventType {
	if s.Reason != "" {
		return SignInRefused
	}
	return SignedIn
}

// UnmarshalEventData reads the data of an event of type t from its JSON form.
func UnmarshalEventData(t EventType, data []byte) (EventData, error) {
	decode, ok := decoders[t]
	if !ok {
		return nil, fmt.Errorf("unknown event type %q", t)
	}
	d, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("data of %s: %w", t, err)
	}
	return d, nil
}

var decoders = map[EventType]func([]byte) (EventData, error){
	ConversationStarted: decodeAs[Started], MessageAppended: decodeAs[Appended], ConversationHanded: decodeAs[HandedOff],
	ConversationQueued: decodeAs[Queued], ConversationAssigned: decodeAs[Assigned], ConversationToBot: decodeAs[GivenToBot],
	ConversationSnoozed: decodeAs[Snoozed], ConversationWoken: decodeAs[Woken], WrapUpStarted: decodeAs[WrapUp],
	ConversationResolved: decodeAs[Resolved], ConversationReopened: decodeAs[Reopened], ConversationTagged: decodeAs[Tagged],
	PriorityChanged: decodeAs[Prioritized], LanguageChanged: decodeAs[LanguageSet], ConversationRated: decodeAs[Rated],
	CustomerLeft: decodeAs[Left], CommandChanged: decodeAs[CommandMoved], CustomerUpdated: decodeAs[CustomerChanged], AgentStateChanged: decodeAs[StateChanged],
	AgentSaved: decodeAs[AgentChanged], SettingSaved: decodeAs[SettingChanged], SignedIn: decodeAs[SignIn], SignInRefused: decodeAs[SignIn],
}

func decodeAs[T EventData](data []byte) (EventData, error) {
	var d T
	err := json.Unmarshal(data, &d)
	return d, err
}

// UnmarshalJSON implements json.Unmarshaler: the type decides how the data is read.
func (e *Event) UnmarshalJSON(b []byte) error {
	type plain Event
	raw := struct {
		*plain
		Data json.RawMessage `json:"data"`
	}{plain: (*plain)(e)}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	data, err := UnmarshalEventData(e.Type, raw.Data)
	e.Data = data
	return err
}
