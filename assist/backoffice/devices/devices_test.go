package devices_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"deskhand/assist/backoffice/devices"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
)

func TestRules_TellWhatReadingsMean(t *testing.T) {
	rules, err := devices.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		reading   devices.Reading
		code, fix string
	}{
		"no light":      {devices.Reading{Kind: "optical_terminal", Values: map[string]float64{"rx_power_dbm": -29.5}}, "line_fault", ""},
		"the bound":     {devices.Reading{Kind: "optical_terminal", Values: map[string]float64{"rx_power_dbm": -27}}, "", ""},
		"an alarm":      {devices.Reading{Kind: "optical_terminal", States: map[string]string{"status": "los_alarm"}}, "line_fault", ""},
		"a crowd":       {devices.Reading{Kind: "wifi_router", Values: map[string]float64{"wifi_channel_load": 0.93, "clients": 21}}, "congested_channel", "restart_and_change_channel"},
		"another kind":  {devices.Reading{Kind: "modem", Values: map[string]float64{"wifi_channel_load": 0.93}}, "", ""},
		"nothing given": {devices.Reading{Kind: "wifi_router"}, "", ""},
	} {
		if d := rules.Diagnose(tt.reading); d.Code != tt.code || d.RemoteFix != tt.fix {
			t.Errorf("%s: got %+v, want %s %s", name, d, tt.code, tt.fix)
		}
	}
	for _, bad := range []string{"", "[]", "- {diagnosis: x}", "- {when: [{reading: a}], diagnosis: x}", "- {when: [{reading: a, is: b}], diagnosis: x, call: y}"} {
		if _, err := devices.ReadRules([]byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// Devices report to a real broker; what can't be read is dropped.
func TestTelemetry_KeepsTheLastReading(t *testing.T) {
	broker := mqtt.New(&mqtt.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})
	if err := broker.AddHook(new(auth.AllowHook), nil); err != nil {
		t.Fatal(err)
	}
	tcp := listeners.NewTCP(listeners.Config{ID: "t", Address: "127.0.0.1:0"})
	if err := broker.AddListener(tcp); err != nil {
		t.Fatal(err)
	}
	if err := broker.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = broker.Close() })
	now := time.Now()
	tel, err := devices.NewTelemetry(devices.TelemetryOptions{Broker: "mqtt://" + tcp.Address(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- tel.Run(ctx) }()
	for topic, payload := range map[string]string{
		"devices/r-1/state": `{"kind":"wifi_router","wifi_channel_load":0.93,"status":"ok"}`, "devices/r-2/state": `{"kind":`, "devices/r-3/state": `{"a":1,"a":2}`,
	} {
		if err := broker.Publish(topic, []byte(payload), true, 0); err != nil { // kept for whoever comes later
			t.Fatal(err)
		}
	}
	limit, tick := time.After(20*time.Second), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for {
		if r, ok := tel.Reading("r-1"); ok {
			if r.Kind != "wifi_router" || r.Values["wifi_channel_load"] != 0.93 || r.States["status"] != "ok" {
				t.Errorf("got %+v", r)
			}
			break
		}
		select {
		case <-limit:
			t.Fatal("no reading came")
		case <-tick.C:
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("got %v", err)
	}
	for _, device := range []string{"r-2", "r-3", "r-4"} {
		if r, ok := tel.Reading(device); ok {
			t.Errorf("%s: got %+v, want none", device, r)
		}
	}
	now = now.Add(time.Hour)
	if _, ok := tel.Reading("r-1"); ok {
		t.Error("an hour old reading counts")
	}
}
