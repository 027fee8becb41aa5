package app_test

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/config"

	broker "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"
)

// line is a carrier's desk whose customer Liam has a router that talks to a real broker.
type line struct {
	*desk
	broker *broker.Server
	orders chan map[string]string // that the router was sent
	liam   *peer
}

// openLine starts a broker, a hub that hears it, and a router that reports snr.
func openLine(t *testing.T, snr float64) *line {
	t.Helper()
	l := &line{broker: broker.New(&broker.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)}), orders: make(chan map[string]string, 16)}
	if err := l.broker.AddHook(new(auth.AllowHook), nil); err != nil {
		t.Fatal(err)
	}
	tcp := listeners.NewTCP(listeners.Config{ID: "t", Address: "127.0.0.1:0"})
	if err := l.broker.AddListener(tcp); err != nil {
		t.Fatal(err)
	}
	if err := l.broker.Serve(); err != nil {
		t.Fatal(err)
	}
	if err := l.broker.Subscribe("devices/router-2002/command", 1, func(_ *broker.Client, _ packets.Subscription, p packets.Packet) {
		order := map[string]string{}
		if err := json.Unmarshal(p.Payload, &order); err != nil {
			t.Errorf("order %q: %v", p.Payload, err)
		}
		l.orders <- order
	}); err != nil {
		t.Fatal(err)
	}
	l.reports(t, snr)
	c := deskConfig(t, fast, func(c *config.Config) {
		c.Inboxes[0].Packs = []string{"telecom"}
		c.Backoffices = []config.Backoffice{{Inbox: shop, Kind: "demo", Company: "telecom"}}
		c.Devices.Broker, c.Devices.Inboxes = "mqtt://"+tcp.Address(), []string{string(shop)}
	})
	l.desk = newDesk(t, c)
	t.Cleanup(func() {
		l.desk.close()
		if err := l.broker.Close(); err != nil {
			t.Error(err)
		}
	})
	l.desk.start()
	signed := access.Claim{ID: "T-1002", Name: "Liam Murphy", IssuedAt: l.clock.now().Unix()}.Sign(shop, secret)
	l.liam = l.customer(shop, frame{"identity": frame{"id": signed.ID, "name": signed.Name, "issued_at": signed.IssuedAt, "signature": signed.Signature}})
	l.eventually("the hub has heard the router", func() bool {
		return strings.Contains(l.says("why is my internet slow?", "router"), "7 dB")
	})
	return l
}

// reports has the router report, for whoever hears it now or later.
func (l *line) reports(t *testing.T, snr float64) {
	t.Helper()
	payload, err := json.Marshal(map[string]any{"kind": "wifi_router", "snr_db": snr, "status": "ok"})
	if err == nil {
		err = l.broker.Publish("devices/router-2002/state", payload, true, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// says sends a text and gives what the bot answers to it.
func (l *line) says(text, want string) string {
	l.t.Helper()
	l.liam.say(text)
	f := l.liam.await("an answer with "+want, func(f frame) bool {
		return f.at("message", "from") == "bot" && strings.Contains(f.text("message", "text"), want)
	})
	return f.text("message", "text")
}

const complaint = "my internet is broken, please repair it"

// order waits for what the router is sent.
func (l *line) order() map[string]string {
	l.t.Helper()
	select {
	case o := <-l.orders:
		return o
	case <-time.After(20 * time.Second):
		l.t.Fatal("the router was sent nothing")
		return nil
	}
}

// commands are the changes that were asked for, with their states, as agents see them.
func (l *line) commands() (out []string) {
	l.t.Helper()
	l.hire("boss", assist.RoleSupervisor)
	for _, c := range list(l.agent("boss").must(frame{"t": "commands", "conversation": l.liam.conv}), "commands") {
		c := frame(c.(map[string]any))
		out = append(out, c.text("action")+" "+c.text("state"))
	}
	return out
}

// The router reports a weak signal. The bot sees it, sends the fix after the yes, the router is well again: no visit.
func TestDevices_FixedFromAfar(t *testing.T) {
	l := openLine(t, 7)
	if text := l.says(complaint, "7 dB"); !strings.Contains(text, "set up its connection anew") || !strings.Contains(text, "router-2002") {
		t.Errorf("it says %q", text)
	}
	if len(l.orders) != 0 {
		t.Fatal("an order went out before the yes")
	}
	l.says("yes", "router-2002")
	order := l.order()
	if order["do"] != "reprovision" || order["id"] == "" {
		t.Errorf("got %v", order)
	}
	l.clock.pass(4 * time.Minute)
	l.reports(t, 31)
	l.eventually("the bot sees that it is well", func() bool {
		return strings.Contains(l.says("why is my internet slow?", "router"), "nothing unusual")
	})
	if got := l.commands(); len(got) != 1 || got[0] != "devices.remote_fix done" || len(l.orders) != 0 {
		t.Errorf("got %v, %d more orders", got, len(l.orders))
	}
}

// The router is not well after the fix: it isn't tried again, and a visit is offered and booked.
func TestDevices_FixDoesNotHelp(t *testing.T) {
	l := openLine(t, 7)
	l.says(complaint, "7 dB")
	l.says("yes", "router-2002")
	l.order()
	l.clock.pass(4 * time.Minute)
	l.reports(t, 8)
	l.eventually("the new report is heard", func() bool {
		return strings.Contains(l.says("why is my internet slow?", "router"), "8 dB")
	})
	if text := l.says(complaint, "technician"); !strings.Contains(text, "did not help") {
		t.Errorf("it says %q", text)
	}
	l.says("tomorrow at 10 am", "technician")
	l.says("yes", "ticket")
	if got := l.commands(); len(got) != 2 || got[0] != "devices.remote_fix done" || got[1] != "faults.create done" || len(l.orders) != 0 {
		t.Errorf("got %v, %d more orders", got, len(l.orders))
	}
}
