package assist

import "time"

// SessionHash names a session: the lower-case hexadecimal SHA-256 of its token. The token itself is known
// to its holder alone, so that nobody who reads the database can sign in with what stands there.
type SessionHash string

// Session is one signed-in device of an agent.
type Session struct {
	Hash      SessionHash `json:"-"`
	Agent     AgentID     `json:"agent"`
	Device    string      `json:"device,omitzero"` // as the program names itself, e.g. "Deskhand on li-laptop"
	Remote    string      `json:"remote,omitzero"` // network address at the sign-in
	CreatedAt time.Time   `json:"created_at"`
	LastSeen  time.Time   `json:"last_seen"`
	ExpiresAt time.Time   `json:"expires_at"` // the end, however much it is used
}
