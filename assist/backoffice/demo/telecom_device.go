package demo

import (
	"maps"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/devices"
)

// device is a customer's router or optical terminal, with what it reports of itself and what that was found to mean.
type device struct {
	ID        string         `yaml:"id" json:"id"`
	Kind      string         `yaml:"kind" json:"kind"`
	Telemetry map[string]any `yaml:"telemetry" json:"telemetry"`
	Diagnosis string         `yaml:"diagnosis" json:"diagnosis"`
	RemoteFix string         `yaml:"remote_fix" json:"remote_fix"` // what can be done from afar; empty: nothing
	Fixed     string         `yaml:"-" json:"fixed"`               // the fix that was done
}

// reading is what the device reports, as a broker would bring it.
func (d *device) reading() devices.Reading {
	r := devices.NewReading(d.ID, time.Time{}, d.Telemetry)
	r.Kind = d.Kind
	return r
}

// diagnosed is what is wrong with the device and what can be done from afar: by the rules for what devices report, else as
// the carrier has written it down.
func (s *carrier) diagnosed(d *device) (code, fix string) {
	if d.Fixed == "" {
		if found := s.rules.Diagnose(d.reading()); found.Code != "" {
			return found.Code, found.RemoteFix
		}
	}
	return d.Diagnosis, d.RemoteFix
}

// deviceOf is the customer's device. One that isn't the customer's own is refused like one that there is not.
func (s *carrier) deviceOf(c backoffice.Call) (*device, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	if id := c.Args["device"]; who.Device == nil || id != "" && !sameID(id, who.Device.ID) {
		return nil, &backoffice.Refusal{Code: "unknown_device", Facts: backoffice.Record{"device": id}}
	}
	return who.Device, nil
}

func (s *carrier) devicesDiagnose(c backoffice.Call) (backoffice.Record, error) {
	if who := s.subscriber(c.Customer); who != nil && who.Device == nil && c.Args["device"] == "" {
		return backoffice.Record{"none": true, "healthy": true}, nil // somebody has to come and look
	}
	d, err := s.deviceOf(c)
	if err != nil {
		return nil, err
	}
	code, fix := s.diagnosed(d)
	finding, advice := devices.Finding(code, c.Language)
	r := backoffice.Record{
		"none": false, "device": d.ID, "name": devices.Name(d.Kind, c.Language), "diagnosis": code, "finding": finding,
		"readings": d.reading().Words(c.Language), "advice": advice, "healthy": code == "" || code == "ok" || code == devices.Fixed,
	}
	if fix != "" {
		r["remote_fix"], r["fix"] = fix, devices.FixText(fix, c.Language)
	}
	return r, nil
}

// fixMinutes is how long a device is away when it is seen to from afar.
const fixMinutes = 3

func (s *carrier) devicesRemoteFix(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	d, err := s.deviceOf(c)
	if err != nil {
		return nil, nil, err
	}
	name, fix := devices.Name(d.Kind, c.Language), ""
	if _, fix = s.diagnosed(d); fix == "" || c.Args["fix"] != fix {
		return nil, nil, &backoffice.Refusal{Code: "no_fix", Facts: backoffice.Record{"device": d.ID, "name": name}}
	}
	r := backoffice.Record{"device": d.ID, "name": name, "fix": devices.FixText(fix, c.Language), "minutes": fixMinutes}
	return r, func() backoffice.Record {
		d.Fixed, d.RemoteFix, d.Diagnosis = fix, "", devices.Fixed
		// What it reported before is over; it tells anew once it is up again.
		maps.DeleteFunc(d.Telemetry, func(key string, _ any) bool { return key != "firmware" })
		return r
	}, nil
}
