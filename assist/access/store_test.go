package access_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

// fakeStore keeps people in memory and can be told to fail. The real SQLite store runs the same scenarios
// in cmd/internal/app, where both may be imported.
type fakeStore struct {
	mu       sync.Mutex
	agents   []assist.Agent
	hashes   map[assist.AgentID]string
	sessions map[assist.SessionHash]assist.Session
	events   []assist.Event
	touches  int
	fail     error // returned by every method while set
}

func newFakeStore() *fakeStore {
	return &fakeStore{hashes: map[assist.AgentID]string{}, sessions: map[assist.SessionHash]assist.Session{}}
}

func (f *fakeStore) lock() (func(), error) { f.mu.Lock(); return f.mu.Unlock, f.fail }

func (f *fakeStore) SaveAgent(_ context.Context, by assist.Actor, a assist.Agent) (assist.Agent, error) {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return a, err
	}
	change := "updated"
	if a.ID == 0 {
		if slices.ContainsFunc(f.agents, func(o assist.Agent) bool { return o.Login == a.Login }) {
			return a, assist.Errorf(assist.CodeExists, "login %s", a.Login)
		}
		a.ID, change = assist.AgentID(len(f.agents)+1), "created"
		f.agents = append(f.agents, a)
	}
	f.agents[a.ID-1] = a
	f.events = append(f.events, assist.Event{Actor: by, Data: assist.AgentChanged{Agent: a, Change: change}})
	return a, nil
}

func (f *fakeStore) Agent(_ context.Context, id assist.AgentID) (assist.Agent, error) {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return assist.Agent{}, err
	}
	if id < 1 || int(id) > len(f.agents) {
		return assist.Agent{}, assist.ErrNotFound
	}
	return f.agents[id-1], nil
}

func (f *fakeStore) Agents(context.Context) ([]assist.Agent, error) {
	unlock, err := f.lock()
	defer unlock()
	return slices.Clone(f.agents), err
}

func (f *fakeStore) AgentByLogin(_ context.Context, login string) (assist.Agent, error) {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return assist.Agent{}, err
	}
	i := slices.IndexFunc(f.agents, func(a assist.Agent) bool { return a.Login == login })
	if i < 0 {
		return assist.Agent{}, assist.ErrNotFound
	}
	return f.agents[i], nil
}

func (f *fakeStore) SetPasswordHash(_ context.Context, by assist.Actor, id assist.AgentID, hash string) error {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return err
	}
	f.hashes[id] = hash
	f.events = append(f.events, assist.Event{Actor: by, Data: assist.AgentChanged{Agent: f.agents[id-1], Change: "password"}})
	return nil
}

func (f *fakeStore) PasswordHash(_ context.Context, id assist.AgentID) (string, error) {
	unlock, err := f.lock()
	defer unlock()
	return f.hashes[id], err
}

func (f *fakeStore) SaveSession(_ context.Context, s assist.Session) error {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return err
	}
	f.sessions[s.Hash] = s
	return nil
}

func (f *fakeStore) TouchSession(_ context.Context, hash assist.SessionHash, at time.Time) error {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return err
	}
	s, ok := f.sessions[hash]
	if !ok {
		return assist.ErrNotFound
	}
	f.touches++
	s.LastSeen = at
	f.sessions[hash] = s
	return nil
}

func (f *fakeStore) Session(_ context.Context, hash assist.SessionHash) (assist.Session, error) {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return assist.Session{}, err
	}
	s, ok := f.sessions[hash]
	if !ok {
		return s, assist.ErrNotFound
	}
	return s, nil
}

func (f *fakeStore) Sessions(_ context.Context, id assist.AgentID) ([]assist.Session, error) {
	unlock, err := f.lock()
	defer unlock()
	var all []assist.Session
	for _, s := range f.sessions {
		if s.Agent == id {
			all = append(all, s)
		}
	}
	return all, err
}

func (f *fakeStore) DeleteSession(_ context.Context, hash assist.SessionHash) error {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return err
	}
	if _, ok := f.sessions[hash]; !ok {
		return assist.ErrNotFound
	}
	delete(f.sessions, hash)
	return nil
}

func (f *fakeStore) AppendEvents(_ context.Context, at time.Time, events []assist.Event) ([]assist.Event, error) {
	unlock, err := f.lock()
	defer unlock()
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		e.At, e.Type = at, e.Data.EventType()
		f.events = append(f.events, e)
	}
	return events, nil
}

// signIns lists the reasons of the sign-in events, "" being a success.
func (f *fakeStore) signIns() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
	for _, e := range f.events {
		if s, ok := e.Data.(assist.SignIn); ok {
			out = append(out, s.Reason)
		}
	}
	return out
}

// clock is a hand-moved clock.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// cheap parameters keep tests fast; TestDefaultParams looks at the real ones.
var cheap = access.Params{MemoryKiB: 64, Passes: 1, Lanes: 1}

const goodPassword = "harbour lantern 7"

func newService(t *testing.T, f *fakeStore, c *clock) *access.Service {
	t.Helper()
	s, err := access.New(access.Options{Store: f, Now: c.now, Passwords: cheap})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newDesk is a service with the admin "root" (1) and the agent "li" (2), both with goodPassword.
func newDesk(t *testing.T) (*access.Service, *fakeStore, *clock) {
	t.Helper()
	f, c := newFakeStore(), newClock()
	s := newService(t, f, c)
	for _, u := range []access.NewUser{
		{Login: "root", Role: assist.RoleAdmin, Password: goodPassword},
		{Login: "Li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"zh"}, Password: goodPassword},
	} {
		if _, err := s.AddUser(t.Context(), assist.BySystem(), u); err != nil {
			t.Fatal(err)
		}
	}
	return s, f, c
}

func signIn(t *testing.T, s *access.Service, login string) (string, assist.Session) {
	t.Helper()
	token, _, session, err := s.SignIn(t.Context(), access.Credentials{Login: login, Password: goodPassword, Remote: "10.0.0.1"})
	if err != nil {
		t.Fatalf("sign in %s: %v", login, err)
	}
	return token, session
}

func wantCode(t *testing.T, err error, want assist.Code) {
	t.Helper()
	if got := assist.CodeOf(err); got != want {
		t.Helper()
		t.Fatalf("got code %v (%v), want %v", got, err, want)
	}
}
