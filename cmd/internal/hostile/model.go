package hostile

import "deskhand/assist/nlu"

// Model is a stand-in for a model in the attacker's hands: whatever it is given, it is sure that the intent is wanted. It is
// for evaluations alone.
type Model string

// Read implements nlu.Classifier.
func (m Model) Read(string) nlu.Reading {
	return nlu.Reading{Language: "en", Ranked: []nlu.Candidate{{Intent: string(m), Confidence: 1}, {Intent: "greet"}}, Score: 1, Margin: 1}
}

// Version implements nlu.Classifier.
func (m Model) Version() string { return "hostile" }

// Hash implements nlu.Classifier.
func (m Model) Hash() string { return "hostile" }
