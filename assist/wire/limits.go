package wire

import "time"

// Version is the protocol version in hello and welcome.
const Version = 1

// Limits of one connection. A hub may be configured lower, never higher.
const (
	MaxFrame     = 64 << 10 // bytes of one frame that a client sends
	MaxDepth     = 16       // nesting of arrays and objects in it
	MaxRef       = 64       // bytes of a ref
	MaxUnacked   = 32       // messages that a client may have in flight
	MaxOpen      = 32       // conversations that an agent may have open on one connection
	MaxBadFrames = 10       // refused frames before the hub closes the connection
	MaxTyping    = 200      // runes of a typing preview
	HistoryPage  = 50       // messages of a history frame unless asked otherwise
	HistoryMax   = 200      // most messages of a history frame
)

// Heartbeats: the hub pings, a client that heard nothing for ClientSilence connects anew.
const (
	PingEvery     = 25 * time.Second // ± PingJitter
	PingJitter    = 5 * time.Second
	PongWithin    = 10 * time.Second
	HelloWithin   = 10 * time.Second
	ClientSilence = 40 * time.Second
)

// Back-off of a reconnecting client: full jitter between 0 and the current step, doubling.
const (
	BackoffFirst = 500 * time.Millisecond
	BackoffMost  = 30 * time.Second
)

// Close codes. Below 4000 they are RFC 6455's.
const (
	CloseGoingAway   = 1001 // the hub stops; reconnect as the reconnect frame said
	CloseNotText     = 1003 // a binary frame
	CloseBadUTF8     = 1007 // a text frame that isn't UTF-8
	CloseTooLarge    = 1009 // a frame above MaxFrame
	CloseInternal    = 1011 // our fault; reconnect with back-off
	CloseProtocol    = 4000 // too many refused frames, or none at all in time; mend the client first
	CloseAuth        = 4001 // ticket, token or identity refused; get a new one
	CloseRevoked     = 4002 // the session was revoked; sign in again
	CloseSlow        = 4003 // the client read too slowly; reconnect at once and resume
	CloseSilent      = 4004 // no pong; reconnect and resume
	CloseRateLimited = 4005 // far too many frames; reconnect with back-off
	CloseReplaced    = 4006 // too many connections of the same person; the oldest was closed
)

// Reconnects tells whether a client should connect again by itself after that close code.
func Reconnects(code int) bool {
	switch code {
	case CloseProtocol, CloseAuth, CloseRevoked, CloseReplaced, CloseNotText, CloseBadUTF8, CloseTooLarge:
		return false
	}
	return true
}
