package access_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

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

// Devices that never come back leave nothing behind: the next sign-in clears up.
func TestSession_ExpiredOnesGoWithTheNextSignIn(t *testing.T) {
	s, f, c := newDesk(t)
	for range 5 {
		signIn(t, s, "li")
		c.add(8 * 24 * time.Hour)
	}
	signIn(t, s, "li")
	if len(f.sessions) != 1 {
		t.Errorf("%d sessions are kept, want 1", len(f.sessions))
	}
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
