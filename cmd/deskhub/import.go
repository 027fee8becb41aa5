package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"deskhand/assist"
	"deskhand/storage/archive"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

type importCmd struct {
	deskFlags
	From string `arg:"" help:"A folder that export wrote." type:"path"`
}

// Run implements the sub-command. The hub must not run: what it remembers of its desk would be wrong.
func (i *importCmd) Run(ctx context.Context, c *console) error {
	if info, err := os.Stat(i.From); err != nil || !info.IsDir() {
		return badFile{fmt.Errorf("%s is no folder that can be read", i.From)}
	}
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: i.Data, Log: c.toolLog()})
	if errors.Is(err, &assist.Error{Code: assist.CodeLocked}) {
		return fmt.Errorf("a hub or another program works in %s; stop it, then import", i.Data)
	}
	if err != nil {
		return err
	}
	sum, err := i.read(ctx, store)
	if err = errors.Join(err, store.Close()); err != nil {
		return i.explain(err)
	}
	if i.JSON {
		return c.line(sum)
	}
	return c.say("Imported %s into %s. Passwords are never exported: give each agent a new one with `deskhub user passwd`.",
		counted(sum), i.Data)
}

func (i *importCmd) read(ctx context.Context, store *sqlite.Store) (archive.Summary, error) {
	// What the other desk took counts, not what this one would take.
	content, err := files.Open(files.Options{Dir: filepath.Join(i.Data, sqlite.FilesFolder), MaxSize: math.MaxInt64 / 2})
	if err != nil {
		return archive.Summary{}, err
	}
	return archive.Import(ctx, store, content, i.From)
}

// explain names the file and the line that could not be taken.
func (i *importCmd) explain(err error) error {
	var at *archive.LineError
	if !errors.As(err, &at) {
		return err
	}
	place := filepath.Join(i.From, at.File)
	if at.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, at.Line)
	}
	return badFile{fmt.Errorf("%s: %s; nothing was imported", place, sentence(at.Err))}
}

// counted is a summary in words.
func counted(s archive.Summary) string {
	return fmt.Sprintf("%d conversations, %d messages, %d events, %d customers, %d agents, %d attachments and %d commands",
		s.Conversations, s.Messages, s.Events, s.Customers, s.Agents, s.Attachments, s.Commands)
}
