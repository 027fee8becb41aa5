package entity

// Verdict is what an answer to a yes-or-no question comes to.
type Verdict uint8

// The verdicts. The zero value is Unclear.
const (
	Unclear Verdict = iota
	Yes
	No
)

// Why an answer that has a yes in it is none.
const (
	Conditional = "conditional" // "yes if it is free"
	Reported    = "reported"    // "my wife says yes"
	Correction  = "correction"  // "yes but to 200"
	Question    = "question"    // "yes?"
	Addressed   = "addressed"   // a yes to somebody else
)

// Answer is how a yes-or-no question was answered.
type Answer struct {
	Verdict Verdict
	Reason  string // with Unclear, why a yes in the text doesn't count; else ""
}

// YesNo reads the answer to a read-back. It is strict: only the customer's own, direct and unconditional yes
// is Yes. language is that of the conversation.
func YesNo(text, language string) Answer { return Answer{} }
