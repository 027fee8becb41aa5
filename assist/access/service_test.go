package access_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
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

func TestSession_ExpiresByIdleAndByAge(t *testing.T) {
	s, f, c := newDesk(t)
	token, _ := signIn(t, s, "li")
	for range 4 { // used every 6.5 days it stays, until its absolute life is over
		c.add(6*24*time.Hour + 12*time.Hour)
		if _, _, err := s.Authenticate(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	c.add(4 * 24 * time.Hour)
	_, _, err := s.Authenticate(t.Context(), token)
	wantCode(t, err, assist.CodeSessionExpired)
	if len(f.sessions) != 0 {
		t.Error("the expired session was kept")
	}
	idle, _ := signIn(t, s, "li")
	c.add(7 * 24 * time.Hour)
	_, _, err = s.Authenticate(t.Context(), idle)
	wantCode(t, err, assist.CodeSessionExpired)
}

func TestSession_TouchIsRareAndNeverRevives(t *testing.T) {
	s, f, c := newDesk(t)
	token, _ := signIn(t, s, "li")
	for range 10 {
		c.add(time.Minute)
		if _, _, err := s.Authenticate(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if f.touches != 2 {
		t.Errorf("%d touches in ten minutes of use, want 2", f.touches)
	}
}

func TestSignOut_EndsTheSession(t *testing.T) {
	s, _, _ := newDesk(t)
	token, session := signIn(t, s, "li")
	ended, stop := s.Watch(session.Hash)
	defer stop()
	for range 2 { // twice is no error
		if err := s.SignOut(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	<-ended
	_, _, err := s.Authenticate(t.Context(), token)
	wantCode(t, err, assist.CodeUnauthenticated)
}

func TestSessions_ListRevokeAndBound(t *testing.T) {
	s, _, c := newDesk(t)
	first, _ := signIn(t, s, "li")
	for range 20 {
		c.add(time.Second)
		signIn(t, s, "li")
	}
	all, err := s.Sessions(t.Context(), 2)
	if err != nil || len(all) != 20 {
		t.Fatalf("got %d sessions, %v; want 20", len(all), err)
	}
	_, _, err = s.Authenticate(t.Context(), first)
	wantCode(t, err, assist.CodeUnauthenticated)
	wantCode(t, s.Revoke(t.Context(), 1, all[0].Hash), assist.CodeNotFound)
	if err := s.Revoke(t.Context(), 2, all[0].Hash); err != nil {
		t.Fatal(err)
	}
	if all, _ = s.Sessions(t.Context(), 2); len(all) != 19 {
		t.Fatalf("got %d sessions, want 19", len(all))
	}
}

func TestAuthenticate_RefusesWhatIsNoToken(t *testing.T) {
	s, _, _ := newDesk(t)
	token, _ := signIn(t, s, "li")
	for _, bad := range []string{"", "x", token[4:], token + "A", token[:46], "dkv_" + token[4:], token[:20] + "\n" + token[20:]} {
		_, _, err := s.Authenticate(t.Context(), bad)
		wantCode(t, err, assist.CodeUnauthenticated)
	}
}

func TestTicket_IsSingleUseAndShortLived(t *testing.T) {
	s, _, c := newDesk(t)
	_, session := signIn(t, s, "li")
	ticket, err := s.Ticket(session)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	results := make(chan error, 32)
	for range 32 {
		wg.Go(func() {
			_, _, err := s.RedeemTicket(t.Context(), ticket)
			results <- err
		})
	}
	wg.Wait()
	close(results)
	good := 0
	for err := range results {
		if err == nil {
			good++
		} else {
			wantCode(t, err, assist.CodeUnauthenticated)
		}
	}
	if good != 1 {
		t.Fatalf("%d of 32 redeemed the ticket, want 1", good)
	}
	late, _ := s.Ticket(session)
	c.add(access.TicketLife)
	_, _, err = s.RedeemTicket(t.Context(), late)
	wantCode(t, err, assist.CodeUnauthenticated)
}

func TestTicket_DiesWithItsSession(t *testing.T) {
	s, _, _ := newDesk(t)
	token, session := signIn(t, s, "li")
	ticket, _ := s.Ticket(session)
	if err := s.SignOut(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.RedeemTicket(t.Context(), ticket)
	wantCode(t, err, assist.CodeUnauthenticated)
}

func TestTicket_Bounds(t *testing.T) {
	s, _, c := newDesk(t)
	_, session := signIn(t, s, "li")
	first, _ := s.Ticket(session)
	for range 8 {
		c.add(time.Millisecond)
		if _, err := s.Ticket(session); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := s.RedeemTicket(t.Context(), first)
	wantCode(t, err, assist.CodeUnauthenticated) // the session's oldest made room
	for i := range 4096 - 8 {
		if _, err := s.Ticket(assist.Session{Hash: assist.SessionHash(fmt.Sprint(i))}); err != nil {
			t.Fatalf("ticket %d: %v", i, err)
		}
	}
	_, err = s.Ticket(assist.Session{Hash: "one more"})
	wantCode(t, err, assist.CodeBusy)
	c.add(access.TicketLife)
	if _, err = s.Ticket(session); err != nil {
		t.Fatalf("after the others expired: %v", err)
	}
}

func TestRun_ClosesSocketsOfSessionsEndedElsewhere(t *testing.T) {
	f, c := newFakeStore(), newClock()
	synctest.Test(t, func(t *testing.T) {
		s := newService(t, f, c)
		for _, login := range []string{"an", "bo", "cy"} {
			if _, err := s.AddUser(t.Context(), assist.BySystem(), access.NewUser{Login: login, Role: assist.RoleAgent, Password: goodPassword}); err != nil {
				t.Fatal(err)
			}
		}
		_, gone := signIn(t, s, "an")
		_, off := signIn(t, s, "bo")
		_, stays := signIn(t, s, "cy")
		goneEnded, stop1 := s.Watch(gone.Hash)
		offEnded, stop2 := s.Watch(off.Hash)
		staysEnded, stop3 := s.Watch(stays.Hash)
		defer stop1()
		defer stop2()
		defer stop3()
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = s.Run(ctx) })
		start := time.Now()
		f.mu.Lock()
		delete(f.sessions, gone.Hash) // as another program would
		f.agents[1].Disabled = true
		f.mu.Unlock()
		<-goneEnded
		<-offEnded
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v, want under 5 s", took)
		}
		f.mu.Lock()
		f.fail = errors.New("disk on fire")
		f.mu.Unlock()
		time.Sleep(4 * access.RecheckEvery) // the bubble's clock, not the wall's
		select {
		case <-staysEnded:
			t.Error("a store that cannot be read ended a good session")
		default:
		}
		cancel()
		wg.Wait()
	})
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
