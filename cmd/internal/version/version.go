// Package version says which Deskhand this is. It holds no state and starts nothing.
package version

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Number is the release (semver.org). A test keeps FyneApp.toml at the same one.
const Number = "0.1.0"

// Info is what `deskhub version --json` prints.
type Info struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitzero"` // of the source, if the build knew it
	Modified bool   `json:"modified,omitzero"` // the source was changed since
	Go       string `json:"go"`
	Platform string `json:"platform"` // operating system and processor
}

// Current is the running program's.
func Current() Info {
	i := Info{Version: Number, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if b, ok := debug.ReadBuildInfo(); ok {
		for _, s := range b.Settings {
			switch s.Key {
			case "vcs.revision":
				i.Revision = s.Value
			case "vcs.modified":
				i.Modified = s.Value == "true"
			}
		}
	}
	return i
}

// String is one line for people.
func (i Info) String() string {
	s := fmt.Sprintf("Deskhand %s (%s, %s", i.Version, i.Go, i.Platform)
	if i.Revision != "" {
		s += ", " + i.Revision
	}
	if i.Modified {
		s += ", changed since"
	}
	return s + ")"
}
