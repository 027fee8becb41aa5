package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"
)

// askWithin bounds how long the session's bus may take.
const askWithin = 300 * time.Millisecond

// services are what the desktop around the program offers.
type services struct {
	tray   bool // there is one
	notify bool // notifications are shown
	themed bool // it tells whether it is light or dark
}

// desktopServices asks which services the session has. On Linux all are reached over D-Bus: of the first two the library
// complains on the console each time when nobody is there, and without the third it takes dark for the answer.
func desktopServices() services {
	if runtime.GOOS != "linux" {
		return services{tray: true, notify: true, themed: true}
	}
	chosen := os.Getenv("FYNE_THEME") != ""
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" && (os.Getenv("XDG_RUNTIME_DIR") == "" || err != nil) {
		return services{themed: chosen} // asking would start a bus of our own
	}
	ctx, cancel := context.WithTimeout(context.Background(), askWithin)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return services{themed: chosen}
	}
	defer func() { _ = bus.Close() }()
	return askServices(ctx, bus, chosen)
}

// askServices asks a session's bus. chosen is whether the theme is set for this program, whatever the system shows.
func askServices(ctx context.Context, bus *dbus.Conn, chosen bool) services {
	var running, startable []string
	if bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListNames", 0).Store(&running) != nil {
		return services{themed: chosen}
	}
	if bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable) != nil {
		startable = nil // only what runs can be counted on
	}
	there := func(name string) bool { return slices.Contains(running, name) || slices.Contains(startable, name) }
	return services{tray: slices.Contains(running, "org.kde.StatusNotifierWatcher"), notify: there("org.freedesktop.Notifications"),
		themed: chosen || there(portal) && tellsTheme(ctx, bus)}
}

const portal = "org.freedesktop.portal.Desktop"

// tellsTheme asks for what the library will ask for (XDG Desktop Portal, interface Settings). A portal that is too slow
// to answer now answers the library later.
func tellsTheme(ctx context.Context, bus *dbus.Conn) bool {
	err := bus.Object(portal, "/org/freedesktop/portal/desktop").
		CallWithContext(ctx, "org.freedesktop.portal.Settings.ReadOne", 0, "org.freedesktop.appearance", "color-scheme").Err
	return err == nil || errors.Is(err, context.DeadlineExceeded)
}
