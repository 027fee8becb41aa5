package intent

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/lang"
	"deskhand/assist/nlu/text"
)

// Options shape a training. The zero value is good for a company's own phrases.
type Options struct {
	// Names gives what an intent is called in words; each is one more example. An intent that has none here is
	// called by its wire name ("card_lost": "card lost").
	Names map[string][]string
	// Encoder is the background; nil: n-grams alone. Cross-validation may still choose to do without it.
	Encoder *encoder.Encoder
	// Sentences is a sentence encoder of the company's own; nil: none. Cross-validation decides on it as on Encoder.
	Sentences Sentences
	// Reject is the share of cross-validated good texts that the out-of-scope threshold may reject; default .04.
	Reject float64
	// LayeredFrom is the mean number of examples an intent from which the second head is trained; default 5,
	// negative for never.
	LayeredFrom int
	// Seed of every draw; models of different seeds differ a little.
	Seed uint64
	// Workers is how many goroutines train; default 2. The result does not depend on it.
	Workers int
}

// Sentences turns a whole text into a dense vector of length 1. It is safe for concurrent use and never fails: a text that
// it can't read is a zero vector. It may take milliseconds.
type Sentences interface {
	// Dimensions is the length of the vectors.
	Dimensions() int
	// Encode fills out, which has that length.
	Encode(text string, out []float32)
	// Hash is the hex SHA-256 of all that it encodes by.
	Hash() string
}

func (o Options) background() background { return background{o.Encoder, o.Sentences} }

func (o Options) withDefaults() Options {
	if o.Reject == 0 {
		o.Reject = .04
	}
	if o.LayeredFrom == 0 {
		o.LayeredFrom = 5
	}
	if o.Workers == 0 {
		o.Workers = 2
	}
	return o
}

// ErrPhrases is wrapped by what Train returns for phrases that no model can be made of.
var ErrPhrases = errors.New("phrases are unusable")

// PhrasesHash is the hex SHA-256 of phrases in any order, together with what else shapes the model but the
// encoder: equal hashes train equal models.
func PhrasesHash(phrases []nlu.Phrase, o Options) string {
	o = o.withDefaults()
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %d %d\n", Version, o.Reject, o.LayeredFrom, o.Seed)
	for _, p := range inOrder(phrases) {
		fmt.Fprintf(h, "%q %q %q\n", p.Intent, p.Text, p.Language)
	}
	intents := make([]string, 0, len(o.Names))
	for i := range o.Names {
		intents = append(intents, i)
	}
	slices.Sort(intents)
	for _, i := range intents {
		fmt.Fprintf(h, "%q %q\n", i, o.Names[i])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// inOrder sorts phrases and drops repeats, so that the order in which files list them plays no part.
func inOrder(phrases []nlu.Phrase) []nlu.Phrase {
	list := slices.Clone(phrases)
	slices.SortFunc(list, func(a, b nlu.Phrase) int {
		return cmp.Or(cmp.Compare(a.Intent, b.Intent), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Language, b.Language))
	})
	return slices.Compact(list)
}

// corpus is phrases made ready. The names of the intents stand last and are never held out.
type corpus struct {
	intents []string
	outside bool
	texts   []read
	class   []int // len(intents) for out of scope
	chinese []bool
	names   int // how many at the end are names
}

// classes is how many the linear head tells apart.
func (c *corpus) classes() int {
	if c.outside {
		return len(c.intents) + 1
	}
	return len(c.intents)
}

func newCorpus(phrases []nlu.Phrase, o Options) (*corpus, error) {
	list := inOrder(phrases)
	c := &corpus{}
	for _, p := range list {
		switch {
		case p.Intent == "":
			return nil, fmt.Errorf("train: a phrase has no intent: %w", ErrPhrases)
		case nlu.IsOutOfScope(p.Intent):
			c.outside = true
		case len(c.intents) == 0 || c.intents[len(c.intents)-1] != p.Intent:
			c.intents = append(c.intents, p.Intent)
		}
	}
	if len(c.intents) < 2 {
		return nil, fmt.Errorf("train: %d intents, but two are the least: %w", len(c.intents), ErrPhrases)
	}
	rand.New(rand.NewPCG(o.Seed, 1)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for _, p := range list {
		class, ok := slices.BinarySearch(c.intents, p.Intent)
		if !ok {
			class = len(c.intents)
		}
		c.add(p.Text, class, o.background())
	}
	phrasesEnd := len(c.texts)
	if phrasesEnd < len(c.intents) {
		return nil, fmt.Errorf("train: most phrases hold no words: %w", ErrPhrases)
	}
	for class, name := range c.intents {
		called := o.Names[name]
		if len(called) == 0 {
			called = []string{strings.NewReplacer("_", " ", "-", " ", ".", " ", ":", " ").Replace(name)}
		}
		for _, n := range called {
			c.add(n, class, o.background())
		}
	}
	c.names = len(c.texts) - phrasesEnd
	return c, nil
}

// add takes a text in, unless it has no words.
func (c *corpus) add(s string, class int, b background) {
	if len(text.Tokens(text.Normalise(s))) == 0 {
		return
	}
	c.texts = append(c.texts, readText(s, b))
	c.class = append(c.class, class)
	c.chinese = append(c.chinese, lang.Detect(s) == lang.Chinese)
}
