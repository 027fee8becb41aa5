package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"time"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/eval"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/pack"
	"deskhand/cmd/internal/app"
)

type evalIntentsCmd struct {
	File     string `arg:"" help:"Texts to read: tab-separated, the first line names the columns text, intent and, where there are any, lang and pack."`
	Train    string `help:"Learn from this file alone, of the same form, instead of the packs; any intents." placeholder:"FILE"`
	Pretrain string `help:"With --train: make the background anew of all *.tsv in this folder." placeholder:"DIR" xor:"background"`
	Except   string `help:"With --pretrain: but for files whose names begin so." placeholder:"NAME"`
	Shipped  bool   `help:"With --train: use the background that the program carries, as a company's own pack does." xor:"background"`
	Wrong    bool   `help:"Print a line for each text that was read wrongly."`
	JSON     bool   `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (e *evalIntentsCmd) Run(c *console) error {
	if (e.Pretrain != "" || e.Shipped) && e.Train == "" || e.Except != "" && e.Pretrain == "" {
		return errors.New("--pretrain and --shipped go with --train, and --except with --pretrain")
	}
	lines, err := readLines(e.File)
	if err != nil {
		return err
	}
	began := time.Now()
	pick, err := e.classifiers(c, lines)
	if err != nil {
		return err
	}
	took := time.Since(began)
	r := eval.Measure(lines, pick, time.Now)
	r.TrainS = took.Seconds()
	if e.Wrong {
		if err := printWrong(c, lines, pick); err != nil {
			return err
		}
	}
	return c.line(r)
}

// misread is a line of --wrong.
type misread struct {
	Text       string  `json:"text"`
	Intent     string  `json:"intent"`
	Read       string  `json:"read"`
	Confidence float64 `json:"confidence"`
	OutOfScope bool    `json:"out_of_scope"`
}

func printWrong(c *console, lines []eval.Line, pick func(pack string) nlu.Classifier) error {
	for _, l := range lines {
		r := pick(l.Pack).Read(l.Text)
		outside := nlu.IsOutOfScope(l.Intent)
		if outside == r.OutOfScope && (outside || r.Best().Intent == l.Intent) {
			continue
		}
		if err := c.line(misread{l.Text, l.Intent, r.Best().Intent, r.Best().Confidence, r.OutOfScope}); err != nil {
			return err
		}
	}
	return nil
}

// classifiers makes what reads the lines of each pack.
func (e *evalIntentsCmd) classifiers(c *console, lines []eval.Line) (func(pack string) nlu.Classifier, error) {
	if e.Train == "" {
		return packClassifiers(c, lines)
	}
	train, err := readLines(e.Train)
	if err != nil {
		return nil, err
	}
	var background *encoder.Encoder
	if e.Pretrain != "" {
		if background, err = pretrain(e.Pretrain, e.Except, false); err != nil {
			return nil, err
		}
	}
	if e.Shipped {
		if background, err = encoder.Load(assets.Encoder); err != nil {
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

// packClassifiers gives each pack that the lines name the model that the hub would read with. A line without a
// pack is read by one that knows all packs.
func packClassifiers(c *console, lines []eval.Line) (func(pack string) nlu.Classifier, error) {
	models := app.NewModels("", nil, slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn})))
	readers := map[string]nlu.Classifier{}
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if readers[l.Pack] != nil {
			continue
		}
		if readers[l.Pack], err = packClassifier(models, packs, l.Pack); err != nil {
			return nil, fmt.Errorf("pack %q: %w", l.Pack, err)
		}
	}
	return func(pack string) nlu.Classifier { return readers[pack] }, nil
}

func packClassifier(models *app.Models, packs fs.FS, name string) (nlu.Classifier, error) {
	if name == "" {
		phrases, err := packPhrases("")
		if err != nil {
			return nil, err
		}
		return models.Train(&pack.Pack{Phrases: phrases})
	}
	loaded, err := pack.Load(packs, backoffice.Actions(), name)
	if err != nil {
		return nil, err
	}
	return models.Reader(loaded[0])
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
