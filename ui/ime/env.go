package ime

import (
	"fmt"
	"os"
	"runtime"
)

// Wanted reports whether this system needs a Client: those where windows are X11's.
func Wanted() bool {
	switch runtime.GOOS {
	case "linux", "freebsd", "openbsd", "netbsd":
		return true
	}
	return false
}

// PrepareEnv must run before the app is made. It keeps the window system's own way to the input method shut, so that a
// key does not arrive by two ways, and asks for X11 windows: under Wayland GLFW has no text input at all. Elsewhere
// than on Linux it does nothing.
func PrepareEnv() error {
	if !Wanted() {
		return nil
	}
	for key, value := range map[string]string{"XMODIFIERS": "@im=none", "FYNE_PLATFORM": "x11"} {
		if err := os.Setenv(key, value); err != nil {
			return fmt.Errorf("set %s: %w", key, err)
		}
	}
	return nil
}
