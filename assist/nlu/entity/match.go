package entity

import "time"

// Item is a thing that a customer may mean: a product, plan, course, student, payee, account, card, ticket,
// order, …
type Item struct {
	ID         string
	Kind       string            // "order", "card", "product", …
	Names      []string          // in every language, and aliases
	At         time.Time         // when it was placed, opened, made; zero if that means nothing
	Price      int64             // hundredths; 0 if it has none
	Attributes map[string]string // what else tells it apart: variant, status, last4, kind (debit, credit, savings), …
	Children   []Item            // what an order or a course consists of: naming one means the whole, too
}

// Why an item was hit.
const (
	WhyName      = "name"
	WhyID        = "id"
	WhyDate      = "date"
	WhyPosition  = "position"
	WhyAttribute = "attribute"
	WhyMention   = "mention" // "it", "that one": named lately in the conversation
	WhyChild     = "child"   // by the name of something it consists of
)

// Hit is an item that the text may mean.
type Hit struct {
	Item       *Item // points into the given items
	Score      float64
	Start, End int    // bytes of the text that tell it
	Why        string // the strongest reason, one of Why…
	Child      *Item  // the child that was named, if any
}

// Match finds the items that the text means: by id, by name (partial or misspelt), by what tells them apart,
// by date, by position in the given order, or by reference to mentioned, the ids that the conversation named
// lately, newest last. Hits are sorted by score, 1 being certain; near ties are all there, and the caller
// asks. A longer name that fits beats a shorter one inside of it.
func Match(text string, items []Item, c Context, mentioned []string) []Hit { return nil }
