package assist

import (
	"encoding/hex"
	"errors"
	"strings"
)

// ConversationID numbers conversations of one hub from 1; people read it as #48213.
type ConversationID int64

// CustomerID numbers customers of one hub from 1.
type CustomerID int64

// AgentID numbers people with a login (agents, supervisors, trainers, admins) from 1.
type AgentID int64

// AttachmentID names a stored file: 32 lower-case hexadecimal digits, not guessable.
type AttachmentID string

// InboxID is the short name of a configured channel, e.g. "northwind".
type InboxID string

// TeamID is the short name of a team, e.g. "support".
type TeamID string

// QueueID is the short name of a queue, e.g. "support-zh".
type QueueID string

// MacroID numbers macros from 1.
type MacroID int64

// Seq numbers the messages that customer and agents share in one conversation: 1, 2, 3… without gaps,
// given inside the commit. Notes and internal facts have none (0).
type Seq int64

// Rev numbers every stored fact of one hub, in commit order. It only grows; it may skip.
type Rev int64

// Epoch names one line of history of a database. It changes when the database goes back in time
// (a restored backup); whoever remembers Seq or Rev of another epoch must fetch everything anew.
type Epoch string

// ClientID is the sender's own id of a message, a UUID (version 7 is advised, RFC 9562) made before the
// first try and kept through every retry. It is unique within a conversation for good.
type ClientID string

// ErrBadClientID is returned for a text that is no UUID.
var ErrBadClientID = errors.New("not a UUID")

// ParseClientID reads the canonical 36-character form of a UUID, in either letter case.
func ParseClientID(s string) (ClientID, error) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return "", ErrBadClientID
	}
	id := ClientID(strings.ToLower(s))
	if _, err := id.bytes(); err != nil {
		return "", ErrBadClientID
	}
	return id, nil
}

// Bytes is the 16-byte form for storage; it panics on an id that ParseClientID did not return.
func (id ClientID) Bytes() []byte {
	b, err := id.bytes()
	if err != nil {
		panic("assist: ClientID not parsed: " + string(id))
	}
	return b[:]
}

// bytes decodes in place: it runs several times for every message of the hub.
func (id ClientID) bytes() (b [16]byte, err error) {
	n := 0
	for i := 0; i+1 < len(id) && n < len(b); i += 2 {
		if id[i] == '-' {
			i++
			if i+1 >= len(id) {
				break
			}
		}
		high, low := nibble(id[i]), nibble(id[i+1])
		if high > 15 || low > 15 {
			return b, ErrBadClientID
		}
		b[n] = high<<4 | low
		n++
	}
	if n != len(b) || len(id) != 36 {
		return b, ErrBadClientID
	}
	return b, nil
}

// nibble is the value of a hexadecimal digit, 255 for anything else.
func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// ClientIDFromBytes is the inverse of Bytes; b must hold 16 bytes.
func ClientIDFromBytes(b []byte) ClientID {
	var buf [36]byte
	hex.Encode(buf[0:8], b[0:4])
	hex.Encode(buf[9:13], b[4:6])
	hex.Encode(buf[14:18], b[6:8])
	hex.Encode(buf[19:23], b[8:10])
	hex.Encode(buf[24:36], b[10:16])
	buf[8], buf[13], buf[18], buf[23] = '-', '-', '-', '-'
	return ClientID(buf[:])
}
