package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/accounts"
	"deskhand/storage/sqlite"
)

// presence says whether a desk must be in the folder already.
type presence int

const (
	mustExist presence = iota
	mayBeNew           // an empty or missing folder becomes a desk
)

// toolLog is where the parts that a tool uses log: warnings and worse, to the person.
func (c *console) toolLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelError}))
}

// withAccounts runs f on the accounts of the desk: through the hub that works there, or on the database
// itself if none does.
func (d deskFlags) withAccounts(ctx context.Context, c *console, p presence, f func(accounts.Accounts) error) error {
	if err := d.look(p); err != nil {
		return err
	}
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: d.Data, Log: c.toolLog()})
	if errors.Is(err, &assist.Error{Code: assist.CodeLocked}) {
		remote, err := accounts.Reach(d.Data)
		if err != nil {
			return fmt.Errorf("another program works in %s and takes no commands, perhaps an import or a restore; "+
				"wait until it has ended or stop it, then try again (%w)", d.Data, err)
		}
		return f(remote)
	}
	if err != nil {
		return err
	}
	service, err := access.New(access.Options{Store: store, Log: c.toolLog()})
	if err == nil {
		err = f(accounts.Local(service))
	}
	return errors.Join(err, store.Close())
}

// look refuses a folder without a desk, so that a mistyped name does not make an empty one.
func (d deskFlags) look(p presence) error {
	if p == mayBeNew {
		return nil
	}
	_, err := os.Stat(filepath.Join(d.Data, sqlite.DatabaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no desk in %s; give its folder with --data, or make one with `deskhub user add` or `deskhub serve`", d.Data)
	}
	return err
}
