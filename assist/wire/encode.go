package wire

import (
	"fmt"

	"github.com/go-json-experiment/json"
)

// Frame is anything that can be sent: it knows its type.
type Frame interface {
	// Type is the value of "t".
	Type() string
}

// Encode is the frame as JSON, "t" first.
func Encode(f Frame) ([]byte, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", f.Type(), err)
	}
	out := make([]byte, 0, len(body)+len(f.Type())+8)
	out = append(append(append(out, `{"t":"`...), f.Type()...), '"')
	if len(body) > 2 {
		out = append(out, ',')
	}
	return append(out, body[1:]...), nil
}

// EncodeCommand is a client's frame as JSON; its Head.T says what it is.
func EncodeCommand(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode command: %w", err)
	}
	return b, nil
}

// DecodeHub reads a frame of the hub into v. Unlike Decode it passes over unknown fields, so that an older
// client understands a newer hub of the same version.
func DecodeHub(data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return translate(err)
	}
	return nil
}

// MustEncode is Encode for frames made of our own types, which always encode.
func MustEncode(f Frame) []byte {
	b, err := Encode(f)
	if err != nil {
		panic("wire: " + err.Error())
	}
	return b
}

// Join packs several encoded frames into one JSON array, as the hub does under load.
func Join(frames [][]byte) []byte {
	size := 1
	for _, f := range frames {
		size += len(f) + 1
	}
	out := append(make([]byte, 0, size), '[')
	for i, f := range frames {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, f...)
	}
	return append(out, ']')
}

// Split is the inverse of Join: the frames of one WebSocket message, which is one object or an array of them.
func Split(data []byte) ([][]byte, error) {
	if len(data) == 0 || data[0] != '[' {
		return [][]byte{data}, nil
	}
	var raw []jsonRaw
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, translate(err)
	}
	out := make([][]byte, len(raw))
	for i, r := range raw {
		out[i] = r
	}
	return out, nil
}
