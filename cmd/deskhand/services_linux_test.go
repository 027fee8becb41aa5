package main

import (
	"bufio"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// settingsPortal answers as a desktop's portal does.
type settingsPortal struct{ err *dbus.Error }

func (p settingsPortal) ReadOne(_, _ string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant(uint32(1)), p.err
}

func TestAskServices_BelievesOnlyWhatAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		portal *settingsPortal
		names  []string
		chosen bool
		want   services
	}{
		{name: "a bare session", want: services{}},
		{name: "a theme chosen for the program", chosen: true, want: services{themed: true}},
		{name: "a portal that tells", portal: &settingsPortal{}, want: services{themed: true}},
		{name: "a portal that does not know", portal: &settingsPortal{err: dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)}, want: services{}},
		{name: "a whole desktop", portal: &settingsPortal{}, names: []string{"org.freedesktop.Notifications", "org.kde.StatusNotifierWatcher"},
			want: services{tray: true, notify: true, themed: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := sessionBus(t)
			if c.portal != nil {
				own(t, address, *c.portal, append(c.names, portal)...)
			}
			bus := connect(t, address)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if got := askServices(ctx, bus, c.chosen); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// sessionBus starts a bus that nobody else is on and that starts nothing.
func sessionBus(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file=testdata/bus.conf")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("dbus-daemon is needed: run `make need-test`: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("dbus-daemon gives no address: %v", err)
	}
	return strings.TrimSpace(line)
}

func connect(t *testing.T, address string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func own(t *testing.T, address string, p settingsPortal, names ...string) {
	t.Helper()
	conn := connect(t, address)
	if err := conn.Export(p, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if _, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
			t.Fatal(err)
		}
	}
}
