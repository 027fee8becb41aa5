package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/storage/sqlite"
)

// Login is somebody who can sign in.
type Login struct {
	Name, Password string
	Agent          assist.AgentID
}

// AddPeople makes n agents of the teams, or of none, who then see what is theirs alone, and one admin (the last),
// in the folder of a hub that doesn't run.
func AddPeople(ctx context.Context, data string, n int, teams ...assist.TeamID) (people []Login, err error) {
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: data})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	// A cheap hash: how long signing in takes is not what is measured.
	service, err := access.New(access.Options{Store: store, Log: slog.New(slog.DiscardHandler), Passwords: access.Params{MemoryKiB: 64, Passes: 1, Lanes: 1}})
	if err != nil {
		return nil, err
	}
	for i := range n + 1 {
		u := access.NewUser{Login: fmt.Sprintf("agent%d", i+1), Role: assist.RoleAgent, Teams: teams, Capacity: 50, Password: rand.Text()}
		if i == n {
			u.Login, u.Role = "admin", assist.RoleAdmin
		}
		a, err := service.AddUser(ctx, assist.BySystem(), u)
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", u.Login, err)
		}
		people = append(people, Login{Name: u.Login, Password: u.Password, Agent: a.ID})
	}
	return people, nil
}
