package encoder

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"deskhand/assist/nlu/text"
	"deskhand/assist/nlu/vector"
)

// How the meaning is trained; the figures are those that design/nlu.md and cross-validation found best.
const (
	classesInBatch = 48
	textsInBatch   = 5   // of a class
	textsOfClass   = 400 // at most; more only make the large classes dearer
	temperature    = .1
	featureDropout = .3
	topicDropout   = .2 // how often a text is learned without its topic
	learningRate   = 3e-3
	bridgeScale    = 8 // of the first draw: topic and hashed features begin about equally strong
	gate           = .5
)

// collection is a Set made ready: its texts as features, by class.
type collection struct {
	features [][]uint32
	topics   [][]float32
	class    []int
	members  [][]int
}

// trainer holds what Adam changes and its two moments.
type trainer struct {
	o      Options
	r      *rand.Rand
	words  *wordVectors
	sets   []collection
	mask   uint32
	used   []bool
	rows   parameters // the table
	gates  parameters // one a row: how much it counts, before the softplus
	bridge parameters
	step   int
}

// parameters are numbers to be learned, with Adam's moments (Kingma and Ba 2015).
type parameters struct{ value, first, second []float32 }

func newParameters(n int) parameters {
	return parameters{value: make([]float32, n), first: make([]float32, n), second: make([]float32, n)}
}

// adam moves the parameter at i against its gradient.
func (p *parameters) adam(i int, gradient, rate, bias1, bias2 float32) {
	p.first[i] = float32(.9*p.first[i]) + float32(.1*gradient)
	p.second[i] = float32(.999*p.second[i]) + float32(.001*gradient*gradient)
	p.value[i] -= rate * (p.first[i] / bias1) / (vector.Sqrt(p.second[i]/bias2) + 1e-8)
}

func newTrainer(sets []Set, words *wordVectors, o Options) *trainer {
	n := 1 << o.Bits
	t := &trainer{o: o, r: rand.New(rand.NewPCG(o.Seed, 77)), words: words, mask: uint32(n - 1), used: make([]bool, n),
		rows: newParameters(n * o.Dim), gates: newParameters(n), bridge: newParameters(words.dim * o.Dim)}
	scale := 1 / math.Sqrt(float64(o.Dim))
	for i := range t.rows.value {
		t.rows.value[i] = float32(t.r.NormFloat64() * scale)
	}
	for i := range t.bridge.value {
		t.bridge.value[i] = float32(t.r.NormFloat64() * scale * bridgeScale)
	}
	for _, s := range sets {
		t.sets = append(t.sets, t.collect(s))
	}
	return t
}

func (t *trainer) collect(s Set) collection {
	var c collection
	classes := map[string]int{}
	order := t.r.Perm(len(s.Phrases))
	for _, i := range order {
		p := s.Phrases[i]
		if p.Intent == "" {
			continue
		}
		k, ok := classes[p.Intent]
		if !ok {
			k = len(classes)
			classes[p.Intent] = k
			c.members = append(c.members, nil)
		}
		tokens := text.Tokens(text.Normalise(p.Text))
		features := text.EncoderFeatures(tokens)
		if len(c.members[k]) >= textsOfClass || len(features) == 0 {
			continue
		}
		topic := make([]float32, t.words.dim)
		t.words.topic(tokens, topic)
		c.members[k] = append(c.members[k], len(c.features))
		c.features, c.topics, c.class = append(c.features, features), append(c.topics, topic), append(c.class, k)
	}
	return c
}

// draw is one batch: texts of one collection.
type draw struct {
	of  *collection
	ids []int
}

func (t *trainer) run() {
	var plan []draw
	for range t.o.Epochs {
		plan = append(plan, t.epoch()...)
	}
	for _, d := range plan {
		t.step++
		t.batch(d, learningRate*(1-float32(t.step-1)/float32(len(plan))))
	}
}

// epoch draws the batches of one pass, of all collections, shuffled.
func (t *trainer) epoch() []draw {
	var out []draw
	for i := range t.sets {
		out = append(out, t.batchesOf(&t.sets[i])...)
	}
	t.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// batchesOf draws classes by the root of their size, and of each the texts that were not drawn lately.
func (t *trainer) batchesOf(c *collection) []draw {
	var classes []int
	texts := 0
	for k, m := range c.members {
		if len(m) >= 2 {
			classes = append(classes, k)
			texts += len(m)
		}
	}
	if len(classes) < 2 {
		return nil
	}
	left := make([][]int, len(c.members))
	var out []draw
	for range max(1, texts/(classesInBatch*textsInBatch)) {
		key := make([]float64, len(c.members))
		for _, k := range classes {
			key[k] = -math.Log(1-t.r.Float64()) / math.Sqrt(float64(len(c.members[k])))
		}
		order := slices.Clone(classes)
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(key[a], key[b]) })
		d := draw{of: c}
		for _, k := range order[:min(classesInBatch, len(order))] {
			if len(left[k]) < textsInBatch {
				again := slices.Clone(c.members[k])
				t.r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
				left[k] = append(left[k], again...)
			}
			n := min(textsInBatch, len(left[k]))
			d.ids = append(d.ids, left[k][:n]...)
			left[k] = left[k][n:]
		}
		out = append(out, d)
	}
	return out
}

func softplus(x float32) float32 { return float32(math.Log1p(math.Exp(float64(x + gate)))) }

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x+gate)))) }
