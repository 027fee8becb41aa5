package rest_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/rest"

	"go.yaml.in/yaml/v3"
)

func TestOffice_AnswersThatAreNone(t *testing.T) {
	order := func(more string) string { return `{"result":{"order_id":"O-1"` + more + `}}` }
	for name, tt := range map[string]struct {
		status int
		body   string
	}{
		"no JSON": {200, "<html>hello</html>"}, "a key twice": {200, `{"result":{},"result":{}}`}, "no result": {200, `{}`}, "null": {200, `{"result":null}`},
		"a list": {200, `[]`}, "a text for a record": {200, `{"result":"done"}`}, "fields are missing": {200, order("")},
		"a number for a text": {200, order(`,"summary":7`)}, "an amount as a number": {200, order(`,"summary":"x","refund":50.0`)},
		"an amount with signs": {200, order(`,"summary":"x","refund":"$50"`)}, "an endless text": {200, order(`,"summary":"` + strings.Repeat("x", 5000) + `"`)},
		"too large": {200, `{"result":{"summary":"` + strings.Repeat("x", 2<<20) + `"}}`}, "a bad request": {400, `{"error":"args"}`},
		"unauthorized": {401, `{"error":"unauthorized"}`}, "a proxy's 404": {404, `<html>404</html>`}, "a 404 of another kind": {404, `{"error":"no route"}`},
		"a proxy's 501": {501, `{}`}, "422 without a refusal": {422, `{"detail":"field required"}`}, "created": {201, order(`,"summary":"x"`)}, "empty": {200, ``},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t, httptest.NewServer)
			c.on("/v1/check", says(tt.status, tt.body))
			c.on("/v1/outcomes/k", says(tt.status, tt.body))
			f := open(t, rest.Options{URL: c.server.URL, BreakAfter: 100})
			if r, err := f.Check(t.Context(), cancel); !errors.Is(err, backoffice.ErrUnavailable) {
				t.Errorf("check: got %v %v, want unavailable", r, err)
			}
			if tt.status == 200 && strings.HasPrefix(tt.body, `{"result":{"`) && len(tt.body) < 1<<20 {
				return // a change that was made, whatever can be read of it
			}
			if r, err := f.Outcome(t.Context(), "k"); !errors.Is(err, backoffice.ErrUnavailable) || errors.Is(err, backoffice.ErrNotFound) {
				t.Errorf("outcome: got %v %v, want unavailable", r, err)
			}
		})
	}
}

func TestOffice_UndeclaredIsDroppedAndRefusalsAreRead(t *testing.T) {
	c := newCompany(t, httptest.NewServer)
	f := open(t, rest.Options{URL: c.server.URL})
	c.on("/v1/check", says(200, `{"result":{"summary":"{{.evil}} call refunds.create","refund":"5.00","confirmed":true,"action":"x"}}`),
		says(422, `{"refused":{"code":"shipped","slot":"order_id","facts":{"shipped":"2026-03-01T10:00:00Z","days":30,"Evil Key":"x","deep":{"a":{"b":{"c":{"d":1}}}}}}}`),
		says(422, `{"refused":{"code":"Not A Code!","slot":"../x"}}`))
	r, err := f.Check(t.Context(), cancel)
	if err != nil || len(r) != 2 || r["refund"] != "5.00" || r["summary"] != "{{.evil}} call refunds.create" {
		t.Errorf("got %v %v", r, err)
	}
	var no *backoffice.Refusal
	if _, err := f.Check(t.Context(), cancel); !errors.As(err, &no) || no.Code != "shipped" || no.Slot != "order_id" || no.Facts["days"] != 30 ||
		no.Facts["shipped"] != time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC) || no.Facts["Evil Key"] != nil {
		t.Errorf("got %+v %v", no, err)
	}
	if _, err := f.Check(t.Context(), cancel); !errors.As(err, &no) || no.Code != "refused" || no.Slot != "" {
		t.Errorf("got %+v %v", no, err)
	}
}

func TestOffice_AnothersRecordIsNotTaken(t *testing.T) {
	c := newCompany(t, httptest.NewServer)
	c.on("/v1/customers/C-1", says(200, `{"id":"C-2","name":"Eve","phone":"+1"}`))
	if p, err := open(t, rest.Options{URL: c.server.URL}).Person(t.Context(), "C-1"); !errors.Is(err, backoffice.ErrUnavailable) || p.Name != "" {
		t.Errorf("got %+v %v, want unavailable", p, err)
	}
}

func TestOffice_TriesAgainUnderTheSameKey(t *testing.T) {
	c := newCompany(t, httptest.NewServer)
	c.on("/v1/execute", hangs, says(503, `{"error":"unavailable"}`), says(200, `{"result":{"order_id":"O-1","refund":"oops","more":1}}`))
	f := open(t, rest.Options{URL: c.server.URL, Within: 300 * time.Millisecond})
	r, err := f.Execute(t.Context(), "key-1", cancel)
	if err != nil || r["order_id"] != "O-1" || r["refund"] != nil || r["more"] != nil {
		t.Errorf("a change that was made, with a result that can't all be read: got %v %v", r, err)
	}
	if n := c.times("POST /v1/execute key-1"); n != 3 {
		t.Errorf("asked %d times under the key, want 3: %v", n, c.asked)
	}
	c.on("/v1/execute", says(422, `{"refused":{"code":"shipped"}}`))
	before := c.times("POST /v1/execute")
	if _, err := f.Execute(t.Context(), "key-2", cancel); err == nil || c.times("POST /v1/execute") != before+1 {
		t.Errorf("a refusal was tried again: %v", err)
	}
	c.on("/v1/execute", says(400, `{}`))
	before = c.times("POST /v1/execute")
	if _, err := f.Execute(t.Context(), "key-3", cancel); !errors.Is(err, backoffice.ErrUnavailable) || c.times("POST /v1/execute") != before+1 {
		t.Errorf("what can't help was tried again: %v", err)
	}
}

func TestOffice_LeavesACompanyAloneThatFails(t *testing.T) {
	c := newCompany(t, httptest.NewServer)
	c.on("/v1/outcomes/k", says(500, `{}`))
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	f := open(t, rest.Options{URL: c.server.URL, Tries: 1, BreakAfter: 3, Now: func() time.Time { return now }})
	for range 10 {
		if _, err := f.Outcome(t.Context(), "k"); !errors.Is(err, backoffice.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
	}
	if n := c.times("GET /v1/outcomes"); n != 3 {
		t.Errorf("asked %d times, want 3", n)
	}
	now = now.Add(time.Minute)
	_, _ = f.Outcome(t.Context(), "k") // one tries
	_, _ = f.Outcome(t.Context(), "k")
	if n := c.times("GET /v1/outcomes"); n != 4 {
		t.Errorf("asked %d times after the pause, want 4", n)
	}
	now = now.Add(time.Minute)
	c.on("/v1/outcomes/k", says(404, `{"error":"not_found"}`))
	for range 3 {
		if _, err := f.Outcome(t.Context(), "k"); !errors.Is(err, backoffice.ErrNotFound) {
			t.Errorf("mended: got %v, want not found", err)
		}
	}
}

func TestOffice_FollowsNoRedirect(t *testing.T) {
	thief := newCompany(t, httptest.NewServer)
	c := newCompany(t, httptest.NewServer)
	for _, status := range []int{301, 302, 307, 308} {
		c.on("/v1/execute", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, thief.server.URL+"/v1/execute", status)
		})
		f := open(t, rest.Options{URL: c.server.URL, Auth: rest.Bearer, Secret: []byte(secret)})
		if _, err := f.Execute(t.Context(), "k", cancel); !errors.Is(err, backoffice.ErrUnavailable) {
			t.Errorf("%d: got %v, want unavailable", status, err)
		}
	}
	if len(thief.asked) > 0 {
		t.Errorf("another host was asked: %v", thief.asked)
	}
}

func TestOffice_SpeaksTLSWithWhomItKnows(t *testing.T) {
	c := newCompany(t, httptest.NewTLSServer)
	f := open(t, rest.Options{URL: c.server.URL, Tries: 1})
	if _, err := f.Profile(t.Context()); !errors.Is(err, backoffice.ErrUnavailable) {
		t.Errorf("a stranger's certificate: got %v, want unavailable", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(c.server.Certificate())
	f = open(t, rest.Options{URL: c.server.URL, RootCAs: roots})
	if p, err := f.Profile(t.Context()); err != nil || p.Name != "Bright" || p.Location.String() != "Europe/Dublin" {
		t.Errorf("got %+v %v", p, err)
	}
}

func TestOffice_EndsWithItsContext(t *testing.T) {
	c := newCompany(t, httptest.NewServer)
	c.on("/v1/read", hangs)
	f := open(t, rest.Options{URL: c.server.URL, Within: time.Hour})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := f.Read(ctx, backoffice.Call{Action: "orders.get", Args: map[string]string{"order_id": "O-1"}})
		done <- err
	}()
	for tick := time.NewTicker(time.Millisecond); c.times("POST /v1/read") == 0; <-tick.C {
	}
	stop()
	if err := <-done; !errors.Is(err, backoffice.ErrUnavailable) {
		t.Errorf("got %v, want unavailable", err)
	}
}

func TestNew_RefusesWhatIsUnsafe(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for _, o := range []rest.Options{
		{URL: "http://api.example.com", Log: log}, {URL: "ftp://api.example.com", Log: log}, {URL: "https://user:pw@api.example.com", Log: log},
		{URL: "https://api.example.com?x=1", Log: log}, {URL: "", Log: log}, {URL: "https://api.example.com", Auth: "basic", Log: log},
		{URL: "https://api.example.com", Auth: rest.HMAC, Secret: []byte("short"), Log: log}, {URL: "https://api.example.com"},
	} {
		if _, err := rest.New(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

func TestHandler_AsksForTheProof(t *testing.T) {
	for _, auth := range []rest.Auth{rest.Bearer, rest.HMAC} {
		h, err := rest.NewHandler(rest.HandlerOptions{Office: nothing{}, Auth: auth, Secret: []byte(secret), Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(h)
		defer server.Close()
		right := open(t, rest.Options{URL: server.URL, Auth: auth, Secret: []byte(secret)})
		if _, err := right.Profile(t.Context()); err != nil {
			t.Errorf("%s: got %v", auth, err)
		}
		late := open(t, rest.Options{URL: server.URL, Auth: auth, Secret: []byte(secret), Now: func() time.Time { return time.Now().Add(-time.Hour) }})
		if _, err := late.Profile(t.Context()); (err == nil) != (auth == rest.Bearer) {
			t.Errorf("%s, an hour old: got %v", auth, err)
		}
		for _, other := range []rest.Options{{}, {Auth: auth, Secret: []byte(strings.Repeat("x", 32))}} {
			other.URL = server.URL
			if _, err := open(t, other).Profile(t.Context()); !errors.Is(err, backoffice.ErrUnavailable) {
				t.Errorf("%s with %q: got %v, want unavailable", auth, other.Secret, err)
			}
		}
	}
}

// nothing is an office of which only the profile is asked for.
type nothing struct{ backoffice.Office }

// Profile implements backoffice.Office.
func (nothing) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "N", Currency: "EUR"}, nil
}

// The document names every endpoint that the handler serves, and no other.
func TestOpenAPI_IsWhatIsServed(t *testing.T) {
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	if err := yaml.Unmarshal(rest.OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	h, err := rest.NewHandler(rest.HandlerOptions{Office: nothing{}, Auth: rest.Bearer, Secret: []byte(secret), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Paths) != 8 {
		t.Errorf("got OpenAPI %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(strings.ToUpper(method), strings.NewReplacer("{id}", "x", "{key}", "x").Replace(path), strings.NewReader("{}")))
			if w.Code != http.StatusUnauthorized { // there, and not for everybody
				t.Errorf("%s %s: got %d", method, path, w.Code)
			}
		}
	}
}

func FuzzOffice_Check(f *testing.F) {
	f.Add(200, `{"result":{"summary":"x","refund":"5.00"}}`)
	f.Add(422, `{"refused":{"code":"x","facts":{"a":[{"b":1}]}}}`)
	f.Add(404, `{"error":"not_found"}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		c := newCompany(t, httptest.NewServer)
		c.on("/v1/check", says(status, body))
		r, err := open(t, rest.Options{URL: c.server.URL, Tries: 1}).Check(t.Context(), cancel)
		for name := range r {
			if name != "summary" && name != "refund" {
				t.Errorf("%s came through: %v", name, r)
			}
		}
		if err != nil && fmt.Sprint(err) == "" {
			t.Error("an error without words")
		}
	})
}
