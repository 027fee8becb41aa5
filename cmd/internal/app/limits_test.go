package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"
)

func say() frame { return frame{"t": "send", "client_id": newID(), "text": "hi"} }

// spend sends messages until the hub wants no more, and gives how many it took.
func (p *peer) spend(message func() frame) (taken int) {
	p.t.Helper()
	for range 3 * wire.MaxUnacked {
		f := p.ask(message())
		switch {
		case f["t"] == "ack":
			taken++
		case f.num("code") == int(assist.CodeRateLimited) && f.num("retry_after_ms") >= 2000 && f.text("client_id") != "":
			return taken
		default:
			p.t.Fatalf("got %v", f)
		}
	}
	p.t.Fatalf("%d messages were taken, and no end", taken)
	return 0
}

// A bound that belonged to the connection would be gone with it.
func TestLimits_ANewConnectionDoesNotHelp(t *testing.T) {
	d := openDesk(t, func(c *config.Config) { c.Limits.MessagesPerMinute, c.Limits.MessagesPerAgent = 1, 1 })
	p := d.customer(shop)
	if n := p.spend(say); n != wire.MaxUnacked {
		t.Errorf("%d messages were taken at once, want %d", n, wire.MaxUnacked)
	}
	again := d.customer(shop, frame{"token": p.token})
	if n := again.spend(say); n != 0 {
		t.Errorf("the same visitor on another connection: %d were taken", n)
	}
	signed := d.customer(shop, frame{"identity": d.claim(shop, secret, 0)})
	if n := signed.spend(say); n != wire.MaxUnacked {
		t.Errorf("somebody else: %d were taken, want %d", n, wire.MaxUnacked)
	}
	if n := d.customer(shop, frame{"identity": d.claim(shop, secret, time.Second)}).spend(say); n != 0 {
		t.Errorf("the same customer as a new visitor: %d were taken", n)
	}
	d.clock.pass(time.Minute)
	if n := again.spend(say); n != 1 {
		t.Errorf("after a minute: %d were taken, want 1", n)
	}

	d.hire("li", assist.RoleAgent, "support")
	c := d.customer(counter)
	c.say("hello")
	li, other := d.agent("li"), d.agent("li")
	li.must(do("accept", c.conv))
	note := func() frame { return reply(c.conv, "hi") }
	if n := li.spend(note); n != wire.MaxUnacked {
		t.Errorf("of an agent %d were taken at once, want %d", n, wire.MaxUnacked)
	}
	if n := other.spend(note); n != 0 {
		t.Errorf("of the agent's second window: %d were taken", n)
	}
}

// Who isn't signed in is somebody new whenever they like: what they share is the address.
func TestLimits_NewVisitorsOfOneAddress(t *testing.T) {
	d := openDesk(t, func(c *config.Config) { c.Limits.MessagesPerAddress = 1 })
	taken := 0
	for range 4 {
		taken += d.customer(shop).spend(say)
	}
	if taken != wire.MaxUnacked {
		t.Errorf("%d messages were taken from one address, want %d", taken, wire.MaxUnacked)
	}
	signed := d.customer(shop, frame{"identity": d.claim(shop, secret, 0)})
	signed.must(say())
}

func TestLimits_BehindAProxyTheAddressIsTheCustomers(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) {
		c.Hub.TrustedProxies = []string{"127.0.0.1"}
		c.Limits.ConnectionsPerAddress, c.Limits.MessagesPerAddress = 2, 1
	})
	from := func(address string) http.Header { return http.Header{"X-Forwarded-For": {address}} }
	for _, path := range []string{"/ws/customer", "/ws/agent"} {
		for _, tc := range []struct {
			address string
			status  int
		}{
			{"192.0.2.1", 101}, {"192.0.2.1", 101}, {"192.0.2.1", 503}, {"198.51.100.9, 192.0.2.1", 503}, {"192.0.2.2", 101},
			{"2001:db8::1", 101}, {"2001:db8::2", 101}, {"2001:db8::3", 503}, {"2001:db8:0:1::1", 101},
		} {
			if _, status, _ := d.tryDial(path, from(tc.address)); status != tc.status {
				t.Errorf("%s from %s: got %d, want %d", path, tc.address, status, tc.status)
			}
		}
	}
}

// put uploads and gives the number of the refusal, 0 if there is none.
func (d *desk) put(bearer, query string, size int) (code int) {
	d.t.Helper()
	status, answer, text := d.request("POST", "/api/v1/files?name=a.txt"+query, bearer, bytes.Repeat([]byte("x"), size))
	if status == http.StatusOK {
		return 0
	}
	f := frame(answer)
	if status != http.StatusTooManyRequests || f.num("retry_after_ms") <= 0 || f.text("name") != "upload_quota" {
		d.t.Fatalf("upload: %d %s", status, text)
	}
	return f.num("code")
}

func TestLimits_Uploads(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) {
		l := &c.Limits
		l.AttachmentBytes, l.UploadWindow = 10_000, time.Hour
		l.UploadsPerCustomer, l.UploadBytesPerCustomer = 4, 20_000
		l.UploadsPerAddress, l.UploadBytesPerAddress = 9, 50_000
	})
	d.hire("li", assist.RoleAgent)
	here, over := "&inbox="+string(shop), int(assist.CodeUploadQuota)
	want := func(what string, bearer, query string, size, code int) {
		t.Helper()
		if got := d.put(bearer, query, size); got != code {
			t.Errorf("%s: got %d, want %d", what, got, code)
		}
	}
	many := d.customer(shop)
	for i := range 4 {
		want(fmt.Sprintf("file %d", i+1), many.token, here, 10, 0)
	}
	want("a fifth file", many.token, here, 10, over)
	want("a fifth file once more", many.token, here, 10, over)

	large := d.customer(shop, frame{"identity": d.claim(shop, secret, 0)})
	want("10 kB", large.token, here, 10_000, 0)
	want("9 kB more", large.token, here, 9_000, 0)
	want("2 kB more", large.token, here, 2_000, over)
	want("1 kB more", large.token, here, 1_000, 0)
	// The same customer in another browser.
	want("as another visitor", d.customer(shop, frame{"identity": d.claim(shop, secret, 0)}).token, here, 1_000, over)

	others := 0
	for range 5 {
		if d.put(d.customer(shop).token, here, 10) == 0 {
			others++
		}
	}
	if others != 2 { // of nine
		t.Errorf("%d more files were taken from the address, want 2", others)
	}
	for range 12 {
		want("an agent's file", d.session("li"), "", 10_000, 0)
	}
	d.clock.pass(20 * time.Minute)
	want("after a third of the window", many.token, here, 10, 0)
	want("and no more", many.token, here, 10, over)
}

// A body whose length isn't told is set aside at its largest, and what didn't come is given back.
func TestLimits_UploadOfUnknownLength(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) {
		c.Limits.AttachmentBytes, c.Limits.UploadBytesPerCustomer, c.Limits.UploadBytesPerAddress = 10_000, 10_000, 100_000
	})
	p := d.customer(shop)
	for i := range 3 {
		req, err := http.NewRequestWithContext(t.Context(), "POST", d.app.URL()+"/api/v1/files?name=a.txt&inbox="+string(shop), struct{ *strings.Reader }{strings.NewReader("hello")})
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+p.token)
		d.clock.pass(3 * time.Second) // for the five bytes of the one before
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("upload %d: got %d", i+1, res.StatusCode)
		}
	}
}
