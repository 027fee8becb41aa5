// Package accounts lets the tools of the command line work on the people of a desk, whether or not a hub
// works in the desk's folder at that moment. A hub alone writes its database; while one runs, it opens a
// door (Serve) on the loopback interface, whose address and key lie in the folder, readable by its owner
// only, and the tools hand their work to it (Reach). Otherwise they open the database themselves (Local).
//
// Who may read the folder may do everything here: the door asks for the key in it and nothing else.
// Serve starts one goroutine, and one a connection; Close of its Door stops and awaits them.
package accounts

import (
	"context"

	"deskhand/assist"
	"deskhand/assist/access"
)

// Accounts is the work on people with a login. Errors are those of access.Service; logins are taken in any
// letter case.
type Accounts interface {
	Add(ctx context.Context, u access.NewUser) (assist.Agent, error)
	List(ctx context.Context) ([]assist.Agent, error)
	Update(ctx context.Context, login string, c Change) (assist.Agent, error)
	SetPassword(ctx context.Context, login, password string) error
	Disable(ctx context.Context, login string) (assist.Agent, error)
	Enable(ctx context.Context, login string) (assist.Agent, error)
}

// Change is what Update changes; nil stays as it is.
type Change struct {
	Name      *string          `json:"name,omitzero"`
	Role      *assist.Role     `json:"role,omitzero"`
	Teams     *[]assist.TeamID `json:"teams,omitzero"`
	Languages *[]string        `json:"languages,omitzero"`
	Capacity  *int             `json:"capacity,omitzero"`
}

// Local is Accounts over a Service of this process. What it does is done by the system: who sits at the
// machine has no login.
func Local(s *access.Service) Accounts { return local{s} }

type local struct{ s *access.Service }

func (l local) Add(ctx context.Context, u access.NewUser) (assist.Agent, error) {
	return l.s.AddUser(ctx, assist.BySystem(), u)
}

func (l local) List(ctx context.Context) ([]assist.Agent, error) { return l.s.Users(ctx) }

func (l local) Update(ctx context.Context, login string, c Change) (assist.Agent, error) {
	a, err := l.s.UserByLogin(ctx, login)
	if err != nil {
		return a, err
	}
	set(&a.Name, c.Name)
	set(&a.Role, c.Role)
	setList(&a.Teams, c.Teams)
	setList(&a.Languages, c.Languages)
	set(&a.Capacity, c.Capacity)
	return l.s.UpdateUser(ctx, assist.BySystem(), a)
}

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// setList makes an empty list nil, as it is when it was never set: one thing has one form.
func setList[T any](field *[]T, value *[]T) {
	if set(field, value); len(*field) == 0 {
		*field = nil
	}
}

func (l local) SetPassword(ctx context.Context, login, password string) error {
	a, err := l.s.UserByLogin(ctx, login)
	if err != nil {
		return err
	}
	return l.s.SetPassword(ctx, assist.BySystem(), a.ID, password)
}

func (l local) Disable(ctx context.Context, login string) (assist.Agent, error) {
	a, err := l.s.UserByLogin(ctx, login)
	if err != nil {
		return a, err
	}
	return l.s.Disable(ctx, assist.BySystem(), a.ID)
}

func (l local) Enable(ctx context.Context, login string) (assist.Agent, error) {
	a, err := l.s.UserByLogin(ctx, login)
	if err != nil {
		return a, err
	}
	return l.s.Enable(ctx, assist.BySystem(), a.ID)
}
