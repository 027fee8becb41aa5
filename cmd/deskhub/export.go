package main

import (
	"context"
	"errors"
	"path/filepath"

	"deskhand/storage/archive"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

type exportCmd struct {
	deskFlags
	Out string `help:"The folder to write, empty or not there yet." required:"" type:"path" placeholder:"DIR"`
}

// Run implements the sub-command. It reads the database, as it is at one moment, beside a running hub.
func (e *exportCmd) Run(ctx context.Context, c *console) error {
	if err := e.look(mustExist); err != nil {
		return err
	}
	store, err := sqlite.OpenReadOnly(ctx, sqlite.Options{Dir: e.Data, Log: c.toolLog()})
	if err != nil {
		return err
	}
	sum, err := archive.Export(ctx, store, files.OpenReadOnly(filepath.Join(e.Data, sqlite.FilesFolder)), e.Out)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	if e.JSON {
		return c.line(sum)
	}
	return c.say("%s holds %s. FIELDS.md in it explains every field.", e.Out, counted(sum))
}
