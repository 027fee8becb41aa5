package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"deskhand/assist"
)

// The prefixes of tokens, so that a token found in the wrong place (a log, a commit) is recognised for what
// it is, by people and by scanners for secrets.
const (
	sessionPrefix = "dks_"
	ticketPrefix  = "dkt_"
	visitorPrefix = "dkv_"
)

const tokenBytes = 32 // 256 random bits

// newToken is the prefix and 256 random bits in base64url without padding (RFC 4648 section 5).
func newToken(prefix string) string {
	b := make([]byte, tokenBytes)
	rand.Read(b) // never fails, see crypto/rand
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

// wellFormed tells whether token could have come from newToken(prefix). Only the canonical form passes, so
// that one token has one hash.
func wellFormed(prefix, token string) bool {
	body, ok := strings.CutPrefix(token, prefix)
	if !ok || len(body) != base64.RawURLEncoding.EncodedLen(tokenBytes) || strings.ContainsAny(body, "\r\n") {
		return false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(body)
	return err == nil && len(b) == tokenBytes
}

// hashToken is the lower-case hexadecimal SHA-256 of a token. Tokens are random, so it needs no salt, and
// looking it up in an index tells an attacker nothing about the token by timing.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// NewVisitorToken is a fresh token for a customer's browser to keep.
func NewVisitorToken() string { return newToken(visitorPrefix) }

// VisitorIdentity is the identity of whoever holds the visitor token in that inbox. The same token in two
// inboxes is two identities. It fails with CodeBadIdentity on what NewVisitorToken cannot have made.
func VisitorIdentity(inbox assist.InboxID, token string) (assist.Identity, error) {
	if !wellFormed(visitorPrefix, token) {
		return assist.Identity{}, assist.Errorf(assist.CodeBadIdentity, "not a visitor token")
	}
	return assist.Identity{Inbox: inbox, Kind: assist.IdentityVisitor, Source: hashToken(token)}, nil
}
