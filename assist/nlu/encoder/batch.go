package encoder

import (
	"math"
	"slices"

	"deskhand/assist/nlu/vector"
)

// batch is one step of the supervised contrastive loss over the texts of d.
func (t *trainer) batch(d draw, rate float32) {
	features, withTopic := t.dropOut(d)
	z, lengths := t.forward(d, features, withTopic)
	pull := t.attraction(d, z)
	g := t.backward(z, lengths, pull)
	bias1, bias2 := float32(1-math.Pow(.9, float64(t.step))), float32(1-math.Pow(.999, float64(t.step)))
	t.moveBridge(d, withTopic, g, rate, bias1, bias2)
	t.moveRows(features, g, rate, bias1, bias2)
}

// dropOut draws which features, and which topics, this step sees; a text keeps one feature at least.
func (t *trainer) dropOut(d draw) (features [][]uint32, withTopic []bool) {
	features, withTopic = make([][]uint32, len(d.ids)), make([]bool, len(d.ids))
	for i, id := range d.ids {
		for _, f := range d.of.features[id] {
			if t.r.Float32() >= featureDropout {
				features[i] = append(features[i], f&t.mask)
			}
		}
		if len(features[i]) == 0 {
			features[i] = append(features[i], d.of.features[id][0]&t.mask)
		}
		withTopic[i] = t.r.Float32() >= topicDropout
	}
	return features, withTopic
}

// forward is the meaning of each text, of length 1, and the length it had before.
func (t *trainer) forward(d draw, features [][]uint32, withTopic []bool) (z, lengths []float32) {
	dim := t.o.Dim
	z, lengths = make([]float32, len(d.ids)*dim), make([]float32, len(d.ids))
	vector.Split(len(d.ids), t.o.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			out := z[i*dim : (i+1)*dim]
			for _, f := range features[i] {
				vector.Axpy(softplus(t.gates.value[f]), t.rows.value[int(f)*dim:(int(f)+1)*dim], out)
			}
			if withTopic[i] {
				for a, v := range d.of.topics[d.ids[i]] {
					vector.Axpy(v, t.bridge.value[a*dim:(a+1)*dim], out)
				}
			}
			lengths[i] = vector.Unit(out) + 1e-8
		}
	})
	return z, lengths
}

// attraction is the derivative of the loss by the similarities, one row a text: the softmax over the others
// minus an even share for those of its class.
func (t *trainer) attraction(d draw, z []float32) []float32 {
	n, dim := len(d.ids), t.o.Dim
	out := make([]float32, n*n)
	class := func(i int) int { return d.of.class[d.ids[i]] }
	vector.Split(n, t.o.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			line, same := out[i*n:(i+1)*n], 0
			for j := range n {
				line[j] = vector.Dot(z[i*dim:(i+1)*dim], z[j*dim:(j+1)*dim])
				if j != i && class(i) == class(j) {
					same++
				}
			}
			if same == 0 {
				clear(line)
				continue
			}
			line[i] = -1e9
			vector.Softmax(line, 1/temperature)
			for j := range n {
				if j != i && class(i) == class(j) {
					line[j] -= 1 / float32(same)
				}
			}
		}
	})
	return out
}

// backward is the derivative of the loss by what forward summed, before it was brought to length 1.
func (t *trainer) backward(z, lengths, pull []float32) []float32 {
	n, dim := len(lengths), t.o.Dim
	g := make([]float32, n*dim)
	vector.Split(n, t.o.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			out, own := g[i*dim:(i+1)*dim], z[i*dim:(i+1)*dim]
			for j := range n {
				if j != i {
					vector.Axpy((pull[i*n+j]+pull[j*n+i])/(temperature*float32(n)), z[j*dim:(j+1)*dim], out)
				}
			}
			along := vector.Dot(out, own)
			for k := range out {
				out[k] = (out[k] - float32(along*own[k])) / lengths[i]
			}
		}
	})
	return g
}

func (t *trainer) moveBridge(d draw, withTopic []bool, g []float32, rate, bias1, bias2 float32) {
	dim := t.o.Dim
	vector.Split(t.words.dim, t.o.Workers, func(lo, hi int) {
		sum := make([]float32, dim)
		for a := lo; a < hi; a++ {
			clear(sum)
			for i, id := range d.ids {
				if withTopic[i] {
					vector.Axpy(d.of.topics[id][a], g[i*dim:(i+1)*dim], sum)
				}
			}
			for k, v := range sum {
				t.bridge.adam(a*dim+k, v, rate, bias1, bias2)
			}
		}
	})
}

// moveRows changes the rows that the batch touched, and no other (lazy Adam). Each row is moved by one
// goroutine, which adds up its texts in order: the result does not depend on the number of goroutines.
func (t *trainer) moveRows(features [][]uint32, g []float32, rate, bias1, bias2 float32) {
	var seen []uint64 // feature << 32 | text
	for i, list := range features {
		for _, f := range list {
			seen = append(seen, uint64(f)<<32|uint64(i))
		}
	}
	slices.Sort(seen)
	var starts []int
	for i := range seen {
		if i == 0 || seen[i]>>32 != seen[i-1]>>32 {
			starts = append(starts, i)
		}
	}
	starts = append(starts, len(seen))
	vector.Split(len(starts)-1, t.o.Workers, func(lo, hi int) {
		sum := make([]float32, t.o.Dim)
		for k := lo; k < hi; k++ {
			clear(sum)
			for _, s := range seen[starts[k]:starts[k+1]] {
				i := int(uint32(s))
				vector.Axpy(1, g[i*t.o.Dim:(i+1)*t.o.Dim], sum)
			}
			t.moveRow(int(seen[starts[k]]>>32), sum, rate, bias1, bias2)
		}
	})
}

func (t *trainer) moveRow(f int, gradient []float32, rate, bias1, bias2 float32) {
	dim := t.o.Dim
	t.used[f] = true
	open := softplus(t.gates.value[f])
	byGate := vector.Dot(gradient, t.rows.value[f*dim:(f+1)*dim]) * sigmoid(t.gates.value[f])
	for k, v := range gradient {
		t.rows.adam(f*dim+k, v*open, rate, bias1, bias2)
	}
	t.gates.adam(f, byGate, rate, bias1, bias2)
}
