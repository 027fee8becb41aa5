// Package encoder turns a text into a short dense vector in which texts that want the same lie close together,
// also where they share no word. What it knows comes from labelled and plain texts of elsewhere, learned
// offline: Train makes it, the product carries it as data, and intent uses it beside its own n-grams.
//
// Two vectors come out. The meaning sums hashed word parts that were trained so that texts of one intent meet
// (supervised contrastive loss, Khosla et al. 2020), plus a linear map of the second; the topic averages word
// vectors of a positive pointwise mutual information matrix (Levy, Goldberg and Dagan 2015) with the weights
// of Arora et al. 2017. Train starts goroutines and waits for them; nothing else does.
package encoder

import (
	"sort"

	"deskhand/assist/nlu/text"
	"deskhand/assist/nlu/vector"
)

// Encoder is what Train made or Load read. It is never changed, and safe for concurrent use.
type Encoder struct {
	hash     string
	bits     int       // the table of hashed features has 1<<bits rows
	dim      int       // dimensions of the meaning
	rows     []byte    // the table, int8
	scales   []float32 // of its rows; 0: nothing learned
	wordDim  int       // dimensions of the topic
	words    []uint32  // text.WordHash of the known words, ascending
	wordRows []byte    // their vectors, int8
	weights  []float32 // scales of wordRows times how much the word tells
	mean     []float32 // of the topics of the texts learned from
	bridge   []float32 // wordDim x dim: from topic to meaning
}

// Hash is the hex SHA-256 of everything the encoder knows.
func (e *Encoder) Hash() string { return e.hash }

// Dimensions are the lengths of the two vectors that Encode fills.
func (e *Encoder) Dimensions() (meaning, topic int) { return e.dim, e.wordDim }

// Encode fills the meaning and the topic of a tokenised text, each of length 1, or 0 where nothing is known.
// The slices have the lengths that Dimensions tells.
func (e *Encoder) Encode(tokens []text.Token, meaning, topic []float32) {
	clear(meaning)
	clear(topic)
	for _, t := range tokens {
		if i := e.word(t.Text); i >= 0 {
			vector.AxpyBytes(e.weights[i], e.wordRows[i*e.wordDim:(i+1)*e.wordDim], topic)
		}
	}
	center(topic, e.mean)
	mask := uint32(1)<<e.bits - 1
	for _, f := range text.EncoderFeatures(tokens) {
		if i := int(f & mask); e.scales[i] != 0 {
			vector.AxpyBytes(e.scales[i], e.rows[i*e.dim:(i+1)*e.dim], meaning)
		}
	}
	for i, v := range topic {
		vector.Axpy(v, e.bridge[i*e.dim:(i+1)*e.dim], meaning)
	}
	vector.Unit(meaning)
}

// center subtracts the mean from a topic of length 1; an empty topic stays empty, since it says nothing.
func center(topic, mean []float32) {
	if vector.Unit(topic) == 0 {
		return
	}
	vector.Axpy(-1, mean, topic)
	vector.Unit(topic)
}

// Knows tells whether the encoder has a vector for a word.
func (e *Encoder) Knows(word string) bool { return e.word(word) >= 0 }

// word is the row of a word or of its stem, or -1.
func (e *Encoder) word(w string) int {
	for _, form := range [2]string{w, text.Stem(w)} {
		h := text.WordHash(form)
		if i := sort.Search(len(e.words), func(i int) bool { return e.words[i] >= h }); i < len(e.words) && e.words[i] == h {
			return i
		}
	}
	return -1
}
