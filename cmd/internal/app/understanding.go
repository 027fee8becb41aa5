package app

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"deskhand/assets"
	"deskhand/assist/bot"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/pack"
)

// Models reads the phrases of packs: with the model that ships, or was trained before from the very same ones, else with
// one that is trained now and kept in the folder. Safe for concurrent use.
type Models struct {
	dir       string
	sentences intent.Sentences // of the company's own; nil: none
	log       *slog.Logger
	encoder   func() (*encoder.Encoder, error) // read once, when the first pack asks

	mu   sync.Mutex // guards read, and is held while a model is trained: two hubs of one process don't train the same
	read map[string]nlu.Classifier
}

// NewModels makes a Models that keeps what it trains in the folder; with "" for a folder it keeps nothing. With a sentence
// encoder of the company's own all models learn with it, and those that ship are of no use.
func NewModels(dir string, own intent.Sentences, log *slog.Logger) *Models {
	return &Models{dir: dir, sentences: own, log: log, read: map[string]nlu.Classifier{},
		encoder: sync.OnceValues(func() (*encoder.Encoder, error) { return encoder.Load(assets.Encoder) })}
}

// Train makes a model of a pack's phrases, whatever is kept or ships.
func (m *Models) Train(p *pack.Pack) (*intent.Model, error) {
	e, err := m.encoder()
	if err != nil {
		return nil, fmt.Errorf("shipped background: %w", err)
	}
	o := learning(p)
	o.Encoder, o.Sentences = e, m.sentences
	return intent.Train(p.Phrases, o)
}

// learning is how a pack's phrases are learned. Those of a pack are written to differ from each other, so that held-out
// ones look stranger than what customers write: rejecting a seventh of them rejects two to four in a hundred of real texts.
func learning(p *pack.Pack) intent.Options { return intent.Options{Names: titles(p), Reject: .15} }

// Reader gives what reads texts for a pack, the same for the same phrases.
func (m *Models) Reader(p *pack.Pack) (nlu.Classifier, error) {
	hash := intent.PhrasesHash(p.Phrases, learning(p))
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.read[hash]; c != nil {
		return c, nil
	}
	c, err := m.open(p, hash)
	if err == nil {
		m.read[hash] = c
	}
	return c, err
}

func (m *Models) open(p *pack.Pack, hash string) (nlu.Classifier, error) {
	e, err := m.encoder()
	if err != nil {
		return nil, fmt.Errorf("shipped background: %w", err)
	}
	if m.sentences == nil {
		if model := m.shipped(p.Name, hash, e); model != nil {
			return model, nil
		}
	}
	if m.dir == "" {
		return m.Train(p)
	}
	name := filepath.Join(m.dir, p.Name+"-"+hash[:16]+m.mark()+".bin")
	kept, err := os.ReadFile(name)
	if err == nil {
		if model, err := intent.Load(bytes.NewReader(kept), e, m.sentences); err == nil {
			return model, nil
		}
		m.log.Warn("a kept model is unusable and trained anew", "file", name)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("model: %w", err)
	}
	model, err := m.Train(p)
	if err != nil {
		return nil, err
	}
	return model, m.keep(name, model)
}

// mark tells models apart that learned with another sentence encoder.
func (m *Models) mark() string {
	if m.sentences == nil {
		return ""
	}
	return "-" + m.sentences.Hash()[:16]
}

// shipped is the model that the program carries for a pack, if it learned from the very same phrases with the encoder
// that it carries; else nil.
func (m *Models) shipped(name, hash string, e *encoder.Encoder) *intent.Model {
	data, err := assets.Models.ReadFile("nlu/models/" + name + ".bin")
	if err != nil {
		return nil
	}
	model, err := intent.Load(bytes.NewReader(data), e, nil)
	if err != nil || model.Phrases() != hash {
		m.log.Info("the shipped model is of other phrases", "pack", name, "err", err)
		return nil
	}
	return model
}

// keep writes a model whole or not at all.
func (m *Models) keep(name string, model *intent.Model) error {
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return fmt.Errorf("folder of the models: %w", err)
	}
	f, err := os.CreateTemp(m.dir, "new-*")
	if err != nil {
		return fmt.Errorf("new model: %w", err)
	}
	err = errors.Join(model.Save(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("new model %s: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}

// titles are what the intents are called, as more examples of them.
func titles(p *pack.Pack) map[string][]string {
	out := map[string][]string{}
	for name, i := range p.Intents {
		out[name] = []string{i.Title.EN, i.Title.ZH}
	}
	return out
}

// split cuts a message into its errands.
func split(text string, c nlu.Classifier, urgent func(intent string) bool) []bot.Part {
	var out []bot.Part
	for _, p := range intent.Split(text, c, urgent) {
		out = append(out, bot.Part{Text: p.Text, Reading: p.Reading})
	}
	return out
}
