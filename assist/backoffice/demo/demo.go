// Package demo is the back office of the demo companies: what assets/demo/demo.yaml says, kept and changed in a store
// (SQLite) as a company's real systems would. One file an industry holds its rules. It starts no goroutines.
package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/devices"

	"go.yaml.in/yaml/v3"
)

// Store keeps the companies' documents; storage/records is one.
type Store interface {
	Document(ctx context.Context, company string) ([]byte, error) // assist.ErrNotFound if there is none
	Begin(ctx context.Context, company string, document []byte) error
	Change(ctx context.Context, company, key string, document, result []byte) error // assist.CodeExists if key was used
	Result(ctx context.Context, key string) ([]byte, error)                         // assist.ErrNotFound if key is new
}

// Options configure the companies. All but Location are needed.
type Options struct {
	Store Store
	Data  []byte    // demo.yaml
	Now   time.Time // what its relative times count from
	// Location of the companies; default time.Local.
	Location *time.Location
}

// industries are the companies of demo.yaml by industry: how to make an empty one.
func industries(rules devices.Rules) map[string]func() company {
	return map[string]func() company{
		"ecommerce": func() company { return &shop{} },
		"banking":   func() company { return &bank{} },
		"telecom":   func() company { return &carrier{rules: rules} },
		"education": func() company { return &school{} },
	}
}

// Open begins the day of all companies anew from Data and gives their back offices by industry. What was changed in
// an earlier run is gone: the demo's times are relative to its start.
func Open(ctx context.Context, o Options) (map[string]*Office, error) {
	if o.Location == nil {
		o.Location = time.Local
	}
	var all map[string]yaml.Node
	if err := yaml.Unmarshal(o.Data, &all); err != nil {
		return nil, fmt.Errorf("demo back office: %w", err)
	}
	rules, err := devices.DefaultRules()
	if err != nil {
		return nil, fmt.Errorf("demo back office: %w", err)
	}
	out := map[string]*Office{}
	for industry, empty := range industries(rules) {
		node, ok := all[industry]
		if !ok {
			return nil, fmt.Errorf("demo back office: no company %q", industry)
		}
		settle(&node, o.Now.In(o.Location))
		c := empty()
		if err := node.Decode(c); err != nil {
			return nil, fmt.Errorf("demo back office, %s: %w", industry, err)
		}
		f := &Office{name: industry, store: o.Store, empty: empty, location: o.Location}
		if err := f.begin(ctx, c); err != nil {
			return nil, fmt.Errorf("demo back office, %s: %w", industry, err)
		}
		out[industry] = f
	}
	return out, nil
}

// company is one industry's data and rules. Its exported fields are its document, as JSON and as YAML. Methods that
// read are called at the same time as each other; change is called alone, on a copy.
type company interface {
	profile() backoffice.Profile
	person(id string) (backoffice.Person, bool)
	find(by backoffice.Details) (id string, ok bool)
	items(kind string, c backoffice.Call) ([]backoffice.Item, error)
	actions() map[string]rule
}

// rule is how one action works: read, or change.
type rule struct {
	read func(c backoffice.Call) (backoffice.Record, error)
	// change refuses, or gives the terms for the read-back and a function that makes the change and gives its result.
	change func(c backoffice.Call) (terms backoffice.Record, do func() backoffice.Record, err error)
}

// Office is one company's back office. It is a backoffice.Office.
type Office struct {
	name     string
	store    Store
	empty    func() company
	location *time.Location

	mu  sync.RWMutex // guards now; held for writing through a change
	now company
}

func (f *Office) begin(ctx context.Context, c company) error {
	document, err := json.Marshal(c)
	if err != nil {
		return err
	}
	f.now = c
	return f.store.Begin(ctx, f.name, document)
}

// Profile implements backoffice.Office.
func (f *Office) Profile(context.Context) (backoffice.Profile, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	p := f.now.profile()
	p.Location = f.location
	for name := range f.now.actions() {
		p.Actions = append(p.Actions, name)
	}
	return p, nil
}

// Person implements backoffice.Office.
func (f *Office) Person(_ context.Context, id string) (backoffice.Person, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if p, ok := f.now.person(id); ok {
		return p, nil
	}
	return backoffice.Person{}, fmt.Errorf("customer %s: %w", id, backoffice.ErrNotFound)
}

// Find implements backoffice.Office.
func (f *Office) Find(_ context.Context, by backoffice.Details) (string, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if id, ok := f.now.find(by); ok {
		return id, nil
	}
	return "", fmt.Errorf("customer by details: %w", backoffice.ErrNotFound)
}

// Items implements backoffice.Office.
func (f *Office) Items(_ context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.now.items(kind, f.local(c))
}

// Read implements backoffice.Office.
func (f *Office) Read(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	r, ok := f.now.actions()[c.Action]
	if !ok || r.read == nil {
		return nil, fmt.Errorf("read %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	return r.read(f.local(c))
}

// Check implements backoffice.Office.
func (f *Office) Check(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	r, ok := f.now.actions()[c.Action]
	if !ok || r.change == nil {
		return nil, fmt.Errorf("check %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	terms, _, err := r.change(f.local(c))
	return terms, err
}

// Execute implements backoffice.Office.
func (f *Office) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if before, err := f.result(ctx, key); !errors.Is(err, backoffice.ErrNotFound) {
		return before, err
	}
	next, err := f.copied()
	if err != nil {
		return nil, err
	}
	r, ok := next.actions()[c.Action]
	if !ok || r.change == nil {
		return nil, fmt.Errorf("execute %s: %w", c.Action, backoffice.ErrUnsupported)
	}
	_, do, err := r.change(f.local(c))
	if err != nil {
		return nil, err
	}
	result := do()
	document, err := json.Marshal(next)
	if err != nil {
		return nil, fmt.Errorf("execute %s: %w", c.Action, err)
	}
	kept, err := backoffice.Store(result)
	if err != nil {
		return nil, fmt.Errorf("execute %s: %w", c.Action, err)
	}
	if err := f.store.Change(ctx, f.name, f.key(key), document, kept); err != nil {
		return nil, fmt.Errorf("execute %s: %w: %w", c.Action, backoffice.ErrUnavailable, err)
	}
	f.now = next
	return result, nil
}

// Outcome implements backoffice.Office.
func (f *Office) Outcome(ctx context.Context, key string) (backoffice.Record, error) {
	return f.result(ctx, key)
}

// key tells the companies' changes apart in their common store.
func (f *Office) key(key string) string { return f.name + "/" + key }

func (f *Office) result(ctx context.Context, key string) (backoffice.Record, error) {
	b, err := f.store.Result(ctx, f.key(key))
	switch {
	case errors.Is(err, assist.ErrNotFound):
		return nil, fmt.Errorf("change %s: %w", key, backoffice.ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("change %s: %w: %w", key, backoffice.ErrUnavailable, err)
	}
	return backoffice.Stored(b, f.location)
}

// copied is a company like the present one that can be changed and thrown away.
func (f *Office) copied() (company, error) {
	b, err := json.Marshal(f.now)
	if err != nil {
		return nil, fmt.Errorf("copy %s: %w", f.name, err)
	}
	c := f.empty()
	if err := json.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("copy %s: %w", f.name, err)
	}
	return c, nil
}

func (f *Office) local(c backoffice.Call) backoffice.Call {
	c.Now = c.Now.In(f.location)
	return c
}
