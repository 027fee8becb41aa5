package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
)

// Limits of a signed identity.
const (
	// MinSecret is how long an inbox's secret must be, in bytes: as long as the hash's output would be best
	// (RFC 2104 section 3); half of it is the least.
	MinSecret = 16

	maxClaimRunes = 200
	futureSkew    = 5 * time.Minute // how far ahead the company's clock may be
)

// Claim is what a company's server says about the customer who is signed in on its page, with its
// signature. The page hands it to the widget.
//
// The signature is the lower-case hexadecimal HMAC-SHA256 (RFC 2104, FIPS 180-4), keyed with the bytes of
// the inbox's secret, of these six lines in UTF-8, joined by single line feeds (U+000A) without one at the
// end:
//
//	deskhand-identity-v1
//	<inbox id>
//	<customer id>
//	<name, or empty>
//	<e-mail, or empty>
//	<issued at: seconds since 1970-01-01T00:00:00Z, decimal>
//
// No field may hold control characters, so the lines cannot be shifted. In Python:
//
//	lines = ["deskhand-identity-v1", inbox, id, name, email, str(issued_at)]
//	hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
type Claim struct {
	ID        string `json:"id"` // the company's own customer id; required
	Name      string `json:"name,omitzero"`
	Email     string `json:"email,omitzero"`
	IssuedAt  int64  `json:"issued_at"` // seconds since 1970 UTC
	Signature string `json:"signature"`
}

// Sign is the claim with its signature for the inbox: what a company's server does, used by the demo shop
// and by tests.
func (c Claim) Sign(inbox assist.InboxID, secret string) Claim {
	c.Signature = hex.EncodeToString(c.mac(inbox, secret))
	return c
}

func (c Claim) mac(inbox assist.InboxID, secret string) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(strings.Join([]string{
		"deskhand-identity-v1", string(inbox), c.ID, c.Name, c.Email, strconv.FormatInt(c.IssuedAt, 10),
	}, "\n")))
	return m.Sum(nil)
}

// SignedIdentity checks a claim against the inbox's secret and gives the identity and what is known of the
// customer by it. It fails with CodeBadIdentity if the inbox takes no signed identities, the signature does
// not fit, the claim is malformed, older than the configured age or from the future.
func (s *Service) SignedIdentity(inbox assist.Inbox, c Claim) (assist.Identity, assist.Customer, error) {
	refuse := func(why string) (assist.Identity, assist.Customer, error) {
		return assist.Identity{}, assist.Customer{}, assist.Errorf(assist.CodeBadIdentity, "inbox %s: %s", inbox.ID, why)
	}
	if len(inbox.Secret) < MinSecret {
		return refuse("no secret for signed identities is set")
	}
	if why := c.malformed(); why != "" {
		return refuse(why)
	}
	given, err := hex.DecodeString(c.Signature)
	if err != nil || !hmac.Equal(given, c.mac(inbox.ID, inbox.Secret)) {
		return refuse("the signature does not fit")
	}
	age := s.clock().Sub(time.Unix(c.IssuedAt, 0))
	if age > s.opts.IdentityMaxAge {
		return refuse("the signature is too old; sign anew on each page view")
	}
	if age < -futureSkew {
		return refuse("issued_at lies in the future; check the clock of the company's server")
	}
	id := assist.Identity{Inbox: inbox.ID, Kind: assist.IdentitySigned, Source: c.ID}
	return id, assist.Customer{Name: c.Name, Email: c.Email}, nil
}

func (c Claim) malformed() string {
	if c.ID == "" {
		return "the customer id is empty"
	}
	for _, f := range []string{c.ID, c.Name, c.Email} {
		if !utf8.ValidString(f) || strings.ContainsFunc(f, unicode.IsControl) {
			return "a field holds control characters or invalid UTF-8"
		}
		if utf8.RuneCountInString(f) > maxClaimRunes {
			return "a field is too long"
		}
	}
	return ""
}
