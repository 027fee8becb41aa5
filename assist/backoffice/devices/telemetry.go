package devices

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/eclipse/paho.golang/autopaho"
	"github.com/eclipse/paho.golang/paho"
	"github.com/go-json-experiment/json"
)

// TelemetryOptions configure a Telemetry. Broker and Log are needed.
type TelemetryOptions struct {
	Broker   string // "tls://broker.example.com:8883", or "mqtt://127.0.0.1:1883"
	Username string
	Password []byte
	TLS      *tls.Config
	Log      *slog.Logger
	Now      func() time.Time // default time.Now
	MaxAge   time.Duration    // an older reading counts as none; default 10 min
	Most     int              // devices; what others report is dropped; default 100 000
}

// Telemetry keeps the last reading of each device. Devices publish it under devices/<id>/state as a JSON object: kind, and
// readings as numbers or words, e.g. {"kind":"wifi_router","wifi_channel_load":0.93,"status":"ok"}. It is safe for
// concurrent use.
type Telemetry struct {
	opts   TelemetryOptions
	broker *url.URL

	mu   sync.Mutex // guards last
	last map[string]Reading
}

// NewTelemetry checks the options.
func NewTelemetry(o TelemetryOptions) (*Telemetry, error) {
	u, err := url.Parse(o.Broker)
	if err != nil || u.Host == "" || u.Scheme != "tls" && u.Scheme != "mqtt" {
		return nil, fmt.Errorf("telemetry: broker is %q, must be such as tls://broker.example.com:8883", o.Broker)
	}
	if o.Log == nil {
		return nil, errors.New("telemetry: Log is missing")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxAge == 0 {
		o.MaxAge = 10 * time.Minute
	}
	if o.Most == 0 {
		o.Most = 100_000
	}
	return &Telemetry{opts: o, broker: u, last: map[string]Reading{}}, nil
}

// Reading is the last one of a device; false if there is none, or none lately.
func (t *Telemetry) Reading(device string) (Reading, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.last[device]
	return r, ok && t.opts.Now().Sub(r.At) <= t.opts.MaxAge
}

// Run hears the devices until ctx ends, and connects again by itself.
func (t *Telemetry) Run(ctx context.Context) error {
	c, err := autopaho.NewConnection(ctx, autopaho.ClientConfig{
		ServerUrls: []*url.URL{t.broker}, TlsCfg: t.opts.TLS, KeepAlive: 30, CleanStartOnInitialConnection: true,
		ConnectUsername: t.opts.Username, ConnectPassword: t.opts.Password,
		ReconnectBackoff: func(n int) time.Duration { return min(time.Second<<min(n, 6), time.Minute) },
		OnConnectionUp:   func(c *autopaho.ConnectionManager, _ *paho.Connack) { t.subscribe(ctx, c) },
		OnConnectError:   func(err error) { t.opts.Log.Warn("telemetry not connected", "component", "devices", "err", err) },
		ClientConfig: paho.ClientConfig{OnPublishReceived: []func(paho.PublishReceived) (bool, error){
			func(p paho.PublishReceived) (bool, error) {
				t.hear(p.Packet.Topic, p.Packet.Payload)
				return true, nil
			},
		}},
	})
	if err != nil {
		return fmt.Errorf("telemetry: %w", err)
	}
	<-ctx.Done()
	<-c.Done()
	return nil
}

func (t *Telemetry) subscribe(ctx context.Context, c *autopaho.ConnectionManager) {
	if _, err := c.Subscribe(ctx, &paho.Subscribe{Subscriptions: []paho.SubscribeOptions{{Topic: "devices/+/state", QoS: 0}}}); err != nil && ctx.Err() == nil {
		t.opts.Log.Error("telemetry not subscribed", "component", "devices", "err", err)
	}
}

// What a report may hold at most.
const (
	maxReport   = 16 << 10
	maxReadings = 60
	maxWord     = 100
)

// hear takes down what a device reports. What can't be read is dropped: it comes again.
func (t *Telemetry) hear(topic string, payload []byte) {
	parts := strings.Split(topic, "/")
	var doc map[string]any
	if len(parts) != 3 || parts[1] == "" || len(parts[1]) > maxWord || len(payload) > maxReport || json.Unmarshal(payload, &doc) != nil || len(doc) > maxReadings {
		t.opts.Log.Debug("a report that can't be read", "component", "devices")
		return
	}
	r := Reading{Device: parts[1], At: t.opts.Now(), Values: map[string]float64{}, States: map[string]string{}}
	for name, v := range doc {
		switch v := v.(type) {
		case float64:
			if !math.IsInf(v, 0) {
				r.Values[name] = v
			}
		case string:
			if len(v) <= maxWord {
				r.States[name] = v
			}
		}
	}
	r.Kind = r.States["kind"]
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.last[r.Device]; known || len(t.last) < t.opts.Most {
		t.last[r.Device] = r
	}
}
