package rest_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/rest"
)

// company answers what the test says, one answer after the other, the last one again and again.
type company struct {
	mu      sync.Mutex // guards the rest
	answers map[string][]http.HandlerFunc
	asked   []string // method, path and key of what came
	server  *httptest.Server
}

const good = `{"name":"Bright","currency":"EUR","zone":"Europe/Dublin","actions":["orders.get","orders.cancel"]}`

func newCompany(t *testing.T, start func(http.Handler) *httptest.Server) *company {
	t.Helper()
	c := &company{answers: map[string][]http.HandlerFunc{"/v1/profile": {says(200, good)}}}
	c.server = start(c)
	t.Cleanup(c.server.Close)
	return c
}

// ServeHTTP implements http.Handler.
func (c *company) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.asked = append(c.asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+r.Header.Get("Idempotency-Key")))
	list := c.answers[r.URL.Path]
	if len(list) > 1 {
		c.answers[r.URL.Path] = list[1:]
	}
	c.mu.Unlock()
	if len(list) == 0 {
		http.NotFound(w, r)
		return
	}
	list[0](w, r)
}

func (c *company) on(path string, answers ...http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answers[path] = answers
}

// times is how often a path was asked.
func (c *company) times(line string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(slices.DeleteFunc(slices.Clone(c.asked), func(s string) bool { return !strings.HasPrefix(s, line) }))
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// hangs answers nothing until the other side has given up.
func hangs(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // only then a server hears that its client has gone
	<-r.Context().Done()
}

func open(t *testing.T, o rest.Options) *rest.Office {
	t.Helper()
	o.Log, o.Pause = slog.New(slog.DiscardHandler), time.Millisecond
	f, err := rest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var cancel = backoffice.Call{Action: "orders.cancel", Customer: "C-1", Args: map[string]string{"order_id": "O-1"}, Now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
