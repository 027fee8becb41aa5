package app

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"deskhand/assist/bot"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/pack"
)

// models reads the phrases of packs: with the model that was trained before from the very same ones, else with one that
// is trained now and kept in the folder.
type models struct {
	dir string
	log *slog.Logger
}

func (m models) reader(p *pack.Pack) (nlu.Classifier, error) {
	o := intent.Options{Names: titles(p)}
	name := filepath.Join(m.dir, p.Name+"-"+intent.PhrasesHash(p.Phrases, o)[:16]+".bin")
	kept, err := os.ReadFile(name)
	if err == nil {
		if model, err := intent.Load(bytes.NewReader(kept), nil); err == nil {
			return model, nil
		}
		m.log.Warn("a kept model is unusable and trained anew", "file", name)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("model: %w", err)
	}
	model, err := intent.Train(p.Phrases, o)
	if err != nil {
		return nil, err
	}
	return model, m.keep(name, model)
}

// keep writes a model whole or not at all.
func (m models) keep(name string, model *intent.Model) error {
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
func split(text string, c nlu.Classifier) []bot.Part {
	return []bot.Part{{Text: text, Reading: c.Read(text)}}
}
