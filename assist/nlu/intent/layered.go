package intent

import (
	"math"
	"math/rand/v2"

	"deskhand/assist/nlu/vector"
)

// How the layered head is trained.
const (
	layerWidth     = 128
	layerPasses    = 15 // over the examples; up to mostPasses where they are few
	mostPasses     = 30
	enoughSteps    = 25_000
	layerRate      = .1
	layerDropout   = .5
	labelSmoothing = .1
)

// layered is a network with one hidden layer: it errs elsewhere than the linear head, so both together choose
// better than either; alone it is worse in telling what is out of scope.
type layered struct {
	classes int
	rows    []int8 // one row of layerWidth a feature
	scales  []float32
	bias    []float32
	out     []float32 // one row of layerWidth a class
	outBias []float32
}

func (l *layered) score(x example, out []float32) {
	var hidden [layerWidth]float32
	copy(hidden[:], l.bias)
	for i, id := range x.ids {
		k := int(id)
		vector.AxpyInt8(x.values[i]*l.scales[k], l.rows[k*layerWidth:(k+1)*layerWidth], hidden[:])
	}
	for i, h := range hidden {
		hidden[i] = max(h, 0)
	}
	for c := range out {
		out[c] = l.outBias[c] + vector.Dot(hidden[:], l.out[c*layerWidth:(c+1)*layerWidth])
	}
}

// descent is the state of stochastic gradient descent with one adaptive rate a row (after Duchi et al. 2011).
type descent struct {
	classes    int
	in, out    []float32
	bias, tail []float32
	inSum      []float32
	outSum     []float32
	r          *rand.Rand
	hidden     []float32
	mask       []float32
	back       []float32
	z          []float32
}

func trainLayered(examples []example, class []int, classes, rows int, seed uint64) *layered {
	d := newDescent(classes, rows, seed)
	order := d.r.Perm(len(examples))
	passes := max(layerPasses, min(mostPasses, enoughSteps/max(len(order), 1)))
	steps := passes * len(order)
	step := 0
	for range passes {
		d.r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			d.learn(examples[i], class[i], layerRate*(1-float32(step)/float32(steps)))
			step++
		}
	}
	l := &layered{classes: classes, bias: d.bias, out: d.out, outBias: d.tail}
	l.rows, l.scales = quantizeRows(d.in, layerWidth)
	return l
}

func newDescent(classes, rows int, seed uint64) *descent {
	d := &descent{classes: classes, in: make([]float32, rows*layerWidth), out: make([]float32, classes*layerWidth),
		bias: make([]float32, layerWidth), tail: make([]float32, classes), inSum: make([]float32, rows), outSum: make([]float32, classes),
		r: rand.New(rand.NewPCG(seed, 5)), hidden: make([]float32, layerWidth), mask: make([]float32, layerWidth),
		back: make([]float32, layerWidth), z: make([]float32, classes)}
	for i := range d.in {
		d.in[i] = float32(d.r.NormFloat64() * .1)
	}
	for i := range d.out {
		d.out[i] = float32(d.r.NormFloat64() * math.Sqrt(1./layerWidth))
	}
	return d
}

func (d *descent) learn(x example, class int, rate float32) {
	d.forward(x)
	vector.Softmax(d.z, 1)
	for c := range d.z {
		d.z[c] -= labelSmoothing / float32(d.classes)
	}
	d.z[class] -= 1 - labelSmoothing
	clear(d.back)
	for c, g := range d.z {
		vector.Axpy(g, d.out[c*layerWidth:(c+1)*layerWidth], d.back)
	}
	active := vector.Dot(d.hidden, d.hidden) / layerWidth
	for c, g := range d.z {
		d.outSum[c] += float32(g * g * active)
		s := -rate * g / (vector.Sqrt(d.outSum[c]) + 1e-3)
		vector.Axpy(s, d.hidden, d.out[c*layerWidth:(c+1)*layerWidth])
		d.tail[c] += float32(s * .1)
	}
	for i := range d.back {
		d.back[i] *= d.mask[i]
	}
	slope := vector.Dot(d.back, d.back) / layerWidth
	for k, id := range x.ids {
		v := x.values[k]
		d.inSum[id] += float32(slope * v * v)
		vector.Axpy(-rate*v/(vector.Sqrt(d.inSum[id])+1e-3), d.back, d.in[int(id)*layerWidth:(int(id)+1)*layerWidth])
	}
	vector.Axpy(-rate*.1, d.back, d.bias)
}

// forward fills hidden, with half of it dropped, and the scores of the classes.
func (d *descent) forward(x example) {
	copy(d.hidden, d.bias)
	for k, id := range x.ids {
		vector.Axpy(x.values[k], d.in[int(id)*layerWidth:(int(id)+1)*layerWidth], d.hidden)
	}
	for i, h := range d.hidden {
		d.mask[i] = 0
		if h > 0 && d.r.Float32() >= layerDropout {
			d.mask[i] = 1 / (1 - layerDropout)
		}
		d.hidden[i] = h * d.mask[i]
	}
	for c := range d.z {
		d.z[c] = d.tail[c] + vector.Dot(d.hidden, d.out[c*layerWidth:(c+1)*layerWidth])
	}
}
