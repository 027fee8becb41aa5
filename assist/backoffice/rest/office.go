// Package rest reaches a company's own systems over HTTP, as openapi.yaml and README.md beside it say, and, for companies
// that write Go, is the other side of that too (Handler). What a company answers is read by the fields that its actions
// declare. It starts no goroutines.
package rest

import (
	"context"
	"crypto/x509"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"

	"github.com/go-json-experiment/json/jsontext"
)

// OpenAPI is the document of what a company serves (OpenAPI 3.1, YAML).
//
//go:embed openapi.yaml
var OpenAPI []byte

// Options configure an Office. URL and Log are needed.
type Options struct {
	URL     string         // below which the endpoints are; https, or http to this machine
	Auth    Auth           // default: nothing is sent
	Secret  []byte         // of Auth
	RootCAs *x509.CertPool // default: the system's
	// Actions tells how an action is declared; default: those that the product knows.
	Actions func(name string) (backoffice.Action, bool)
	Log     *slog.Logger
	Now     func() time.Time // default time.Now

	Within     time.Duration // one try; default 4 s
	Tries      int           // of what may be tried again; default 3
	Pause      time.Duration // before the second try, twice that before the next, half of it by chance; default 150 ms
	BreakAfter int           // failures in a row after which the company is left alone; default 5
	BreakFor   time.Duration // for so long; default 10 s
	ProfileFor time.Duration // for which a profile is kept; default 5 min
}

// Office is a company's systems behind HTTP. It is a backoffice.Office.
type Office struct {
	opts    Options
	base    *url.URL
	client  *http.Client
	breaker breaker

	mu      sync.Mutex // guards profile and read
	profile backoffice.Profile
	read    time.Time // when the profile was
}

// New checks the options; it doesn't reach for the company yet.
func New(o Options) (*Office, error) {
	if o.Log == nil {
		return nil, errors.New("rest back office: Log is missing")
	}
	base, err := checkedURL(o.URL)
	if err != nil {
		return nil, fmt.Errorf("rest back office: %w", err)
	}
	if err := o.Auth.check(o.Secret); err != nil {
		return nil, fmt.Errorf("rest back office: %w", err)
	}
	if o.Actions == nil {
		o.Actions = Known()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = o.Log.With("component", "backoffice", "host", base.Host)
	f := &Office{opts: withDefaults(o), base: base, client: newClient(o.RootCAs)}
	f.breaker = breaker{after: f.opts.BreakAfter, open: f.opts.BreakFor, now: f.opts.Now}
	return f, nil
}

func withDefaults(o Options) Options {
	for d, usual := range map[*time.Duration]time.Duration{
		&o.Within: 4 * time.Second, &o.Pause: 150 * time.Millisecond, &o.BreakFor: 10 * time.Second, &o.ProfileFor: 5 * time.Minute,
	} {
		if *d == 0 {
			*d = usual
		}
	}
	for n, usual := range map[*int]int{&o.Tries: 3, &o.BreakAfter: 5} {
		if *n == 0 {
			*n = usual
		}
	}
	return o
}

// Known looks actions up among those of the product.
func Known() func(name string) (backoffice.Action, bool) {
	all := map[string]backoffice.Action{}
	for _, a := range backoffice.Actions() {
		all[a.Name] = a
	}
	return func(name string) (backoffice.Action, bool) {
		a, ok := all[name]
		return a, ok
	}
}

// checkedURL refuses what would send customers' data in the clear.
func checkedURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("%q is no address such as https://api.example.com/deskhand", text)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !thisMachine(u.Hostname())) {
		return nil, fmt.Errorf("%s: only https is spoken with another machine", text)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

func thisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// call is a backoffice.Call as JSON.
type call struct {
	Action   string            `json:"action,omitzero"`
	Kind     string            `json:"kind,omitzero"` // of items
	Customer string            `json:"customer,omitzero"`
	Args     map[string]string `json:"args"`
	Language string            `json:"language,omitzero"`
	Now      string            `json:"now,omitzero"` // RFC 3339, in the company's zone
}

func callOf(c backoffice.Call) call {
	out := call{Action: c.Action, Customer: clean(c.Customer), Args: map[string]string{}, Language: c.Language}
	for name, v := range c.Args {
		out.Args[name] = clean(v)
	}
	if !c.Now.IsZero() {
		out.Now = c.Now.Format(time.RFC3339)
	}
	return out
}

// clean is text that JSON can carry.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Read implements backoffice.Office.
func (f *Office) Read(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	a, ok := f.opts.Actions(c.Action)
	if !ok || a.Change {
		return nil, fmt.Errorf("read %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	return f.record(ctx, "/v1/read", c, a.Result)
}

// Check implements backoffice.Office.
func (f *Office) Check(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	a, ok := f.opts.Actions(c.Action)
	if !ok || !a.Change {
		return nil, fmt.Errorf("check %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	return f.record(ctx, "/v1/check", c, a.Terms)
}

func (f *Office) record(ctx context.Context, path string, c backoffice.Call, fields []backoffice.Field) (backoffice.Record, error) {
	zone, err := f.zone(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := f.ask(ctx, request{method: http.MethodPost, path: path, body: callOf(c), again: true})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Action, err)
	}
	result, err := resultOf(raw)
	if err == nil {
		var r backoffice.Record
		if r, err = typed.Record(fields, result, zone); err == nil {
			return r, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", c.Action, unreadable(err))
}

// Execute implements backoffice.Office. It is tried again with the same Idempotency-Key, by which the company knows that it
// is the same change.
func (f *Office) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	a, ok := f.opts.Actions(c.Action)
	if !ok || !a.Change {
		return nil, fmt.Errorf("execute %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	raw, err := f.ask(ctx, request{method: http.MethodPost, path: "/v1/execute", key: key, body: callOf(c), again: true})
	if err != nil {
		return nil, fmt.Errorf("execute %s, key %s: %w", c.Action, key, err)
	}
	result, err := resultOf(raw)
	if err != nil {
		return nil, fmt.Errorf("execute %s, key %s: %w", c.Action, key, unreadable(err))
	}
	return f.salvage(ctx, a, key, result), nil
}

// salvage reads the result of a change that was made: what can't be read of it doesn't make it undone.
func (f *Office) salvage(ctx context.Context, a backoffice.Action, key string, raw jsontext.Value) backoffice.Record {
	zone, err := f.zone(context.WithoutCancel(ctx))
	if err != nil {
		zone = time.UTC
	}
	r, err := typed.Salvage(a.Result, raw, zone)
	if err != nil {
		f.opts.Log.Warn("the result of a change is not as declared", "action", a.Name, "key", key, "err", err)
	}
	return r
}

// Outcome implements backoffice.Office.
func (f *Office) Outcome(ctx context.Context, key string) (backoffice.Record, error) {
	raw, err := f.ask(ctx, request{method: http.MethodGet, path: "/v1/outcomes/" + url.PathEscape(clean(key)), again: true})
	if err != nil {
		return nil, fmt.Errorf("outcome of %s: %w", key, err)
	}
	result, err := resultOf(raw)
	if err != nil {
		return nil, fmt.Errorf("outcome of %s: %w", key, unreadable(err))
	}
	a, ok := f.opts.Actions(stringOf(raw, "action"))
	if !ok || !a.Change {
		return backoffice.Record{}, nil // made, whatever it was
	}
	return f.salvage(ctx, a, key, result), nil
}
