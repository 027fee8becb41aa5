package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"deskhand/assets"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/eval"
)

type pretrainCmd struct {
	Dir    string `arg:"" help:"Folder of labelled texts, *.tsv, with the columns text and intent."`
	Except string `help:"Leave out files whose names begin so." placeholder:"NAME"`
	Plain  bool   `help:"Learn words from the recorded conversations and the packs that the program carries, too."`
	Out    string `required:"" help:"Where the background goes." placeholder:"FILE"`
}

// Run implements the sub-command.
func (p *pretrainCmd) Run(c *console) error {
	e, err := pretrain(p.Dir, p.Except, p.Plain)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := e.Save(&b); err != nil {
		return err
	}
	if err := os.WriteFile(p.Out, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the background: %w", err)
	}
	return c.line(struct {
		Hash  string `json:"hash"`
		Bytes int    `json:"bytes"`
	}{e.Hash(), b.Len()})
}

// contentless are labels of MultiDoGO under which texts of no common meaning stand.
func contentless(intent string) bool {
	return intent == "contentonly" || intent == "outofdomain" || nlu.IsOutOfScope(intent)
}

// pretrain makes a background of the labelled texts in a folder and the shipped dictionary.
func pretrain(dir, except string, plain bool) (*encoder.Encoder, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	sets := map[string]*encoder.Set{}
	seen := map[string]bool{}
	var order []string
	for _, name := range names {
		base := filepath.Base(name)
		if except != "" && strings.HasPrefix(base, except) {
			continue
		}
		lines, err := readLines(name)
		if err != nil {
			return nil, err
		}
		of, _, _ := strings.Cut(base, ".") // banking77.train.tsv and banking77.val.tsv are one set
		if sets[of] == nil {
			sets[of] = &encoder.Set{Name: of}
			order = append(order, of)
		}
		for _, l := range lines {
			if key := of + "\t" + l.Intent + "\t" + l.Text; !seen[key] && !contentless(l.Intent) {
				seen[key] = true
				sets[of].Phrases = append(sets[of].Phrases, l.Phrase)
			}
		}
	}
	if len(order) == 0 {
		return nil, &eval.FileError{File: dir, Line: 1, Reason: "no *.tsv to learn from"}
	}
	list := make([]encoder.Set, len(order))
	for i, of := range order {
		list[i] = *sets[of]
	}
	if plain {
		texts, err := plainTexts()
		if err != nil {
			return nil, err
		}
		list = append(list, encoder.Set{Name: "plain", Phrases: texts})
	}
	dictionary, err := glosses()
	if err != nil {
		return nil, err
	}
	return encoder.Train(list, dictionary, encoder.Options{})
}

// plainTexts are texts without a label that the program carries: they teach which words, and in Chinese which
// characters, stand together. What the packs' phrases mean stays untold, so that cross-validation of the packs
// is not fooled.
func plainTexts() (out []nlu.Phrase, err error) {
	phrases, err := packPhrases("")
	if err != nil {
		return nil, err
	}
	for _, p := range phrases {
		out = append(out, nlu.Phrase{Text: p.Text})
	}
	recorded, err := assets.Demo.ReadFile("demo/customers/crosswoz.tsv")
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(string(recorded), "\n")[1:] {
		if fields := strings.Split(line, "\t"); len(fields) == 4 {
			out = append(out, nlu.Phrase{Text: fields[3]})
		}
	}
	return out, nil
}

// glosses reads the dictionary that the program carries.
func glosses() (out []encoder.Gloss, err error) {
	z, err := gzip.NewReader(bytes.NewReader(assets.Glosses))
	if err != nil {
		return nil, fmt.Errorf("shipped dictionary: %w", err)
	}
	s := bufio.NewScanner(z)
	for s.Scan() {
		words, meaning, _ := strings.Cut(s.Text(), "\t")
		out = append(out, encoder.Gloss{Words: strings.Split(words, ","), Text: meaning})
	}
	return out, errors.Join(s.Err(), z.Close())
}
