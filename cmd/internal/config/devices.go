package config

import (
	"crypto/x509"
	"net/url"
	"time"
)

// Devices is the MQTT broker of a carrier's devices.
type Devices struct {
	Broker     string   // empty: none
	Inboxes    []string // whose customers' devices they are; none: all that have a back office
	Username   string
	Secret     Secret // the password
	SecretFile string // relative to the config file's folder, as is CAFile
	CAFile     string
	Within     time.Duration // an older report counts as none
	Again      time.Duration // a fix that did not help is not tried again before

	Roots *x509.CertPool // from CAFile; nil: the system's
}

func (d *Devices) settings() []setting {
	return []setting{
		{"broker", "Such as \"tls://broker.example.com:8883\", or \"mqtt://127.0.0.1:1883\" without encryption. Empty: none, and\nonly the company's other systems know how a device is.", text(&d.Broker, isBroker)},
		{"inboxes", "Whose customers' devices they are; none named: all inboxes that have a back office.", list(&d.Inboxes, isShortName)},
		{"username", "How the hub signs in at the broker; empty: not at all.", text(&d.Username, nil)},
		{"secret", "The password. Better in a file or in the environment: DESKHAND_DEVICES_SECRET.", hiddenText(&d.Secret, isPassword)},
		{"secret_file", "A file that holds the password, relative to this file's folder.", text(&d.SecretFile, nil)},
		{"ca_file", "PEM file of the authority that signed the broker's certificate; empty: those that the system knows.", text(&d.CAFile, nil)},
		{"within", "A report that is older counts as none, and a device without one as cut off.", span(&d.Within, time.Minute, 24*time.Hour)},
		{"again", "A fix from afar that did not help is not tried again before.", span(&d.Again, time.Minute, 7*24*time.Hour)},
	}
}

func isBroker(s string) string {
	u, err := url.Parse(s)
	if s == "" || err == nil && u.Host != "" && u.Port() != "" && (u.Scheme == "tls" || u.Scheme == "mqtt") {
		return ""
	}
	return `write tls://host:port, or mqtt://host:port`
}

func isPassword(s string) string {
	if len(s) > 1000 {
		return "write at most 1000 characters"
	}
	return ""
}

// finishDevices fetches password and certificates.
func (l *loader) finishDevices(d *Devices) {
	if d.SecretFile != "" {
		if d.Secret.Reveal() != "" {
			l.problem("devices", "secret_file", "give secret or secret_file, not both")
			return
		}
		l.readSecret("devices", d.SecretFile, isPassword, &d.Secret)
	}
	if d.CAFile != "" {
		d.Roots = l.readRoots("devices", d.CAFile)
	}
}
