package app

import (
	"context"
	"crypto/tls"
	"fmt"
	"path/filepath"
	"slices"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/devices"
	"deskhand/assist/backoffice/devices/mqtt"
	"deskhand/storage/records"
)

// buildDevices connects the broker of a carrier's devices, if the settings name one. Without it only the company's other
// systems know how a device is: in the demo, what is written down of them in its SQLite file.
func buildDevices(ctx context.Context, p *parts, o Options) error {
	d := o.Config.Devices
	if d.Broker == "" {
		return nil
	}
	fleet, err := mqtt.New(mqtt.Options{Broker: d.Broker, Username: d.Username, Password: []byte(d.Secret.Reveal()),
		TLS: &tls.Config{RootCAs: d.Roots, MinVersion: tls.VersionTLS12}, Log: o.Log, Now: o.Now, MaxAge: d.Within})
	if err != nil {
		return err
	}
	rules, err := devices.DefaultRules()
	if err != nil {
		return err
	}
	sent, err := records.Open(ctx, filepath.Join(o.Config.Hub.Data, "devices.db"))
	if err != nil {
		return err
	}
	p.fleet, p.closers = fleet, append(p.closers, sent)
	byInbox := map[assist.InboxID]backoffice.Office{}
	for _, i := range p.inboxes {
		office := p.offices(i.ID)
		if office == nil || len(d.Inboxes) > 0 && !slices.Contains(d.Inboxes, string(i.ID)) {
			continue
		}
		byInbox[i.ID], err = devices.New(ctx, devices.Options{Office: office, Fleet: fleet, Rules: rules, Store: sent, Name: string(i.ID), Log: o.Log, Again: d.Again})
		if err != nil {
			return fmt.Errorf("devices of inbox %s: %w", i.ID, err)
		}
	}
	others := p.offices
	p.offices = func(id assist.InboxID) backoffice.Office {
		if f, ok := byInbox[id]; ok {
			return f
		}
		return others(id)
	}
	return nil
}
