package app_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist/nlu"
	"deskhand/assist/pack"
)

// plainReader takes a text for the phrase that shares the most words with it: these tests are about everything but
// understanding, and training a model takes seconds.
func plainReader(p *pack.Pack) (nlu.Classifier, error) {
	r := &reader{}
	for _, x := range p.Phrases {
		if !nlu.IsOutOfScope(x.Intent) {
			r.phrases, r.words = append(r.phrases, x), append(r.words, wordsOf(x.Text))
		}
	}
	return r, nil
}

type reader struct {
	phrases []nlu.Phrase
	words   []map[string]bool
}

func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		out[w] = true
	}
	return out
}

func (r *reader) Read(text string) nlu.Reading {
	said, best := wordsOf(text), map[string]float64{}
	for i, p := range r.phrases {
		both := 0
		for w := range said {
			if r.words[i][w] {
				both++
			}
		}
		best[p.Intent] = max(best[p.Intent], float64(2*both)/float64(1+len(said)+len(r.words[i])))
	}
	out := nlu.Reading{Language: "en"}
	for _, intent := range slices.Sorted(maps.Keys(best)) {
		out.Ranked = append(out.Ranked, nlu.Candidate{Intent: intent, Confidence: best[intent]})
	}
	slices.SortStableFunc(out.Ranked, func(a, b nlu.Candidate) int { return cmp.Compare(b.Confidence, a.Confidence) })
	out.Margin, out.OutOfScope = out.Ranked[0].Confidence-out.Ranked[1].Confidence, out.Ranked[0].Confidence < 0.5
	return out
}

func (r *reader) Version() string { return "plain" }
func (r *reader) Hash() string    { return "plain" }
