package devices_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/backofficetest"
	"deskhand/assist/backoffice/devices"
)

// carrier knows whose a device is, and no more.
type carrier struct{ backoffice.Office }

func (carrier) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "C"}, nil
}

func (carrier) Items(_ context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	if kind != "device" || c.Customer != "T-1" {
		return nil, nil
	}
	return []backoffice.Item{{ID: "ont-1", Kind: "device", Attributes: map[string]string{"kind": "optical_terminal"}}, {ID: "r-1", Kind: "device", Attributes: map[string]string{"kind": "wifi_router"}}}, nil
}

func (carrier) Read(context.Context, backoffice.Call) (backoffice.Record, error) {
	return nil, backoffice.ErrUnsupported
}

func (carrier) Check(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	return backoffice.Record{"by": "the carrier"}, nil
}

func (carrier) Execute(context.Context, string, backoffice.Call) (backoffice.Record, error) {
	return backoffice.Record{"by": "the carrier"}, nil
}

func (carrier) Outcome(context.Context, string) (backoffice.Record, error) {
	return nil, backoffice.ErrNotFound
}

// fleet is what a test says the devices report.
type fleet struct {
	mu     sync.Mutex // guards what follows
	last   map[string]devices.Reading
	silent bool
	down   error
	sent   []string
}

func (f *fleet) Reading(device string) (devices.Reading, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, ok := f.last[device]
	return r, ok
}

func (f *fleet) Silent(string) bool { return f.silent }

func (f *fleet) Send(_ context.Context, device, id, fix string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down != nil {
		return f.down
	}
	f.sent = append(f.sent, device+" "+id+" "+fix)
	return nil
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// reports has a device report at that moment.
func (f *fleet) reports(device, kind string, at time.Time, values map[string]any) {
	f.last[device] = devices.NewReading(device, at, values)
	r := f.last[device]
	r.Kind = kind
	f.last[device] = r
}

func openOffice(t *testing.T, f *fleet, records *backofficetest.Records) *devices.Office {
	t.Helper()
	rules, err := devices.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	o, err := devices.New(t.Context(), devices.Options{Office: carrier{}, Fleet: f, Rules: rules, Store: records, Name: "c", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func call(action string, at time.Time, args map[string]string) backoffice.Call {
	return backoffice.Call{Action: action, Customer: "T-1", Args: args, Language: "en", Now: at}
}

func diagnose(t *testing.T, o *devices.Office, at time.Time) backoffice.Record {
	t.Helper()
	r, err := o.Read(t.Context(), call(devices.Diagnose, at, nil))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What is heard decides: the device that has something, the fix that may be tried, once, and what it came to.
func TestOffice_FromReportToFix(t *testing.T) {
	f, records := &fleet{last: map[string]devices.Reading{}}, &backofficetest.Records{}
	o := openOffice(t, f, records)
	if r := diagnose(t, o, noon); r["none"] != true {
		t.Errorf("before anything is heard: %v", r)
	}
	f.reports("ont-1", "optical_terminal", noon, map[string]any{"rx_power_dbm": -20.0})
	f.reports("r-1", "wifi_router", noon, map[string]any{"snr_db": 7.0})
	r := diagnose(t, o, noon)
	if r["device"] != "r-1" || r["remote_fix"] != "reprovision" || r["healthy"] != false || !strings.Contains(r["readings"].(string), "7 dB") {
		t.Fatalf("got %v", r)
	}
	fix := call(devices.RemoteFix, noon, map[string]string{"device": "r-1", "fix": "reprovision"})
	terms, err := o.Check(t.Context(), fix)
	if err != nil || terms["fix"] != "set up its connection anew" || len(f.sent) != 0 {
		t.Fatalf("check: %v, %v, sent %v", terms, err, f.sent)
	}
	for range 3 {
		if _, err := o.Execute(t.Context(), "k1", fix); err != nil {
			t.Fatal(err)
		}
		o = openOffice(t, f, records) // as after a crash
	}
	if len(f.sent) != 1 || f.sent[0] != "r-1 k1 reprovision" {
		t.Errorf("sent %v", f.sent)
	}
	if r, err := o.Outcome(t.Context(), "k1"); err != nil || r["device"] != "r-1" {
		t.Errorf("outcome %v, %v", r, err)
	}
	if r := diagnose(t, o, noon.Add(time.Minute)); r["diagnosis"] != devices.Fixed && r["diagnosis"] != devices.Busy {
		t.Errorf("right after it: %v", r)
	}
	f.reports("r-1", "wifi_router", noon.Add(4*time.Minute), map[string]any{"snr_db": 7.0})
	if r := diagnose(t, o, noon.Add(5*time.Minute)); r["remote_fix"] != nil || r["healthy"] != false || !strings.Contains(r["finding"].(string), "did not help") {
		t.Errorf("it did not help: %v", r)
	}
	if _, err := o.Execute(t.Context(), "k2", call(devices.RemoteFix, noon.Add(5*time.Minute), fix.Args)); !isRefusal(err, "no_fix") {
		t.Errorf("the same again: %v", err)
	}
	f.reports("r-1", "wifi_router", noon.Add(6*time.Minute), map[string]any{"snr_db": 30.0})
	delete(f.last, "ont-1")
	if r := diagnose(t, o, noon.Add(7*time.Minute)); r["healthy"] != true || r["diagnosis"] != devices.Fixed {
		t.Errorf("it helped: %v", r)
	}
	f.reports("r-1", "wifi_router", noon.Add(3*time.Hour), map[string]any{"snr_db": 7.0})
	if r := diagnose(t, o, noon.Add(3*time.Hour)); r["remote_fix"] != "reprovision" {
		t.Errorf("hours later: %v", r)
	}
}

func isRefusal(err error, code string) bool {
	var no *backoffice.Refusal
	return errors.As(err, &no) && no.Code == code
}

// Another's device is refused like one that there is not; nothing is sent to it.
func TestOffice_ForeignDevices(t *testing.T) {
	f := &fleet{last: map[string]devices.Reading{}}
	o := openOffice(t, f, &backofficetest.Records{})
	f.reports("r-9", "wifi_router", noon, map[string]any{"snr_db": 7.0})
	for _, customer := range []string{"T-1", "T-2", ""} {
		for _, id := range []string{"r-9", "none-such", ""} {
			c := call(devices.RemoteFix, noon, map[string]string{"device": id, "fix": "reprovision"})
			c.Customer = customer
			_, check := o.Check(t.Context(), c)
			_, execute := o.Execute(t.Context(), "k"+customer+id, c)
			for _, err := range []error{check, execute} {
				var no *backoffice.Refusal
				if !errors.As(err, &no) || no.Code != "unknown_device" && no.Code != "unknown_customer" {
					t.Errorf("%q, device %q: got %v", customer, id, err)
				}
			}
		}
	}
	if len(f.sent) != 0 {
		t.Errorf("sent %v", f.sent)
	}
}

// Nobody knows whether an order went out that the broker didn't take: it may be tried again under its key.
func TestOffice_BrokerAway(t *testing.T) {
	f := &fleet{last: map[string]devices.Reading{}, down: errors.New("no broker")}
	o := openOffice(t, f, &backofficetest.Records{})
	f.reports("r-1", "wifi_router", noon, map[string]any{"snr_db": 7.0})
	c := call(devices.RemoteFix, noon, map[string]string{"device": "r-1", "fix": "reprovision"})
	if _, err := o.Execute(t.Context(), "k", c); !errors.Is(err, backoffice.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	if _, err := o.Outcome(t.Context(), "k"); !errors.Is(err, backoffice.ErrNotFound) {
		t.Errorf("outcome: %v", err)
	}
	f.down = nil
	if _, err := o.Execute(t.Context(), "k", c); err != nil || len(f.sent) != 1 {
		t.Errorf("got %v, sent %v", err, f.sent)
	}
}

func TestOffice_SilentDevice(t *testing.T) {
	f := &fleet{last: map[string]devices.Reading{}, silent: true}
	o := openOffice(t, f, &backofficetest.Records{})
	if r := diagnose(t, o, noon); r["diagnosis"] != devices.Silent || r["healthy"] != false || r["remote_fix"] != nil {
		t.Errorf("got %v", r)
	}
}

// What isn't heard is left to the company's other systems, from diagnosis to fix.
func TestOffice_UnheardDevice(t *testing.T) {
	f := &fleet{last: map[string]devices.Reading{}}
	o := openOffice(t, f, &backofficetest.Records{})
	c := call(devices.RemoteFix, noon, map[string]string{"device": "r-1", "fix": "restart"})
	if r, err := o.Check(t.Context(), c); err != nil || r["by"] != "the carrier" {
		t.Errorf("check: %v, %v", r, err)
	}
	if r, err := o.Execute(t.Context(), "k", c); err != nil || r["by"] != "the carrier" || len(f.sent) != 0 {
		t.Errorf("execute: %v, %v, sent %v", r, err, f.sent)
	}
}
