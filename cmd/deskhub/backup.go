package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

type backupCmd struct {
	deskFlags
	Out string `help:"The file to write; one of that name is replaced once the new one is whole." required:"" type:"path" placeholder:"FILE"`
}

// written is what backup and restore print with --json.
type written struct {
	File  string `json:"file,omitzero"`
	Data  string `json:"data"`
	Bytes int64  `json:"bytes,omitzero"`
}

// Run implements the sub-command. It reads the database beside a running hub, which does not notice.
func (b *backupCmd) Run(ctx context.Context, c *console) error {
	if err := b.look(mustExist); err != nil {
		return err
	}
	store, err := sqlite.OpenReadOnly(ctx, sqlite.Options{Dir: b.Data, Log: c.toolLog()})
	if err != nil {
		return err
	}
	err = store.Backup(ctx, b.Out)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	info, err := os.Stat(b.Out)
	if err != nil {
		return err
	}
	if b.JSON {
		return c.line(written{File: b.Out, Data: b.Data, Bytes: info.Size()})
	}
	return c.say("%s holds everything of %s: %d bytes, read back and compared.", b.Out, b.Data, info.Size())
}

type restoreCmd struct {
	deskFlags
	File  string `arg:"" help:"A file that backup wrote." type:"path"`
	Force bool   `help:"If the folder holds a desk, put that aside, into a folder before-restore-…"`
}

// Run implements the sub-command.
func (r *restoreCmd) Run(ctx context.Context, c *console) error {
	if _, err := os.Stat(r.File); err != nil {
		return badFile{fmt.Errorf("%s cannot be read: %w", r.File, cause(err))}
	}
	err := sqlite.Restore(ctx, sqlite.RestoreOptions{Dir: r.Data, File: r.File, Force: r.Force})
	switch assist.CodeOf(err) {
	case 0:
	case assist.CodeBadValue, assist.CodeBadVersion, assist.CodeTooLong:
		return badFile{fmt.Errorf("%s: %s; nothing was changed", r.File, sentence(err))}
	default:
		return err
	}
	if r.JSON {
		return c.line(written{File: r.File, Data: r.Data})
	}
	return c.say("%s is restored into %s. Clients fetch everything anew when they connect.", r.File, r.Data)
}

// badFile is an error about a file that could not be read: exit status 2.
type badFile struct{ error }

// Unreadable implements unreadable.
func (badFile) Unreadable() bool { return true }

// Unwrap gives the cause.
func (b badFile) Unwrap() error { return b.error }

// cause is an error of the file system without the name, which the sentence has already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
