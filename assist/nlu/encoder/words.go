package encoder

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"deskhand/assist/nlu/text"
	"deskhand/assist/nlu/vector"
)

// How the co-occurrences are counted; the figures are those that design/nlu.md found best.
const (
	window      = 5    // words to either side, weighted 1/distance
	textWeight  = 3    // of a labelled text against a gloss
	pairWeight  = 3    // of two words for one thing
	glossWeight = .5   // of a word and what explains it
	smoothing   = .75  // exponent of the contexts' frequencies
	minCount    = 5    // of a word anywhere
	minInTexts  = 2    // or in the labelled texts
	rarity      = 1e-3 // Arora's a: a word of this frequency weighs half
)

// wordVectors are the words known, in ascending order, with their vectors of length 1.
type wordVectors struct {
	dim    int
	words  []string
	ids    map[string]int
	rows   []float32
	weight []float32 // rarity/(rarity+frequency)
	mean   []float32
}

// row is one line of the sparse co-occurrence matrix, columns ascending.
type row struct {
	columns []int32
	values  []float32
}

func learnWords(sets []Set, dictionary []Gloss, o Options) *wordVectors {
	c := newCounter(sets, dictionary)
	m := c.pointwise()
	o.WordDim = max(0, min(o.WordDim, len(m)-extra)) // a handful of words has no more dimensions
	w := &wordVectors{dim: o.WordDim, words: c.words, ids: c.ids, weight: c.weights()}
	w.rows = decompose(m, o)
	w.mean = make([]float32, w.dim)
	topic := make([]float32, w.dim)
	n := 0
	for _, s := range sets {
		for _, p := range s.Phrases {
			w.raw(text.Tokens(text.Normalise(p.Text)), topic)
			vector.Axpy(1, topic, w.mean)
			n++
		}
	}
	for i := range w.mean {
		w.mean[i] /= float32(max(n, 1))
	}
	return w
}

// raw is the weighted mean of the words' vectors, of length 1.
func (w *wordVectors) raw(tokens []text.Token, out []float32) {
	clear(out)
	for _, t := range tokens {
		i, ok := w.ids[t.Text]
		if !ok {
			if i, ok = w.ids[text.Stem(t.Text)]; !ok {
				continue
			}
		}
		vector.Axpy(w.weight[i], w.rows[i*w.dim:(i+1)*w.dim], out)
	}
	vector.Unit(out)
}

// topic is what Encoder.Encode will fill: raw minus the mean.
func (w *wordVectors) topic(tokens []text.Token, out []float32) {
	w.raw(tokens, out)
	center(out, w.mean)
}

// counter counts which words stand near which.
type counter struct {
	words []string
	ids   map[string]int
	count []float64
	near  []map[int32]float32
}

func newCounter(sets []Set, dictionary []Gloss) *counter {
	all, inTexts := map[string]float64{}, map[string]int{}
	eachText(sets, dictionary, func(tokens []text.Token, weight float32) {
		for _, t := range tokens {
			all[t.Text]++
			if weight == textWeight {
				inTexts[t.Text]++
			}
		}
	})
	c := &counter{ids: map[string]int{}}
	for w, n := range all {
		if n >= minCount || inTexts[w] >= minInTexts {
			c.words = append(c.words, w)
		}
	}
	slices.Sort(c.words)
	c.near = make([]map[int32]float32, len(c.words))
	for i, w := range c.words {
		c.ids[w] = i
		c.count = append(c.count, all[w]+textWeight*float64(inTexts[w]))
		c.near[i] = map[int32]float32{}
	}
	eachText(sets, dictionary, c.text)
	for _, g := range dictionary {
		c.gloss(g)
	}
	return c
}

// eachText visits labelled texts, then the sentences of the dictionary.
func eachText(sets []Set, dictionary []Gloss, visit func(tokens []text.Token, weight float32)) {
	for _, s := range sets {
		for _, p := range s.Phrases {
			visit(text.Tokens(text.Normalise(p.Text)), textWeight)
		}
	}
	for _, g := range dictionary {
		for _, part := range sentences(g.Text) {
			visit(text.Tokens(text.Normalise(part)), 1)
		}
	}
}

func (c *counter) text(tokens []text.Token, weight float32) {
	ids := c.known(tokens)
	for i, a := range ids {
		for j := i + 1; j < len(ids) && j <= i+window; j++ {
			if b := ids[j]; a >= 0 && b >= 0 && a != b {
				c.pair(a, b, weight/float32(j-i))
			}
		}
	}
}

// gloss counts the words for one thing as near each other, and near what explains them.
func (c *counter) gloss(g Gloss) {
	var names []int32
	for _, w := range g.Words {
		names = append(names, c.known(text.Tokens(text.Normalise(w)))...)
	}
	names = slices.DeleteFunc(names, func(i int32) bool { return i < 0 })
	for i, a := range names {
		for _, b := range names[i+1:] {
			if a != b {
				c.pair(a, b, pairWeight)
			}
		}
	}
	for _, b := range c.known(text.Tokens(text.Normalise(sentences(g.Text)[0]))) {
		for _, a := range names {
			if a != b && b >= 0 {
				c.pair(a, b, glossWeight)
			}
		}
	}
}

func (c *counter) pair(a, b int32, weight float32) {
	c.near[a][b] += weight
	c.near[b][a] += weight
}

// known are the tokens' words by number, -1 for an unknown one.
func (c *counter) known(tokens []text.Token) []int32 {
	ids := make([]int32, len(tokens))
	for i, t := range tokens {
		ids[i] = -1
		if id, ok := c.ids[t.Text]; ok {
			ids[i] = int32(id)
		}
	}
	return ids
}

// weights tell how much each word says of a text: rarity/(rarity+p).
func (c *counter) weights() []float32 {
	var total float64
	for _, n := range c.count {
		total += n
	}
	out := make([]float32, len(c.count))
	for i, n := range c.count {
		out[i] = float32(rarity / (rarity + n/total))
	}
	return out
}

// pointwise turns counts into positive pointwise mutual information. Rows are sorted before anything is added
// up: a map's order would make another matrix each time.
func (c *counter) pointwise() []row {
	m := make([]row, len(c.near))
	sums, smooth, total := make([]float64, len(m)), make([]float64, len(m)), 0.0
	for i, near := range c.near {
		for j := range near {
			m[i].columns = append(m[i].columns, j)
		}
		slices.Sort(m[i].columns)
		for _, j := range m[i].columns {
			m[i].values = append(m[i].values, near[j])
			sums[i] += float64(near[j])
		}
		c.near[i] = nil
		smooth[i] = math.Pow(sums[i], smoothing)
		total += smooth[i]
	}
	for i := range m {
		columns, values := m[i].columns[:0], m[i].values[:0]
		for k, j := range m[i].columns {
			if pmi := math.Log(float64(m[i].values[k]) * total / (sums[i] * smooth[j])); pmi > 0 {
				columns, values = append(columns, j), append(values, float32(pmi))
			}
		}
		m[i].columns, m[i].values = columns, values
	}
	return m
}

// sentences splits a gloss into its definition and examples.
func sentences(s string) []string { return strings.Split(s, ";") }

// byMagnitude orders eigenvalues, the largest first.
func byMagnitude(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(values[b]), math.Abs(values[a])) })
	return order
}
