package entity

// Number is a number that stands in the text, in figures or words.
type Number struct {
	Span
	Value float64
	Whole bool // without a fraction; Value is exact up to 2^53
}

// Numbers finds numbers in the order of the text.
func Numbers(text string) []Number { return nil }

// Order is what a superlative or comparison sorts by.
type Order string

// The orders.
const (
	Latest   Order = "latest"
	Earliest Order = "earliest" // also "the older one"
	Cheapest Order = "cheapest"
	Dearest  Order = "dearest"
	Other    Order = "other" // "the other one", 另一个
)

// Ordinal is a place in a list that was shown or that time or price gives.
type Ordinal struct {
	Span
	Index     int   // 1 is the first, -1 the last, -2 the last but one; 0 if not by counting
	All, Both bool  // "all of them", "both"
	None      bool  // "neither", 都不是
	By        Order // "" if by counting
}

// Ordinals finds positions: "the second one", 第二个, 最后一个, "both", "the cheapest".
func Ordinals(text string) []Ordinal { return nil }
