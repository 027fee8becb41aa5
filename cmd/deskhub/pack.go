package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// packCmd is about what the bot knows of an industry.
type packCmd struct {
	Check packCheckCmd `cmd:"" help:"Read the pack in a folder and tell what is wrong with it, by file and line."`
}

type packCheckCmd struct {
	Dirs []string `arg:"" name:"dir" help:"Folders of packs. The pack \"common\" is the one beside it, else the shipped one."`
}

// Run checks the packs. What is only poor is told and is no error.
func (cmd *packCheckCmd) Run(c *console) error {
	shipped, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		return fmt.Errorf("packs: %w", err)
	}
	for _, dir := range cmd.Dirs {
		dir = filepath.Clean(dir)
		packs, err := pack.Load(pack.Over(os.DirFS(filepath.Dir(dir)), shipped), backoffice.Actions(), filepath.Base(dir))
		if err != nil {
			return fmt.Errorf("the pack in %s can't be used:\n%w", dir, err)
		}
		for _, p := range packs {
			for _, w := range p.Warnings {
				if err := c.say("warning: %s", w); err != nil {
					return err
				}
			}
			if err := c.say("%s: %d intents, %d slots, %d phrases, %d articles", p.Name, len(p.Intents), len(p.Slots), len(p.Phrases), len(p.Articles)); err != nil {
				return err
			}
		}
	}
	return nil
}
