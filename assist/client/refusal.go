package client

import (
	"errors"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// ErrOffline is in the chain of every error that says: there is no connection to the hub now.
var ErrOffline = errors.New("not connected to the hub")

// offline is ErrOffline as people and programs read it. The hub may or may not have carried out the command if
// the connection was lost after it was sent.
func offline(detail string) error {
	return &assist.Error{Code: assist.CodeTimeout, Detail: detail, Err: ErrOffline}
}

// failure is a refusal by the hub as an error, over the socket or in an HTTP answer.
func failure(f wire.Failure) *assist.Error {
	return &assist.Error{Code: f.Code, Detail: f.Detail, RetryAfter: time.Duration(f.RetryAfterMS) * time.Millisecond}
}

// sessionRefused marks the refusal of a session, which no other ticket will mend.
const sessionRefused = "the session was refused"

// temporary tells whether the same may be taken later without anybody changing it.
func temporary(c assist.Code) bool { return c >= 500 && c < 600 }

// passing tells whether another try to connect may help.
func passing(c assist.Code) bool { return temporary(c) || c == assist.CodeInternal }

// finalError is an error that trying again won't mend.
type finalError struct{ err error }

func (e *finalError) Error() string { return e.err.Error() }
func (e *finalError) Unwrap() error { return e.err }

// judge tells errors that a person must see from those that another try mends.
func judge(err error) error {
	if c, ok := errors.AsType[*websocket.CloseError](err); ok && !wire.Reconnects(c.Code) {
		return &finalError{&assist.Error{Code: codeOfClose(c.Code), Detail: c.Text, Err: err}}
	}
	return err
}

// codeOfClose is the error that people read for a close code after which nobody should connect by himself.
func codeOfClose(code int) assist.Code {
	switch code {
	case wire.CloseRevoked:
		return assist.CodeSessionExpired
	case wire.CloseAuth:
		return assist.CodeUnauthenticated
	case wire.CloseReplaced:
		return assist.CodeTaken
	}
	return assist.CodeBadJSON
}
