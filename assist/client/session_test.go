package client_test

import (
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

func TestAgent_RevocationEndsRun(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	must(t, client.SignOut(t.Context(), d.url(), p.session))
	p.serves.within(t, "the end of Run", 5*time.Second, func() bool { return p.serves.over })
	if code := assist.CodeOf(p.serves.ended); code != assist.CodeSessionExpired && code != assist.CodeUnauthenticated {
		t.Errorf("Run ended with %v", p.serves.ended)
	}
	if c := p.agent.Connection(); c.State != client.Offline || !c.RetryAt.IsZero() {
		t.Errorf("connection is %+v, want offline for good", c)
	}
}

func TestSignIn_Refused(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	_, _, _, err := client.SignIn(t.Context(), d.url(), "li", "wrong password", "test")
	if assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Errorf("got %v, want %v", err, assist.CodeUnauthenticated)
	}
	a, err := client.NewAgent(client.AgentOptions{Hub: d.url(), Session: "nonsense", Handle: func(wire.Frame) {}, Log: quiet, Timing: hasty})
	must(t, err)
	if err := a.Run(t.Context()); assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Errorf("Run with a bad session: got %v", err)
	}
}
