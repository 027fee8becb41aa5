package encoder

import (
	"deskhand/assist/nlu"
)

// Set is one labelled collection. Intents of different sets are never held against each other: what one set
// tells apart another may call the same. Phrases without an intent teach words only.
type Set struct {
	Name    string
	Phrases []nlu.Phrase
}

// Gloss is an entry of a dictionary: words for one thing and what they mean.
type Gloss struct {
	Words []string
	Text  string
}

// Options shape what Train makes. The zero value is what the product ships.
type Options struct {
	Bits    int    // the table has 1<<Bits rows; default 16
	Dim     int    // dimensions of the meaning; default 128
	WordDim int    // dimensions of the topic; default 200
	Epochs  int    // passes over the sets; default 10
	Seed    uint64 // of every draw
	Workers int    // goroutines; default 2. The result does not depend on it.
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *int
		value int
	}{{&o.Bits, 16}, {&o.Dim, 128}, {&o.WordDim, 200}, {&o.Epochs, 10}, {&o.Workers, 2}} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	return o
}

// Train learns from labelled sets and a dictionary. The same input in the same order gives the same encoder,
// bit for bit on one architecture. Sets without two texts of one intent teach words only.
func Train(sets []Set, dictionary []Gloss, o Options) (*Encoder, error) {
	o = o.withDefaults()
	w := learnWords(sets, dictionary, o)
	t := newTrainer(sets, w, o)
	t.run()
	return assemble(t, w, o)
}
