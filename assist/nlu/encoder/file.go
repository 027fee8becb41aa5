package encoder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"deskhand/assist/nlu/text"
	"deskhand/assist/nlu/vector"
)

// magic opens a file of this version.
const magic = "deskhand encoder 1\n"

// ErrFormat is wrapped by what Load returns for bytes that are no encoder.
var ErrFormat = errors.New("no encoder of this version")

// assemble makes the encoder of what was learned: whole numbers of 8 bits, one scale a row.
func assemble(t *trainer, w *wordVectors, o Options) (*Encoder, error) {
	e := &Encoder{bits: o.Bits, dim: o.Dim, wordDim: w.dim, mean: w.mean, bridge: t.bridge.value}
	e.rows, e.scales = make([]byte, len(t.rows.value)), make([]float32, len(t.used))
	line := make([]int8, max(o.Dim, w.dim))
	for i, used := range t.used {
		if used {
			e.scales[i] = vector.Quantize(t.rows.value[i*o.Dim:(i+1)*o.Dim], line) * softplus(t.gates.value[i])
			copyBytes(e.rows[i*o.Dim:(i+1)*o.Dim], line)
		}
	}
	order := make([]int, len(w.words))
	hashes := make([]uint32, len(w.words))
	for i, word := range w.words {
		order[i], hashes[i] = i, text.WordHash(word)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(hashes[a], hashes[b]) })
	e.wordRows = make([]byte, len(w.rows))
	for k, i := range order {
		e.words = append(e.words, hashes[i])
		e.weights = append(e.weights, vector.Quantize(w.rows[i*w.dim:(i+1)*w.dim], line)*w.weight[i])
		copyBytes(e.wordRows[k*w.dim:(k+1)*w.dim], line)
	}
	var b bytes.Buffer
	if err := e.Save(&b); err != nil {
		return nil, err
	}
	return Load(b.Bytes())
}

func copyBytes(out []byte, line []int8) {
	for i := range out {
		out[i] = byte(line[i])
	}
}

// Save writes the encoder; Load reads it. Rows that learned nothing take no room.
func (e *Encoder) Save(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(magic)
	numbers := func(list ...int) {
		for _, n := range list {
			b.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
		}
	}
	floats := func(list []float32) {
		for _, v := range list {
			b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
	}
	numbers(e.bits, e.dim, e.wordDim, len(e.words))
	floats(e.scales)
	for i, s := range e.scales {
		if s != 0 {
			b.Write(e.rows[i*e.dim : (i+1)*e.dim])
		}
	}
	for _, h := range e.words {
		numbers(int(h))
	}
	floats(e.weights)
	b.Write(e.wordRows)
	floats(e.mean)
	floats(e.bridge)
	_, err := w.Write(b.Bytes())
	return err
}

// Load reads what Save wrote. The encoder keeps parts of data, which must not change afterwards.
func Load(data []byte) (*Encoder, error) {
	r := reader{rest: data}
	if string(r.take(len(magic))) != magic {
		return nil, fmt.Errorf("read encoder: %w", ErrFormat)
	}
	e := &Encoder{bits: r.number(), dim: r.number(), wordDim: r.number()}
	words := r.number()
	if e.bits > 24 || e.dim > 4096 || e.wordDim > 4096 || words > 1<<24 {
		return nil, fmt.Errorf("read encoder: sizes %d, %d, %d, %d: %w", e.bits, e.dim, e.wordDim, words, ErrFormat)
	}
	e.scales = r.floats(1 << e.bits)
	if r.failed {
		return nil, fmt.Errorf("read encoder: it ends early: %w", ErrFormat)
	}
	e.rows = make([]byte, len(e.scales)*e.dim)
	for i, s := range e.scales {
		if s != 0 {
			copy(e.rows[i*e.dim:(i+1)*e.dim], r.take(e.dim))
		}
	}
	e.words = r.numbers(words)
	e.weights = r.floats(words)
	e.wordRows = r.take(words * e.wordDim)
	e.mean = r.floats(e.wordDim)
	e.bridge = r.floats(e.wordDim * e.dim)
	if r.failed || len(r.rest) > 0 {
		return nil, fmt.Errorf("read encoder: it ends early or goes on: %w", ErrFormat)
	}
	sum := sha256.Sum256(data)
	e.hash = hex.EncodeToString(sum[:])
	return e, nil
}

// reader takes from the front of rest; after the end it gives zeroes and says so.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.failed = true
		return nil
	}
	out := r.rest[:n:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) number() int {
	b := r.take(4)
	if r.failed {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b))
}

func (r *reader) numbers(n int) []uint32 {
	b := r.take(4 * n)
	if r.failed {
		return nil
	}
	out := make([]uint32, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

func (r *reader) floats(n int) []float32 {
	bits := r.numbers(n)
	out := make([]float32, len(bits))
	for i, v := range bits {
		out[i] = math.Float32frombits(v)
		if math.IsNaN(float64(out[i])) || math.IsInf(float64(out[i]), 0) {
			r.failed = true
		}
	}
	return out
}
