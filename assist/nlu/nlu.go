// Package nlu holds the words in which the desk speaks of understanding: a phrase to learn from, what a text
// was read as, and the contract of whoever reads it. It does nothing itself: package intent trains and reads,
// lang tells the language, entity resolves values, eval measures. It starts no goroutines.
package nlu

// OutOfScope and OutOfScopeShort are the two names under which examples of what is not our business stand in
// phrase files: they are no intent that a Reading ranks, but examples of what it rejects.
const (
	OutOfScope      = "out_of_scope"
	OutOfScopeShort = "oos"
)

// IsOutOfScope tells whether an intent's name marks examples of what is not our business.
func IsOutOfScope(intent string) bool { return intent == OutOfScope || intent == OutOfScopeShort }

// Phrase is one training example.
type Phrase struct {
	Text     string
	Intent   string
	Language string // "en", "zh", or "" where it does not matter
}

// Candidate is an intent and its calibrated probability.
type Candidate struct {
	Intent     string
	Confidence float64 // 0 to 1: of texts read with .8, eight in ten are right
}

// Reading is what one text most likely asks for.
type Reading struct {
	// Language is "en" or "zh"; "" where the text does not tell (digits, "ok") and the conversation's stays.
	Language string
	// Ranked lists intents, best first, as many as the classifier cares to tell and at least two where there
	// are two. It never has OutOfScope in it, and its confidences add up to at most 1.
	Ranked []Candidate
	// OutOfScope tells that the text is too unlike everything known. Ranked is filled all the same.
	OutOfScope bool
	// Score is the figure of the out-of-scope test: higher is more in scope. Its scale is the model's own; the
	// threshold stands in the model.
	Score float64
	// Margin is the confidence of the first in Ranked minus that of the second, and 0 where there is none.
	Margin float64
	// Advised tells that an Adviser put the first of Ranked there: nothing is done on the strength of it without a yes.
	Advised bool
}

// Best is the first of Ranked, or the zero Candidate where nothing is ranked.
func (r Reading) Best() Candidate {
	if len(r.Ranked) == 0 {
		return Candidate{}
	}
	return r.Ranked[0]
}

// Classifier reads texts. It is safe for concurrent use, never fails, and does no I/O; optional tiers that do
// have an interface of their own.
type Classifier interface {
	// Read never blocks. A text without words has no Ranked.
	Read(text string) Reading
	// Version names the model's format and make, such as "3".
	Version() string
	// Hash is the hex SHA-256 of what the model decides by: equal hashes read alike.
	Hash() string
}
