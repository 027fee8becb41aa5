package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"deskhand/assist"
)

const (
	insertMessage = `INSERT INTO messages (rev, conversation, seq, client_id, kind, actor, actor_id, actor_name, at, text, extra)
		VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (client_id, conversation) WHERE client_id IS NOT NULL DO NOTHING`
	insertEvent = `INSERT INTO events (rev, conversation, type, at, actor, actor_id, actor_name, data) VALUES (?,?,?,?,?,?,?,?)`

	messageColumns = `rev, conversation, seq, client_id, kind, actor, actor_id, actor_name, at, text, extra`
	// The facts of both tables in one shape; seq -1 marks an event, whose data then stand in text and type in extra.
	factsOfMessages = `SELECT ` + messageColumns + ` FROM messages`
	factsOfEvents   = `SELECT rev, conversation, -1, NULL, 0, actor, actor_id, actor_name, at, data, type FROM events`
)

// messageExtra holds what few messages have.
type messageExtra struct {
	Attachments []assist.Attachment `json:"attachments,omitzero"`
	Choices     []assist.Choice     `json:"choices,omitzero"`
	Activity    *assist.Activity    `json:"activity,omitzero"`
	Bot         *assist.BotTurn     `json:"bot,omitzero"`
}

// factArgs are the arguments of insertMessage or insertEvent. What cannot be written down is refused.
func factArgs(e *assist.Event) (args []driver.Value, err error) {
	if d, ok := e.Data.(assist.Appended); ok {
		return messageArgs(make([]driver.Value, 0, 11), &d.Message)
	}
	return eventArgs(make([]driver.Value, 0, 8), e)
}

func messageArgs(args []driver.Value, m *assist.Message) ([]driver.Value, error) {
	kind, err := encodeKind(m.Kind)
	if err != nil {
		return nil, err
	}
	actor, err := encodeActor(m.From.Kind)
	if err != nil {
		return nil, err
	}
	var client, name, extra driver.Value
	if m.ClientID != "" {
		client = m.ClientID.Bytes()
	}
	if m.From.Name != "" {
		name = m.From.Name
	}
	if len(m.Attachments) > 0 || len(m.Choices) > 0 || m.Activity != nil || m.Bot != nil {
		b, err := json.Marshal(messageExtra{m.Attachments, m.Choices, m.Activity, m.Bot})
		if err != nil {
			return nil, assist.Errorf(assist.CodeBadValue, "message: %v", err)
		}
		extra = string(b)
	}
	return append(args, int64(m.Rev), int64(m.Conversation), int64(m.Seq), client, kind, actor, m.From.ID, name,
		millis(m.At), m.Text, extra), nil
}

func eventArgs(args []driver.Value, e *assist.Event) ([]driver.Value, error) {
	actor, err := encodeActor(e.Actor.Kind)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(e.Data)
	if err != nil {
		return nil, assist.Errorf(assist.CodeBadValue, "data of %s: %v", e.Type, err)
	}
	var name driver.Value
	if e.Actor.Name != "" {
		name = e.Actor.Name
	}
	return append(args, int64(e.Rev), int64(e.Conversation), string(e.Type), millis(e.At), actor, e.Actor.ID, name, string(data)), nil
}

// fact is a row of factsOfMessages or factsOfEvents.
type fact struct {
	rev, conversation, seq, kind, actor, actorID, at int64
	client                                           []byte
	name, extra                                      *string
	text                                             string
}

func (f *fact) scan(r scanner) error {
	return r.Scan(&f.rev, &f.conversation, &f.seq, &f.client, &f.kind, &f.actor, &f.actorID, &f.name, &f.at, &f.text, &f.extra)
}

func (f *fact) from() (assist.Actor, error) {
	kind, err := decodeActor(f.actor)
	a := assist.Actor{Kind: kind, ID: f.actorID}
	if f.name != nil {
		a.Name = *f.name
	}
	return a, err
}

func (f *fact) message() (m assist.Message, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("message at rev %d: %w", f.rev, err)
		}
	}()
	m = assist.Message{Conversation: assist.ConversationID(f.conversation), Rev: assist.Rev(f.rev), Seq: assist.Seq(f.seq),
		At: fromMillis(f.at), Text: f.text}
	if len(f.client) == 16 {
		m.ClientID = assist.ClientIDFromBytes(f.client)
	}
	if m.Kind, err = decodeKind(f.kind); err != nil {
		return m, err
	}
	if m.From, err = f.from(); err != nil {
		return m, err
	}
	if f.extra != nil {
		var x messageExtra
		if err := json.Unmarshal([]byte(*f.extra), &x); err != nil {
			return m, err
		}
		m.Attachments, m.Choices, m.Activity, m.Bot = x.Attachments, x.Choices, x.Activity, x.Bot
	}
	return m, nil
}

func (f *fact) event() (assist.Event, error) {
	e := assist.Event{Rev: assist.Rev(f.rev), Conversation: assist.ConversationID(f.conversation), At: fromMillis(f.at)}
	if f.seq >= 0 {
		m, err := f.message()
		e.Type, e.Actor, e.Data = assist.MessageAppended, m.From, assist.Appended{Message: m}
		return e, err
	}
	var err error
	if e.Actor, err = f.from(); err != nil {
		return e, fmt.Errorf("event at rev %d: %w", f.rev, err)
	}
	e.Type = assist.EventType(*f.extra)
	if e.Data, err = assist.UnmarshalEventData(e.Type, []byte(f.text)); err != nil {
		return e, fmt.Errorf("event at rev %d: %w", f.rev, err)
	}
	return e, nil
}
