package app

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	_ "time/tzdata" // companies name their time zones, and not every system knows them

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
	"deskhand/assist/backoffice/mcp"
	adapter "deskhand/assist/backoffice/rest"
	"deskhand/cmd/internal/config"
	"deskhand/storage/records"
)

// buildOffices connects the inboxes with the companies' systems: as the settings say, else, in the demo, with those of
// assets/demo. An inbox without one is answered from articles, and people do the rest.
func buildOffices(ctx context.Context, p *parts, o Options) error {
	p.offices = o.Offices
	if p.offices != nil {
		return nil
	}
	byInbox, known := map[assist.InboxID]backoffice.Office{}, &declarations{}
	for _, i := range p.inboxes {
		b, ok := o.Config.Backoffice(i.ID)
		if !ok && o.Demo {
			b = config.Backoffice{Kind: "demo", Company: i.Industry}
		}
		office, err := newOffice(ctx, p, o, b, known.of(i.ID))
		if err != nil {
			return fmt.Errorf("backoffice.%s: %w", i.ID, err)
		}
		if office != nil {
			byInbox[i.ID] = office
		}
	}
	p.offices = func(id assist.InboxID) backoffice.Office { return byInbox[id] }
	p.declared = known
	return nil
}

// newOffice is what the settings say; nil if that is none.
func newOffice(ctx context.Context, p *parts, o Options, b config.Backoffice, actions func(string) (backoffice.Action, bool)) (backoffice.Office, error) {
	switch b.Kind {
	case "demo":
		companies, err := demoOffices(ctx, p, o)
		if err != nil {
			return nil, err
		}
		if f, ok := companies[b.Company]; ok {
			return f, nil
		}
		return nil, fmt.Errorf("the demo has no company %q", b.Company)
	case "rest":
		f, err := adapter.New(adapter.Options{URL: b.URL, Auth: adapter.Auth(b.Auth), Secret: []byte(b.Secret.Reveal()), RootCAs: b.Roots, Actions: actions,
			Log: o.Log, Now: o.Now, Within: b.Within, Tries: b.Tries})
		if err != nil {
			return nil, err
		}
		return f, nil
	case "mcp":
		return newTools(p, o, b, actions)
	}
	return nil, nil
}

// newTools reaches the company through its MCP server, which is left when the hub stops.
func newTools(p *parts, o Options, b config.Backoffice, actions func(string) (backoffice.Action, bool)) (backoffice.Office, error) {
	mapping, err := mcp.ReadMapping(b.Tools)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.ToolsFile, err)
	}
	f, err := mcp.New(mcp.Options{Command: b.Command, Env: harmless(), URL: b.URL, Bearer: b.Secret.Reveal(), Mapping: mapping, Actions: actions, Log: o.Log, Within: b.Within})
	if err != nil {
		return nil, err
	}
	p.closers = append(p.closers, f)
	return f, nil
}

// harmless is what a company's program may know of the hub's environment.
func harmless() []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "USERPROFILE"} {
		if v, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+v)
		}
	}
	return out
}

// demoOffices opens the demo's companies, once for all inboxes.
func demoOffices(ctx context.Context, p *parts, o Options) (map[string]*demo.Office, error) {
	if p.companies != nil {
		return p.companies, nil
	}
	data, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		return nil, fmt.Errorf("demo companies: %w", err)
	}
	if p.records, err = records.Open(ctx, filepath.Join(o.Config.Hub.Data, "demo.db")); err != nil {
		return nil, err
	}
	p.companies, err = demo.Open(ctx, demo.Options{Store: p.records, Data: data, Now: o.Now()})
	return p.companies, err
}

// declarations are what the actions of an inbox's company look like: those of the product, and its pack's own once that
// has been read.
type declarations struct{ library *library }

func (d *declarations) of(inbox assist.InboxID) func(string) (backoffice.Action, bool) {
	product := adapter.Known()
	return func(name string) (backoffice.Action, bool) {
		if a, ok := product(name); ok {
			return a, true
		}
		if d.library == nil {
			return backoffice.Action{}, false
		}
		select {
		case <-d.library.ready:
			c := d.library.companies[inbox]
			if c.Pack == nil {
				return backoffice.Action{}, false
			}
			a, ok := c.Pack.Actions[name]
			return a, ok
		default:
			return backoffice.Action{}, false
		}
	}
}
