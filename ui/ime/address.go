package ime

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

// endpoint is one place where an input method may answer.
type endpoint struct {
	bus   string // D-Bus address
	dest  string
	iface string // of the object that makes input contexts
}

const (
	ibusPath    = dbus.ObjectPath("/org/freedesktop/IBus")
	ibusName    = "org.freedesktop.IBus"
	portalName  = "org.freedesktop.portal.IBus"
	portalIface = "org.freedesktop.IBus.Portal"
	contextType = "org.freedesktop.IBus.InputContext"
)

// endpoints returns where to look, best first: the address that was given, the one that the daemon of this display left
// in its file (ibus-daemon and fcitx5 both do), and the portal on the session bus.
func endpoints(env func(string) string) []endpoint {
	var out []endpoint
	add := func(bus string) {
		if bus != "" {
			out = append(out, endpoint{bus: bus, dest: ibusName, iface: ibusName})
		}
	}
	add(env("IBUS_ADDRESS"))
	for _, file := range addressFiles(env) {
		add(readAddress(file))
	}
	if session := env("DBUS_SESSION_BUS_ADDRESS"); session != "" {
		out = append(out, endpoint{bus: session, dest: portalName, iface: portalIface})
	} else if dir := env("XDG_RUNTIME_DIR"); dir != "" {
		out = append(out, endpoint{bus: "unix:path=" + filepath.Join(dir, "bus"), dest: portalName, iface: portalIface})
	}
	return out
}

// addressFiles names the file of the display as ibus does (src/ibusshare.c, ibus_get_socket_path).
func addressFiles(env func(string) string) []string {
	if path := env("IBUS_ADDRESS_FILE"); path != "" {
		return []string{path}
	}
	dir := env("XDG_CONFIG_HOME")
	if dir == "" {
		home := env("HOME")
		if home == "" {
			return nil
		}
		dir = filepath.Join(home, ".config")
	}
	host, display := "unix", "0"
	if d := env("DISPLAY"); d != "" {
		before, after, _ := strings.Cut(d, ":")
		if before != "" {
			host = before
		}
		display, _, _ = strings.Cut(after, ".")
	}
	var out []string
	for _, id := range machineIDs() {
		out = append(out, filepath.Join(dir, "ibus", "bus", fmt.Sprintf("%s-%s-%s", id, host, display)))
	}
	return out
}

func machineIDs() []string {
	var out []string
	for _, path := range []string{"/var/lib/dbus/machine-id", "/etc/machine-id"} {
		if data, err := os.ReadFile(path); err == nil {
			if id := strings.TrimSpace(string(data)); id != "" && (len(out) == 0 || out[0] != id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// readAddress returns the address in an IBus address file, "" if there is none.
func readAddress(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if address, ok := strings.CutPrefix(strings.TrimSpace(line), "IBUS_ADDRESS="); ok {
			return address
		}
	}
	return ""
}
