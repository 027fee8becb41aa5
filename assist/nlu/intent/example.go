package intent

import (
	"math"
	"slices"

	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/text"
)

// groupWeights is how much words, pairs and characters count against each other; cross-validation on four
// public sets chose it, and any near it does as well.
func groupWeights() [text.Groups]float32 { return [text.Groups]float32{.4, .4, .58} }

// read is a text as the vocabulary and the encoder see it, before either weighs it.
type read struct {
	features []text.Feature
	words    []string
	meaning  []float32
	topic    []float32
}

func readText(s string, e *encoder.Encoder) read {
	tokens := text.Tokens(text.Normalise(s))
	r := read{features: text.Features(tokens), words: make([]string, len(tokens))}
	for i, t := range tokens {
		r.words[i] = t.Text
	}
	if e != nil {
		meaning, topic := e.Dimensions()
		both := make([]float32, meaning+topic)
		r.meaning, r.topic = both[:meaning], both[meaning:]
		e.Encode(tokens, r.meaning, r.topic)
	}
	return r
}

// example is a text as the heads see it: sparse, ids ascending, dense parts last.
type example struct {
	ids     []int32
	values  []float32
	unknown float32 // share of words that no training text has
}

// vocabulary numbers the features of the training texts.
type vocabulary struct {
	hashes []uint32 // ascending: the number is the place
	groups []text.Group
	idf    []float32
	ids    map[uint32]int32
	blend  blend
}

// blend is how much the encoder's parts count beside the n-grams, whose length is about 1.
type blend struct{ Meaning, Topic float32 }

// newVocabulary keeps the features that stand in at least `least` texts.
func newVocabulary(texts []read, least int, b blend) *vocabulary {
	counts, groups := map[uint32]int{}, map[uint32]text.Group{}
	last := map[uint32]int{}
	for i, r := range texts {
		for _, f := range r.features {
			if last[f.Hash] != i+1 {
				last[f.Hash] = i + 1
				counts[f.Hash]++
				groups[f.Hash] = f.Group
			}
		}
	}
	v := &vocabulary{blend: b}
	for h, n := range counts {
		if n >= least {
			v.hashes = append(v.hashes, h)
		}
	}
	slices.Sort(v.hashes)
	for _, h := range v.hashes {
		v.groups = append(v.groups, groups[h])
		v.idf = append(v.idf, float32(math.Log(float64(1+len(texts))/float64(1+counts[h]))+1))
	}
	v.index()
	return v
}

func (v *vocabulary) index() {
	v.ids = make(map[uint32]int32, len(v.hashes))
	for i, h := range v.hashes {
		v.ids[h] = int32(i)
	}
}

// rows is how many features heads need, the dense ones included.
func (v *vocabulary) rows(e *encoder.Encoder) int {
	n := len(v.hashes)
	if e != nil {
		meaning, topic := e.Dimensions()
		n += meaning + topic
	}
	return n
}

// example weighs a text: sub-linear tf-idf, each group brought to its weight, then the dense parts.
func (v *vocabulary) example(r read) example {
	ids := make([]int32, 0, len(r.features))
	for _, f := range r.features {
		if id, ok := v.ids[f.Hash]; ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	x := example{ids: ids[:0], values: make([]float32, 0, len(ids)+len(r.meaning)+len(r.topic))}
	var squares [text.Groups]float64
	for i := 0; i < len(ids); {
		id, n := ids[i], 1
		for i++; i < len(ids) && ids[i] == id; i++ {
			n++
		}
		w := v.idf[id]
		if n > 1 {
			w *= 1 + float32(math.Log(float64(n)))
		}
		x.ids, x.values = append(x.ids, id), append(x.values, w)
		squares[v.groups[id]] += float64(w * w)
	}
	scale := groupWeights()
	for g := range scale {
		if squares[g] > 0 {
			scale[g] /= float32(math.Sqrt(squares[g]))
		}
	}
	for i, id := range x.ids {
		x.values[i] *= scale[v.groups[id]]
	}
	x.dense(len(v.hashes), r.meaning, v.blend.Meaning)
	x.dense(len(v.hashes)+len(r.meaning), r.topic, v.blend.Topic)
	x.unknown = v.unknown(r.words)
	return x
}

func (x *example) dense(first int, part []float32, weight float32) {
	if weight == 0 {
		return
	}
	for i, p := range part {
		if p != 0 {
			x.ids, x.values = append(x.ids, int32(first+i)), append(x.values, p*weight)
		}
	}
}

// unknown is the share of words of which neither the form nor the stem is known. Texts without words share 1.
func (v *vocabulary) unknown(words []string) float32 {
	if len(words) == 0 {
		return 1
	}
	n := 0
	for _, w := range words {
		if _, ok := v.ids[text.WordHash(w)]; ok {
			continue
		}
		if _, ok := v.ids[text.StemHash(w)]; !ok {
			n++
		}
	}
	return float32(n) / float32(len(words))
}
