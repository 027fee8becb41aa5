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
	sentence []float32
}

// background is what the texts are read with beside the vocabulary; either part may be missing.
type background struct {
	encoder   *encoder.Encoder
	sentences Sentences
}

// dimensions are the lengths of the dense parts.
func (b background) dimensions() (meaning, topic, sentence int) {
	if b.encoder != nil {
		meaning, topic = b.encoder.Dimensions()
	}
	if b.sentences != nil {
		sentence = b.sentences.Dimensions()
	}
	return meaning, topic, sentence
}

// hashes are those of both parts; "" for a missing one.
func (b background) hashes() (encoder, sentences string) {
	if b.encoder != nil {
		encoder = b.encoder.Hash()
	}
	if b.sentences != nil {
		sentences = b.sentences.Hash()
	}
	return encoder, sentences
}

func readText(s string, b background) read {
	tokens := text.Tokens(text.Normalise(s))
	r := read{features: text.Features(tokens), words: make([]string, len(tokens))}
	for i, t := range tokens {
		r.words[i] = t.Text
	}
	meaning, topic, sentence := b.dimensions()
	if b.encoder != nil {
		both := make([]float32, meaning+topic)
		r.meaning, r.topic = both[:meaning], both[meaning:]
		b.encoder.Encode(tokens, r.meaning, r.topic)
	}
	if b.sentences != nil {
		r.sentence = make([]float32, sentence)
		b.sentences.Encode(s, r.sentence)
	}
	return r
}

// example is a text as the heads see it: sparse, ids ascending, dense parts last.
type example struct {
	ids     []int32
	values  []float32
	unknown float32 // share of words that no training text has
	length  int     // in words
}

// vocabulary numbers the features of the training texts.
type vocabulary struct {
	hashes []uint32 // ascending: the number is the place
	groups []text.Group
	idf    []float32
	ids    map[uint32]int32
	blend  blend
}

// blend is how much the dense parts count beside the n-grams, whose length is about 1.
type blend struct {
	Meaning, Topic float32
	Sentence       float32 `json:",omitzero"`
}

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
func (v *vocabulary) rows(b background) int {
	meaning, topic, sentence := b.dimensions()
	return len(v.hashes) + meaning + topic + sentence
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
	x := example{ids: ids[:0], values: make([]float32, 0, len(ids)+len(r.meaning)+len(r.topic)+len(r.sentence))}
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
	x.dense(len(v.hashes)+len(r.meaning)+len(r.topic), r.sentence, v.blend.Sentence)
	x.unknown, x.length = v.unknown(r.words), len(r.words)
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
