package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"
)

// askWithin bounds how long the session's bus may take.
const askWithin = 300 * time.Millisecond

// desktopServices tells whether the session has a tray and shows notifications. On Linux both are reached over D-Bus,
// and the library complains on the console each time when nobody is there, so it is asked once.
func desktopServices() (tray, notify bool) {
	if runtime.GOOS != "linux" {
		return true, true
	}
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" && (os.Getenv("XDG_RUNTIME_DIR") == "" || err != nil) {
		return false, false // asking would start a bus of our own
	}
	ctx, cancel := context.WithTimeout(context.Background(), askWithin)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false, false
	}
	defer func() { _ = bus.Close() }()
	var running, startable []string
	if bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListNames", 0).Store(&running) != nil {
		return false, false
	}
	if bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable) != nil {
		startable = nil // only what runs can be counted on
	}
	const notifications = "org.freedesktop.Notifications"
	return slices.Contains(running, "org.kde.StatusNotifierWatcher"),
		slices.Contains(running, notifications) || slices.Contains(startable, notifications)
}
