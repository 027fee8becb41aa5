package entity

// Problem says why a value that stands in the text can't be used as it stands. It is a name for the
// program, not a sentence for the customer.
type Problem string

// The problems of amounts, identifiers and phones.
const (
	ProblemNegative  Problem = "negative"  // below zero
	ProblemZero      Problem = "zero"      // nothing at all
	ProblemPrecise   Problem = "precise"   // more than two decimals
	ProblemAmbiguous Problem = "ambiguous" // 1.234,50; two fifty; 500-600; seven or eight hundred
	ProblemLarge     Problem = "large"     // beyond what a cent-exact amount can hold
	ProblemLength    Problem = "length"    // the right beginning and the wrong number of characters
)

// Money is an amount as it was written, in hundredths of the currency.
type Money struct {
	Span
	Cents       int64
	Currency    string  // ISO 4217; "" if the text doesn't say
	Problem     Problem // "" if the amount can be used; Cents is meaningless with one
	Approximate bool    // "about 500", 五百左右
	Bare        bool    // a mere number: no currency, nothing that makes it money; it may count something else
}

// String is the amount as the wire and the back office write it: 1234.50. It says nothing of the currency.
func (m Money) String() string { return "" }

// Amounts finds amounts of money in the order of the text.
func Amounts(text string, c Context) []Money { return nil }

// Currencies finds currencies that the text names, as ISO 4217 codes: "euros", 港币, "usd".
func Currencies(text string, c Context) []Span { return nil }
