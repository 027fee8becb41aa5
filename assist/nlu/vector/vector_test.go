package vector

import (
	"math"
	"testing"
)

// numbers are n numbers that repeat seldom.
func numbers(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(math.Sin(float64(7*i + 1)))
	}
	return out
}

func TestAxpy_AnyLength(t *testing.T) {
	for n := range 40 {
		x, y := numbers(n), numbers(n+3)
		want := numbers(n + 3)
		for i, v := range x {
			want[i] += float32(.7 * v)
		}
		Axpy(.7, x, y)
		for i := range y {
			if y[i] != want[i] {
				t.Fatalf("%d numbers: place %d is %v, want %v", n, i, y[i], want[i])
			}
		}
	}
}

func TestDot_AnyLength(t *testing.T) {
	for n := range 40 {
		want := 0.
		for _, v := range numbers(n) {
			want += float64(v) * float64(v)
		}
		if got := float64(Dot(numbers(n), numbers(n))); math.Abs(got-want) > 1e-4 {
			t.Errorf("%d numbers: %v, want %v", n, got, want)
		}
	}
}

func TestSoftmax_AddsUpToOneWhateverTheScores(t *testing.T) {
	for _, z := range [][]float32{{1, 2, 3}, {-1e30, 1e30}, {0}, {1e9, 1e9, 1e9}} {
		Softmax(z, 4)
		sum := 0.
		for _, p := range z {
			sum += float64(p)
		}
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("%v adds up to %v", z, sum)
		}
	}
}

func TestQuantize_StaysWithinHalfAStep(t *testing.T) {
	x, q := numbers(50), make([]int8, 50)
	scale := Quantize(x, q)
	for i := range x {
		if d := math.Abs(float64(x[i] - float32(q[i])*scale)); d > float64(scale)*.51 {
			t.Errorf("%v became %d times %v", x[i], q[i], scale)
		}
	}
	if Quantize(make([]float32, 3), q[:3]) != 0 || q[0] != 0 {
		t.Error("zeroes are not zero")
	}
}

func TestSplit_CoversAllOnce(t *testing.T) {
	for total := range 20 {
		for workers := range 8 {
			seen := make([]int, total)
			Split(total, workers, func(lo, hi int) {
				for i := lo; i < hi; i++ {
					seen[i]++
				}
			})
			for i, n := range seen {
				if n != 1 {
					t.Fatalf("%d over %d workers: place %d was visited %d times", total, workers, i, n)
				}
			}
		}
	}
}

func BenchmarkAxpy(b *testing.B) {
	x, y := numbers(128), numbers(128)
	for b.Loop() {
		Axpy(1e-9, x, y)
	}
}
