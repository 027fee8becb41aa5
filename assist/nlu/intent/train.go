package intent

import (
	"math"
	"math/rand/v2"
	"slices"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/vector"
)

// Report is what cross-validation found.
type Report struct {
	Phrases   int     // learned from, without repeats
	Accuracy  float64 // of held-out texts in scope, before rejection
	OOSRecall float64 // of held-out texts out of scope; 0 without any
}

// Folds of cross-validation, and how many held-out texts are enough to stop at.
const (
	folds       = 5
	heldEnough  = 2000
	heldToGuess = 800  // enough to choose how much the encoder counts
	layeredOnce = 8000 // texts from which the second head is trained for one fold only
	fewExamples = 50   // an intent
	rareFrom    = 3000 // texts from which a feature must stand in two of them
)

// Train learns a model. Phrases whose intent is nlu.OutOfScope (or short) are examples of what to reject. It
// takes seconds for some thousand phrases; errors wrap ErrPhrases.
func Train(phrases []nlu.Phrase, o Options) (*Model, error) {
	o = o.withDefaults()
	c, err := newCorpus(phrases, o)
	if err != nil {
		return nil, err
	}
	withLayers := o.LayeredFrom >= 0 && (len(c.texts)-c.names)/len(c.intents) >= o.LayeredFrom
	chosen, held := c.choose(o, withLayers)
	a := about{Version: Version, Phrases: PhrasesHash(phrases, o), Intents: c.intents, Outside: c.outside, Blend: chosen, Layered: withLayers}
	a.calibrate(held, layeredMixes((len(c.texts)-c.names)/len(c.intents)))
	a.Scope = fitScope(held, len(c.intents), o.Reject)
	a.Report = a.report(held)
	a.Report.Phrases = len(c.texts) - c.names
	a.Encoder, a.Sentences = o.background().hashes()
	m := &Model{about: a, with: o.background()}
	m.words, m.linear, m.layered = c.train(c.all(), chosen, withLayers, o)
	m.about.Features = len(m.words.hashes)
	return m, m.seal()
}

// all are the numbers of all texts.
func (c *corpus) all() []int {
	list := make([]int, len(c.texts))
	for i := range list {
		list[i] = i
	}
	return list
}

// train makes a vocabulary and heads of some of the texts.
func (c *corpus) train(ids []int, b blend, withLayers bool, o Options) (*vocabulary, *linear, *layered) {
	texts := make([]read, len(ids))
	class := make([]int, len(ids))
	for i, id := range ids {
		texts[i], class[i] = c.texts[id], c.class[id]
	}
	least := 1
	if len(ids) >= rareFrom {
		least = 2
	}
	v := newVocabulary(texts, least, b)
	examples := make([]example, len(ids))
	vector.Split(len(ids), o.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			examples[i] = v.example(texts[i])
		}
	})
	var second *layered
	if withLayers {
		inScope, theirs := make([]example, 0, len(ids)), make([]int, 0, len(ids))
		for i, k := range class {
			if k < len(c.intents) {
				inScope, theirs = append(inScope, examples[i]), append(theirs, k)
			}
		}
		second = trainLayered(inScope, theirs, len(c.intents), v.rows(o.background()), o.Seed)
	}
	return v, trainLinear(examples, class, c.classes(), v.rows(o.background()), o.Workers), second
}

// heldOut is what a model that never saw a text says of it.
type heldOut struct {
	outcome
	class   int
	chinese bool
}

// choose tries how much the encoder should count, and returns the held-out texts of the best.
func (c *corpus) choose(o Options, withLayers bool) (blend, []heldOut) {
	best, right := blend{}, -1.
	if blends := o.blends(); len(blends) > 1 {
		for _, b := range blends {
			held := c.crossValidate(b, false, heldToGuess, o)
			if share := float64(correct(held, len(c.intents))) / float64(max(len(held), 1)); share > right {
				best, right = b, share
			}
		}
	}
	return best, c.crossValidate(best, withLayers, heldEnough, o)
}

// blends are those that are tried: each dense part that there is, and both together.
func (o Options) blends() []blend {
	list := []blend{{}}
	if o.Encoder != nil {
		list = append(list, blend{Meaning: 1, Topic: .7})
	}
	if o.Sentences != nil {
		for _, b := range list {
			b.Sentence = 1
			list = append(list, b)
		}
	}
	return list
}

// correct counts held-out texts whose linear choice is right.
func correct(held []heldOut, intents int) (n int) {
	for _, h := range held {
		if h.class < intents && top(h.linear) == h.class {
			n++
		}
	}
	return n
}

// crossValidate holds out one fold after another until enough texts were. Where there are many the second head,
// which takes long, is trained for the first fold only.
func (c *corpus) crossValidate(b blend, withLayers bool, enough int, o Options) (held []heldOut) {
	fold := c.folds(o.Seed)
	for f := range folds {
		var ids, out []int
		for i := range c.texts {
			if fold[i] == f {
				out = append(out, i)
			} else {
				ids = append(ids, i)
			}
		}
		v, first, second := c.train(ids, b, withLayers && (f == 0 || len(ids) < layeredOnce), o)
		for _, i := range out {
			held = append(held, heldOut{outcome: score(v.example(c.texts[i]), first, second, c.outside), class: c.class[i], chinese: c.chinese[i]})
		}
		if len(held) >= enough {
			break
		}
	}
	return held
}

// folds deals the texts of each class out evenly; names get no fold.
func (c *corpus) folds(seed uint64) []int {
	next := make([]int, c.classes())
	r := rand.New(rand.NewPCG(seed, 7))
	for i := range next {
		next[i] = r.IntN(folds)
	}
	fold := make([]int, len(c.texts))
	for i := range fold {
		fold[i] = -1
		if i < len(c.texts)-c.names {
			fold[i] = next[c.class[i]] % folds
			next[c.class[i]]++
		}
	}
	return fold
}

// calibrate finds the sharpness of each head, and whether the second one helps, by the likelihood of held-out texts.
func (a *about) calibrate(held []heldOut, mixes []float32) {
	held = slices.DeleteFunc(slices.Clone(held), func(h heldOut) bool { return h.class >= len(a.Intents) })
	layered := slices.DeleteFunc(slices.Clone(held), func(h heldOut) bool { return h.layered == nil })
	a.Pooled = 1
	a.Sharpness, _ = a.sharpest(held, func(h heldOut) []float32 { return h.linear })
	if len(layered) == 0 {
		return
	}
	_, alone := a.sharpest(layered, func(h heldOut) []float32 { return a.pool(h.outcome) })
	a.Second, _ = a.sharpest(layered, func(h heldOut) []float32 { return h.layered })
	a.Mix = 0
	for _, mix := range mixes {
		tried := *a
		tried.Mix = mix
		if pooled, together := tried.sharpest(layered, func(h heldOut) []float32 { return tried.pool(h.outcome) }); together < alone {
			a.Mix, a.Pooled, alone = mix, pooled, together
		}
	}
}

// layeredMixes are the shares of the layered head that are tried, by the mean number of examples an intent: where they
// are few it deserves little, and held-out texts are too few to tell.
func layeredMixes(examples int) []float32 {
	if examples < fewExamples {
		return []float32{.3}
	}
	return []float32{.3, .5}
}

// sharpest is the sharpness of the softmax with which held-out texts are likeliest (Guo et al. 2017), and minus
// the logarithm of how likely they then are.
func (a *about) sharpest(held []heldOut, scores func(heldOut) []float32) (best float32, loss float64) {
	best, loss = 1, math.Inf(1)
	for s := float32(.3); s < 40; s *= 1.15 {
		sum := 0.
		for _, h := range held {
			p := slices.Clone(scores(h))
			vector.Softmax(p, s)
			sum -= math.Log(float64(p[h.class]) + 1e-6)
		}
		if sum < loss {
			best, loss = s, sum
		}
	}
	return best, loss
}

func (a *about) report(held []heldOut) (r Report) {
	inScope, right, outside, found := 0, 0, 0, 0
	for _, h := range held {
		language := ""
		if h.chinese {
			language = "zh"
		}
		switch {
		case h.class < len(a.Intents):
			inScope++
			if top(a.probabilities(h.outcome)) == h.class {
				right++
			}
		default:
			outside++
			if a.Scope.score(h.outcome) < a.Scope.threshold(language) {
				found++
			}
		}
	}
	r.Accuracy = float64(right) / float64(max(inScope, 1))
	r.OOSRecall = float64(found) / float64(max(outside, 1))
	return r
}

// top is the place of the largest.
func top(list []float32) int {
	best := 0
	for i, v := range list {
		if v > list[best] {
			best = i
		}
	}
	return best
}
