package main

import "deskhand/cmd/internal/version"

type versionCmd struct {
	JSON bool `help:"Print one JSON object." name:"json"`
}

// Run implements the sub-command.
func (v *versionCmd) Run(c *console) error {
	if v.JSON {
		return c.line(version.Current())
	}
	return c.say("%s", version.Current())
}
