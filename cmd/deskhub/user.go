package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/accounts"
)

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Make an account."`
	List    userListCmd    `cmd:"" help:"List the accounts."`
	Update  userUpdateCmd  `cmd:"" help:"Change name, role, teams, languages or capacity."`
	Passwd  userPasswdCmd  `cmd:"" help:"Set a new password and sign every device out."`
	Disable userDisableCmd `cmd:"" help:"Close an account and sign every device out; its history stays."`
	Enable  userEnableCmd  `cmd:"" help:"Open a disabled account again."`
}

// deskFlags are those of every sub-command that works on a desk's folder.
type deskFlags struct {
	Data string `help:"The desk's folder." default:"data" env:"DESKHAND_HUB_DATA" type:"path" placeholder:"DIR"`
	JSON bool   `help:"Print JSON lines only." name:"json"`
}

type userAddCmd struct {
	deskFlags
	passwordFlags
	Login    string   `help:"What the person signs in with: letters, digits and . _ - @." required:""`
	Name     string   `help:"As colleagues and customers read it; default: the login."`
	Role     string   `help:"agent, supervisor, trainer or admin." required:"" enum:"agent,supervisor,trainer,admin"`
	Team     []string `help:"Short name of a team; may be given several times."`
	Language []string `help:"en or zh; may be given several times. None: any."`
	Capacity int      `help:"Conversations at once; default 6."`
}

// Run implements the sub-command.
func (u *userAddCmd) Run(ctx context.Context, c *console) error {
	password, err := u.ask(c, u.Login)
	if err != nil {
		return err
	}
	return u.withAccounts(ctx, c, mayBeNew, func(a accounts.Accounts) error {
		agent, err := a.Add(ctx, access.NewUser{Login: u.Login, Name: u.Name, Role: assist.Role(u.Role),
			Teams: ids(u.Team), Languages: u.Language, Capacity: u.Capacity, Password: password})
		if err != nil {
			return err
		}
		return u.told(c, agent, "added")
	})
}

type userListCmd struct{ deskFlags }

// Run implements the sub-command.
func (u *userListCmd) Run(ctx context.Context, c *console) error {
	return u.withAccounts(ctx, c, mustExist, func(a accounts.Accounts) error {
		all, err := a.List(ctx)
		if err != nil {
			return err
		}
		if !u.JSON {
			return printTable(c, all)
		}
		for _, agent := range all {
			if err := c.line(agent); err != nil {
				return err
			}
		}
		return nil
	})
}

func printTable(c *console, all []assist.Agent) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tLOGIN\tNAME\tROLE\tTEAMS\tLANGUAGES\tCAPACITY\tSTATE")
	for _, a := range all {
		teams := make([]string, len(a.Teams))
		for i, t := range a.Teams {
			teams[i] = string(t)
		}
		state := "enabled"
		if a.Disabled {
			state = "disabled"
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", a.ID, a.Login, a.Name, a.Role,
			strings.Join(teams, ","), strings.Join(a.Languages, ","), a.Capacity, state)
	}
	return w.Flush()
}

type userUpdateCmd struct {
	deskFlags
	Login    string    `help:"Whose account." required:""`
	Name     *string   `help:"As colleagues and customers read it."`
	Role     *string   `help:"agent, supervisor, trainer or admin."`
	Team     *[]string `help:"Short name of a team; may be given several times, in place of those before. \"\": none."`
	Language *[]string `help:"en or zh; may be given several times, in place of those before. \"\": any."`
	Capacity *int      `help:"Conversations at once."`
}

// Run implements the sub-command.
func (u *userUpdateCmd) Run(ctx context.Context, c *console) error {
	change := accounts.Change{Name: u.Name, Capacity: u.Capacity}
	if u.Role != nil {
		role := assist.Role(*u.Role)
		change.Role = &role
	}
	if u.Team != nil {
		teams := ids(*u.Team)
		change.Teams = &teams
	}
	if u.Language != nil {
		languages := without(*u.Language)
		change.Languages = &languages
	}
	if change == (accounts.Change{}) {
		return fmt.Errorf("nothing to change: give --name, --role, --team, --language or --capacity")
	}
	return u.withAccounts(ctx, c, mustExist, func(a accounts.Accounts) error {
		agent, err := a.Update(ctx, u.Login, change)
		if err != nil {
			return err
		}
		return u.told(c, agent, "updated")
	})
}

type userPasswdCmd struct {
	deskFlags
	passwordFlags
	Login string `help:"Whose password." required:""`
}

// Run implements the sub-command.
func (u *userPasswdCmd) Run(ctx context.Context, c *console) error {
	password, err := u.ask(c, u.Login)
	if err != nil {
		return err
	}
	return u.withAccounts(ctx, c, mustExist, func(a accounts.Accounts) error {
		if err := a.SetPassword(ctx, u.Login, password); err != nil {
			return err
		}
		if u.JSON {
			return c.line(map[string]string{"login": u.Login, "change": "password"})
		}
		return c.say("The password of %s is set; every device is signed out.", u.Login)
	})
}

type userDisableCmd struct {
	deskFlags
	Login string `help:"Whose account." required:""`
}

// Run implements the sub-command.
func (u *userDisableCmd) Run(ctx context.Context, c *console) error {
	return u.withAccounts(ctx, c, mustExist, func(a accounts.Accounts) error {
		agent, err := a.Disable(ctx, u.Login)
		if err != nil {
			return err
		}
		return u.told(c, agent, "disabled")
	})
}

type userEnableCmd struct {
	deskFlags
	Login string `help:"Whose account." required:""`
}

// Run implements the sub-command.
func (u *userEnableCmd) Run(ctx context.Context, c *console) error {
	return u.withAccounts(ctx, c, mustExist, func(a accounts.Accounts) error {
		agent, err := a.Enable(ctx, u.Login)
		if err != nil {
			return err
		}
		return u.told(c, agent, "enabled")
	})
}

// told says what became of an account.
func (d deskFlags) told(c *console, a assist.Agent, what string) error {
	if d.JSON {
		return c.line(a)
	}
	return c.say("%s (%s, number %d) is %s.", a.Login, a.Role, a.ID, what)
}

func ids(names []string) []assist.TeamID {
	var out []assist.TeamID
	for _, n := range without(names) {
		out = append(out, assist.TeamID(n))
	}
	return out
}

// without drops the empty names, by which a person says "none".
func without(names []string) []string {
	var out []string
	for _, n := range names {
		if n != "" {
			out = append(out, n)
		}
	}
	return out
}
