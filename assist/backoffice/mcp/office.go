// Package mcp reaches a company's own systems through its MCP server (modelcontextprotocol.io), a child process or an
// address. A mapping says which tool stands for which action; no other tool is ever called, and what tools say of
// themselves is not even read. Answers are read by the declarations of actions: they are text, never orders. The SDK's
// session has goroutines of its own, which Close ends.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options configure an Office. Mapping, Log and one of Command and URL are needed.
type Options struct {
	Command []string // a program that speaks MCP over its standard input and output
	Env     []string // its whole environment
	URL     string   // of a streamable HTTP server; https, or http to this machine
	Bearer  string   // sent to URL
	Mapping Mapping
	// Actions tells how an action is declared; needed.
	Actions func(name string) (backoffice.Action, bool)
	Log     *slog.Logger
	Within  time.Duration // one call, connecting included; default 6 s
}

// Office is a company's systems behind an MCP server. It is a backoffice.Office.
type Office struct {
	opts    Options
	profile backoffice.Profile
	client  *sdk.Client

	mu      sync.Mutex // guards session; held while connecting
	session *sdk.ClientSession
}

// New checks the options; it doesn't reach for the company yet.
func New(o Options) (*Office, error) {
	if o.Log == nil || o.Actions == nil {
		return nil, errors.New("mcp back office: Log or Actions is missing")
	}
	if (len(o.Command) == 0) == (o.URL == "") {
		return nil, errors.New("mcp back office: give a command or an address, one of them")
	}
	if o.URL != "" && !safe(o.URL) {
		return nil, fmt.Errorf("mcp back office: %s: only https is spoken with another machine", o.URL)
	}
	if err := o.Mapping.check(o.Actions); err != nil {
		return nil, fmt.Errorf("mcp back office: %w", err)
	}
	o.Mapping.Profile.Actions = o.Mapping.actions()
	raw, err := json.Marshal(o.Mapping.Profile)
	if err != nil {
		return nil, fmt.Errorf("mcp back office: %w", err)
	}
	profile, err := typed.Profile(raw)
	if err != nil {
		return nil, fmt.Errorf("mcp back office: %w", err)
	}
	if o.Within == 0 {
		o.Within = 6 * time.Second
	}
	// No capabilities: the server may ask the hub for nothing, no sampling, no roots, no questions to anybody.
	client := sdk.NewClient(&sdk.Implementation{Name: "deskhand", Version: "1"}, &sdk.ClientOptions{Capabilities: &sdk.ClientCapabilities{}})
	return &Office{opts: o, profile: profile, client: client}, nil
}

// Profile implements backoffice.Office: it is configured.
func (f *Office) Profile(context.Context) (backoffice.Profile, error) { return f.profile, nil }

// Person implements backoffice.Office.
func (f *Office) Person(ctx context.Context, id string) (backoffice.Person, error) {
	raw, err := f.call(ctx, f.opts.Mapping.Person, "", backoffice.Call{Customer: id})
	if err != nil || id == "" {
		return backoffice.Person{}, fmt.Errorf("customer %s: %w", id, orNotFound(err))
	}
	p, err := typed.Person(raw, id, f.profile.Location)
	if err != nil {
		return p, fmt.Errorf("customer %s: %w", id, unreadable(err))
	}
	return p, nil
}

func orNotFound(err error) error {
	if err == nil {
		return backoffice.ErrNotFound
	}
	return err
}

// Find implements backoffice.Office.
func (f *Office) Find(ctx context.Context, by backoffice.Details) (string, error) {
	raw, err := f.call(ctx, f.opts.Mapping.Find, "", backoffice.Call{Args: map[string]string{"phone": by.Phone, "order_id": by.OrderID}})
	if err != nil {
		return "", fmt.Errorf("customer by details: %w", err)
	}
	r, err := typed.Record([]backoffice.Field{{Name: "id", Type: backoffice.ID}}, raw, nil)
	if err != nil {
		return "", fmt.Errorf("customer by details: %w", unreadable(err))
	}
	return r["id"].(string), nil
}

// Items implements backoffice.Office.
func (f *Office) Items(ctx context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	raw, err := f.call(ctx, f.opts.Mapping.Items[kind], "", c)
	if err != nil {
		return nil, fmt.Errorf("items %s: %w", kind, err)
	}
	var doc struct {
		Items jsontext.Value `json:"items"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("items %s: %w", kind, unreadable(err))
	}
	items, err := typed.Items(doc.Items, kind, f.profile.Location)
	if err != nil {
		return nil, unreadable(err)
	}
	return items, nil
}

// Read implements backoffice.Office.
func (f *Office) Read(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	t, mapped := f.opts.Mapping.Read[c.Action]
	a, ok := f.opts.Actions(c.Action)
	if !mapped || !ok || a.Change {
		return nil, fmt.Errorf("read %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	return f.record(ctx, t, c, a.Result)
}

// Check implements backoffice.Office.
func (f *Office) Check(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	t, mapped := f.opts.Mapping.Change[c.Action]
	a, ok := f.opts.Actions(c.Action)
	if !mapped || !ok || !a.Change {
		return nil, fmt.Errorf("check %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	look := t.Tool
	look.Tool, look.Key = t.Check, ""
	return f.record(ctx, look, c, a.Terms)
}

func (f *Office) record(ctx context.Context, t Tool, c backoffice.Call, fields []backoffice.Field) (backoffice.Record, error) {
	raw, err := f.call(ctx, t, "", c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Action, err)
	}
	r, err := typed.Record(fields, raw, f.profile.Location)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Action, unreadable(err))
	}
	return r, nil
}

// Execute implements backoffice.Office. It is called once: whether to call again under the same key is decided by who
// has asked for the outcome.
func (f *Office) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	t, mapped := f.opts.Mapping.Change[c.Action]
	a, ok := f.opts.Actions(c.Action)
	if !mapped || !ok || !a.Change {
		return nil, fmt.Errorf("execute %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	raw, err := f.call(ctx, t.Tool, key, c)
	if err != nil {
		return nil, fmt.Errorf("execute %s, key %s: %w", c.Action, key, err)
	}
	return f.salvage(a, key, raw), nil
}

// salvage reads the result of a change that was made: what can't be read of it doesn't make it undone.
func (f *Office) salvage(a backoffice.Action, key string, raw []byte) backoffice.Record {
	r, err := typed.Salvage(a.Result, raw, f.profile.Location)
	if err != nil {
		f.opts.Log.Warn("the result of a change is not as declared", "component", "backoffice", "action", a.Name, "key", key, "err", err)
	}
	return r
}

// Outcome implements backoffice.Office.
func (f *Office) Outcome(ctx context.Context, key string) (backoffice.Record, error) {
	raw, err := f.call(ctx, f.opts.Mapping.Outcome, key, backoffice.Call{})
	if err != nil {
		return nil, fmt.Errorf("outcome of %s: %w", key, err)
	}
	var doc struct {
		Action string         `json:"action"`
		Result jsontext.Value `json:"result"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil || doc.Result.Kind() != '{' {
		return nil, fmt.Errorf("outcome of %s: %w", key, unreadable(errors.Join(err, errors.New("result is no JSON object"))))
	}
	a, ok := f.opts.Actions(doc.Action)
	if !ok || !a.Change {
		return backoffice.Record{}, nil // made, whatever it was
	}
	return f.salvage(a, key, renamed(doc.Result, f.opts.Mapping.Change[a.Name].Fields)), nil
}

// arguments are what a tool is called with.
func (t Tool) arguments(key string, c backoffice.Call) map[string]any {
	out := map[string]any{}
	for name, v := range c.Args {
		if as, ok := t.Args[name]; ok && v != "" {
			out[as] = strings.ToValidUTF8(v, "\uFFFD")
		}
	}
	now := ""
	if !c.Now.IsZero() {
		now = c.Now.Format(time.RFC3339)
	}
	for as, v := range map[string]string{t.Customer: c.Customer, t.Language: c.Language, t.Now: now, t.Key: key} {
		if as != "" && v != "" {
			out[as] = strings.ToValidUTF8(v, "\uFFFD")
		}
	}
	return out
}

func unreadable(err error) error {
	return fmt.Errorf("%w: its answer is not as declared: %w", backoffice.ErrUnavailable, err)
}
