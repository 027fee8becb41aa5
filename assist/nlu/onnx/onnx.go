// Package onnx reads texts with a sentence encoder that a company brings itself: a model in ONNX form with its
// tokenizer.json beside it, as the common model hubs have them. It runs on the processor in pure Go, without a network and
// without other programs' libraries. A text takes milliseconds instead of microseconds, training minutes instead of seconds.
// What it starts in the background, Close ends.
package onnx

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"deskhand/assist/nlu/intent"
	"deskhand/assist/nlu/vector"

	"github.com/knights-analytics/hugot"
	"github.com/knights-analytics/hugot/pipelines"
)

// tokenizerFile lies beside the model.
const tokenizerFile = "tokenizer.json"

// longest is how much of a text is read, in bytes: the model's work grows with it, and no errand takes more to tell.
const longest = 1000

// remembered is how many texts' vectors are kept: the parts of a message are read more than once.
const remembered = 512

// Encoder is an intent.Sentences.
type Encoder struct {
	file      string
	hash      string
	dimension int
	session   *hugot.Session
	pipeline  *pipelines.FeatureExtractionPipeline

	mu    sync.Mutex // guards the fields below, and is held while the model works
	known map[string][]float32
	order []string // of known, oldest first
}

var _ intent.Sentences = (*Encoder)(nil)

// Open reads the model file and what belongs to it, and tries it. Close must be called in the end.
func Open(file string) (_ *Encoder, err error) {
	e := &Encoder{file: file, known: map[string][]float32{}}
	if e.hash, err = hashOf(file); err != nil {
		return nil, fmt.Errorf("sentence encoder %s: %w", file, err)
	}
	if err = e.load(); err == nil {
		err = e.try()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sentence encoder %s: %w", file, err), e.Close())
	}
	return e, nil
}

// hashOf is that of all that the vectors depend on: the model, numbers that it keeps in files of its own, the tokenizer, and
// what the JSON files beside them say.
func hashOf(file string) (string, error) {
	if !strings.HasSuffix(file, ".onnx") {
		return "", errors.New("a file that ends in .onnx is wanted")
	}
	dir := filepath.Dir(file)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	h, found := sha256.New(), map[string]bool{}
	for _, entry := range entries { // sorted by name
		name := entry.Name()
		counts := name == filepath.Base(file) || strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".onnx_data") || strings.HasSuffix(name, ".onnx.data")
		if !counts || entry.IsDir() {
			continue
		}
		found[name] = true
		part, err := hashFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q %x\n", name, part)
	}
	switch {
	case !found[filepath.Base(file)]:
		return "", fmt.Errorf("the file is not there: %w", os.ErrNotExist)
	case !found[tokenizerFile]:
		return "", fmt.Errorf("%s does not lie beside it: %w", tokenizerFile, os.ErrNotExist)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func hashFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// sentenceOutput is what models call the vector of the whole text; those that have none give one a word, whose mean is taken.
const sentenceOutput = "sentence_embedding"

func (e *Encoder) load() error {
	return guarded(func() (err error) {
		if e.session, err = hugot.NewGoSession(); err != nil {
			return err
		}
		c := hugot.FeatureExtractionConfig{ModelPath: filepath.Dir(e.file), OnnxFilename: filepath.Base(e.file), Name: "sentences",
			Options: []hugot.FeatureExtractionOption{pipelines.WithNormalization(), pipelines.WithOutputName(sentenceOutput)}}
		if e.pipeline, err = hugot.NewPipeline(e.session, c); err != nil {
			c.Options = c.Options[:1]
			e.pipeline, err = hugot.NewPipeline(e.session, c) // the model itself is not read again
		}
		return err
	})
}

// try reads two texts, so that a model that is none is found out at the start.
func (e *Encoder) try() error {
	for _, text := range []string{"where is my order", "我的订单到哪了"} {
		v, err := e.run(text)
		switch {
		case err != nil:
			return fmt.Errorf("it can't read %q: %w", text, err)
		case len(v) == 0 || e.dimension != 0 && len(v) != e.dimension:
			return fmt.Errorf("it gives %d numbers for %q, and %d for another text", len(v), text, e.dimension)
		}
		e.dimension = len(v)
	}
	return nil
}

// Dimensions implements intent.Sentences.
func (e *Encoder) Dimensions() int { return e.dimension }

// Hash implements intent.Sentences.
func (e *Encoder) Hash() string { return e.hash }

// Encode implements intent.Sentences. One text is read at a time, by as many processors as there are.
func (e *Encoder) Encode(text string, out []float32) {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.known[text]
	if !ok {
		var err error
		if v, err = e.run(text); err != nil || len(v) != len(out) {
			v = make([]float32, len(out))
		}
		e.remember(text, v)
	}
	copy(out, v)
}

func (e *Encoder) remember(text string, v []float32) {
	if len(e.order) == remembered {
		delete(e.known, e.order[0])
		e.order = e.order[1:]
	}
	e.order, e.known[text] = append(e.order, text), v
}

// run has the model read a text; its vector has length 1.
func (e *Encoder) run(text string) (v []float32, err error) {
	err = guarded(func() error {
		// The pipeline ends the program on a text that its tokenizer does not take, so that is asked before.
		if _, err := e.pipeline.Model.Tokenizer.GoTokenizer.Tokenizer.EncodeSingle(text, true); err != nil {
			return fmt.Errorf("tokenizer: %w", err)
		}
		result, err := e.pipeline.RunPipeline([]string{text})
		if err != nil {
			return err
		}
		if len(result.Embeddings) != 1 {
			return fmt.Errorf("%d vectors for one text", len(result.Embeddings))
		}
		v = append([]float32(nil), result.Embeddings[0]...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, x := range v {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return nil, errors.New("the vector holds what is no number")
		}
	}
	vector.Unit(v)
	return v, nil
}

// guarded turns panics into errors: those of the libraries are about the model or the text, which others wrote.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the model can't be used: %v", r)
		}
	}()
	return f()
}

// Close gives the model up.
func (e *Encoder) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.session == nil {
		return nil
	}
	s := e.session
	e.session = nil
	return guarded(s.Destroy)
}
