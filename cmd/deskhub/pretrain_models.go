package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
	"deskhand/cmd/internal/app"
)

type shelveCmd struct {
	Out string `required:"" help:"Folder where a model a pack goes." placeholder:"DIR"`
}

// Run implements the sub-command: it trains the models of the shipped packs ahead, so that a hub need not.
func (s *shelveCmd) Run(c *console) error {
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		return err
	}
	folders, err := fs.ReadDir(packs, ".")
	if err != nil {
		return err
	}
	models := app.NewModels("", nil, slog.New(slog.DiscardHandler))
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		loaded, err := pack.Load(packs, backoffice.Actions(), f.Name())
		if err != nil {
			return err
		}
		m, err := models.Train(loaded[0])
		if err != nil {
			return fmt.Errorf("pack %s: %w", f.Name(), err)
		}
		var b bytes.Buffer
		if err := m.Save(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(s.Out, f.Name()+".bin"), b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("model of %s: %w", f.Name(), err)
		}
		r := m.Report()
		if err := c.say("%s: %d phrases, %d bytes, cross-validated accuracy %.3f, out-of-scope recall %.3f", f.Name(), r.Phrases, b.Len(), r.Accuracy, r.OOSRecall); err != nil {
			return err
		}
	}
	return nil
}
