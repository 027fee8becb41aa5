package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"sync"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/client"
	"deskhand/cmd/internal/accounts"
	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/version"
	"deskhand/ui/shell"
)

// localPlace names the desk on this computer in what is kept; its address may differ from start to start.
const localPlace = "local"

// local is the hub inside this program. It is started once, by begin or by the first sign-in.
type local struct {
	program *program
	once    sync.Once
	done    chan struct{}
	hub     *app.App
	err     error
}

// begin starts the hub beside what the caller goes on to do.
func (l *local) begin(ctx context.Context, p *program) {
	if p.settings.Value("hub") != "" && !p.opts.Demo {
		l.program = p // another hub is used; this one starts if somebody asks for it
		return
	}
	l.program = p
	l.start(ctx)
}

func (l *local) start(ctx context.Context) {
	l.once.Do(func() {
		l.done = make(chan struct{})
		go func() {
			defer close(l.done)
			l.hub, l.err = l.program.startHub(ctx)
		}()
	})
}

// startHub starts a hub on this computer. If its usual port is taken it takes another.
func (p *program) startHub(ctx context.Context) (*app.App, error) {
	conf, err := config.Load(config.Source{File: p.opts.Config, Environ: os.Environ(),
		Flags: []config.Flag{{Name: "--data", Key: "hub.data", Value: filepath.Join(p.dir, "desk")}}})
	if err != nil {
		return nil, err
	}
	if p.opts.Demo {
		conf.Actions = withApprovals(conf.Actions)
	}
	o := app.Options{Config: conf, Demo: p.opts.Demo, Log: p.log.With("hub", "local"), Version: version.Number}
	hub, err := app.Start(ctx, o)
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "listen" { // each system has its own number for a taken port
		p.log.Warn("the desk can't listen where it should: another port is used", "component", "deskhand", "listen", conf.Hub.Listen, "err", err)
		o.Config.Hub.Listen = "127.0.0.1:0"
		hub, err = app.Start(ctx, o)
	}
	if err != nil {
		return nil, fmt.Errorf("start the desk on this computer: %w", err)
	}
	ready := hub.Ready()
	fmt.Fprintf(p.out, "Be a customer: %s\n", ready.CustomerPage)
	return hub, nil
}

// demoApproved is what waits for a second person in the demo above the bot's limit, so that its supervisor has something to
// decide on.
const demoApproved = "refunds.create"

func withApprovals(rules []config.ActionRule) []config.ActionRule {
	if slices.ContainsFunc(rules, func(r config.ActionRule) bool { return r.Name == demoApproved }) {
		return rules
	}
	return append(rules, config.ActionRule{Name: demoApproved, Approval: "over"})
}

// signIn waits for the hub and signs the person at this computer in.
func (l *local) signIn(ctx context.Context) (*shell.Session, error) {
	l.start(ctx)
	select {
	case <-l.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if l.err != nil {
		return nil, l.err
	}
	login, password, err := l.person(ctx)
	if err != nil {
		return nil, err
	}
	token, agent, _, err := client.SignIn(ctx, l.hub.URL(), login, password, device())
	if err != nil {
		return nil, fmt.Errorf("sign in to the desk on this computer: %w", err)
	}
	return l.program.session(ctx, localPlace, l.hub.URL(), agent.Login, token)
}

// person is who works at the desk on this computer: one of the demo's people, or the user of the system, who gets a
// login with a new password each time. Whoever can read the folder may do that.
func (l *local) person(ctx context.Context) (login, password string, err error) {
	wanted := l.program.opts.Login
	if people := l.hub.Ready().Agents; len(people) > 0 {
		i := slices.IndexFunc(people, func(a app.DemoAgent) bool { return a.Login == wanted })
		if i < 0 && wanted != "" {
			return "", "", fmt.Errorf("the demo has no login %q; it has %s", wanted, logins(people))
		}
		return people[max(i, 0)].Login, people[max(i, 0)].Password, nil
	}
	desk, err := accounts.Reach(filepath.Join(l.program.dir, "desk"))
	if err != nil {
		return "", "", err
	}
	login, name := systemUser()
	if wanted != "" {
		login = wanted
	}
	password = rand.Text()
	_, err = desk.Add(ctx, access.NewUser{Login: login, Name: name, Role: assist.RoleAdmin, Password: password, Teams: []assist.TeamID{"support"}})
	if assist.CodeOf(err) == assist.CodeExists {
		err = desk.SetPassword(ctx, login, password)
	}
	if err != nil {
		return "", "", fmt.Errorf("make the login %s: %w", login, err)
	}
	return login, password, nil
}

func logins(people []app.DemoAgent) []string {
	var out []string
	for _, a := range people {
		out = append(out, a.Login)
	}
	return out
}

// systemUser is the login and the name of the user of the system.
func systemUser() (login, name string) {
	u, err := user.Current()
	if err != nil {
		return "me", "Me"
	}
	login = filepath.Base(u.Username)
	if name = u.Name; name == "" {
		name = login
	}
	return login, name
}

// close stops the hub, if it was started.
func (l *local) close() error {
	if l.done == nil {
		return nil
	}
	<-l.done
	if l.hub == nil {
		return nil
	}
	return l.hub.Close()
}
