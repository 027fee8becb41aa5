package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"

	"deskhand/assets"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/eval"
	"deskhand/assist/nlu/intent"
)

type evalIntentsCmd struct {
	File     string `arg:"" help:"Texts to read: tab-separated, the first line names the columns text, intent and, where there are any, lang and pack."`
	Train    string `help:"Learn from this file alone, of the same form, instead of the packs; any intents." placeholder:"FILE"`
	Pretrain string `help:"With --train: make the background anew of all *.tsv in this folder." placeholder:"DIR"`
	Except   string `help:"With --pretrain: but for files whose names begin so." placeholder:"NAME"`
	JSON     bool   `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (e *evalIntentsCmd) Run(c *console) error {
	if e.Pretrain != "" && e.Train == "" || e.Except != "" && e.Pretrain == "" {
		return errors.New("--pretrain goes with --train, and --except with --pretrain")
	}
	lines, err := readLines(e.File)
	if err != nil {
		return err
	}
	began := time.Now()
	pick, err := e.classifiers(lines)
	if err != nil {
		return err
	}
	took := time.Since(began)
	r := eval.Measure(lines, pick, time.Now)
	r.TrainS = took.Seconds()
	return c.line(r)
}

// classifiers makes what reads the lines of each pack.
func (e *evalIntentsCmd) classifiers(lines []eval.Line) (func(pack string) nlu.Classifier, error) {
	if e.Train == "" {
		return packClassifiers(lines)
	}
	train, err := readLines(e.Train)
	if err != nil {
		return nil, err
	}
	var background *encoder.Encoder
	if e.Pretrain != "" {
		if background, err = pretrain(e.Pretrain, e.Except); err != nil {
			return nil, err
		}
	}
	m, err := intent.Train(eval.Phrases(train), intent.Options{Encoder: background})
	if err != nil {
		return nil, &eval.FileError{File: e.Train, Line: 2, Reason: err.Error()}
	}
	return func(string) nlu.Classifier { return m }, nil
}

// readLines opens and reads a file; what is wrong with it is an *eval.FileError.
func readLines(name string) ([]eval.Line, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &eval.FileError{File: name, Line: 1, Reason: err.Error()}
	}
	defer f.Close()
	return eval.Lines(f, name)
}

// packClassifiers trains a model for each pack that the lines name. A line without a pack is read by one that
// knows all packs.
func packClassifiers(lines []eval.Line) (func(pack string) nlu.Classifier, error) {
	models := map[string]nlu.Classifier{}
	for _, l := range lines {
		if models[l.Pack] != nil {
			continue
		}
		phrases, err := packPhrases(l.Pack)
		if err != nil {
			return nil, err
		}
		m, err := intent.Train(phrases, intent.Options{})
		if err != nil {
			return nil, fmt.Errorf("pack %q: %w", l.Pack, err)
		}
		models[l.Pack] = m
	}
	return func(pack string) nlu.Classifier { return models[pack] }, nil
}

// packPhrases reads the phrases of a shipped pack and of the common one; of all packs for "".
func packPhrases(pack string) (all []nlu.Phrase, err error) {
	packs := []string{"common", pack}
	if pack == "" {
		packs = packs[:0]
		folders, err := fs.ReadDir(assets.Packs, "packs")
		if err != nil {
			return nil, err
		}
		for _, f := range folders {
			if f.IsDir() {
				packs = append(packs, f.Name())
			}
		}
	}
	for _, p := range packs {
		for _, language := range []string{"en", "zh"} {
			name := path.Join("packs", p, "phrases."+language+".tsv")
			f, err := assets.Packs.Open(name)
			if err != nil {
				return nil, fmt.Errorf("phrases of pack %q: %w", p, err)
			}
			lines, err := eval.Lines(f, name)
			if err = errors.Join(err, f.Close()); err != nil {
				return nil, err
			}
			for _, l := range lines {
				l.Language = language
				all = append(all, l.Phrase)
			}
		}
	}
	return all, nil
}
