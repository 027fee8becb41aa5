package assist

import (
	"errors"
	"fmt"
	"time"
)

// Code numbers every error that may cross the wire. Ranges: 1xx the frame itself, 2xx who you are,
// 3xx what you may, 4xx what you asked, 5xx try again later, 9xx ours.
type Code int

// The codes; the texts beside them are their stable names, used as translation keys "error.<name>".
const (
	CodeBadJSON       Code = 100
	CodeDuplicateKey  Code = 101
	CodeBadUTF8       Code = 102
	CodeFrameTooLarge Code = 103
	CodeTooDeep       Code = 104
	CodeUnknownType   Code = 105
	CodeBadField      Code = 106
	CodeBadVersion    Code = 107
	CodeHelloFirst    Code = 108
	CodeHelloAgain    Code = 109
	CodeNotText       Code = 110

	CodeUnauthenticated Code = 200
	CodeSessionExpired  Code = 201
	CodeBadOrigin       Code = 202
	CodeBadInbox        Code = 203
	CodeBadIdentity     Code = 204
	CodeLocked          Code = 205

	CodeForbidden Code = 300
	CodeNotFound  Code = 301

	CodeBadValue     Code = 400
	CodeWrongStatus  Code = 401
	CodeNotOwner     Code = 402
	CodeTaken        Code = 403
	CodeFull         Code = 404
	CodeExists       Code = 405
	CodeTooLong      Code = 406
	CodeFileType     Code = 407
	CodeFileTooLarge Code = 408
	CodeEmpty        Code = 409

	CodeBusy        Code = 500
	CodeStorageFull Code = 501
	CodeDraining    Code = 502
	CodeRateLimited Code = 503
	CodeTimeout     Code = 504
	CodeUploadQuota Code = 505

	CodeInternal Code = 900
)

var codeNames = map[Code]string{
	CodeBadJSON: "bad_json", CodeDuplicateKey: "duplicate_key", CodeBadUTF8: "bad_utf8",
	CodeFrameTooLarge: "frame_too_large", CodeTooDeep: "too_deep", CodeUnknownType: "unknown_type",
	CodeBadField: "bad_field", CodeBadVersion: "bad_version", CodeHelloFirst: "hello_first",
	CodeHelloAgain: "hello_again", CodeNotText: "not_text",
	CodeUnauthenticated: "unauthenticated", CodeSessionExpired: "session_expired", CodeBadOrigin: "bad_origin",
	CodeBadInbox: "bad_inbox", CodeBadIdentity: "bad_identity", CodeLocked: "locked",
	CodeForbidden: "forbidden", CodeNotFound: "not_found",
	CodeBadValue: "bad_value", CodeWrongStatus: "wrong_status", CodeNotOwner: "not_owner", CodeTaken: "taken",
	CodeFull: "full", CodeExists: "exists", CodeTooLong: "too_long", CodeFileType: "file_type",
	CodeFileTooLarge: "file_too_large", CodeEmpty: "empty",
	CodeBusy: "busy", CodeStorageFull: "storage_full", CodeDraining: "draining",
	CodeRateLimited: "rate_limited", CodeTimeout: "timeout", CodeUploadQuota: "upload_quota",
	CodeInternal: "internal",
}

// Codes lists every code with its stable name, for the protocol's documentation and its tests.
func Codes() map[Code]string {
	m := make(map[Code]string, len(codeNames))
	for c, n := range codeNames {
		m[c] = n
	}
	return m
}

// String is the stable name of the code, e.g. "wrong_status".
func (c Code) String() string {
	if n, ok := codeNames[c]; ok {
		return n
	}
	return fmt.Sprintf("code_%d", int(c))
}

// Error is a failure that a person or a client program may see. Anything else that goes wrong reaches
// them as CodeInternal and the log in full.
type Error struct {
	Code       Code
	Detail     string        // what exactly, in English, for developers and logs; never message text
	RetryAfter time.Duration // how long to wait before the same request may succeed; 0: repeating won't help
	Err        error         // the cause, never sent across the wire
}

// Error implements error.
func (e *Error) Error() string {
	s := e.Code.String()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, ErrNotFound) true for every Error of the same code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Errorf builds an Error of the given code whose Detail is formatted like fmt.Sprintf.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// ErrNotFound is what stores return for a thing that is not there.
var ErrNotFound = &Error{Code: CodeNotFound}

// CodeOf is the code to show for err: its own if it is an Error, else CodeInternal; 0 for nil.
func CodeOf(err error) Code {
	if err == nil {
		return 0
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// AsError is the *Error in err's chain, or nil.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
