package app

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
	"deskhand/storage/records"
)

// buildOffices connects the inboxes with the companies' systems: in the demo, those of assets/demo.
func buildOffices(ctx context.Context, p *parts, o Options) error {
	p.offices = o.Offices
	if p.offices == nil {
		p.offices = func(assist.InboxID) backoffice.Office { return nil }
	}
	if !o.Demo || o.Offices != nil {
		return nil
	}
	data, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		return fmt.Errorf("demo companies: %w", err)
	}
	if p.records, err = records.Open(ctx, filepath.Join(o.Config.Hub.Data, "demo.db")); err != nil {
		return err
	}
	companies, err := demo.Open(ctx, demo.Options{Store: p.records, Data: data, Now: o.Now()})
	if err != nil {
		return err
	}
	byInbox := map[assist.InboxID]backoffice.Office{}
	for _, i := range p.inboxes {
		if c, ok := companies[i.Industry]; ok {
			byInbox[i.ID] = c
		}
	}
	p.offices = func(id assist.InboxID) backoffice.Office { return byInbox[id] }
	return nil
}
