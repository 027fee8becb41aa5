package intent

import (
	"math/rand/v2"

	"deskhand/assist/nlu/vector"
)

// How the linear head is trained.
const (
	svmCost   = 1  // of an example on the wrong side
	svmPasses = 15 // over the examples of one class, at most
	svmNear   = .1 // largest violation with which a class is finished
)

// linear scores each class by the features of a text: one row of classes a feature, 8 bits with a scale.
type linear struct {
	classes int
	rows    []int8
	scales  []float32
	bias    []float32
}

// score fills out, one number a class.
func (l *linear) score(x example, out []float32) {
	copy(out, l.bias)
	for i, id := range x.ids {
		k := int(id)
		vector.AxpyInt8(x.values[i]*l.scales[k], l.rows[k*l.classes:(k+1)*l.classes], out)
	}
}

// trainLinear trains one support vector machine a class against all others: squared hinge loss, dual
// coordinate descent (Hsieh et al. 2008). Classes are independent, so goroutines change nothing.
func trainLinear(examples []example, class []int, classes, rows, workers int) *linear {
	weights := make([]float32, rows*classes)
	l := &linear{classes: classes, bias: make([]float32, classes)}
	vector.Split(classes, workers, func(lo, hi int) {
		m := newMachine(examples, class, rows)
		for c := lo; c < hi; c++ {
			m.train(c)
			for i, w := range m.w {
				weights[i*classes+c] = w
			}
			l.bias[c] = m.bias
		}
	})
	l.rows, l.scales = quantizeRows(weights, classes)
	return l
}

// quantizeRows makes rows of n numbers each small.
func quantizeRows(weights []float32, n int) (rows []int8, scales []float32) {
	rows, scales = make([]int8, len(weights)), make([]float32, len(weights)/n)
	for i := range scales {
		scales[i] = vector.Quantize(weights[i*n:(i+1)*n], rows[i*n:(i+1)*n])
	}
	return rows, scales
}

// machine trains one class after another in the same memory.
type machine struct {
	examples []example
	class    []int
	squares  []float32 // of the examples' lengths, the bias counted as a feature
	alpha    []float32
	w        []float32
	bias     float32
}

func newMachine(examples []example, class []int, rows int) *machine {
	m := &machine{examples: examples, class: class, squares: make([]float32, len(examples)),
		alpha: make([]float32, len(examples)), w: make([]float32, rows)}
	for i, x := range examples {
		m.squares[i] = 1 + vector.Dot(x.values, x.values)
	}
	return m
}

// train separates class c. Examples far on their own side are left out of the next passes, and all are looked
// at again before it ends: in one-against-rest most are easy.
func (m *machine) train(c int) {
	clear(m.alpha)
	clear(m.w)
	m.bias = 0
	r := rand.New(rand.NewPCG(uint64(c), 3))
	active, all := r.Perm(len(m.examples)), true
	for pass := range svmPasses {
		r.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
		slack := float32(.15)
		if pass == 0 {
			slack = .3
		}
		var worst float32
		kept := active[:0]
		for _, i := range active {
			violation, keep := m.visit(i, c, slack)
			worst = max(worst, violation)
			if keep {
				kept = append(kept, i)
			}
		}
		active = kept
		switch {
		case worst >= svmNear:
			all = false
		case all:
			return
		default:
			active, all = r.Perm(len(m.examples)), true
		}
	}
}

// visit takes one step for example i and tells by how much it was violated, and whether to look again.
func (m *machine) visit(i, c int, slack float32) (violation float32, keep bool) {
	const ridge = 1 / (2 * float32(svmCost))
	side := float32(-1)
	if m.class[i] == c {
		side = 1
	}
	x := &m.examples[i]
	s := m.bias
	for k, id := range x.ids {
		s += float32(m.w[id] * x.values[k])
	}
	gradient := side*s - 1 + float32(ridge*m.alpha[i])
	if m.alpha[i] == 0 && gradient > 0 {
		return 0, gradient < slack
	}
	if violation = max(gradient, -gradient); violation <= 1e-4 {
		return violation, true
	}
	next := max(0, m.alpha[i]-gradient/(m.squares[i]+ridge))
	step := (next - m.alpha[i]) * side
	m.alpha[i] = next
	m.bias += step
	for k, id := range x.ids {
		m.w[id] += float32(step * x.values[k])
	}
	return violation, true
}
