package entity

// Phone is a telephone number.
type Phone struct {
	Span
	Digits  string  // as typed, digits only, without + or 00
	E164    string  // +8613800138000; "" if the country is not known or the number can't be one of it
	Country string  // ISO 3166 alpha-2 code where the country code settles it
	Problem Problem // ProblemLength if no country has such numbers
}

// Phones finds telephone numbers in the order of the text.
func Phones(text string, c Context) []Phone { return nil }

// SamePhone reports whether two numbers are the same one by their digits, the country code or the trunk
// prefix missing from either. Fewer than seven digits are never the same.
func SamePhone(a, b string) bool { return false }

// Emails finds e-mail addresses, also "bo at example dot com". Text is the address itself.
func Emails(text string) []Span { return nil }

// Addresses finds postal addresses as the customer wrote them, without what leads in to them ("change it
// to", 送到) and what follows ("please", 谢谢). language is that of the conversation.
func Addresses(text, language string) []Span { return nil }

// Tail is the answer to a question for a free text (address, reason, symptom, purpose) as the customer wrote
// it, cleaned, without lead-in and courtesies. "" if nothing remains.
func Tail(text, language string) string { return "" }
