package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"time"

	"deskhand/assist"
	"deskhand/cmd/internal/accounts"
	"deskhand/storage/sqlite"
)

type actionCmd struct {
	List actionListCmd `cmd:"" help:"List the actions that are switched off."`
	Off  actionOffCmd  `cmd:"" help:"Switch an action off, at once: nothing of it is carried out any more."`
	On   actionOnCmd   `cmd:"" help:"Switch an action on again."`
}

type actionListCmd struct{ deskFlags }

// Run implements the sub-command.
func (a *actionListCmd) Run(ctx context.Context, c *console) error {
	return a.withSwitches(ctx, c, func(s accounts.Switches) error {
		off, err := s.ActionSwitches(ctx)
		if err != nil {
			return err
		}
		if !a.JSON && len(off) == 0 {
			return c.say("No action is switched off here; the config file may switch off others.")
		}
		for _, o := range off {
			if a.JSON {
				err = c.line(o)
			} else {
				err = c.say("%s  off since %s, by %s", o.Action, o.At.Local().Format(time.DateTime), o.By)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type actionOffCmd struct {
	deskFlags
	Action string `arg:"" help:"Such as transfers.create, transfers.* or * for all."`
}

// Run implements the sub-command.
func (a *actionOffCmd) Run(ctx context.Context, c *console) error {
	return a.turn(ctx, c, a.Action, true)
}

type actionOnCmd struct {
	deskFlags
	Action string `arg:"" help:"As it was switched off."`
}

// Run implements the sub-command.
func (a *actionOnCmd) Run(ctx context.Context, c *console) error {
	return a.turn(ctx, c, a.Action, false)
}

func (d deskFlags) turn(ctx context.Context, c *console, action string, off bool) error {
	by := "the command line"
	if u, err := user.Current(); err == nil {
		by = u.Username
	}
	return d.withSwitches(ctx, c, func(s accounts.Switches) error {
		if err := s.SwitchAction(ctx, action, by, off); err != nil {
			return err
		}
		if d.JSON {
			return c.line(map[string]any{"action": action, "off": off})
		}
		if off {
			return c.say("%s is switched off.", action)
		}
		return c.say("%s is switched on.", action)
	})
}

// withSwitches runs f on the switches of the desk: through the hub that works there, or on the database itself.
func (d deskFlags) withSwitches(ctx context.Context, c *console, f func(accounts.Switches) error) error {
	if err := d.look(mustExist); err != nil {
		return err
	}
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: d.Data, Log: c.toolLog()})
	if errors.Is(err, &assist.Error{Code: assist.CodeLocked}) {
		remote, err := accounts.ReachSwitches(d.Data)
		if err != nil {
			return fmt.Errorf("another program works in %s and takes no commands; wait until it has ended or stop it, then try again (%w)", d.Data, err)
		}
		return f(remote)
	}
	if err != nil {
		return err
	}
	return errors.Join(f(store), store.Close())
}
