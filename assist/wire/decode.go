package wire

import (
	"errors"
	"strings"
	"unicode/utf8"

	"deskhand/assist"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Head is what every frame of a client begins with.
type Head struct {
	T   string `json:"t"`
	Ref string `json:"ref,omitzero"` // chosen by the client, repeated in the answer; at most MaxRef bytes
}

// Peek checks that data is well-formed (UTF-8, JSON, one object, unique keys, limits) and returns its head.
// Errors are *assist.Error with a 1xx code.
func Peek(data []byte) (Head, error) {
	var h Head
	if len(data) > MaxFrame {
		return h, assist.Errorf(assist.CodeFrameTooLarge, "%d bytes, at most %d", len(data), MaxFrame)
	}
	if !utf8.Valid(data) {
		return h, assist.Errorf(assist.CodeBadUTF8, "frame is not UTF-8")
	}
	if d := depth(data); d > MaxDepth {
		return h, assist.Errorf(assist.CodeTooDeep, "nested %d deep, at most %d", d, MaxDepth)
	}
	if err := json.Unmarshal(data, &h); err != nil {
		return h, translate(err)
	}
	if h.T == "" {
		return h, assist.Errorf(assist.CodeBadField, `missing "t"`)
	}
	if len(h.Ref) > MaxRef {
		ref := h.Ref
		h.Ref = ""
		return h, assist.Errorf(assist.CodeBadField, `"ref" has %d bytes, at most %d`, len(ref), MaxRef)
	}
	return h, nil
}

// Decode reads data, which Peek has accepted, into the frame v. Unknown fields are refused, and so are
// fields that differ from a known one only in letter case.
func Decode(data []byte, v any) error {
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return translate(err)
	}
	return nil
}

// depth is the deepest nesting of data. Brackets inside strings don't count.
func depth(data []byte) int {
	now, most, inString, escaped := 0, 0, false, false
	for _, b := range data {
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped, inString = b == '\\', b != '"'
		case b == '"':
			inString = true
		case b == '[' || b == '{':
			now++
			most = max(most, now)
		case b == ']' || b == '}':
			now--
		}
	}
	return most
}

// translate turns an error of the JSON library into a numbered one that says where the fault is, without
// repeating what the client sent.
func translate(err error) error {
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		if errors.Is(syn.Err, jsontext.ErrDuplicateName) {
			return assist.Errorf(assist.CodeDuplicateKey, "at %s", pointer(syn.JSONPointer))
		}
		return assist.Errorf(assist.CodeBadJSON, "at byte %d", syn.ByteOffset)
	}
	var sem *json.SemanticError
	if errors.As(err, &sem) {
		if errors.Is(sem.Err, json.ErrUnknownName) {
			return assist.Errorf(assist.CodeBadField, "unknown field %s", pointer(sem.JSONPointer))
		}
		return assist.Errorf(assist.CodeBadField, "%s has the wrong type or value", pointer(sem.JSONPointer))
	}
	return assist.Errorf(assist.CodeBadJSON, "not one JSON object")
}

// pointer shortens what a client chose as names, so that an error never carries its text at length.
func pointer(p jsontext.Pointer) string {
	s := string(p)
	if len(s) > 64 {
		s = strings.ToValidUTF8(s[:64], "") + "…"
	}
	return s
}
