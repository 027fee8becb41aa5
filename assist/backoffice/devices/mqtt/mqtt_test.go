package mqtt_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"deskhand/assist/backoffice/devices/mqtt"

	broker "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"
)

// clock is a clock that tests set.
type clock struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// open starts a broker and a fleet that hears it.
func open(t *testing.T) (*broker.Server, *mqtt.Fleet, *clock) {
	t.Helper()
	b := broker.New(&broker.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})
	if err := b.AddHook(new(auth.AllowHook), nil); err != nil {
		t.Fatal(err)
	}
	tcp := listeners.NewTCP(listeners.Config{ID: "t", Address: "127.0.0.1:0"})
	if err := b.AddListener(tcp); err != nil {
		t.Fatal(err)
	}
	if err := b.Serve(); err != nil {
		t.Fatal(err)
	}
	c := &clock{now: time.Now()}
	f, err := mqtt.New(mqtt.Options{Broker: "mqtt://" + tcp.Address(), Log: slog.New(slog.DiscardHandler), Now: c.read})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b, f, c
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	limit, tick := time.After(20*time.Second), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-limit:
			t.Fatalf("not in time: %s", what)
		case <-tick.C:
		}
	}
}

// Devices report to a real broker; what can't be read is dropped.
func TestFleet_KeepsTheLastReading(t *testing.T) {
	b, f, c := open(t)
	for topic, payload := range map[string]string{
		"devices/r-1/state": `{"kind":"wifi_router","wifi_channel_load":0.93,"status":"ok"}`, "devices/r-2/state": `{"kind":`, "devices/r-3/state": `{"a":1,"a":2}`,
	} {
		if err := b.Publish(topic, []byte(payload), true, 0); err != nil { // kept for whoever comes later
			t.Fatal(err)
		}
	}
	until(t, "a reading", func() bool { _, ok := f.Reading("r-1"); return ok })
	if r, _ := f.Reading("r-1"); r.Kind != "wifi_router" || r.Values["wifi_channel_load"] != 0.93 || r.States["status"] != "ok" {
		t.Errorf("got %+v", r)
	}
	for _, device := range []string{"r-2", "r-3", "r-4"} {
		if r, ok := f.Reading(device); ok || f.Silent(device) {
			t.Errorf("%s: got %+v, want none, and nothing said of it yet", device, r)
		}
	}
	c.pass(time.Hour)
	if _, ok := f.Reading("r-1"); ok {
		t.Error("an hour old reading counts")
	}
	if !f.Silent("r-1") || !f.Silent("r-4") {
		t.Error("a device that hasn't reported for an hour isn't silent")
	}
}

// An order reaches the device with its id, and is refused where no device can be meant.
func TestFleet_Sends(t *testing.T) {
	b, f, _ := open(t)
	got := make(chan string, 4)
	if err := b.Subscribe("devices/+/command", 1, func(_ *broker.Client, _ packets.Subscription, p packets.Packet) {
		got <- p.TopicName + " " + string(p.Payload)
	}); err != nil {
		t.Fatal(err)
	}
	until(t, "the order is taken", func() bool { return f.Send(t.Context(), "r-1", "key", "restart") == nil })
	topic, body := <-got, map[string]string{}
	if err := json.Unmarshal([]byte(topic[len("devices/r-1/command "):]), &body); err != nil || body["id"] != "key" || body["do"] != "restart" {
		t.Errorf("got %s: %v", topic, err)
	}
	for _, device := range []string{"", "a/b", "+", "#"} {
		if err := f.Send(t.Context(), device, "key", "restart"); err == nil {
			t.Errorf("sent to %q", device)
		}
	}
}

// A broker that isn't there takes no orders, and its silence says nothing of the devices.
func TestFleet_WithoutABroker(t *testing.T) {
	f, err := mqtt.New(mqtt.Options{Broker: "mqtt://127.0.0.1:1", Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Now().Add(time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Send(t.Context(), "r-1", "key", "restart"); err == nil || f.Silent("r-1") {
		t.Errorf("got %v, silent %t", err, f.Silent("r-1"))
	}
	for _, bad := range []string{"", "http://x", "mqtt://", "broker:1883"} {
		if _, err := mqtt.New(mqtt.Options{Broker: bad, Log: slog.New(slog.DiscardHandler)}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
