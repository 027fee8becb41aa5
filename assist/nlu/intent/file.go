package intent

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/text"
)

// magic opens a model file of this version.
const magic = "deskhand intents " + Version + "\n"

// maxFile bounds what Load reads.
const maxFile = 256 << 20

// Errors that Load wraps.
var (
	ErrFormat  = errors.New("no model of this version")
	ErrEncoder = errors.New("the model was trained with another encoder")
)

// Save writes the model without its encoder.
func (m *Model) Save(w io.Writer) error {
	head, err := json.Marshal(m.about)
	if err != nil {
		return fmt.Errorf("save model: %w", err)
	}
	var b bytes.Buffer
	b.WriteString(magic)
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(head))))
	b.Write(head)
	parts := []any{m.words.hashes, m.words.groups, m.words.idf, m.linear.rows, m.linear.scales, m.linear.bias}
	if m.layered != nil {
		parts = append(parts, m.layered.rows, m.layered.scales, m.layered.bias, m.layered.out, m.layered.outBias)
	}
	for _, p := range parts {
		if err := binary.Write(&b, binary.LittleEndian, p); err != nil {
			return fmt.Errorf("save model: %w", err)
		}
	}
	_, err = w.Write(b.Bytes())
	return err
}

// seal computes the hash: that of what Save writes.
func (m *Model) seal() error {
	h := sha256.New()
	if err := m.Save(h); err != nil {
		return err
	}
	m.hash = hex.EncodeToString(h.Sum(nil))
	return nil
}

// Load reads what Save wrote. e is the encoder that it was trained with, or nil where there was none, and s the sentence
// encoder likewise; errors wrap ErrFormat or ErrEncoder.
func Load(r io.Reader, e *encoder.Encoder, s Sentences) (*Model, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, fmt.Errorf("load model: %w", err)
	}
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < 4 {
		return nil, fmt.Errorf("load model: %w", ErrFormat)
	}
	size := binary.LittleEndian.Uint32(rest)
	if int64(size) > int64(len(rest)-4) {
		return nil, fmt.Errorf("load model: it ends in its head: %w", ErrFormat)
	}
	m := &Model{with: background{e, s}}
	if err := json.Unmarshal(rest[4:4+size], &m.about); err != nil {
		return nil, fmt.Errorf("load model: %w: %w", ErrFormat, err)
	}
	if encoder, sentences := m.with.hashes(); m.about.Encoder != encoder || m.about.Sentences != sentences {
		return nil, fmt.Errorf("load model: it needs encoders %.8s and %.8s, these are %.8s and %.8s: %w", m.about.Encoder, m.about.Sentences, encoder, sentences, ErrEncoder)
	}
	if err := m.numbers(rest[4+size:]); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	m.hash = hex.EncodeToString(sum[:])
	return m, nil
}

// numbers reads what follows the head; its sizes follow from the head and must fill the file exactly.
func (m *Model) numbers(rest []byte) error {
	a := &m.about
	classes := len(a.Intents)
	if classes < 2 || a.Features < 0 || a.Features > maxFile {
		return fmt.Errorf("load model: %d intents, %d features: %w", classes, a.Features, ErrFormat)
	}
	if a.Outside {
		classes++
	}
	m.words = &vocabulary{blend: a.Blend}
	rows := a.Features + (&vocabulary{}).rows(m.with)
	want := a.Features*9 + rows*(classes+4) + classes*4
	if a.Layered {
		want += rows*(layerWidth+4) + layerWidth*4 + len(a.Intents)*(layerWidth+1)*4
	}
	if len(rest) != want {
		return fmt.Errorf("load model: %d bytes of numbers instead of %d: %w", len(rest), want, ErrFormat)
	}
	v := m.words
	v.hashes, v.groups, v.idf = make([]uint32, a.Features), make([]text.Group, a.Features), make([]float32, a.Features)
	m.linear = &linear{classes: classes, rows: make([]int8, rows*classes), scales: make([]float32, rows), bias: make([]float32, classes)}
	parts := []any{v.hashes, v.groups, v.idf, m.linear.rows, m.linear.scales, m.linear.bias}
	if a.Layered {
		l := &layered{classes: len(a.Intents), rows: make([]int8, rows*layerWidth), scales: make([]float32, rows),
			bias: make([]float32, layerWidth), out: make([]float32, len(a.Intents)*layerWidth), outBias: make([]float32, len(a.Intents))}
		m.layered = l
		parts = append(parts, l.rows, l.scales, l.bias, l.out, l.outBias)
	}
	b := bytes.NewReader(rest)
	for _, p := range parts {
		if err := binary.Read(b, binary.LittleEndian, p); err != nil {
			return fmt.Errorf("load model: %w: %w", ErrFormat, err)
		}
		if !sound(p) {
			return fmt.Errorf("load model: a number is no number: %w", ErrFormat)
		}
	}
	v.index()
	return nil
}

// sound tells whether what was read can be reckoned with.
func sound(part any) bool {
	switch list := part.(type) {
	case []float32:
		for _, v := range list {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return false
			}
		}
	case []text.Group:
		for _, g := range list {
			if g >= text.Groups {
				return false
			}
		}
	}
	return true
}
