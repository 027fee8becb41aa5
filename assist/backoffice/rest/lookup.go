package rest

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"
)

// Profile implements backoffice.Office. One that was read lately is kept, and used while the company doesn't answer.
func (f *Office) Profile(ctx context.Context) (backoffice.Profile, error) {
	f.mu.Lock()
	p, at := f.profile, f.read
	f.mu.Unlock()
	if !at.IsZero() && f.opts.Now().Sub(at) < f.opts.ProfileFor {
		return p, nil
	}
	raw, err := f.ask(ctx, request{method: http.MethodGet, path: "/v1/profile", again: true})
	if err == nil {
		var fresh backoffice.Profile
		if fresh, err = typed.Profile(raw); err == nil {
			f.mu.Lock()
			f.profile, f.read = fresh, f.opts.Now()
			f.mu.Unlock()
			return fresh, nil
		}
		err = unreadable(err)
	}
	if !at.IsZero() && ctx.Err() == nil {
		f.opts.Log.Warn("profile not read, the one before is used", "err", err)
		return p, nil
	}
	return backoffice.Profile{}, fmt.Errorf("profile: %w", err)
}

// zone is that of the company's dates; UTC while it isn't known.
func (f *Office) zone(ctx context.Context) (*time.Location, error) {
	p, err := f.Profile(ctx)
	if err != nil || p.Location == nil {
		return time.Local, err
	}
	return p.Location, nil
}

// Person implements backoffice.Office.
func (f *Office) Person(ctx context.Context, id string) (backoffice.Person, error) {
	if id == "" || strings.ContainsAny(id, "/\\%?#") || id == "." || id == ".." {
		return backoffice.Person{}, fmt.Errorf("customer %q: %w", id, backoffice.ErrNotFound)
	}
	zone, err := f.zone(ctx)
	if err != nil {
		return backoffice.Person{}, err
	}
	raw, err := f.ask(ctx, request{method: http.MethodGet, path: "/v1/customers/" + url.PathEscape(id), again: true})
	if err != nil {
		return backoffice.Person{}, fmt.Errorf("customer %s: %w", id, err)
	}
	p, err := typed.Person(raw, id, zone)
	if err != nil {
		return p, fmt.Errorf("customer %s: %w", id, unreadable(err))
	}
	return p, nil
}

// details are what somebody who isn't signed in is found by.
type details struct {
	Phone   string `json:"phone,omitzero"`
	OrderID string `json:"order_id,omitzero"`
}

// Find implements backoffice.Office.
func (f *Office) Find(ctx context.Context, by backoffice.Details) (string, error) {
	raw, err := f.ask(ctx, request{method: http.MethodPost, path: "/v1/customers/find", body: details{clean(by.Phone), clean(by.OrderID)}, again: true})
	if err != nil {
		return "", fmt.Errorf("customer by details: %w", err)
	}
	id := []backoffice.Field{{Name: "id", Type: backoffice.ID}}
	r, err := typed.Record(id, raw, nil)
	if err != nil {
		return "", fmt.Errorf("customer by details: %w", unreadable(err))
	}
	return r["id"].(string), nil
}

// Items implements backoffice.Office.
func (f *Office) Items(ctx context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	zone, err := f.zone(ctx)
	if err != nil {
		return nil, err
	}
	body := callOf(c)
	body.Kind = clean(kind)
	raw, err := f.ask(ctx, request{method: http.MethodPost, path: "/v1/items", body: body, again: true})
	if err != nil {
		return nil, fmt.Errorf("items %s: %w", kind, err)
	}
	list, err := member(raw, "items")
	if err != nil {
		return nil, fmt.Errorf("items %s: %w", kind, unreadable(err))
	}
	items, err := typed.Items(list, kind, zone)
	if err != nil {
		return nil, unreadable(err)
	}
	return items, nil
}
