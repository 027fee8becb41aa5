package entity

// Pattern is the shape of a kind of identifier, which is data of a company: in Shape a 9 is any digit, a ?
// any letter, everything else itself without regard to case: "NW-9999999", "TR-99999", "6222-9999".
type Pattern struct {
	Kind  string // what it identifies, e.g. "order"
	Shape string
}

// Identifier is an identifier that stands in the text.
type Identifier struct {
	Span            // Text is the identifier as it was typed
	Value   string  // in the canonical form of the pattern: NW-7731377; with a Problem, what was typed, tidied
	Kind    string  // of the pattern
	Partial bool    // its letters were missing: 7731377 alone; other patterns and meanings are possible
	Problem Problem // ProblemLength: the letters of the pattern with too few or too many digits
}

// Identifiers finds identifiers however they are spaced, cased or full-width: "nw 773 1377", "ＮＷ－７７３１３７７",
// and the digits alone. Several patterns may claim the same stretch.
func Identifiers(text string, patterns []Pattern) []Identifier { return nil }

// Codes finds one-time codes of six digits, also spaced, full-width or spelt out. Text is the six digits.
func Codes(text string) []Span { return nil }

// CardTails finds the last four digits of a card where the text says that they are such: 尾号4821, "ending in
// 4821", "****4821", or nothing but 4821. Text is the four digits.
func CardTails(text string) []Span { return nil }

// Mask hides what a bot must not repeat: one-time codes, card numbers and Chinese ID numbers. Of cards the
// last four digits remain.
func Mask(text string) string { return text }
