package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
)

// Limits of accounts.
const (
	maxLogin    = 64
	maxName     = 80
	maxCapacity = 50 // conversations at once; nobody serves more
)

// NewUser is an account to be made.
type NewUser struct {
	Login     string // letters, digits and . _ - @; stored in lower case
	Name      string // as colleagues and customers read it; default: the login
	Role      assist.Role
	Teams     []assist.TeamID
	Languages []string // "en", "zh"; empty: any
	Capacity  int      // default assist.DefaultCapacity
	Password  string
}

// AddUser makes an account. It fails with CodeBadValue or CodeTooLong naming what is wrong, and with
// CodeExists if the login is taken. If setting the password fails after the account was stored, the account
// stays without one: nobody can sign in with it until SetPassword succeeds.
func (s *Service) AddUser(ctx context.Context, by assist.Actor, u NewUser) (assist.Agent, error) {
	a := assist.Agent{
		Login: normalLogin(u.Login), Name: strings.TrimSpace(u.Name), Role: u.Role, Teams: u.Teams,
		Languages: u.Languages, Capacity: u.Capacity, CreatedAt: s.clock(),
	}
	orElse(&a.Name, a.Login)
	orElse(&a.Capacity, assist.DefaultCapacity)
	if err := checkAgent(a); err != nil {
		return assist.Agent{}, err
	}
	if err := CheckPassword(a.Login, u.Password); err != nil {
		return assist.Agent{}, err
	}
	hash, err := s.hasher.hash(ctx, u.Password)
	if err != nil {
		return assist.Agent{}, fmt.Errorf("add user %s: %w", a.Login, err)
	}
	if a, err = s.store.SaveAgent(ctx, by, a); err != nil {
		return assist.Agent{}, fmt.Errorf("add user %s: %w", u.Login, err)
	}
	if err := s.store.SetPasswordHash(ctx, by, a.ID, hash); err != nil {
		return a, fmt.Errorf("add user %s: the account is there, but its password is not set: %w", a.Login, err)
	}
	return a, nil
}

// UpdateUser changes name, role, teams, languages and capacity of the account with a.ID; its login stays. A
// live socket meets the new rights at its next command. It refuses to take the role from the last admin.
func (s *Service) UpdateUser(ctx context.Context, by assist.Actor, a assist.Agent) (assist.Agent, error) {
	old, err := s.store.Agent(ctx, a.ID)
	if err != nil {
		return assist.Agent{}, fmt.Errorf("update agent %d: %w", a.ID, err)
	}
	a.Login, a.CreatedAt, a.Disabled, a.Name = old.Login, old.CreatedAt, old.Disabled, strings.TrimSpace(a.Name)
	if err := checkAgent(a); err != nil {
		return assist.Agent{}, err
	}
	if a.Role != assist.RoleAdmin {
		if err := s.keepAnAdmin(ctx, old); err != nil {
			return assist.Agent{}, err
		}
	}
	if a, err = s.store.SaveAgent(ctx, by, a); err != nil {
		return assist.Agent{}, fmt.Errorf("update agent %d: %w", old.ID, err)
	}
	return a, nil
}

// SetPassword gives the agent a new password and signs every device out.
func (s *Service) SetPassword(ctx context.Context, by assist.Actor, id assist.AgentID, password string) error {
	a, err := s.store.Agent(ctx, id)
	if err != nil {
		return fmt.Errorf("set password of agent %d: %w", id, err)
	}
	if err := CheckPassword(a.Login, password); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return fmt.Errorf("set password of agent %d: %w", id, err)
	}
	if err := s.store.SetPasswordHash(ctx, by, id, hash); err != nil {
		return fmt.Errorf("set password of agent %d: %w", id, err)
	}
	return s.revokeAll(ctx, id)
}

// ChangePassword is SetPassword by the agent, who must know the current one. Guesses are throttled like
// sign-ins.
func (s *Service) ChangePassword(ctx context.Context, c Credentials, password string) error {
	c.Login = normalLogin(c.Login)
	if wait, _ := s.throttle.begin(c.Login, c.Remote); wait > 0 {
		return &assist.Error{Code: assist.CodeLocked, Detail: "too many failed tries", RetryAfter: wait}
	}
	a, _, err := s.prove(ctx, c)
	if err != nil {
		return err
	}
	s.throttle.succeed(c.Login, c.Remote)
	return s.SetPassword(ctx, assist.ByAgent(a), a.ID, password)
}

// Disable closes an account and signs every device out; its history stays. It refuses the last admin, since
// nobody could then open anything again.
func (s *Service) Disable(ctx context.Context, by assist.Actor, id assist.AgentID) (assist.Agent, error) {
	return s.setDisabled(ctx, by, id, true)
}

// Enable opens a disabled account again; its password is what it was.
func (s *Service) Enable(ctx context.Context, by assist.Actor, id assist.AgentID) (assist.Agent, error) {
	return s.setDisabled(ctx, by, id, false)
}

func (s *Service) setDisabled(ctx context.Context, by assist.Actor, id assist.AgentID, disabled bool) (assist.Agent, error) {
	a, err := s.store.Agent(ctx, id)
	if err != nil {
		return a, fmt.Errorf("agent %d: %w", id, err)
	}
	if disabled {
		if err := s.keepAnAdmin(ctx, a); err != nil {
			return a, err
		}
	}
	if a.Disabled != disabled {
		a.Disabled = disabled
		if a, err = s.store.SaveAgent(ctx, by, a); err != nil {
			return a, fmt.Errorf("agent %d: %w", id, err)
		}
	}
	if !disabled {
		return a, nil
	}
	return a, s.revokeAll(ctx, id) // also when it was disabled before: a first try may have failed half-way
}

// keepAnAdmin refuses if a is the only admin who can still sign in.
func (s *Service) keepAnAdmin(ctx context.Context, a assist.Agent) error {
	if a.Role != assist.RoleAdmin || a.Disabled {
		return nil
	}
	all, err := s.store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("agents: %w", err)
	}
	for _, o := range all {
		if o.ID != a.ID && o.Role == assist.RoleAdmin && !o.Disabled {
			return nil
		}
	}
	return assist.Errorf(assist.CodeBadValue, "%s is the last admin; make another one first", a.Login)
}

func checkAgent(a assist.Agent) error {
	bad := func(format string, args ...any) error { return assist.Errorf(assist.CodeBadValue, format, args...) }
	switch {
	case !validLogin(a.Login):
		return bad("login %q: use 1 to %d letters, digits or . _ - @", a.Login, maxLogin)
	case !a.Role.Valid():
		return bad("role %q: use one of %v", a.Role, assist.Roles())
	case utf8.RuneCountInString(a.Name) > maxName || a.Name == "" || strings.ContainsFunc(a.Name, unicode.IsControl):
		return bad("name: use 1 to %d characters on one line", maxName)
	case a.Capacity < 1 || a.Capacity > maxCapacity:
		return bad("capacity %d: use 1 to %d", a.Capacity, maxCapacity)
	}
	for _, l := range a.Languages {
		if l != "en" && l != "zh" {
			return bad("language %q: use en or zh", l)
		}
	}
	for _, t := range a.Teams {
		if t == "" || strings.ContainsFunc(string(t), unicode.IsSpace) {
			return bad("team %q: use the short name of a team", t)
		}
	}
	return nil
}

func validLogin(login string) bool {
	n := utf8.RuneCountInString(login)
	return n >= 1 && n <= maxLogin && utf8.ValidString(login) && !strings.ContainsFunc(login, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r)
	})
}

// Users lists all accounts, disabled ones too.
func (s *Service) Users(ctx context.Context) ([]assist.Agent, error) {
	all, err := s.store.Agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	return all, nil
}

// UserByLogin is the account with that login, in any letter case; CodeNotFound if there is none.
func (s *Service) UserByLogin(ctx context.Context, login string) (assist.Agent, error) {
	a, err := s.store.AgentByLogin(ctx, normalLogin(login))
	if errors.Is(err, assist.ErrNotFound) {
		return a, assist.Errorf(assist.CodeNotFound, "there is no user %q", login)
	}
	if err != nil {
		return a, fmt.Errorf("find a login: %w", err)
	}
	return a, nil
}
