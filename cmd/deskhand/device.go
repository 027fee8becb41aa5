package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// deviceIsThere tells whether a sound device can be expected. On Linux the ALSA library writes a dozen lines to the
// console when there is none, so it is looked for first: a sound card, or a sound server of the session.
func deviceIsThere() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	if cards, err := filepath.Glob("/dev/snd/pcm*"); err == nil && len(cards) > 0 {
		return true
	}
	if os.Getenv("PULSE_SERVER") != "" {
		return true
	}
	runtimeDir := os.Getenv("XDG_RUNTIME_DIR")
	for _, name := range []string{"pulse/native", "pipewire-0"} {
		if _, err := os.Stat(filepath.Join(runtimeDir, name)); runtimeDir != "" && err == nil {
			return true
		}
	}
	return false
}
