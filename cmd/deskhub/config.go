package main

import "deskhand/cmd/internal/config"

type configCmd struct {
	Check string `help:"Check this file, together with the environment, instead of printing the defaults." placeholder:"FILE"`
}

// Run implements the sub-command. What it prints without --check is the documentation of the settings.
func (f *configCmd) Run(c *console) error {
	if f.Check == "" {
		return config.WriteDefault(c.out)
	}
	if _, err := config.Load(config.Source{File: f.Check, Environ: c.environ}); err != nil {
		return err
	}
	return c.say("%s is good.", f.Check)
}
