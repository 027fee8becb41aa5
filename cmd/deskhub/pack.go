package main

import (
	"fmt"
	"os"
	"path/filepath"

	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// packCmd is about what the bot knows of an industry.
type packCmd struct {
	Check packCheckCmd `cmd:"" help:"Read the pack in a folder and tell what is wrong with it, by file and line."`
}

type packCheckCmd struct {
	Dirs []string `arg:"" name:"dir" help:"Folders of packs, each beside the folder \"common\"."`
}

// Run checks the packs. What is only poor is told and is no error.
func (cmd *packCheckCmd) Run(c *console) error {
	for _, dir := range cmd.Dirs {
		dir = filepath.Clean(dir)
		packs, err := pack.Load(os.DirFS(filepath.Dir(dir)), backoffice.Actions(), filepath.Base(dir))
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
