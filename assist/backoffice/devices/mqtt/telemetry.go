// Package mqtt hears customers' devices over an MQTT broker and sends to them; README.md of package devices says how they
// talk. A Fleet's Run is its one part that works by itself.
package mqtt

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"deskhand/assist/backoffice/devices"

	"github.com/eclipse/paho.golang/autopaho"
	"github.com/eclipse/paho.golang/paho"
	"github.com/go-json-experiment/json"
)

// Options configure a Fleet. Broker and Log are needed.
type Options struct {
	Broker   string // "tls://broker.example.com:8883", or "mqtt://127.0.0.1:1883"
	Username string
	Password []byte
	TLS      *tls.Config
	Log      *slog.Logger
	Now      func() time.Time // default time.Now
	MaxAge   time.Duration    // an older reading counts as none; default 10 min
	Most     int              // devices; what others report is dropped; default 100 000
}

// Fleet keeps the last reading of each device, and sends orders. It is a devices.Fleet, safe for concurrent use.
type Fleet struct {
	opts   Options
	broker *url.URL

	mu      sync.Mutex // guards what follows
	last    map[string]devices.Reading
	link    *autopaho.ConnectionManager // nil: not running
	hearing time.Time                   // since when the broker is heard without a break; zero: it isn't
}

// New checks the options.
func New(o Options) (*Fleet, error) {
	u, err := url.Parse(o.Broker)
	if err != nil || u.Host == "" || u.Scheme != "tls" && u.Scheme != "mqtt" {
		return nil, fmt.Errorf("devices: broker is %q, must be such as tls://broker.example.com:8883", o.Broker)
	}
	if o.Log == nil {
		return nil, errors.New("devices: Log is missing")
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
	o.Log = o.Log.With("component", "devices")
	return &Fleet{opts: o, broker: u, last: map[string]devices.Reading{}}, nil
}

// Reading implements devices.Fleet.
func (f *Fleet) Reading(device string) (devices.Reading, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, ok := f.last[device]
	return r, ok && f.opts.Now().Sub(r.At) <= f.opts.MaxAge
}

// Silent implements devices.Fleet.
func (f *Fleet) Silent(device string) bool {
	if _, heard := f.Reading(device); heard {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.hearing.IsZero() && f.opts.Now().Sub(f.hearing) > f.opts.MaxAge
}

// orderBody is what a device gets under devices/<id>/command.
type orderBody struct {
	ID string `json:"id"` // a device does each once, however often it comes
	Do string `json:"do"`
}

// orderLife is how long the broker keeps an order for a device that is away: what comes later helps nobody.
const orderLife = 60

// Send implements devices.Fleet: it returns when the broker has taken the order.
func (f *Fleet) Send(ctx context.Context, device, id, fix string) error {
	if device == "" || strings.ContainsAny(device, "/+#") {
		return fmt.Errorf("device %q: no id that an order can be sent to", device)
	}
	f.mu.Lock()
	link := f.link
	f.mu.Unlock()
	if link == nil {
		return errors.New("the broker of the devices is not connected")
	}
	payload, err := json.Marshal(orderBody{ID: id, Do: fix})
	if err != nil {
		return fmt.Errorf("order for device %s: %w", device, err)
	}
	life := uint32(orderLife)
	if _, err := link.Publish(ctx, &paho.Publish{Topic: "devices/" + device + "/command", QoS: 1, Payload: payload,
		Properties: &paho.PublishProperties{MessageExpiry: &life, ContentType: "application/json"}}); err != nil {
		return fmt.Errorf("order for device %s: %w", device, err)
	}
	return nil
}

// Run hears the devices until ctx ends, and connects again by itself.
func (f *Fleet) Run(ctx context.Context) error {
	c, err := autopaho.NewConnection(ctx, autopaho.ClientConfig{
		ServerUrls: []*url.URL{f.broker}, TlsCfg: f.opts.TLS, KeepAlive: 30, CleanStartOnInitialConnection: true,
		ConnectUsername: f.opts.Username, ConnectPassword: f.opts.Password,
		ReconnectBackoff: func(n int) time.Duration { return min(time.Second<<min(n, 6), time.Minute) },
		OnConnectionUp:   func(c *autopaho.ConnectionManager, _ *paho.Connack) { f.up(ctx, c) },
		OnConnectionDown: func() bool { f.heard(time.Time{}); return true },
		OnConnectError:   func(err error) { f.opts.Log.Warn("broker not connected", "err", err) },
		ClientConfig: paho.ClientConfig{OnPublishReceived: []func(paho.PublishReceived) (bool, error){
			func(p paho.PublishReceived) (bool, error) {
				f.hear(p.Packet.Topic, p.Packet.Payload)
				return true, nil
			},
		}},
	})
	if err != nil {
		return fmt.Errorf("devices: %w", err)
	}
	f.connect(c)
	defer f.connect(nil)
	<-ctx.Done()
	<-c.Done()
	return nil
}

func (f *Fleet) connect(c *autopaho.ConnectionManager) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.link = c
}

func (f *Fleet) heard(since time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hearing = since
}

func (f *Fleet) up(ctx context.Context, c *autopaho.ConnectionManager) {
	_, err := c.Subscribe(ctx, &paho.Subscribe{Subscriptions: []paho.SubscribeOptions{{Topic: "devices/+/state", QoS: 0}}})
	if err == nil {
		f.heard(f.opts.Now())
	} else if ctx.Err() == nil {
		f.opts.Log.Error("reports of devices not subscribed to", "err", err)
	}
}

// What a report may hold at most.
const (
	maxReport   = 16 << 10
	maxReadings = 60
	maxID       = 100
)

// hear takes down what a device reports. What can't be read is dropped: it comes again.
func (f *Fleet) hear(topic string, payload []byte) {
	parts := strings.Split(topic, "/")
	var report map[string]any
	if len(parts) != 3 || parts[1] == "" || len(parts[1]) > maxID || len(payload) > maxReport || json.Unmarshal(payload, &report) != nil || len(report) > maxReadings {
		f.opts.Log.Debug("a report that can't be read")
		return
	}
	r := devices.NewReading(parts[1], f.opts.Now(), report)
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, known := f.last[r.Device]; known || len(f.last) < f.opts.Most {
		f.last[r.Device] = r
	}
}
