package access_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

func TestNew_NeedsAStore(t *testing.T) {
	if _, err := access.New(access.Options{}); err == nil {
		t.Fatal("no error without a store")
	}
}

func TestSignIn_GivesATokenThatAuthenticates(t *testing.T) {
	s, f, _ := newDesk(t)
	token, session := signIn(t, s, " LI ")
	agent, got, err := s.Authenticate(t.Context(), token)
	if err != nil || agent.Login != "li" || got != session {
		t.Fatalf("got %+v %+v %v", agent, got, err)
	}
	if strings.Contains(fmt.Sprint(f.sessions), token[4:]) {
		t.Error("the store holds the token itself")
	}
	if got := f.signIns(); !slices.Equal(got, []string{""}) {
		t.Errorf("events %q, want one success", got)
	}
}

func TestSignIn_RefusesAlikeForWrongPasswordAndUnknownLogin(t *testing.T) {
	s, f, _ := newDesk(t)
	_, _, _, wrong := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: "not that one"})
	_, _, _, unknown := s.SignIn(t.Context(), access.Credentials{Login: "nobody", Password: "not that one"})
	wantCode(t, wrong, assist.CodeUnauthenticated)
	if wrong.Error() != unknown.Error() {
		t.Errorf("the answers differ: %q and %q", wrong, unknown)
	}
	if got := f.signIns(); !slices.Equal(got, []string{"password", "password"}) {
		t.Errorf("events %q", got)
	}
	_, _, _, err := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: strings.Repeat("x", 1<<20)})
	wantCode(t, err, assist.CodeUnauthenticated)
}

func TestSignIn_AccountWithoutPassword(t *testing.T) {
	s, f, _ := newDesk(t)
	delete(f.hashes, 2)
	for _, p := range []string{"", goodPassword} {
		_, _, _, err := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: p})
		wantCode(t, err, assist.CodeUnauthenticated)
	}
}

func TestSignIn_RenewsAHashOfOldParameters(t *testing.T) {
	s, f, c := newDesk(t)
	old := f.hashes[2]
	grown, err := access.New(access.Options{Store: f, Now: c.now, Passwords: access.Params{MemoryKiB: 128, Passes: 1, Lanes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	signIn(t, s, "li")
	if f.hashes[2] != old {
		t.Fatal("the hash was renewed although the parameters had not grown")
	}
	signIn(t, grown, "li")
	if f.hashes[2] == old || !strings.HasPrefix(f.hashes[2], "$argon2id$v=19$m=128,t=1,p=1$") {
		t.Fatalf("got hash %s", f.hashes[2])
	}
	signIn(t, s, "li") // a hub with smaller parameters still takes it
}

func TestSignIn_LocksAfterFailuresAndRecordsOnce(t *testing.T) {
	s, f, c := newDesk(t)
	bad := access.Credentials{Login: "li", Password: "wrong wrong", Remote: "10.0.0.9"}
	for range 5 {
		_, _, _, err := s.SignIn(t.Context(), bad)
		wantCode(t, err, assist.CodeUnauthenticated)
	}
	var locked *assist.Error
	for range 3 {
		_, _, _, err := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: goodPassword, Remote: "10.0.0.9"})
		wantCode(t, err, assist.CodeLocked)
		errors.As(err, &locked)
	}
	if locked.RetryAfter <= 0 || locked.RetryAfter > time.Second {
		t.Errorf("first wait is %v", locked.RetryAfter)
	}
	want := []string{"password", "password", "password", "password", "password", "locked"}
	if got := f.signIns(); !slices.Equal(got, want) {
		t.Errorf("events %q, want %q", got, want)
	}
	signIn(t, s, "li") // another address is not locked
	c.add(locked.RetryAfter)
	if _, _, _, err := s.SignIn(t.Context(), bad); assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Fatalf("after the wait: %v", err)
	}
	_, _, _, err := s.SignIn(t.Context(), bad)
	errors.As(err, &locked)
	if locked.RetryAfter != 2*time.Second {
		t.Errorf("second wait is %v, want twice the first", locked.RetryAfter)
	}
}

func TestSignIn_DisabledSaysSoOnlyToWhoKnowsThePassword(t *testing.T) {
	s, f, _ := newDesk(t)
	if _, err := s.Disable(t.Context(), assist.BySystem(), 2); err != nil {
		t.Fatal(err)
	}
	_, _, _, err := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: goodPassword})
	wantCode(t, err, assist.CodeForbidden)
	_, _, _, err = s.SignIn(t.Context(), access.Credentials{Login: "li", Password: "wrong wrong"})
	wantCode(t, err, assist.CodeUnauthenticated)
	if got := f.signIns(); !slices.Equal(got, []string{"disabled", "password"}) {
		t.Errorf("events %q", got)
	}
}

func TestSignIn_StoreFailureIsNoRefusal(t *testing.T) {
	s, f, _ := newDesk(t)
	f.fail = errors.New("disk on fire")
	_, _, _, err := s.SignIn(t.Context(), access.Credentials{Login: "li", Password: goodPassword})
	if !errors.Is(err, f.fail) {
		t.Fatalf("got %v", err)
	}
}

func TestAddUser_RefusesNamingWhatIsWrong(t *testing.T) {
	s, f, _ := newDesk(t)
	good := access.NewUser{Login: "mo", Role: assist.RoleAgent, Password: goodPassword}
	change := func(f func(*access.NewUser)) access.NewUser { u := good; f(&u); return u }
	for name, c := range map[string]struct {
		u    access.NewUser
		code assist.Code
		says string
	}{
		"empty login":   {change(func(u *access.NewUser) { u.Login = " " }), assist.CodeBadValue, "login"},
		"spaced login":  {change(func(u *access.NewUser) { u.Login = "a b" }), assist.CodeBadValue, "login"},
		"taken login":   {change(func(u *access.NewUser) { u.Login = "LI" }), assist.CodeExists, "li"},
		"unknown role":  {change(func(u *access.NewUser) { u.Role = "boss" }), assist.CodeBadValue, "supervisor"},
		"line in name":  {change(func(u *access.NewUser) { u.Name = "a\nb" }), assist.CodeBadValue, "name"},
		"capacity":      {change(func(u *access.NewUser) { u.Capacity = 51 }), assist.CodeBadValue, "capacity"},
		"language":      {change(func(u *access.NewUser) { u.Languages = []string{"zh-Hans"} }), assist.CodeBadValue, "zh"},
		"team":          {change(func(u *access.NewUser) { u.Teams = []assist.TeamID{"my team"} }), assist.CodeBadValue, "team"},
		"weak password": {change(func(u *access.NewUser) { u.Password = "Password123" }), assist.CodeBadValue, "published"},
	} {
		_, err := s.AddUser(t.Context(), assist.BySystem(), c.u)
		if assist.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if len(f.agents) != 2 {
		t.Errorf("%d accounts, want the first 2 only", len(f.agents))
	}
	a, err := s.AddUser(t.Context(), assist.BySystem(), good)
	if err != nil || a.Name != "mo" || a.Capacity != assist.DefaultCapacity || a.ID != 3 {
		t.Fatalf("got %+v %v", a, err)
	}
}

func TestSetPassword_SignsOutAndReplaces(t *testing.T) {
	s, _, _ := newDesk(t)
	token, session := signIn(t, s, "li")
	ended, stop := s.Watch(session.Hash)
	defer stop()
	wantCode(t, s.SetPassword(t.Context(), assist.BySystem(), 2, "short"), assist.CodeBadValue)
	if err := s.SetPassword(t.Context(), assist.BySystem(), 2, "window kettle 12"); err != nil {
		t.Fatal(err)
	}
	<-ended
	_, _, err := s.Authenticate(t.Context(), token)
	wantCode(t, err, assist.CodeUnauthenticated)
	_, _, _, err = s.SignIn(t.Context(), access.Credentials{Login: "li", Password: goodPassword})
	wantCode(t, err, assist.CodeUnauthenticated)
	err = s.ChangePassword(t.Context(), access.Credentials{Login: "li", Password: "not this one"}, goodPassword)
	wantCode(t, err, assist.CodeUnauthenticated)
	if err := s.ChangePassword(t.Context(), access.Credentials{Login: "li", Password: "window kettle 12"}, goodPassword); err != nil {
		t.Fatal(err)
	}
	signIn(t, s, "li")
}

func TestDisable_EndsSessionsAndKeepsAnAdmin(t *testing.T) {
	s, _, _ := newDesk(t)
	token, session := signIn(t, s, "li")
	ended, stop := s.Watch(session.Hash)
	defer stop()
	if a, err := s.Disable(t.Context(), assist.BySystem(), 2); err != nil || !a.Disabled {
		t.Fatalf("got %+v %v", a, err)
	}
	<-ended
	if _, err := s.Enable(t.Context(), assist.BySystem(), 2); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.Authenticate(t.Context(), token)
	wantCode(t, err, assist.CodeUnauthenticated) // enabling brings no old session back
	_, err = s.Disable(t.Context(), assist.BySystem(), 1)
	wantCode(t, err, assist.CodeBadValue)
	_, err = s.UpdateUser(t.Context(), assist.BySystem(), assist.Agent{ID: 1, Name: "Root", Role: assist.RoleAgent, Capacity: 1})
	wantCode(t, err, assist.CodeBadValue)
	_, err = s.Disable(t.Context(), assist.BySystem(), 9)
	wantCode(t, err, assist.CodeNotFound)
}

func TestUpdateUser_KeepsLoginAndState(t *testing.T) {
	s, _, _ := newDesk(t)
	a, err := s.UpdateUser(t.Context(), assist.BySystem(), assist.Agent{ID: 2, Login: "evil", Name: " Li ", Role: assist.RoleSupervisor, Capacity: 3, Disabled: true})
	if err != nil || a.Login != "li" || a.Name != "Li" || a.Disabled || a.Role != assist.RoleSupervisor {
		t.Fatalf("got %+v %v", a, err)
	}
}

func TestLogs_HoldNoSecrets(t *testing.T) {
	var buf bytes.Buffer
	log := slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{Level: slog.LevelDebug}))
	log.Info("x", "c", access.Credentials{Login: "li", Password: goodPassword})
	if s := buf.String(); strings.Contains(s, "harbour") || strings.Contains(s, "li\"") {
		t.Errorf("logged %s", s)
	}
}
