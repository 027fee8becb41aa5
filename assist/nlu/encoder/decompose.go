package encoder

import (
	"math"
	"math/rand/v2"

	"deskhand/assist/nlu/vector"
)

// extra columns of the random projection, and rounds of power iteration (Halko, Martinsson and Tropp 2011).
const (
	extra  = 10
	rounds = 3
)

// decompose is the truncated spectral decomposition of a nearly symmetric matrix: one row of o.WordDim numbers
// for each of m's, U times the root of the eigenvalues, each brought to length 1.
func decompose(m []row, o Options) []float32 {
	if o.WordDim == 0 {
		return nil
	}
	n, k := len(m), o.WordDim+extra
	q := make([]float32, n*k)
	r := rand.New(rand.NewPCG(o.Seed, 9))
	for i := range q {
		q[i] = float32(r.NormFloat64())
	}
	for range rounds {
		q = multiply(m, q, k, o.Workers)
		orthonormal(q, n, k, o.Workers)
	}
	values, vectors := eigen(project(q, multiply(m, q, k, o.Workers), n, k), k)
	order := byMagnitude(values)[:o.WordDim]
	out := make([]float32, n*o.WordDim)
	vector.Split(n, o.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			u := out[i*o.WordDim : (i+1)*o.WordDim]
			for d, e := range order {
				var s float64
				for a := range k {
					s += float64(q[i*k+a]) * vectors[a*k+e]
				}
				u[d] = float32(s * math.Sqrt(math.Abs(values[e])))
			}
			vector.Unit(u)
		}
	})
	return out
}

// multiply is m times q, whose rows have k columns.
func multiply(m []row, q []float32, k, workers int) []float32 {
	out := make([]float32, len(q))
	vector.Split(len(m), workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for p, c := range m[i].columns {
				vector.Axpy(m[i].values[p], q[int(c)*k:(int(c)+1)*k], out[i*k:(i+1)*k])
			}
		}
	})
	return out
}

// orthonormal makes the columns of q orthonormal, by Cholesky's factor of their products, twice for precision.
func orthonormal(q []float32, n, k, workers int) {
	for range 2 {
		l := cholesky(project(q, q, n, k), k)
		vector.Split(n, workers, func(lo, hi int) {
			t := make([]float64, k)
			for i := lo; i < hi; i++ {
				u := q[i*k : (i+1)*k]
				for a := range u {
					s := float64(u[a])
					for b := range a {
						s -= float64(l[a*k+b] * t[b])
					}
					t[a] = s / l[a*k+a]
				}
				for a := range u {
					u[a] = float32(t[a])
				}
			}
		})
	}
}

// project is the symmetric part of the transpose of q times y.
func project(q, y []float32, n, k int) []float64 {
	out := make([]float64, k*k)
	for i := range n {
		for a, x := range q[i*k : (i+1)*k] {
			line := out[a*k : (a+1)*k]
			for b, v := range y[i*k : (i+1)*k] {
				line[b] += float64(float64(x) * float64(v))
			}
		}
	}
	for a := range k {
		for b := range a {
			v := (out[a*k+b] + out[b*k+a]) / 2
			out[a*k+b], out[b*k+a] = v, v
		}
	}
	return out
}

// cholesky is the lower triangle whose product with its transpose is g; a rank that lacks is filled up a little.
func cholesky(g []float64, k int) []float64 {
	l := make([]float64, k*k)
	for a := range k {
		for b := 0; b <= a; b++ {
			s := g[a*k+b]
			for c := range b {
				s -= float64(l[a*k+c] * l[b*k+c])
			}
			if a == b {
				l[a*k+a] = math.Sqrt(max(s, 1e-12))
			} else {
				l[a*k+b] = s / l[b*k+b]
			}
		}
	}
	return l
}

// eigen is Jacobi's method for a symmetric matrix: its values, and its vectors as columns.
func eigen(a []float64, n int) (values, vectors []float64) {
	vectors = make([]float64, n*n)
	for i := range n {
		vectors[i*n+i] = 1
	}
	for range 12 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p*n+q]) > 1e-12 {
					rotate(a, vectors, n, p, q)
				}
			}
		}
	}
	for i := range n {
		values = append(values, a[i*n+i])
	}
	return values, vectors
}

// rotate makes a[p,q] zero.
func rotate(a, vectors []float64, n, p, q int) {
	theta := (a[q*n+q] - a[p*n+p]) / (2 * a[p*n+q])
	t := 1 / (math.Abs(theta) + math.Sqrt(float64(theta*theta)+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := t * c
	turn := func(m []float64, i, j int) {
		x, y := m[i], m[j]
		m[i] = float64(c*x) - float64(s*y)
		m[j] = float64(s*x) + float64(c*y)
	}
	for k := range n {
		turn(a, k*n+p, k*n+q)
	}
	for k := range n {
		turn(a, p*n+k, q*n+k)
	}
	for k := range n {
		turn(vectors, k*n+p, k*n+q)
	}
}
