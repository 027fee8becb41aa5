package wire

import (
	"time"

	"deskhand/assist"

	"github.com/go-json-experiment/json/jsontext"
)

type jsonRaw = jsontext.Value

// Frames that go both ways, or to both customers and agents.
type (
	// Ping asks for a Pong at once. Either side may send it.
	Ping struct{}
	// Pong answers a Ping.
	Pong struct{}
	// Ack says that a command was carried out and stored for good.
	Ack struct {
		Ref          string                `json:"ref,omitzero"`
		ClientID     assist.ClientID       `json:"client_id,omitzero"` // with messages
		Conversation assist.ConversationID `json:"conversation,omitzero"`
		Seq          assist.Seq            `json:"seq,omitzero"` // with shared messages
		Rev          assist.Rev            `json:"rev,omitzero"` // to agents only
		At           time.Time             `json:"at,omitzero"`
		Delivered    assist.Seq            `json:"delivered,omitzero"` // to customers: as in CustomerMarks
		Duplicate    bool                  `json:"duplicate,omitzero"` // it was stored before; the rest is the first answer's
	}
	// Failure says that a command was refused; nothing of it was stored.
	Failure struct {
		Ref          string                `json:"ref,omitzero"`
		ClientID     assist.ClientID       `json:"client_id,omitzero"`
		Conversation assist.ConversationID `json:"conversation,omitzero"`
		Code         assist.Code           `json:"code"`
		Name         string                `json:"name"`
		Detail       string                `json:"detail,omitzero"` // English, for developers
		RetryAfterMS int64                 `json:"retry_after_ms,omitzero"`
	}
	// Reconnect asks the client to close and connect anew after the wait.
	Reconnect struct {
		AfterMS int64 `json:"after_ms"`
	}
)

// Time is t as frames carry it: UTC, whole milliseconds; the zero time stays zero.
func Time(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// Type implements Frame.
func (Ping) Type() string { return "ping" }

// Type implements Frame.
func (Pong) Type() string { return "pong" }

// Type implements Frame.
func (Ack) Type() string { return "ack" }

// Type implements Frame.
func (Failure) Type() string { return "error" }

// Type implements Frame.
func (Reconnect) Type() string { return "reconnect" }

// Fail is the Failure for err: its own code if it is an *assist.Error, else "internal" without detail.
func Fail(h Head, err error) Failure {
	f := Failure{Ref: h.Ref, Code: assist.CodeOf(err)}
	if f.Code != assist.CodeInternal {
		if e := assist.AsError(err); e != nil {
			f.Detail, f.RetryAfterMS = e.Detail, e.RetryAfter.Milliseconds()
		}
	}
	f.Name = f.Code.String()
	return f
}
