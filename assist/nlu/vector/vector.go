// Package vector does the arithmetic of the models: sums and products of float32 slices, written so that every
// machine of one architecture rounds alike. It starts no goroutines, but for Split's, which it waits for.
package vector

import (
	"math"
	"sync"
)

// Axpy adds a*x to y, which is at least as long as x.
func Axpy(a float32, x, y []float32) {
	y = y[:len(x)]
	// The conversions forbid a fused multiply-add, which would make another model on another processor.
	for len(x) >= 8 && len(y) >= 8 { // training spends its time here: eight a turn take a third less
		y[0] += float32(a * x[0])
		y[1] += float32(a * x[1])
		y[2] += float32(a * x[2])
		y[3] += float32(a * x[3])
		y[4] += float32(a * x[4])
		y[5] += float32(a * x[5])
		y[6] += float32(a * x[6])
		y[7] += float32(a * x[7])
		x, y = x[8:], y[8:]
	}
	for i, v := range x {
		y[i] += float32(a * v)
	}
}

// AxpyInt8 adds a*x to y, which is at least as long as x.
func AxpyInt8(a float32, x []int8, y []float32) {
	y = y[:len(x)]
	for len(x) >= 8 && len(y) >= 8 { // reading spends its time here
		y[0] += float32(a * float32(x[0]))
		y[1] += float32(a * float32(x[1]))
		y[2] += float32(a * float32(x[2]))
		y[3] += float32(a * float32(x[3]))
		y[4] += float32(a * float32(x[4]))
		y[5] += float32(a * float32(x[5]))
		y[6] += float32(a * float32(x[6]))
		y[7] += float32(a * float32(x[7]))
		x, y = x[8:], y[8:]
	}
	for i, v := range x {
		y[i] += float32(a * float32(v))
	}
}

// Dot is the inner product of two slices of one length, in four partial sums.
func Dot(x, y []float32) float32 {
	y = y[:len(x)]
	var a, b, c, d float32
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += float32(x[i] * y[i])
		b += float32(x[i+1] * y[i+1])
		c += float32(x[i+2] * y[i+2])
		d += float32(x[i+3] * y[i+3])
	}
	for ; i < len(x); i++ {
		a += float32(x[i] * y[i])
	}
	return a + b + c + d
}

// Sqrt is math.Sqrt in single precision.
func Sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Norm is the Euclidean length of x.
func Norm(x []float32) float32 { return Sqrt(Dot(x, x)) }

// Unit brings x to length 1 and returns the length it had; a zero vector stays as it is.
func Unit(x []float32) float32 {
	n := Norm(x)
	if n > 0 {
		for i := range x {
			x[i] /= n
		}
	}
	return n
}

// Softmax turns scores into probabilities in place, at temperature 1/sharpness.
func Softmax(z []float32, sharpness float32) {
	if len(z) == 0 {
		return
	}
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	var sum float32
	for i, v := range z {
		z[i] = float32(math.Exp(float64(sharpness * (v - top))))
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
}

// Quantize writes x as whole numbers from -127 to 127 times the scale that it returns.
func Quantize(x []float32, out []int8) (scale float32) {
	var top float32
	for _, v := range x {
		top = max(top, max(v, -v))
	}
	if top == 0 {
		clear(out)
		return 0
	}
	scale = top / 127
	for i, v := range x {
		out[i] = int8(math.RoundToEven(float64(v / scale)))
	}
	return scale
}

// Split calls f for n ranges that together are 0 to total, each in a goroutine of its own, and waits for all.
// What f does for an index must not depend on the range it comes in.
func Split(total, n int, f func(lo, hi int)) {
	n = max(1, min(n, total))
	var wg sync.WaitGroup
	for g := range n {
		wg.Go(func() { f(g*total/n, (g+1)*total/n) })
	}
	wg.Wait()
}

// AxpyBytes is AxpyInt8 for whole numbers that lie as bytes, as they do in a file that is read in place.
func AxpyBytes(a float32, x []byte, y []float32) {
	y = y[:len(x)]
	for len(x) >= 8 && len(y) >= 8 {
		y[0] += float32(a * float32(int8(x[0])))
		y[1] += float32(a * float32(int8(x[1])))
		y[2] += float32(a * float32(int8(x[2])))
		y[3] += float32(a * float32(int8(x[3])))
		y[4] += float32(a * float32(int8(x[4])))
		y[5] += float32(a * float32(int8(x[5])))
		y[6] += float32(a * float32(int8(x[6])))
		y[7] += float32(a * float32(int8(x[7])))
		x, y = x[8:], y[8:]
	}
	for i, v := range x {
		y[i] += float32(a * float32(int8(v)))
	}
}
