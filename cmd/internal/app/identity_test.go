package app_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"

	"github.com/google/uuid"
)

func newID() string { return uuid.NewString() }

func (d *desk) claim(in assist.InboxID, key string, age time.Duration) frame {
	c := access.Claim{ID: "cust-1", Name: "Ana", Email: "ana@example.com", IssuedAt: d.clock.now().Add(-age).Unix()}.Sign(in, key)
	return frame{"id": c.ID, "name": c.Name, "email": c.Email, "issued_at": c.IssuedAt, "signature": c.Signature}
}

func TestIdentity_ForgedExpiredOrOfAnotherInbox(t *testing.T) {
	d := openDesk(t, fast)
	named := d.claim(shop, secret, 0)
	named["name"] = "Somebody else"
	unsigned := d.claim(shop, secret, 0)
	delete(unsigned, "signature")
	for what, tc := range map[string]struct {
		identity frame
		code     assist.Code
	}{
		"with another key":   {d.claim(shop, "another key, as long as the first", 0), assist.CodeBadIdentity},
		"of another inbox":   {d.claim(counter, secret, 0), assist.CodeBadIdentity},
		"with another name":  {named, assist.CodeBadIdentity},
		"without signature":  {unsigned, assist.CodeBadIdentity},
		"older than allowed": {d.claim(shop, secret, d.config.Access.IdentityMaxAge+time.Minute), assist.CodeBadIdentity},
		"from the future":    {d.claim(shop, secret, -time.Hour), assist.CodeBadIdentity},
	} {
		p := d.dial("/ws/customer", nil)
		p.send(frame{"t": "hello", "v": 1, "inbox": shop, "identity": tc.identity})
		if f := p.next("error"); f.num("code") != int(tc.code) {
			t.Errorf("%s: got %v, want %d", what, f, tc.code)
		}
		if got := p.closed(); got != wire.CloseAuth {
			t.Errorf("%s: closed with %d, want %d", what, got, wire.CloseAuth)
		}
	}
}

// A signed-in customer has the conversation on every browser; whoever uses the browser after signing out hasn't.
func TestIdentity_ConversationBelongsToTheSignedCustomer(t *testing.T) {
	d := openDesk(t, fast)
	a := d.customer(shop, frame{"identity": d.claim(shop, secret, time.Second)})
	a.say("this is mine")
	if b := d.customer(shop, frame{"identity": d.claim(shop, secret, time.Minute)}); b.conv != a.conv {
		t.Errorf("on another browser: conversation %d, want %d", b.conv, a.conv)
	}
	after := d.customer(shop, frame{"token": a.token})
	if after.conv != 0 || contains(after.everything(), "this is mine") {
		t.Errorf("the browser alone shows conversation %d", after.conv)
	}
}

func TestIdentity_AMalformedTokenIsReplaced(t *testing.T) {
	d := openDesk(t)
	for _, token := range []string{"x", "dkv_", "dkv_" + "!" + "0123456789012345678901234567890123456789012", "dks_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		if p := d.customer(shop, frame{"token": token}); p.token == token || len(p.token) != len("dkv_")+43 {
			t.Errorf("for %q: got token %q", token, p.token)
		}
	}
}

func TestTicket_ServesOnceAndNotForLong(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	ticket := d.ticket("li")
	first := d.dial("/ws/agent", nil)
	first.send(frame{"t": "hello", "v": 1, "ticket": ticket})
	first.next("welcome")
	old := d.ticket("li")
	d.clock.pass(access.TicketLife + time.Second)
	for what, ticket := range map[string]string{"used": ticket, "old": old, "invented": "dkt_x", "empty": "", "a session": d.session("li")} {
		p := d.dial("/ws/agent", nil)
		p.send(frame{"t": "hello", "v": 1, "ticket": ticket})
		if f := p.next("error"); f.num("code") != int(assist.CodeUnauthenticated) {
			t.Errorf("%s ticket: got %v", what, f)
		}
		if got := p.closed(); got != wire.CloseAuth {
			t.Errorf("%s ticket: closed with %d, want %d", what, got, wire.CloseAuth)
		}
	}
}

func TestSession_EndClosesItsSocketsWithinFiveSeconds(t *testing.T) {
	d := openDesk(t, fast)
	for what, end := range map[string]func(login string){
		"signed out": func(login string) {
			if status, _, text := d.request("POST", "/api/v1/logout", d.session(login), nil); status != http.StatusNoContent {
				t.Errorf("log out: %d %s", status, text)
			}
		},
		"disabled": func(login string) {
			if _, err := d.people.Disable(context.Background(), login); err != nil {
				t.Error(err)
			}
		},
		"another password": func(login string) {
			if err := d.people.SetPassword(context.Background(), login, "another battery, another horse"); err != nil {
				t.Error(err)
			}
		},
	} {
		login := "one-" + what[:3]
		d.hire(login, assist.RoleAgent)
		p := d.agent(login)
		began := time.Now()
		end(login)
		if got := p.closed(); got != wire.CloseRevoked {
			t.Errorf("%s: closed with %d, want %d", what, got, wire.CloseRevoked)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: it took %s", what, took)
		}
		if status, _, text := d.request("POST", "/api/v1/ticket", d.session(login), nil); status != http.StatusUnauthorized && status != http.StatusForbidden {
			t.Errorf("%s: the session still gives tickets: %d %s", what, status, text)
		}
	}
}

func TestConnections_TheOldestOfTooManyGoes(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.ConnectionsPerAgent = 3 })
	d.hire("li", assist.RoleAgent)
	var desktops []*peer
	for range 8 {
		desktops = append(desktops, d.agent("li"))
	}
	for i, p := range desktops[:5] {
		if got := p.closed(); got != wire.CloseReplaced {
			t.Errorf("desktop %d: closed with %d, want %d", i, got, wire.CloseReplaced)
		}
	}
	for _, p := range desktops[5:] {
		p.must(frame{"t": "list"})
	}
	first := d.customer(shop)
	var pages []*peer
	for range 15 {
		pages = append(pages, d.customer(shop, frame{"token": first.token}))
	}
	for i, p := range append([]*peer{first}, pages[:5]...) {
		if got := p.closed(); got != wire.CloseReplaced {
			t.Errorf("page %d: closed with %d, want %d", i, got, wire.CloseReplaced)
		}
	}
	pages[len(pages)-1].say("the newest lives")
}

func TestAddress_HasOnlySoManyConnections(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.ConnectionsPerAddress = 3 })
	for range 3 {
		d.customer(shop)
	}
	if p, _, err := d.tryDial("/ws/customer", nil); err == nil {
		t.Errorf("a fourth connection was taken: %v", p)
	}
}
