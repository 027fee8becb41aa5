// Package backoffice is the contract between the desk and a company's own systems: its orders, accounts, lines and
// courses. The bot's flows, the agents' actions and the suggestions read and change them through an Office and
// nothing else. Implementations: demo (in SQLite, from assets/demo), rest (HTTP), mcp. What an Office returns is
// untrusted text: it is shown, never obeyed. The package starts no goroutines.
package backoffice

import (
	"context"
	"errors"
	"time"
)

// Office is one company's systems. It is safe for concurrent use. Each method ends when ctx does; the error is then
// ErrUnavailable or ctx's own.
type Office interface {
	// Profile tells what the desk must know of the company.
	Profile(ctx context.Context) (Profile, error)
	// Person is a customer of the company by the company's own id; ErrNotFound if there is none.
	Person(ctx context.Context, id string) (Person, error)
	// Find gives the id of the customer whose details all match; ErrNotFound doesn't tell which of them did not.
	Find(ctx context.Context, by Details) (string, error)
	// Items are what a slot of that kind may mean to this customer, newest first where they have an age: orders, items of
	// an order (Args order_id), products, variants of a product, payees, cards, accounts, plans, courses, students, tickets …
	Items(ctx context.Context, kind string, c Call) ([]Item, error)
	// Read runs an action that changes nothing. A *Refusal says why there is no answer.
	Read(ctx context.Context, c Call) (Record, error)
	// Check tells what Execute would do now, without doing it: the facts that the read-back must name. A *Refusal
	// says why it can't be done. It reads, it never changes. It is asked again between the customer's yes and Execute: where
	// a fact has changed the yes is void. So facts that change by themselves, as the time of day, are none.
	Check(ctx context.Context, c Call) (Record, error)
	// Execute makes the change. The same key again gives the first result and changes nothing more, whenever it comes.
	// A *Refusal means that nothing was changed. Any other error means that the outcome is unknown: ask Outcome.
	Execute(ctx context.Context, key string, c Call) (Record, error)
	// Outcome tells what became of an Execute: its result, ErrNotFound if it was never carried out, or ErrUnavailable.
	Outcome(ctx context.Context, key string) (Record, error)
}

// Errors that implementations return, wrapped with what was asked.
var (
	ErrNotFound    = errors.New("not found")
	ErrUnavailable = errors.New("back office unavailable")
	ErrUnsupported = errors.New("this back office doesn't know the action")
)

// Record is one answer: string, bool, int, float64, time.Time, Record or []Record by field name. Money is a decimal
// string of two places.
type Record map[string]any

// Call is one action for one customer.
type Call struct {
	Action   string            // domain.verb, e.g. "orders.cancel"
	Customer string            // the company's own id; empty: nobody has been identified
	Args     map[string]string // slots by name, as values: ids, decimals of two places, 2006-01-02, 2006-01-02T15:04
	Language string            // "en" or "zh": names and reasons in the answer are for such a reader
	Now      time.Time         // the desk's clock in the company's zone; what "past" and "within 30 days" go by
}

// Refusal is the company's no: the rules don't allow it, and nothing was changed. Code names the reply that explains
// it (<intent>.refused.<code> or refused.<code> of the pack); Facts fill it in.
type Refusal struct {
	Code  string
	Slot  string // the slot whose value is refused and is to be asked again; empty: the errand ends here
	Facts Record
}

// Error implements error.
func (r *Refusal) Error() string { return "refused: " + r.Code }

// Profile is what the desk must know of a company.
type Profile struct {
	Name, NameZH string
	Currency     string            // ISO 4217, e.g. "CNY"
	Country      string            // ISO 3166 of phones without a country code, e.g. "CN"
	Location     *time.Location    // of dates and opening hours; nil: the hub's
	Shapes       map[string]string // item kind → shape of its ids, 9 a digit, A a letter: "order": "NW-9999999"
	Actions      []string          // that it knows
}

// Person is a customer of the company.
type Person struct {
	ID, Name, Phone, Email, Language, Tier string
	Address                                string // of the customer's home, as they gave it; empty: unknown
	Since                                  time.Time
	Notes                                  []string // open matters worth knowing at once, e.g. an order under way; for the bot's greeting and the agent
}

// Details identify somebody who is not signed in.
type Details struct {
	Phone   string // as typed; compared by digits, the country code may be missing
	OrderID string // where the company has orders; empty elsewhere
}

// Item is something a slot may stand for.
type Item struct {
	ID         string
	Kind       string
	Names      []string          // as people call it: English, Chinese, aliases; the first is the display name in English
	NameZH     string            // display name in Chinese; empty: Names[0]
	At         time.Time         // when it came to be, for "the one from two days ago"; zero: ageless
	Attributes map[string]string // status, kind (debit, savings), last4, variant, …
}
