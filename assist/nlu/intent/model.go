// Package intent learns from phrases what customers want, and reads it in new ones: which intent, how surely,
// and whether it is out of scope. Training is deterministic: the same phrases in any order give the same model,
// bit for bit on one architecture. Two heads vote, a linear and a layered one; cross-validation decides how much the encoder's background counts, how the scores become
// probabilities, and below which score a text is rejected. Train starts goroutines and waits for them; a
// Model starts none.
package intent

import (
	"cmp"
	"math"
	"slices"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/lang"
	"deskhand/assist/nlu/vector"
)

// Version names the format and the make of the models of this package.
const Version = "3"

// askingShare is how much the asking clauses count beside the whole of a text that tells a background, too. More hurts
// where what is told is the errand: BANKING77, held out, falls from 90.8 to 90.2 with a half.
const askingShare = .3

// ranked is how many candidates a Reading lists.
const ranked = 5

// Model is a trained classifier. It is never changed and safe for concurrent use.
type Model struct {
	hash    string
	about   about
	words   *vocabulary
	linear  *linear
	layered *layered // nil where there were few examples
	with    background
}

// about is what a model knows of itself; it is stored as JSON in front of the numbers.
type about struct {
	Version   string
	Phrases   string   // PhrasesHash of what it was trained from
	Encoder   string   // hash of the encoder that it needs; "" for none
	Sentences string   `json:",omitzero"` // the same of the sentence encoder
	Intents   []string // ascending; the place is the class
	Outside   bool     // one more class, the last, learned from examples out of scope
	Features  int
	Blend     blend
	Layered   bool
	Sharpness float32 // of the linear scores
	Second    float32 // sharpness of the layered scores
	Mix       float32 // share of the layered scores
	Pooled    float32 // sharpness of both together
	Scope     scope
	Report    Report
}

var _ nlu.Classifier = (*Model)(nil)

// Version is the version of the model's format and make.
func (m *Model) Version() string { return m.about.Version }

// Hash is the hex SHA-256 of everything the model decides by, its encoder included.
func (m *Model) Hash() string { return m.hash }

// Phrases is the PhrasesHash of the phrases that it was trained from.
func (m *Model) Phrases() string { return m.about.Phrases }

// Intents lists what the model can tell apart, ascending.
func (m *Model) Intents() []string { return slices.Clone(m.about.Intents) }

// Report tells what cross-validation found while the model was trained.
func (m *Model) Report() Report { return m.about.Report }

// Read tells what a text most likely asks for. Where it tells a background, too, the clauses that ask are heard once more,
// for a part of the whole. A text without words is out of scope and has nothing ranked.
func (m *Model) Read(s string) nlu.Reading {
	language := lang.Detect(s)
	r := readText(s, m.with)
	if len(r.words) == 0 {
		return nlu.Reading{Language: language, OutOfScope: true, Score: math.Inf(-1)}
	}
	o := m.outcome(m.words.example(r))
	pooled := m.about.pool(o)
	score := m.about.Scope.score(o)
	if asking := readText(askingPart(s), m.with); len(asking.words) > 0 {
		again := m.outcome(m.words.example(asking))
		for i, v := range m.about.pool(again) {
			pooled[i] += askingShare * (v - pooled[i])
		}
		score = max(score, m.about.Scope.score(again))
	}
	vector.Softmax(pooled, m.about.Pooled)
	reading := nlu.Reading{Language: language, Ranked: m.rank(pooled), Score: score}
	reading.OutOfScope = reading.Score < m.about.Scope.threshold(language)
	reading.Margin = reading.Ranked[0].Confidence
	if len(reading.Ranked) > 1 {
		reading.Margin -= reading.Ranked[1].Confidence
	}
	return reading
}

// outcome is what the heads say of one text.
type outcome struct {
	linear  []float32 // one score an intent
	layered []float32 // the same of the second head, or nil
	outside float32   // score of the class of what is out of scope; 0 without one
	unknown float32
	length  int // in words
}

func (m *Model) outcome(x example) outcome { return score(x, m.linear, m.layered, m.about.Outside) }

func score(x example, first *linear, second *layered, outside bool) outcome {
	o := outcome{linear: make([]float32, first.classes), unknown: x.unknown, length: x.length}
	first.score(x, o.linear)
	if outside {
		last := len(o.linear) - 1
		o.linear, o.outside = o.linear[:last], o.linear[last]
	}
	if second != nil {
		o.layered = make([]float32, second.classes)
		second.score(x, o.layered)
	}
	return o
}

// probabilities pools the heads' scores, each at its own sharpness, into one probability an intent. Pooling the
// logarithms keeps a head that is sure from drowning the other, which a mean of probabilities does not.
func (a *about) probabilities(o outcome) []float32 {
	p := a.pool(o)
	vector.Softmax(p, a.Pooled)
	return p
}

func (a *about) pool(o outcome) []float32 {
	p := make([]float32, len(o.linear))
	if o.layered == nil || a.Mix == 0 {
		vector.Axpy(a.Sharpness, o.linear, p)
		return p
	}
	vector.Axpy((1-a.Mix)*a.Sharpness, o.linear, p)
	vector.Axpy(a.Mix*a.Second, o.layered, p)
	return p
}

// rank lists the likeliest intents.
func (m *Model) rank(p []float32) []nlu.Candidate {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	list := make([]nlu.Candidate, 0, ranked)
	for _, i := range order[:min(ranked, len(order))] {
		list = append(list, nlu.Candidate{Intent: m.about.Intents[i], Confidence: float64(p[i])})
	}
	return list
}
