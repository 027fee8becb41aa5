package assist

import "time"

// Customer is the person who is served.
type Customer struct {
	ID        CustomerID        `json:"id"`
	Name      string            `json:"name,omitzero"` // empty: an anonymous visitor
	Email     string            `json:"email,omitzero"`
	Phone     string            `json:"phone,omitzero"`
	Language  string            `json:"language,omitzero"`
	Tier      string            `json:"tier,omitzero"`
	Notes     string            `json:"notes,omitzero"`  // what agents wrote down about the customer
	Fields    map[string]string `json:"fields,omitzero"` // what the company's page told, e.g. page, browser
	CreatedAt time.Time         `json:"created_at"`
}

// IdentityKind says how an identity was proved.
type IdentityKind string

// The kinds of identity.
const (
	IdentityVisitor IdentityKind = "visitor" // a browser that holds the visitor token; Source is its SHA-256
	IdentitySigned  IdentityKind = "signed"  // the company's own customer id, vouched for by a signature
)

// Identity is a customer's id in one inbox.
type Identity struct {
	Inbox    InboxID      `json:"inbox"`
	Kind     IdentityKind `json:"kind"`
	Source   string       `json:"source"`
	Customer CustomerID   `json:"customer"`
}
